"""Verifying what an entry tells of a clock that was accepted: it stands between two entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic_core import from_json

from answerable.domain.record import ClockReading
from answerable.ledger.entry.clock import clock_problem
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor

CLOCK = b'"clock"'
ESCAPE = b"\\"
"""One of them stands in each entry that tells of a clock: the name itself, or an escape in it."""

BEFORE = "SELECT state FROM stored_events WHERE rowid = ?"


def clock_problems(
    cursor: Cursor, places: Sequence[int], entries: Sequence[bytes]
) -> Iterator[Problem]:
    """Yield what is wrong with what some entries tell of a clock that was accepted.

    Args:
        cursor: reads the ledger.
        places: the numbers of the entries, from 1.
        entries: their bytes.
    """
    joined = b"".join(entry for entry in entries if type(entry) is bytes)
    if CLOCK in joined or ESCAPE in joined:
        for place, entry in zip(places, entries, strict=True):
            if type(entry) is bytes and (CLOCK in entry or ESCAPE in entry):
                yield from _clock_problems(cursor, place - 1, entry)


def _clock_problems(cursor: Cursor, position: int, entry: bytes) -> Iterator[Problem]:
    """Yield what is wrong with what an entry tells of its clock, and of the entry before it.

    Args:
        cursor: reads the ledger.
        position: the entry's.
        entry: its bytes.
    """
    try:
        fields = from_json(entry)
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        yield Problem(position, "is not an entry that answerable wrote")
        return
    if problem := clock_problem(fields):
        yield Problem(position, problem)
        return
    reading = ClockReading.told_by(fields)
    if reading is None:
        return
    row = cursor.execute(BEFORE, (position,)).fetchone()
    try:
        last = from_json(row[0])["recorded_at"]
    except (ValueError, TypeError, KeyError):
        last = None
    if last != reading.last:
        yield Problem(position, "tells another time of the entry before it than that has")
