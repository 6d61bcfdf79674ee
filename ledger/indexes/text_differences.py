"""Holding the index of the open texts against what would be made of the texts again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.full_text import MISSING, NAME, OPEN_TEXTS, index_at, index_row
from answerable.ledger.indexes.tracking import entries_reflected, rows_since, table_exists
from answerable.ledger.store.protocol.cursor import Cursor, TextIndex
from answerable.ledger.store.reader import StoreReader

WITHHELD = "SELECT position, texts FROM withheld ORDER BY position"

TO_WITHHOLD = (
    f"SELECT rowid - 1, {MISSING} FROM stored_events WHERE rowid <= ? AND {MISSING} > 0 "
    "ORDER BY rowid"
)


def differences(reader: StoreReader) -> Iterator[str]:
    """Describe what in the index of the open texts differs from the texts.

    An index that is not tracked is made again before it is used, and where the store can keep none,
    none is used (`uncompared` says so). The record is read as it is at one moment, and never
    written.
    """
    with reader._store.undisturbed(), reader._store.worker().reading() as cursor:
        index = index_at(cursor)
        if index is None or entries_reflected(cursor, NAME) is None:
            return
        if not (table_exists(cursor, "texts") and table_exists(cursor, "withheld")):
            yield "the index of the open texts is not there, though it is said to reflect entries"
            return
        try:
            yield from _compare(reader, cursor, index)
        except NotVerified as error:
            yield error.message.rstrip(".")
        except cursor.dialect.errors as error:
            yield f"the index of the open texts is damaged: {error}"


def uncompared(reader: StoreReader) -> bool:
    """Tell whether there is an index of the open texts that cannot be read here."""
    with reader._reading() as cursor:
        return entries_reflected(cursor, NAME) is not None and index_at(cursor) is None


def _compare(reader: StoreReader, cursor: Cursor, index: TextIndex) -> Iterator[str]:
    size = entries_reflected(cursor, NAME) or 0
    if _differ(cursor.stream(WITHHELD), cursor.stream(TO_WITHHOLD, (size,))):
        yield "the table withheld counts other texts than those that are withheld"
    texts = rows_since(reader, cursor, OPEN_TEXTS, 0, size)
    expected = (map(index_row, rows) for rows in texts)
    yield from index.differences(cursor, expected)


def _differ(one: Iterable[object], other: Iterable[object]) -> bool:
    """Tell whether two statements give different rows."""
    return any(mine != its for mine, its in zip_longest(one, other))
