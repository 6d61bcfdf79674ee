"""Verifying that each entry reads alike, whether it is parsed or found by its bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice

from answerable.ledger.entry.reading import reading_problem
from answerable.ledger.store.database import storage_errors
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.access import connect
from answerable.ledger.system.parallel import processes_worth, side_by_side
from answerable.ledger.verify.kind_rules import KindRules, kind_rules
from answerable.ledger.verify.record import MOST_PROBLEMS

STRETCH = 16_384
"""Entries read at a time."""

ENTRIES = (
    "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid > ? AND rowid <= ? "
    "ORDER BY rowid"
)


def reading_problems(ledger: StoreReader, size: int) -> list[Problem]:
    """Return which of the first entries can be read in two ways, the first of them.

    Args:
        ledger: the ledger; its record was verified.
        size: how many entries.
    """
    rules = kind_rules()
    with (
        ledger._undisturbed(),
        storage_errors(ledger.path),
        side_by_side(processes_worth(size), joining=True) as submit,
    ):
        waiting = [
            submit(read_stretch, ledger._uri, rules, first, min(size, first + STRETCH))
            for first in range(0, size, STRETCH)
        ]
        return list(islice((each for result in waiting for each in result()), MOST_PROBLEMS))


def read_stretch(uri: str, rules: Mapping[str, KindRules], first: int, end: int) -> list[Problem]:
    """Return which entries from `first` up to but not including `end` read in two ways."""
    with closing(connect(uri)) as connection:
        rows = connection.execute(ENTRIES, (first, end))
        return list(islice(_problems(rows, rules), MOST_PROBLEMS))


def _problems(rows: sqlite3.Cursor, rules: Mapping[str, KindRules]) -> Iterator[Problem]:
    for position, kind, entry in rows:
        problem = reading_problem(kind, entry, rules[kind].sealable)
        if problem is not None:
            yield Problem(position, problem)
