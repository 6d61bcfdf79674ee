"""The events of other cases that it takes to read one.

They are who stands behind the pseudonyms that it names, the policies of the house, changes of the
log's keys, what its events rest on or refer to, and what was later said of any of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from answerable.domain.kinds import AMENDING, model
from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle import inventory
from answerable.ledger.store.protocol import Cursor
from answerable.ledger.store.queries import (
    events_of_case,
    events_of_kind,
    find_event,
    registrations_naming,
)


def related_events(
    cursor: Cursor, events: Sequence[RecordedEvent], size: int
) -> list[RecordedEvent]:
    """Read the events of other cases that it takes to read those of one, in the log's order.

    Args:
        cursor: reads the ledger.
        events: the events of the case, at least one.
        size: how many entries of the log there are to choose from.
    """
    wanted = [
        *events_of_kind(cursor, "policy-adopted", size),
        *events_of_kind(cursor, "key-rotated", size),
        *registrations_naming(cursor, {*named_parties(events)}, size),
    ]
    referred = {each for event in events for each in _references(event)}
    wanted.extend(filter(None, (find_event(cursor, event_id) for event_id in referred)))
    others = {event.position: event for event in wanted if event.case_id != events[0].case_id}
    ids = {event.event_id for event in others.values()}
    for other in {event.case_id for event in others.values()}:
        for event in events_of_case(cursor, other, size):
            if event.kind in AMENDING and event.fields["target"] in ids:
                others[event.position] = event
                ids.add(event.event_id)
    return [others[position] for position in sorted(others)]


def _references(event: RecordedEvent) -> Iterator[str]:
    """Yield the ids of the events that one refers to, or makes another refer to by correction."""
    yield from inventory.referenced_ids(event.fields)
    if event.kind == "correction":
        yield from inventory.referenced_ids(event.fields.get("fields", {}))


def named_parties(events: Iterable[RecordedEvent]) -> Iterator[str]:
    """Yield the parties that events name, or make others name by correcting them."""
    kinds = {}
    for event in events:
        kinds[event.event_id] = event.kind
        yield from _named(event.fields, event.kind)
        # What is corrected may be left out of what is given.
        if event.kind == "correction" and event.fields["target"] in kinds:
            yield from _named(event.fields.get("fields", {}), kinds[event.fields["target"]])


def _named(fields: Mapping[str, Any], kind: str) -> Iterator[str]:
    for name in model(kind).parties:
        value = fields.get(name) or ()
        yield from [value] if isinstance(value, str) else value
