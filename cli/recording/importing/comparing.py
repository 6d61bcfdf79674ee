"""Comparing what a source tells of an event now with how the event stands on record."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.domain.kinds import REVISING, model
from answerable.domain.record import LEDGERS_OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from answerable.domain.event import Event
    from answerable.domain.record import RecordedEvent
    from answerable.ledger.ledger import Ledger
    from answerable.projections.facts.disclosed import DisclosedTexts
    from answerable.projections.facts.facts import Fact

WHICH = ("event_id", "case_id", "kind")
"""The fields that say which event it is."""


class FieldChange(NamedTuple):
    """A field that the source tells otherwise: None where nothing is told."""

    field: str
    before: Any
    after: Any


class Change(NamedTuple):
    """An event that the source tells otherwise than it stands on record.

    Attributes:
        line: the line or row that tells it.
        event: as it was first recorded.
        fields: what a correction can say.
        fixed: what none can: which event it is, and what it acts upon.
        correction: the event that a correction is made of; None where there is nothing to correct.
    """

    line: int
    event: RecordedEvent
    fields: tuple[FieldChange, ...]
    fixed: tuple[FieldChange, ...]
    correction: dict[str, Any] | None


class Standing(NamedTuple):
    """An event as it stands: its fields by name, those that cannot be told, and whether it stands.

    `corrections` are the events that correct it, by id.
    """

    fields: Mapping[str, Any]
    hidden: DisclosedTexts
    stands: bool
    corrections: tuple[str, ...]


def standings_of(ledger: Ledger, events: Iterable[RecordedEvent]) -> dict[str, Standing]:
    """Read how some events stand, with what corrects them, by their ids."""
    from answerable.projections.facts.disclosed import positions, sealed
    from answerable.projections.facts.facts import fold

    asked = {event.event_id for event in events}
    of_case: dict[str, list[RecordedEvent]] = {}
    for event in ledger.amended(events):
        of_case.setdefault(event.case_id, []).append(event)
    folded = [fold(case_id, own) for case_id, own in of_case.items()]
    wanted = [
        (facts, facts.facts[each]) for facts in folded for each in facts.facts if each in asked
    ]
    opened = ledger.opened(place for facts, fact in wanted for place in positions(facts, [fact]))
    return {fact.event_id: _standing(fact, sealed(facts, fact, opened)) for facts, fact in wanted}


def _standing(fact: Fact, texts: DisclosedTexts) -> Standing:
    known = {**texts.told, **fact.fields, "kind": fact.kind}
    fields = {name: value for name, value in known.items() if name not in LEDGERS_OWN}
    return Standing(fields, texts, fact.stands, fact.corrections)


def change_of(
    line: int, event: Event, recorded: RecordedEvent, standing: Standing, reason: str
) -> Change | None:
    """Return what a source tells otherwise; None where nothing is.

    What was erased or is withheld is not compared.

    Args:
        line: the line that tells it.
        event: as the source tells it.
        recorded: as it was first recorded.
        standing: as it stands.
        reason: what a correction gives as its reason.
    """
    from answerable.ledger.store.idempotency import producer_fields

    told = [*_differing(producer_fields(event), standing, recorded.kind)]
    if not told:
        return None
    references = model(recorded.kind).references
    whole = recorded.kind in REVISING or event.kind != recorded.kind
    fixed = [
        each
        for each in told
        if whole
        or each.field in WHICH
        or (each.field in references and references[each.field].here)
    ]
    fields = [each for each in told if each not in fixed]
    correction = _correction(recorded, standing, fields, reason) if fields else None
    return Change(line, recorded, tuple(fields), tuple(fixed), correction)


def _differing(now: Mapping[str, Any], standing: Standing, kind: str) -> Iterator[FieldChange]:
    sealed = model(kind).sealed
    for name in {**standing.fields, **now}:
        before, after = standing.fields.get(name), now.get(name)
        unknown = name in sealed and standing.hidden.text(name).state in ("erased", "withheld")
        if name != "event_id" and not unknown and not _alike(kind, name, before, after):
            yield FieldChange(name, before, after)


def _alike(kind: str, name: str, before: Any, after: Any) -> bool:
    """Tell whether two values of a field say the same: what is not told is its default."""
    default = _default(kind, name)
    return bool(
        (default if before in (None, [], {}) else before)
        == (default if after in (None, [], {}) else after)
    )


def _default(kind: str, name: str) -> Any:
    attribute = model(kind).attributes.get(name)
    value = None if attribute is None else model(kind).model_fields[attribute].default
    return value if isinstance(value, str | int) else None


def _correction(
    recorded: RecordedEvent, standing: Standing, changes: list[FieldChange], reason: str
) -> dict[str, Any]:
    """Draft a correction. Its id is made of what it says and follows: it is recorded once."""
    from pydantic_core import to_json

    from answerable.ledger.transfer.resolving.source_keys import event_id_at

    fields = {each.field: each.after for each in changes}
    told = [recorded.event_id, standing.corrections, sorted(fields.items())]
    return {
        "kind": "correction",
        "case_id": recorded.case_id,
        "event_id": event_id_at(sha256(to_json(told)).digest()),
        "target": recorded.event_id,
        "fields": fields,
        "reason": reason,
    }
