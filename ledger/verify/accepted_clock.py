"""Verifying what an entry tells of a clock that was accepted: it stands between two entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pydantic_core import from_json

from answerable.domain.record import ClockReading
from answerable.ledger.entry.clock import clock_problem
from answerable.ledger.store.problem import Problem

CLOCK = b'"clock"'
"""Stands in an entry that tells of a clock, unless it is written with an escape."""

BEFORE = "SELECT state FROM stored_events WHERE rowid = ?"


def clock_problems(cursor: sqlite3.Cursor, position: int, entry: bytes) -> Iterator[Problem]:
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
