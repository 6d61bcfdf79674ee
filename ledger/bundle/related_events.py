"""The events of other cases that it takes to read one.

They are who stands behind the pseudonyms that it names, the policies of the house, changes of the
log's keys, what its events rest on or refer to, and what that does in turn, what was later said of
any of these, and what records that a text of any was erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from answerable.domain.kinds import ERASURE, TARGETS, model
from answerable.domain.record import RecordedEvent
from answerable.ledger.bundle import inventory
from answerable.ledger.entry.destroyed import Coverage
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import (
    events_of_case,
    events_of_kind,
    find_event,
    position_of,
    registrations_naming,
    rows_at,
)

ERASED = (
    "SELECT position, about FROM disclosures WHERE position IN ({places}) AND disclosure IS NULL"
)
"""Find the texts of entries that are gone, by whom they were about."""


def related_events(
    cursor: Cursor, events: Sequence[RecordedEvent], size: int
) -> list[RecordedEvent]:
    """Read the events of other cases that it takes to read those of one, in the log's order.

    Args:
        cursor: reads the ledger.
        events: the events of the case, at least one.
        size: how many entries of the log there are to choose from.
    """
    erasures = [*_erasures(cursor, events, size)]
    wanted = [
        *erasures,
        *events_of_kind(cursor, "policy-adopted", size),
        *events_of_kind(cursor, "key-rotated", size),
        *registrations_naming(cursor, {*named_parties([*events, *erasures])}, size),
    ]
    wanted.extend(_referred_to(cursor, events, ()))
    wanted.extend(_erasures(cursor, wanted, size))
    own = events[0].case_id
    others = {event.position: event for event in wanted if event.case_id != own}
    new: Collection[RecordedEvent] = others.values()
    while new:
        upon = {each.position: each for each in _upon(cursor, new, others.values(), size)}
        referred = _referred_to(cursor, upon.values(), others.values())
        upon.update({each.position: each for each in referred})
        new = [each for at, each in upon.items() if at not in others and each.case_id != own]
        others.update({each.position: each for each in new})
    return [others[position] for position in sorted(others)]


def _upon(
    cursor: Cursor,
    new: Iterable[RecordedEvent],
    known: Iterable[RecordedEvent],
    size: int,
) -> Iterator[RecordedEvent]:
    """Yield what was done upon events, in the cases of those that are new, and upon that in turn.

    What somebody rests on may have been corrected, withdrawn or lifted since.
    """
    ids = {event.event_id for event in known}
    for case_id in {event.case_id for event in new}:
        for event in events_of_case(cursor, case_id, size):
            if event.fields.get(TARGETS.get(event.kind, "")) in ids:
                ids.add(event.event_id)
                yield event


def _erasures(
    cursor: Cursor, events: Iterable[RecordedEvent], size: int
) -> Iterator[RecordedEvent]:
    """Yield the erasures that may have destroyed texts of some events: each that covers one.

    They are looked for only where a text is gone. Whose hand an entry is by is gone with it, so
    that such a text is taken to be about everybody whom the event names, too.
    """
    gone = dict[int, set[str]]()
    at = {event.position: event for event in events}
    for position, about in rows_at(cursor, ERASED, [*at]):
        parties = gone.setdefault(position, {*named_parties([at[position]])})
        parties.update(about.split())
    if not gone:
        return
    for erasure in events_of_kind(cursor, ERASURE, size):
        with suppress(ValueError):  # It is none: whoever verifies the ledger is told.
            cover = Coverage.told_by(erasure.fields, partial(position_of, cursor))
            before = {each: gone[each] for each in gone if each < erasure.position}
            if any(each in cover.events or cover.subject in before[each] for each in before):
                yield erasure


def _referred_to(
    cursor: Cursor, events: Iterable[RecordedEvent], known: Iterable[RecordedEvent]
) -> Iterator[RecordedEvent]:
    """Yield the events that some refer to, and those that these do, down to the last.

    A sentence says upon what a step of another case was taken, and grounds are followed to where
    they end.

    Args:
        cursor: reads the ledger.
        events: the events that refer to others.
        known: those that are known already, with what they refer to.
    """
    todo = [*events]
    seen = {event.event_id for event in (*todo, *known)}
    while todo:
        referred = {each for event in todo for each in _references(event)} - seen
        seen |= referred
        todo = [*filter(None, (find_event(cursor, each) for each in sorted(referred)))]
        yield from todo


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
