"""Holding the index of the open texts against what would be made of the texts again."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.full_text import MISSING, NAME, OPEN_TEXTS, index_row
from answerable.ledger.indexes.tracking import entries_reflected, rows_since, table_exists
from answerable.ledger.store.protocol import FETCH, Cursor
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
        index = cursor.dialect.text_index
        if entries_reflected(cursor, NAME) is None or not index.available(cursor):
            return
        if not (table_exists(cursor, "texts") and table_exists(cursor, "withheld")):
            yield "the index of the open texts is not there, though it is said to reflect entries"
            return
        try:
            yield from _compare(reader, cursor)
        except NotVerified as error:
            yield error.message.rstrip(".")
        except cursor.dialect.errors as error:
            yield f"the index of the open texts is damaged: {error}"


def uncompared(reader: StoreReader) -> bool:
    """Tell whether there is an index of the open texts that cannot be read here."""
    with reader._reading() as cursor:
        available = cursor.dialect.text_index.available(cursor)
        return entries_reflected(cursor, NAME) is not None and not available


def _compare(reader: StoreReader, cursor: Cursor) -> Iterator[str]:
    size = entries_reflected(cursor, NAME) or 0
    if _differ(cursor.beside().execute(WITHHELD), cursor.beside().execute(TO_WITHHOLD, (size,))):
        yield "the table withheld counts other texts than those that are withheld"
    texts = rows_since(reader, cursor, OPEN_TEXTS, 0, size)
    expected = (map(index_row, rows) for rows in texts)
    yield from cursor.dialect.text_index.differences(cursor, expected)


def _differ(one: Cursor, other: Cursor) -> bool:
    """Tell whether two statements give different rows."""
    while (mine := one.fetchmany(FETCH)) == other.fetchmany(FETCH):
        if not mine:
            return False
    return True
