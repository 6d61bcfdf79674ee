"""Holding the index of the open texts against an index made again.

FTS5 keeps the index in ordinary tables, and whoever can write them can have a word be found where
it is not, or not where it is. So a fresh index is made of the same texts, in a database that SQLite
deletes when it is closed; and everything that a search reads is compared: which word stands where,
how long each text is, what the ranking goes by, FTS5's own settings, and the way to each word.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.full_text import (
    CREATE_TEXTS,
    FILL,
    MISSING,
    NAME,
    OPEN_TEXTS,
    SHADOWS,
    has_fts5,
    index_row,
)
from answerable.ledger.indexes.tracking import entries_reflected, rows_since, table_exists
from answerable.ledger.store.ledger_file import FETCH
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.system.access import connect

COMPARED = {
    "its settings": "SELECT k, v FROM texts_config ORDER BY k",
    "how long the texts are": "SELECT id, sz FROM texts_docsize ORDER BY id",
    "how long they are on average": "SELECT block FROM texts_data WHERE id = 1",
    "which words stand where": "SELECT term, doc, offset FROM temp.words_there",
}
"""What a search reads, and where it is."""

VOCABULARY = "CREATE VIRTUAL TABLE temp.words_there USING fts5vocab(main, texts, instance)"

WAY_TO_A_WORD = "SELECT count(*), total(rowid) FROM texts WHERE texts MATCH ?"

WITHHELD = "SELECT position, texts FROM withheld ORDER BY position"

TO_WITHHOLD = (
    f"SELECT rowid - 1, {MISSING} FROM stored_events WHERE rowid <= ? AND {MISSING} > 0 "
    "ORDER BY rowid"
)


def differences(reader: StoreReader) -> Iterator[str]:
    """Describe what in the index of the open texts differs from the texts.

    An index that is not tracked is made again before it is used, and without FTS5 none is used
    (`uncompared` says so). The file is read as it is at one moment, and never written.
    """
    with reader._undisturbed(), closing(connect(reader._uri, timeout=0)) as there:
        there.execute("BEGIN")
        cursor = there.cursor()
        if entries_reflected(cursor, NAME) is None or not has_fts5(cursor):
            return
        if not (table_exists(cursor, "texts") and table_exists(cursor, "withheld")):
            yield "the index of the open texts is not there, though it is said to reflect entries"
            return
        try:
            yield from _compare(reader, there)
        except NotVerified as error:
            yield error.message.rstrip(".")
        except sqlite3.DatabaseError as error:
            yield f"the index of the open texts is damaged: {error}"


def uncompared(reader: StoreReader) -> bool:
    """Tell whether there is an index of the open texts that cannot be read, for want of FTS5."""
    with reader._reading() as cursor:
        return entries_reflected(cursor, NAME) is not None and not has_fts5(cursor)


def _compare(reader: StoreReader, there: sqlite3.Connection) -> Iterator[str]:
    size = entries_reflected(there.cursor(), NAME) or 0
    if _differ(there.execute(WITHHELD), there.execute(TO_WITHHOLD, (size,))):
        yield "the table withheld counts other texts than those that are withheld"
    with closing(sqlite3.connect("")) as fresh:
        fresh.execute(CREATE_TEXTS)
        for rows in rows_since(reader, there.cursor(), OPEN_TEXTS, 0, size):
            fresh.executemany(FILL, map(index_row, rows))
        for connection in (there, fresh):
            connection.execute(VOCABULARY)
        for what, statement in COMPARED.items():
            if _differ(there.execute(statement), fresh.execute(statement)):
                yield f"the index of the open texts differs from the texts in {what}"
                return
        for (word,) in fresh.execute("SELECT DISTINCT term FROM temp.words_there"):
            asked = (f'"{word}"',)
            if _differ(there.execute(WAY_TO_A_WORD, asked), fresh.execute(WAY_TO_A_WORD, asked)):
                yield f"the index of the open texts does not find the word {word!r:.40}"
                return
    _check_structure(there)


def _differ(one: sqlite3.Cursor, other: sqlite3.Cursor) -> bool:
    """Tell whether two statements give different rows."""
    while (mine := one.fetchmany(FETCH)) == other.fetchmany(FETCH):
        if not mine:
            return False
    return True


def _check_structure(there: sqlite3.Connection) -> None:
    """Have FTS5 check the structure of the index, in a copy, for it takes the right to write.

    The way to how words begin is checked by this alone.

    Raises:
        DatabaseError: it is damaged.
    """
    with closing(sqlite3.connect("")) as copy:
        copy.execute(CREATE_TEXTS)
        for table in SHADOWS:
            copy.execute(f"DELETE FROM {table}")
            rows = there.execute(f"SELECT * FROM {table}")
            places = ", ".join("?" for _ in rows.description)
            copy.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        copy.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
