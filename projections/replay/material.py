"""The kinds that settle something or can bear it, and an event as it stood at some point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS
from answerable.projections.accountability.appeals import AppealState
from answerable.projections.accountability.event_head import EventHead, event_head
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.wording.sentence import sentence_in

DECIDING = frozenset(row.name for row in ROWS if row.decides)
"""The kinds that settle something by weighing what there is, and change how others stand."""

BEARING = frozenset(row.name for row in ROWS if row.supports)
"""The kinds that can bear a decision that does not name them. What is named bears it anyway."""


class EventThen(NamedTuple):
    """An event as it stood at some point of the record.

    Attributes:
        gist: the event in one line, as corrected by then.
        occurred: when it happened (EDTF), as corrected by then.
        appeal: the state of the appeals against it.
        withdrawn: whether it had been withdrawn, itself or with the decisions that it rests on.
        marks: all this in words, where it did not simply stand: `disputed`, `under appeal`.
    """

    event_id: str
    case_id: str
    position: int
    kind: str
    gist: str
    occurred: str | None
    recorded_at: str
    standing: str
    appeal: AppealState
    corrected_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    retracted_by: str | None
    marks: tuple[str, ...]
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None


def event_then(view: CaseView, fact: Fact) -> EventThen:
    """Tell how an event stands in the facts of its case.

    Args:
        view: the case, up to the point of the record that is asked about.
        fact: one of its facts.
    """
    head = event_head(view, fact)
    return EventThen(
        **head,
        case_id=fact.event.case_id,
        kind=fact.kind,
        gist=sentence_in(view, fact),
        recorded_at=fact.event.recorded_at,
        retracted_by=fact.retracted_by,
        marks=tuple(_marks(fact, head)),
    )


def basis_and_authority(fact: Fact) -> tuple[str, ...]:
    """List the ids of what a fact names as its basis, the authority of a decision among them."""
    authority = fact.fields.get("authority")
    return tuple(dict.fromkeys((*direct_basis(fact), *(() if authority is None else (authority,)))))


def named_by(facts: CaseFacts) -> dict[str, list[str]]:
    """Map each event named as a basis to the events of the case that name it, by id."""
    found: dict[str, list[str]] = {}
    for fact in facts.facts.values():
        for event_id in basis_and_authority(fact):
            found.setdefault(event_id, []).append(fact.event_id)
    return found


def _marks(fact: Fact, head: EventHead) -> Iterator[str]:
    standing, appeal = head["standing"], head["appeal"]
    if standing != "asserted":
        yield standing
    if fact.corrections:
        yield "corrected"
    if fact.disputes and standing != "disputed":
        yield "disputed"
    if not fact.stands:
        yield "retracted"
    if appeal == "allowed":
        yield "overturned"
    elif appeal != "none":
        yield "under appeal" if appeal == "pending" else f"appeal {appeal}"
    if head["withdrawn"] == "yes":
        yield "withdrawn"
