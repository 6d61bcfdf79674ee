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
from itertools import zip_longest

from answerable.ledger.errors import NotVerified
from answerable.ledger.indexes.full_text import (
    CREATE_TEXTS,
    FILL,
    MISSING,
    NAME,
    OPEN_TEXTS,
    has_fts5,
    index_row,
)
from answerable.ledger.indexes.tracking import entries_reflected, rows_since, table_exists
from answerable.ledger.store.reader import StoreReader

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

    An index that is not tracked is made again before it is used, and without FTS5 none is used.
    """
    with reader._reading() as cursor:
        size = entries_reflected(cursor, NAME)
        if size is None or not has_fts5(cursor):
            return
        if not (table_exists(cursor, "texts") and table_exists(cursor, "withheld")):
            yield "the index of the open texts is not there, though it is said to reflect entries"
            return
        if list(cursor.execute(WITHHELD)) != list(cursor.execute(TO_WITHHOLD, (size,))):
            yield "the table withheld counts other texts than those that are withheld"
        with closing(sqlite3.connect("")) as fresh:
            fresh.execute(CREATE_TEXTS)
            try:
                for rows in rows_since(reader, cursor, OPEN_TEXTS, 0, size):
                    fresh.executemany(FILL, map(index_row, rows))
            except NotVerified as error:
                yield error.message.rstrip(".")
                return
            yield from _compare(reader, fresh)


def _compare(reader: StoreReader, fresh: sqlite3.Connection) -> Iterator[str]:
    with closing(sqlite3.connect(reader._uri, uri=True, timeout=0)) as there:
        try:
            for connection in (there, fresh):
                connection.execute(VOCABULARY)
            for what, statement in COMPARED.items():
                rows = zip_longest(there.execute(statement), fresh.execute(statement))
                if any(one != other for one, other in rows):
                    yield f"the index of the open texts differs from the texts in {what}"
                    return
            words = fresh.execute("SELECT DISTINCT term FROM temp.words_there")
            for (word,) in words.fetchall():
                asked = (f'"{word}"',)
                ways = (each.execute(WAY_TO_A_WORD, asked).fetchone() for each in (there, fresh))
                if next(ways) != next(ways):
                    yield f"the index of the open texts does not find the word {word!r:.40}"
                    return
            _check_structure(there)
        except sqlite3.DatabaseError as error:
            yield f"the index of the open texts is damaged: {error}"


def _check_structure(there: sqlite3.Connection) -> None:
    """Have FTS5 check its own structure, where the file can be written just now.

    Raises:
        DatabaseError: it is damaged.
    """
    try:
        there.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
    except sqlite3.OperationalError:
        return
    finally:
        there.rollback()
