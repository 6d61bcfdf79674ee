"""Telling the same event, recorded twice, from another event under the same id."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from answerable.domain.event import Event
from answerable.domain.record import LEDGERS_OWN, Disclosed, RecordedEvent
from answerable.ledger.store.errors import DuplicateId


def check_same(event: Event, recorded: RecordedEvent, opened: Disclosed) -> None:
    """Check that an event says the same as the one that is on record under its id.

    What was erased from the record is not compared.

    Raises:
        DuplicateId: they say different things.
    """
    known = {**opened.fields, **recorded.fields}
    there = {name: value for name, value in known.items() if name not in LEDGERS_OWN}
    here = {
        name: value for name, value in producer_fields(event).items() if name not in opened.erased
    }
    _compare(event, here, there)


def check_repeated(event: Event, earlier: Event) -> None:
    """Check that an event says the same as an earlier one of its batch under the same id.

    Raises:
        DuplicateId: they say different things.
    """
    _compare(event, producer_fields(event), producer_fields(earlier))


def producer_fields(event: Event) -> dict[str, Any]:
    """Return what an event's producer told, as JSON values, sealed fields included."""
    written = event.__pydantic_serializer__.to_json(
        event, exclude_defaults=True, exclude_none=True, by_alias=True
    )
    fields: dict[str, Any] = from_json(written)
    return {**fields, "kind": event.kind, "standing": event.standing}


def _compare(event: Event, here: dict[str, Any], there: dict[str, Any]) -> None:
    """Compare what an event says with what the holder of its id says."""
    differing = [name for name in {**here, **there} if here.get(name) != there.get(name)]
    if differing:
        raise DuplicateId(
            f"the id {event.event_id} is taken by an event that says something else in "
            f"{', '.join(sorted(differing))}.",
            field="event_id",
            hint="Give a new event a new id; to mend an event on record, record a correction.",
        )
