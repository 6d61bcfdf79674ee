"""The index of words in SQLite: FTS5, in a contentless table, which holds no copy of a text.

FTS5 keeps the words of a deleted row until its segments happen to be merged, so that an index goes
whole. It is given words with spaces between, and takes them as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress

from answerable.domain.search.query import Query, Term
from answerable.ledger.store.protocol.cursor import FETCH, Cursor
from answerable.ledger.store.rows import NUMBERS
from answerable.ledger.store.sqlite.ranking import Indexed, ranked
from answerable.ledger.store.sqlite.schema import CREATE_TEXTS

FILL = "INSERT INTO texts (rowid, words) VALUES (?, ?)"

SHADOWS = ("texts_data", "texts_idx", "texts_docsize")
"""The ordinary tables that an FTS5 table keeps its rows in, there even where FTS5 is not."""

EMPTY = {
    "texts_data": "INSERT INTO texts_data VALUES (1, x''), (10, x'00000000000000')",
    "texts_config": "INSERT OR REPLACE INTO texts_config VALUES ('version', 4)",
}
"""The rows of an index without words, without which FTS5 could not even drop its table."""

COMPARED = {
    "its settings": "SELECT k, v FROM texts_config ORDER BY k",
    "how long the texts are": "SELECT id, sz FROM texts_docsize ORDER BY id",
    "how long they are on average": "SELECT block FROM texts_data WHERE id = 1",
    "which words stand where": "SELECT term, doc, offset FROM temp.words_there",
}
"""Names the parts of the index that a search reads, and where each is."""

VOCABULARY = "CREATE VIRTUAL TABLE temp.words_there USING fts5vocab(main, texts, instance)"

WAY_TO_A_WORD = "SELECT count(*), total(rowid) FROM texts WHERE texts MATCH ?"


class Fts5Index:
    """Implements `answerable.ledger.store.protocol.cursor.TextIndex`."""

    joined = (
        f"texts JOIN disclosures ON position = texts.rowid / {NUMBERS} "
        f"AND number = texts.rowid % {NUMBERS}"
    )
    row = "texts.rowid"

    def available(self, cursor: Cursor) -> bool:
        """Tell whether this SQLite was built with FTS5."""
        there = cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone()
        return there is not None

    def make(self, cursor: Cursor) -> None:
        """Make an empty index."""
        cursor.execute(CREATE_TEXTS)

    def drop(self, cursor: Cursor) -> None:
        """Drop the index with every word in it. What was in its pages is overwritten."""
        if not cursor.dialect.table_exists(cursor, "texts"):
            return
        try:
            cursor.execute("DROP TABLE texts")
        except sqlite3.DatabaseError:
            # Without FTS5, or where the index is damaged, its rows can still be taken away.
            _empty_tables(cursor)
            with suppress(sqlite3.DatabaseError):
                cursor.execute("DROP TABLE texts")

    def fill(self, cursor: Cursor, rows: Iterable[tuple[int, str]]) -> None:
        """Take in texts: the number of each, and its words in a line."""
        cursor.executemany(FILL, rows)

    def filled(self, cursor: Cursor) -> None:
        """Do nothing: what was filled can be searched."""

    def matching(self, query: Query) -> tuple[str, tuple[str]]:
        """Write the condition that a row is what a query asks for, with the values of its marks."""
        return "texts MATCH ?", (_match(query),)

    def by_rank(self, _: Cursor, __: Query) -> tuple[str, tuple[()]]:
        """Write the order of the rows found, the best first."""
        return "rank, texts.rowid", ()

    def ranked_before(
        self,
        cursor: Cursor,
        query: Query,
        _: Sequence[int],
        lines: Callable[[], Iterable[tuple[int, str]]],
        end: int,
    ) -> list[int]:
        """Rank texts that were found as the index ranked them when it had no row from `end` on."""
        terms = [(term, _phrase(term)) for term in (*query.terms, *query.without)]
        return ranked(cursor, terms, [Indexed(*each) for each in lines()], end)

    def differences(
        self, cursor: Cursor, expected: Iterable[Iterable[tuple[int, str]]]
    ) -> Iterator[str]:
        """Describe how the index differs from one made of the rows that it should have.

        FTS5 keeps the index in ordinary tables, and whoever can write them can have a word be found
        where it is not, or not where it is. So a fresh index is made, in a database that SQLite
        deletes when it is closed; and everything that a search reads is compared: which word stands
        where, how long each text is, what the ranking goes by, FTS5's own settings, and the way to
        each word.
        """
        with closing(sqlite3.connect("")) as fresh:
            fresh.execute(CREATE_TEXTS)
            for rows in expected:
                fresh.executemany(FILL, rows)
            there = cursor.beside()
            for each in (there, fresh):
                each.execute(VOCABULARY)
            for what, statement in COMPARED.items():
                if _differ(there.execute(statement), fresh.execute(statement)):
                    yield f"the index of the open texts differs from the texts in {what}"
                    return
            for (word,) in fresh.execute("SELECT DISTINCT term FROM temp.words_there"):
                asked = (f'"{word}"',)
                if _differ(
                    there.execute(WAY_TO_A_WORD, asked), fresh.execute(WAY_TO_A_WORD, asked)
                ):
                    yield f"the index of the open texts does not find the word {word!r:.40}"
                    return
        _check_structure(cursor)


def _empty_tables(cursor: Cursor) -> None:
    """Delete the index's rows where its table cannot be dropped."""
    for table in SHADOWS:
        if cursor.dialect.table_exists(cursor, table):
            cursor.execute(f"DELETE FROM {table}")
    for table, statement in EMPTY.items():
        if cursor.dialect.table_exists(cursor, table):
            cursor.execute(statement)


def _match(query: Query) -> str:
    """Write a query as FTS5 does. Words hold no sign that could mean anything to it."""
    asked = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in query.groups)
    if not query.without:
        return asked
    return f"({asked}) NOT ({' OR '.join(map(_phrase, query.without))})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _differ(one: Cursor, other: sqlite3.Cursor) -> bool:
    """Tell whether two statements give different rows."""
    while (mine := one.fetchmany(FETCH)) == other.fetchmany(FETCH):
        if not mine:
            return False
    return True


def _check_structure(there: Cursor) -> None:
    """Have FTS5 check the structure of the index, in a copy, for it takes the right to write.

    The way to how words begin is checked by this alone.

    Raises:
        DatabaseError: it is damaged.
    """
    with closing(sqlite3.connect("")) as copy:
        copy.execute(CREATE_TEXTS)
        for table in SHADOWS:
            copy.execute(f"DELETE FROM {table}")
            columns = copy.execute(f"SELECT * FROM {table} LIMIT 0").description
            places = ", ".join("?" for _ in columns)
            rows = there.execute(f"SELECT * FROM {table}")
            copy.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        copy.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")
