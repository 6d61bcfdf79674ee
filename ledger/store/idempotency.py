"""Telling the same event, recorded twice, from another one: by its id, or else by what it says."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pydantic_core import from_json

from answerable.domain.event import Event
from answerable.domain.record import LEDGERS_OWN, RECORDED_BY, Disclosed, RecordedEvent
from answerable.ledger.entry.codec import decode
from answerable.ledger.entry.errors import Repeated
from answerable.ledger.entry.intent import Intent
from answerable.ledger.errors import NotVerified
from answerable.ledger.store.errors import DuplicateId
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import disclosed_at, find_event
from answerable.ledger.store.receipt import Receipt
from answerable.ledger.store.rows import AMENDED, AMENDS, EVENT_ID
from answerable.ledger.tlog.merkle import leaf_hash

IDS_AT_ONCE = 500
"""Event ids looked up in one statement."""

LOOKED_AT = 200
"""The latest events of a case among which a repetition is looked for."""

LATEST = (
    "SELECT rowid - 1, topic, state FROM stored_events "
    "WHERE originator_id = ? AND originator_version > ? AND topic = ? "
    "ORDER BY originator_version DESC"
)

RETRACTED = (
    f"SELECT 1 FROM stored_events WHERE {AMENDS} AND {AMENDED} = ? AND topic = 'retraction' LIMIT 1"
)


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


def ids_on_record(cursor: Cursor, events: Sequence[Event], greatest: str) -> set[str]:
    """Return those ids that producers set which are on record already.

    Ids of version 7 begin with their time, so most are beyond the greatest one on record.
    """
    ids = [event.event_id for event in events if event.event_id and event.event_id <= greatest]
    found: set[str] = set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        batch = [event_id.encode() for event_id in ids[start : start + IDS_AT_ONCE]]
        marks = ",".join("?" * len(batch))
        rows = cursor.execute(
            f"SELECT {EVENT_ID} FROM stored_events WHERE {EVENT_ID} IN ({marks})", batch
        )
        found.update(event_id.decode() for (event_id,) in rows)
    return found


def receipt_on_record(cursor: Cursor, event: Event, event_id: str) -> Receipt:
    """Return the receipt for an event that is on record already, and says the same."""
    recorded = find_event(cursor, event_id)
    if recorded is None:
        raise LookupError(f"the index names the event {event_id}, but it is not there")
    check_same(event, recorded, disclosed_at(cursor, recorded.position))
    state = cursor.execute(
        "SELECT state FROM stored_events WHERE rowid = ?", (recorded.position + 1,)
    ).fetchone()[0]
    return Receipt(
        event_id,
        recorded.case_id,
        recorded.kind,
        recorded.version,
        recorded.position,
        recorded.recorded_at,
        leaf_hash(state),
        duplicate=True,
        size=0,
        root=b"",
    )


def check_not_repeated(
    cursor: Cursor, event: Event, version: int, recorded_by: str, intent: Intent
) -> None:
    """Check that an event does not say what one on record says that the same person recorded.

    What was erased or withheld of an event on record may have been anything: it is not repeated.
    Nor is one that was retracted: it may have been recorded by mistake then, and happened now.

    Args:
        cursor: a transaction that sees the log.
        event: the event.
        version: how many events its case has.
        recorded_by: who records it.
        intent: what they say that they mean.

    Raises:
        Repeated: it does.
    """
    found = _repeated_by(cursor, event, version, recorded_by, intent.drawn)
    if found is not None:
        raise Repeated(found.kind, found.case_id, found.position, found.recorded_at)


def _repeated_by(
    cursor: Cursor, event: Event, version: int, recorded_by: str, drawn: Container[str]
) -> RecordedEvent | None:
    row = (event.case_id, version - LOOKED_AT, event.kind)
    candidates = cursor.execute(LATEST, row).fetchall()
    if not candidates:
        return None
    here = _told(producer_fields(event), drawn)
    # What is wrong with an entry is for `verify` to say: it keeps nobody from recording.
    with suppress(NotVerified):
        for recorded in (decode(*each) for each in candidates):
            public = _told(recorded.fields, drawn)
            if any(here.get(name) != value for name, value in public.items()):
                continue
            opened = disclosed_at(cursor, recorded.position).fields
            same = {**_told(opened, drawn), **public} == here
            retracted = cursor.execute(RETRACTED, (recorded.event_id.encode(),))
            if same and opened.get(RECORDED_BY) == recorded_by and not retracted.fetchone():
                return recorded
    return None


def _told(fields: Mapping[str, Any], drawn: Container[str]) -> dict[str, Any]:
    return {
        name: value
        for name, value in fields.items()
        if name not in LEDGERS_OWN and name != "event_id" and name not in drawn
    }
