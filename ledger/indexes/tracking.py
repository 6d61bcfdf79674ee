"""Tracking how far indexes, which are made from the record, have come, and catching them up.

How many entries an index reflects is a row of the library's tracking table, written in the
transaction that takes them in, so that the two never disagree, whatever is killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.ledger_file import FETCH
from answerable.ledger.store.reader import StoreReader


def entries_reflected(cursor: sqlite3.Cursor, name: str) -> int | None:
    """Return how many entries an index has taken in; None where it was never made."""
    position: int | None = cursor.execute(
        "SELECT max(notification_id) FROM tracking WHERE application_name = ?", (name,)
    ).fetchone()[0]
    return position


def set_entries_reflected(cursor: sqlite3.Cursor, name: str, size: int) -> None:
    """Record that an index has taken in so many entries."""
    cursor.execute("INSERT OR REPLACE INTO tracking VALUES (?, ?)", (name, size))


def forget(cursor: sqlite3.Cursor, names: str) -> None:
    """Record that nothing is taken in, under any of the names that a pattern (`GLOB`) fits."""
    cursor.execute("DELETE FROM tracking WHERE application_name GLOB ?", (names,))


def table_exists(cursor: sqlite3.Cursor, table: str) -> bool:
    """Tell whether a table was made."""
    statement = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return cursor.execute(statement, (table,)).fetchone() is not None


def try_to_catch_up(
    reader: StoreReader,
    is_current: Callable[[sqlite3.Cursor], bool],
    take_in: Callable[[sqlite3.Cursor], object],
) -> bool:
    """Take in what was recorded since. Return False where the file cannot be written."""
    try:
        with reader._reading() as cursor:
            if is_current(cursor):
                return True
        with reader._writing_indexes() as cursor:
            take_in(cursor)
    except StorageFailed:
        return False
    return True


def rows_since(
    reader: StoreReader, cursor: sqlite3.Cursor, statement: str, first: int, size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows that a statement gives of the entries from `first` to before `size`.

    Args:
        reader: reports how far this has come.
        cursor: the transaction; the rows are read beside it, so it may write meanwhile.
        statement: takes `first` and `size`; its rows begin with a position, and are in that order.
        first: the first entry.
        size: how many entries there are.
    """
    rows_of = cursor.connection.execute(statement, (first, size))
    with reader.progress(size - first) as advance:
        done = first
        while rows := rows_of.fetchmany(FETCH):
            yield rows
            advance(rows[-1][0] - done)
            done = rows[-1][0]
