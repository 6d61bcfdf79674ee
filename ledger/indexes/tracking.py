"""Tracking how far indexes, which are made from the record, have come, and catching them up.

How many entries an index reflects is a row of the library's tracking table, written in the
transaction that takes them in, so that the two never disagree, whatever is killed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any

from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.protocol.cursor import FETCH, Cursor
from answerable.ledger.store.reader import StoreReader

PUT = (
    "INSERT INTO tracking VALUES (?, ?) ON CONFLICT (application_name) "
    "DO UPDATE SET notification_id = excluded.notification_id"
)


def entries_reflected(cursor: Cursor, name: str) -> int | None:
    """Return how many entries an index has taken in; None where it was never made."""
    position: int | None = cursor.execute(
        "SELECT max(notification_id) FROM tracking WHERE application_name = ?", (name,)
    ).fetchone()[0]
    return position


def least_reflected(cursor: Cursor, names: Collection[str]) -> int:
    """Return how many entries all of some indexes have taken in."""
    marks = ", ".join("?" * len(names))
    made, least = cursor.execute(
        f"SELECT count(notification_id), min(notification_id) FROM tracking "
        f"WHERE application_name IN ({marks})",
        tuple(names),
    ).fetchone()
    return least if made == len(names) else 0


def set_entries_reflected(cursor: Cursor, name: str, size: int) -> None:
    """Record that an index has taken in so many entries."""
    cursor.execute(PUT, (name, size))


def forget(cursor: Cursor, beginning: str) -> None:
    """Record that nothing is taken in, under any of the names that begin so."""
    cursor.execute(
        "DELETE FROM tracking WHERE substr(application_name, 1, ?) = ?",
        (len(beginning), beginning),
    )


def table_exists(cursor: Cursor, table: str) -> bool:
    """Tell whether a table was made."""
    return cursor.dialect.table_exists(cursor, table)


def try_to_catch_up(
    reader: StoreReader,
    is_current: Callable[[Cursor], bool],
    take_in: Callable[[Cursor], object],
) -> bool:
    """Take in what was recorded since.

    Return False where the file cannot be written, or the index is ahead of what is looked at.
    """
    try:
        with reader._reading() as cursor:
            if is_current(cursor):
                return True
        with reader._writing_indexes() as cursor:
            take_in(cursor)
        return reader._caught_up()
    except StorageFailed:
        return False


def rows_since(
    reader: StoreReader, cursor: Cursor, statement: str, first: int, size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows that a statement gives of the entries from `first` to before `size`.

    Args:
        reader: reports how far this has come.
        cursor: the transaction; the rows are read beside it, so it may write meanwhile.
        statement: takes `first` and `size`; its rows begin with a position, and are in that order.
        first: the first entry.
        size: how many entries there are.
    """
    rows_of = cursor.stream(statement, (first, size))
    with reader.progress(size - first) as advance:
        done = first
        while rows := list(islice(rows_of, FETCH)):
            yield rows
            advance(rows[-1][0] - done)
            done = rows[-1][0]
