"""The index of words on a server: a tsvector of our own words a text, and its words in a line.

The server's own parsers cut no Chinese, Japanese or Thai into words, and dictionaries of its own
would find otherwise than a file does. So it is given the words that every store is given
(`answerable.domain.search.tokenizer`). A text's row holds which words it has, and which pairs of
them stand side by side where a word is one character; by that a GIN index gives candidates. Where
words have to stand in a row, the line tells whether they do, for a tsvector forgets all but 256
places of a word, and those beyond the 16,383rd.

The order is that of FTS5's BM25, worked out by the server with the same numbers in the same order,
so that both stores list what they find alike.

A GIN index keeps the words of a deleted row until the table is vacuumed whole. So where a text is
erased the tables go, with the files that they lie in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple, cast

from answerable.domain.search.bm25 import K1, B, weight
from answerable.domain.search.query import Query, Term
from answerable.domain.search.tokenizer import BARRIER, SPACELESS
from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.postgresql.dropping import drop, make
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import NUMBERS

TABLES = ("texts", "texts_of_word", "texts_total")
"""The texts taken in; how many have a word, and how many they are, by which the rank goes."""

CREATE = (
    "CREATE TABLE IF NOT EXISTS texts (rowid bigint PRIMARY KEY, size integer NOT NULL, "
    'words tsvector, line text COLLATE "C" NOT NULL)',
    "ALTER TABLE texts ALTER words SET STATISTICS 0, ALTER line SET STATISTICS 0",
    'CREATE TABLE IF NOT EXISTS texts_of_word (word text COLLATE "C" PRIMARY KEY, '
    "texts bigint NOT NULL)",
    "ALTER TABLE texts_of_word ALTER word SET STATISTICS 0",
    "CREATE TABLE IF NOT EXISTS texts_total (texts bigint NOT NULL, words bigint NOT NULL, "
    "counted bigint NOT NULL)",
    "INSERT INTO texts_total VALUES (0, 0, -1)",
)

COUNT_WORDS = """
INSERT INTO texts_of_word AS known
SELECT word, count(*) FROM texts, unnest(tsvector_to_array(words)) AS word
WHERE texts.rowid > (SELECT counted FROM texts_total) GROUP BY word
ON CONFLICT (word) DO UPDATE SET texts = known.texts + excluded.texts"""
"""Counts the texts that have each word, of those taken in since.

The server's own `ts_stat` counts in a tree that nothing balances: words that come sorted, as
numbers do, take it minutes.
"""

COUNTED = """
UPDATE texts_total SET counted = (SELECT coalesce(max(rowid), -1) FROM texts)"""

OF_WORD = """
SELECT coalesce((SELECT texts FROM texts_of_word WHERE word = ?), 0)
    + (SELECT count(*) FROM texts WHERE words IS NULL AND strpos(line, ?) > 0)"""

WORDS = "SELECT word, texts FROM texts_of_word"

CREATE_INDEXES = (
    "CREATE INDEX IF NOT EXISTS texts_words ON texts USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX IF NOT EXISTS texts_without_words ON texts (rowid) WHERE words IS NULL",
)
"""Makes the indexes, once the texts are there: so they are built in one go."""

MOST_BYTES = 900_000
"""The bytes of words that are kept by the index; a tsvector takes no megabyte of them.

