"""From events to the rows that record them, inside the transaction that will write them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from eventsourcing.persistence import StoredEvent
from uuid_utils import uuid7

from answerable.domain.case import CaseState, accept, target_of
from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.domain.kinds import TARGETS
from answerable.ledger.codec import decode, encode
from answerable.ledger.duplicates import check_repeated, check_same
from answerable.ledger.errors import CaseMoved
from answerable.ledger.merkle import leaf_hash
from answerable.ledger.reading import find, log_size, opened_at, recorded_at
from answerable.ledger.schema import EVENT_ID

if TYPE_CHECKING:
    from answerable.domain.kinds.record import Correction, PersonalDataErased

IDS_AT_ONCE = 500
"""How many event ids are looked up in one statement."""


class Receipt(NamedTuple):
    """What the ledger vouches for after an append.

    `size` and `root` are the log's after the transaction that the event was in. `duplicate`: it
    was on record already, under this position, and nothing was added.
    """

    event_id: str
    case_id: str
    kind: str
    version: int
    position: int
    recorded_at: str
    leaf: bytes
    size: int = 0
    root: bytes = b""
    duplicate: bool = False


class Draft(NamedTuple):
    """What a batch of events will be on disk."""

    first: int
    stored: list[StoredEvent]
    disclosures: list[tuple[int, int, str, str, bytes]]
    leaves: list[bytes]
    receipts: list[Receipt]
    erasures: list[tuple[int, str]]


def draft(
    cursor: sqlite3.Cursor,
    events: Sequence[Event],
    *,
    states: dict[str, CaseState],
    now: str,
    recorded_by: str,
    salt: Iterator[str],
) -> Draft:
    """Work out what recording these events, in this order, would write.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        events: what happened.
        states: what is known of the cases; brought up to date on the way.
        now: the ledger's clock. Time never runs backwards in a log, so if the last entry bears a
            later time than this, the new ones bear that one too.
        recorded_by: who records.
        salt: fresh salts.

    Raises:
        Refused: one of the events is impossible; the error's `index` says which.
    """
    first = log_size(cursor)
    if first:
        now = max(now, recorded_at(cursor, first - 1))
    drafted = Draft(first, [], [], [], [], [])
    on_record = _on_record(cursor, events)
    drafted_before: dict[str, tuple[Event, Receipt]] = {}

    def kind_elsewhere(event_id: str) -> str | None:
        if event_id in drafted_before:
            return drafted_before[event_id][0].kind
        found = find(cursor, event_id)
        return None if found is None else found.kind

    for index, event in enumerate(events):
        try:
            event_id = event.event_id or str(uuid7())
            state = case_state(cursor, states, event.case_id)
            if event.kind == "correction":
                event = _settled(event, state)
            if event_id in drafted_before:
                earlier, receipt = drafted_before[event_id]
                check_repeated(event, earlier)
                drafted.receipts.append(receipt._replace(duplicate=True))
                continue
            if event_id in on_record:
                drafted.receipts.append(_recorded_before(cursor, event, event_id))
                continue
            accept(state, event, kind_elsewhere)
            version = state.version + 1
            entry = encode(
                event,
                event_id=event_id,
                version=version,
                recorded_at=now,
                recorded_by=recorded_by,
                salt=salt,
            )
        except AnswerableError as error:
            error.index = index
            raise
        state.apply(event_id, event.kind, target_of(event))
        position = first + len(drafted.stored)
        leaf = leaf_hash(entry.state)
        drafted.stored.append(StoredEvent(event.case_id, version, event.kind, entry.state))
        drafted.leaves.append(leaf)
        drafted.disclosures.extend(
            (position, number, item.field, item.about, item.text)
            for number, item in enumerate(entry.disclosures)
        )
        receipt = Receipt(event_id, event.case_id, event.kind, version, position, now, leaf)
        drafted.receipts.append(receipt)
        drafted_before[event_id] = (event, receipt)
        if event.kind == "personal-data-erased":
            drafted.erasures.append((position, cast("PersonalDataErased", event).subject))
    return drafted


def _on_record(cursor: sqlite3.Cursor, events: Sequence[Event]) -> set[str]:
    """Which of the ids that producers set are taken already."""
    ids = [event.event_id.encode() for event in events if event.event_id]
    found: set[str] = set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        asked = ids[start : start + IDS_AT_ONCE]
        marks = ",".join("?" * len(asked))
        rows = cursor.execute(
            f"SELECT {EVENT_ID} FROM stored_events WHERE {EVENT_ID} IN ({marks})", asked
        )
        found.update(event_id.decode() for (event_id,) in rows)
    return found


def _recorded_before(cursor: sqlite3.Cursor, event: Event, event_id: str) -> Receipt:
    recorded = find(cursor, event_id)
    if recorded is None:
        raise LookupError(f"the index names the event {event_id}, but it is not there")
    check_same(event, recorded, opened_at(cursor, recorded.position))
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
    )


def _settled(event: Event, state: CaseState) -> Event:
    """A correction with its fields checked against its target's kind, if it has a target."""
    from answerable.domain.corrections import settle

    correction = cast("Correction", event)
    step = state.steps.get(correction.target)
    return event if step is None else settle(correction, step.kind)


def case_state(cursor: sqlite3.Cursor, states: dict[str, CaseState], case_id: str) -> CaseState:
    """The state of a case: from `states`, or folded from its events and put there."""
    state = states.get(case_id)
    if state is None:
        state = states[case_id] = CaseState(case_id)
        rows = cursor.execute(
            "SELECT topic, state FROM stored_events "
            "WHERE originator_id = ? ORDER BY originator_version",
            (case_id,),
        ).fetchall()
        for kind, entry in rows:
            fields = decode(0, kind, entry).fields
            target = TARGETS.get(kind)
            state.apply(fields["event_id"], kind, None if target is None else fields.get(target))
    return state


def check_version(state: CaseState, expected: int) -> None:
    """Hold the case against what the caller saw of it.

    Raises:
        CaseMoved: it has moved on since.
    """
    if state.version != expected:
        raise CaseMoved(
            f"the case {state.case_id!r} has {state.version} events, not {expected}: "
            "someone recorded in it since.",
            field="case_id",
            hint=f"Look at `answerable log --case {state.case_id}`, then decide again.",
        )
