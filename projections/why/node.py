"""One event of a derivation, as it stands, with all that a reader must know of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.terms.several import one_or_several
from answerable.projections.accountability.appeals import AppealState
from answerable.projections.accountability.authority import AuthorityHeld
from answerable.projections.accountability.event_head import event_head
from answerable.projections.accountability.sanctions import variation
from answerable.projections.facts.bounds.bound import Bound
from answerable.projections.facts.case_view import CaseView, FactInCase, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import case_status
from answerable.projections.facts.roles import PartyRole, parts
from answerable.projections.grounds.proposals import Proposed, proposed
from answerable.projections.grounds.required_links import Missing, Support, flaws, missing
from answerable.projections.timeline.timeline import Reading, readings
from answerable.projections.why.state import state_of
from answerable.projections.wording.sentence import sentence_in
from answerable.projections.wording.vocabulary import measure


class RestsOn(NamedTuple):
    """One thing that an event rests on: the field that names it, and its event id."""

    field: str
    event_id: str


class Amendment(NamedTuple):
    """A correction, a retraction or a dispute of an event.

    Attributes:
        by: who disputes it.
        as_of: whether it had happened by the moment asked about.
    """

    event_id: str
    position: int
    kind: str
    occurred: str | None
    recorded_at: str
    by: str | None
    as_of: When


class Became(NamedTuple):
    """What an appeal made of a sanction, or may have made.

    Attributes:
        measure: what the sanction became, in words.
        as_of: whether it had become so by the moment asked about.
    """

    event_id: str
    position: int
    measure: str
    as_of: When


class Node(NamedTuple):
    """An event in a derivation, as it stands.

    Attributes:
        gist: the event in one line, of its public fields.
        was: the same as it was first recorded, where corrections made it read otherwise.
        as_of: whether it had happened by the moment asked about; `unknown` where its date does
            not tell.
        parties: whom it names, and in which role.
        powers: the authority that a decision was taken under; of a sanction, those of the
            decisions that it names.
        readings: the public fields that corrections changed.
        amendments: the corrections, the retraction and the disputes, by position.
        rests_on: what it names; `Derivation.nodes` has each.
        missing: the links that are not on record.
        problems: what is on record, but cannot bear it: dated later, retracted, overturned.
        withdrawn: whether it had been withdrawn, itself or with the decisions that it rests on.
        withdrawn_by: the event that withdrew it or them, or may have, by id.
        withdrawn_from: from when it stands no longer (EDTF).
        bounds: what bounds its date beside itself, and what would if the dates did not contradict.
        became: of a sanction, what an appeal that was partly allowed made of it.
        state: how it stands, in words, where its kind comes to an end: lifted, acquitted, rejected.
        proposed: of a finding or a sanction, what was proposed, and how this differs from it.
    """

    event_id: str
    case_id: str
    position: int
    kind: str
    gist: str
    was: str | None
    occurred: str | None
    recorded_at: str
    standing: str
    subject: str | None
    deciders: tuple[str, ...]
    authority: str | None
    clause: str | tuple[str, ...] | None
    announced_by: str | None
    announced: str | None
    parties: tuple[PartyRole, ...]
    powers: tuple[AuthorityHeld, ...]
    appeal: AppealState
    corrected_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    retracted_by: str | None
    readings: tuple[Reading, ...]
    amendments: tuple[Amendment, ...]
    as_of: When
    rests_on: tuple[RestsOn, ...]
    missing: tuple[Missing, ...]
    problems: tuple[str, ...]
    withdrawn: When = "no"
    withdrawn_by: str | None = None
    withdrawn_from: str | None = None
    bounds: tuple[Bound, ...] = ()
    became: Became | None = None
    state: str | None = None
    proposed: Proposed | None = None


class InCase(NamedTuple):
    """The case in which events of a derivation lie, and where its chain ends.

    Attributes:
        state: open or closed, as `case_status` tells; None where it was never opened, or is not
            read.
        opened_by: the `case-opened` event, by id.
        position: the position of that event.
        opened: when the case was opened (EDTF), where that is told.
        read: whether more was read of it than entries of the house's registers. If not, whether it
            was ever opened is not told.
    """

    case_id: str
    state: str | None
    opened_by: str | None = None
    position: int | None = None
    opened: str | None = None
    organisation: str | None = None
    owner: str | None = None
    jurisdiction: str | tuple[str, ...] | None = None
    read: bool = True

    @property
    def how(self) -> str:
        """Tell the state of the case in words."""
        if not self.read:
            return "not read but for its registers' entries"
        return self.state or "no opening on record"


def node(placed: FactInCase, support: Support) -> Node:
    """Make the node of an event as it stands upon what it rests on.

    Args:
        placed: the event.
        support: what it rests on.
    """
    fact = placed.fact
    fields = fact.fields
    was, now = (sentence_in(placed.view, fact, each) for each in (fact.event.fields, fields))
    amendments = tuple(_amendments(placed))
    head = event_head(placed.view, fact)
    head["disputed_by"] = tuple(each.event_id for each in amendments if each.kind == "dispute")
    return Node(
        **head,
        case_id=fact.event.case_id,
        kind=fact.kind,
        gist=now,
        was=None if was == now else was,
        recorded_at=fact.event.recorded_at,
        subject=fields.get("subject"),
        deciders=tuple(fields.get("deciders", ())),
        authority=fields.get("authority"),
        clause=one_or_several(fields.get("clause")),
        announced_by=fields.get("announced_by"),
        announced=fields.get("announced"),
        parties=parts(fact.kind, fields),
        powers=tuple(support.powers),
        retracted_by=fact.retracted_by,
        readings=tuple(readings(fact)),
        amendments=amendments,
        as_of=placed.view.when(fact),
        rests_on=tuple(RestsOn(field, other.fact.event_id) for field, other in support.direct),
        missing=tuple(missing(placed, support)),
        problems=tuple(each.text for each in flaws(placed, support)),
        bounds=placed.view.bounds.told(fact),
        became=_became(placed) if fact.kind == "sanction-imposed" else None,
        state=state_of(placed),
        proposed=proposed(placed),
    )


def _became(placed: FactInCase) -> Became | None:
    found = variation(placed.view, placed.fact)
    if found.by is None:
        return None
    told = found.perhaps or found.now
    decided = placed.view.facts[found.by]
    return Became(found.by, decided.event.position, measure(told._asdict()), found.varied)


@once
def in_case(view: CaseView) -> InCase:
    """Tell of a case in short."""
    state = case_status(view)
    opening = next(view.standing("case-opened"), None)
    if opening is None:
        return InCase(view.case_id, state)
    return InCase(
        view.case_id,
        state,
        opened_by=opening.event_id,
        position=opening.event.position,
        opened=opening.fields.get("occurred"),
        organisation=opening.fields.get("organisation"),
        owner=opening.fields.get("owner"),
        jurisdiction=one_or_several(opening.fields.get("jurisdiction")),
    )


def _amendments(placed: FactInCase) -> Iterator[Amendment]:
    """Yield the amendments of an event. Of these, a dispute alone is a thing that happens.

    A correction or a retraction says how the record reads, whatever the moment asked about.
    """
    fact = placed.fact
    retraction = () if fact.retracted_by is None else (fact.retracted_by,)
    found = [placed.view.facts[each] for each in (*fact.corrections, *retraction, *fact.disputes)]
    for later in sorted(found, key=lambda each: each.event.position):
        if later.kind != "dispute" or (later.stands and placed.view.when(later) != "no"):
            yield _amendment(placed.view, later)


def _amendment(view: CaseView, later: Fact) -> Amendment:
    return Amendment(
        later.event_id,
        later.event.position,
        later.kind,
        later.fields.get("occurred"),
        later.event.recorded_at,
        later.fields.get("by"),
        view.when(later) if later.kind == "dispute" else "yes",
    )