The longest texts can have more. Their lines are looked through at each search.
"""

COPY = b"COPY texts FROM STDIN"

ROWS = "SELECT rowid, size, tsvector_to_array(words), line FROM texts ORDER BY rowid"

TOTAL = "SELECT texts, words FROM texts_total"

TOTAL_AND_COUNTED = "SELECT texts, words, counted FROM texts_total"

TOTAL_BEFORE = "SELECT count(*), coalesce(sum(size), 0) FROM texts WHERE rowid < ?"

Condition = tuple[str, tuple[Any, ...]]
"""A part of a statement, with the values of its marks."""


class Row(NamedTuple):
    """A text in the index.

    Attributes:
        size: how many words it has.
        lexemes: its words and the pairs of its characters, each once; None where they are too many.
        line: its words, each between spaces of its own.
    """

    number: int
    size: int
    lexemes: frozenset[str] | None
    line: str

    @classmethod
    def of(cls, number: int, line: str) -> Row:
        """Make the row of a text from its words in a line."""
        words = line.split()
        lexemes = frozenset((*words, *_pairs(words))) - {BARRIER}
        # Each takes the server four bytes besides.
        taken = sum(len(each.encode()) + 4 for each in lexemes)
        kept = lexemes if taken <= MOST_BYTES else None
        return cls(number, len(words), kept, _spaced(words))


class TsvectorIndex:
    """Implements `answerable.ledger.store.protocol.cursor.TextIndex`."""

    joined = (
        f"texts JOIN disclosures ON position = texts.rowid / {NUMBERS} "
        f"AND number = texts.rowid % {NUMBERS}"
    )
    row = "texts.rowid"

    def available(self, _: Cursor) -> bool:
        """Tell that the server can keep one: every server can."""
        return True

    def make(self, cursor: Cursor) -> None:
        """Make an empty one."""
        make(cursor, CREATE)

    def drop(self, cursor: Cursor) -> None:
        """Drop it with every word in it. Its files are removed when the transaction commits."""
        for table in TABLES:
            drop(cursor, table)

    def fill(self, cursor: Cursor, rows: Iterable[tuple[int, str]]) -> None:
        """Take in texts: the number of each, and its words in a line."""
        taken = [Row.of(*each) for each in rows]
        with cast("Any", cursor).copy(COPY) as copy:
            for row in taken:
                words = None if row.lexemes is None else " ".join(map(_quoted, row.lexemes))
                copy.write_row((row.number, row.size, words, row.line))
        cursor.execute(
            "UPDATE texts_total SET texts = texts + ?, words = words + ?",
            (len(taken), sum(row.size for row in taken)),
        )

    def filled(self, cursor: Cursor) -> None:
        """Index what was taken in first, all in one go; count the texts that have each word."""
        make(cursor, CREATE_INDEXES)
        cursor.execute(COUNT_WORDS)
        cursor.execute(COUNTED)

    def matching(self, query: Query) -> Condition:
        """Write the condition that a row is what a query asks for, with the values of its marks."""
        in_line, patterns = _in_line(query)
        if any(len(term.words) > 1 for term in (*query.terms, *query.without)):
            condition = f"(words @@ CAST(? AS tsquery) OR words IS NULL) AND {in_line}"
        else:
            condition = f"(words @@ CAST(? AS tsquery) OR words IS NULL AND {in_line})"
        return condition, (_tsquery(query), *patterns)

    def by_rank(self, cursor: Cursor, query: Query) -> Condition:
        """Write the order of the rows found, the best first, with the values of its marks.

        Raises:
            StorageFailed: the index was emptied just now.
        """
        total = cursor.execute(TOTAL).fetchone()
        if total is None:
            raise StorageFailed("the index of words was emptied just now.", hint="Search again.")
        return self._order(cursor, query, total, None)

    def ranked_before(
        self,
        cursor: Cursor,
        query: Query,
        rows: Sequence[int],
        lines: Callable[[], Iterable[tuple[int, str]]],
        end: int,
    ) -> list[int]:
        """Rank texts that were found as the index ranked them when it had no row from `end` on."""
        total = cursor.execute(TOTAL_BEFORE, (end,)).fetchone()
        order, values = self._order(cursor, query, total, end)
        statement = f"SELECT rowid FROM texts WHERE rowid = ANY(?) ORDER BY {order}"
        return [row for (row,) in cursor.execute(statement, (list(rows), *values))]

    def _order(
        self, cursor: Cursor, query: Query, total: tuple[int, int], end: int | None
    ) -> Condition:
        texts, words = total
        mean = words / texts if texts else 1.0
        parts = [_part_of_score(term, self._weight(cursor, term, texts, end), mean)
                 for term in query.terms]  # fmt: skip
        score = " + ".join(part for part, _ in parts)
        return f"{score} DESC, {self.row}", tuple(value for _, each in parts for value in each)

    def _weight(self, cursor: Cursor, term: Term, texts: int, end: int | None) -> float:
        """Return the inverse document frequency of a term, in all texts or in those before one."""
        if end is None and len(term.words) == 1 and not term.prefix:
            values: tuple[Any, ...] = (term.words[0], _pattern(term))
            return weight(texts, cursor.execute(OF_WORD, values).fetchone()[0])
        condition, values = self.matching(Query(((term,),)))
        before = "" if end is None else " AND rowid < ?"
        (hits,) = cursor.execute(
            f"SELECT count(*) FROM texts WHERE {condition}{before}",
            values if end is None else (*values, end),
        ).fetchone()
        return weight(texts, hits)

    def differences(
        self, cursor: Cursor, expected: Iterable[Iterable[tuple[int, str]]]
    ) -> Iterator[str]:
        """Describe how the index differs from one made of the rows that it should have."""
        there = (
            Row(number, size, None if words is None else frozenset(words), line)
            for number, size, words, line in cursor.stream(ROWS)
        )
        of_word = Counter[str]()
        texts = words = 0
        last = -1
        for mine, its in zip_longest(there, (Row.of(*row) for rows in expected for row in rows)):
            if mine is None or mine != its:
                yield "the index of the open texts differs from the texts in the words it has"
                return
            of_word.update(mine.lexemes or ())
            texts, words, last = texts + 1, words + mine.size, mine.number
        if cursor.execute(TOTAL_AND_COUNTED).fetchall() != [(texts, words, last)]:
            yield "the index of the open texts differs from the texts in how many words they have"
        if any(of_word.pop(word, 0) != number for word, number in cursor.stream(WORDS)) or of_word:
            yield "the index of the open texts differs from the texts in how many have a word"


def _pairs(words: Sequence[str]) -> Iterator[str]:
    """Yield two characters that stand side by side, of scripts that put no space between words."""
    for one, other in pairwise(words):
        if len(one) == len(other) == 1 and SPACELESS.match(one) and SPACELESS.match(other):
            yield one + other


def _spaced(words: Iterable[str]) -> str:
    """Write words in a line, so that no two of them share a space."""
    return "".join(f" {word} " for word in words)


def _pattern(term: Term) -> str:
    """Write what a line has where it has a term."""
    spaced = _spaced(term.words)
    return spaced[:-1] if term.prefix else spaced


def _quoted(lexeme: str) -> str:
    """Write a word as a tsvector and a tsquery take it: there is no sign in it but its letters."""
    return f"'{lexeme}'"


def _tsquery(query: Query) -> str:
    """Write a query that finds all that is asked for, and more where words stand in a row."""
    groups = [" | ".join(f"({_of_term(term)})" for term in group) for group in query.groups]
    without = [f"!({_of_term(term)})" for term in query.without if len(term.words) == 1]
    return " & ".join((*(f"({each})" for each in groups), *without))


def _of_term(term: Term) -> str:
    *first, last = map(_quoted, term.words)
    words = (*first, f"{last}:*" if term.prefix else last)
    return " & ".join((*words, *map(_quoted, _pairs(term.words))))


def _in_line(query: Query) -> Condition:
    """Write the condition that a line is what a query asks for."""
    groups = [" OR ".join("strpos(line, ?) > 0" for _ in group) for group in query.groups]
    without = ["strpos(line, ?) = 0" for _ in query.without]
    said = " AND ".join((*(f"({each})" for each in groups), *without))
    return said, tuple(map(_pattern, (*query.terms, *query.without)))


def _part_of_score(term: Term, weighs: float, mean: float) -> Condition:
    """Write what a term adds to the score of a text (`answerable.domain.search.bm25`)."""
    often, values = _often(term)
    part = (
        f"{weighs!r}::float8 * (({often} * {K1 + 1.0!r}::float8) / ({often} + {K1!r}::float8 * "
        f"({1 - B!r}::float8 + {B!r}::float8 * size / {mean!r}::float8)))"
    )
    return part, values * 2


def _often(term: Term) -> Condition:
    """Write at how many places of a line a term begins."""
    pattern = _pattern(term)
    if len(term.words) > 1:
        # Two of them may overlap.
        return "regexp_count(line, ?)::float8", (f"(?={pattern})",)
    taken = "(octet_length(line) - octet_length(replace(line, ?, ''))) / ?::float8"
    return f"({taken})", (pattern, len(pattern.encode()))
