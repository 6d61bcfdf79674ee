"""Ranking what a search found as it would have been ranked when fewer entries were on record.

FTS5 ranks by BM25 over all that is in its index now, so what was recorded later would move what a
search as known by a moment finds. Here the same formula is worked out over the texts of the first
entries alone, so that both give the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from answerable.domain.search.bm25 import part_of_score, weight
from answerable.domain.search.query import Term
from answerable.ledger.store.protocol.cursor import Cursor


class Indexed(NamedTuple):
    """A text that was found: its row in the index, and its words in a line."""

    row: int
    line: str


def ranked(
    cursor: Cursor, terms: Sequence[tuple[Term, str]], found: Iterable[Indexed], end: int
) -> list[int]:
    """Rank texts by the index as it was before a row.

    Args:
        cursor: a transaction that sees the index.
        terms: what is searched for, each with its expression in FTS5's language.
        found: the texts that have it.
        end: the first row of the index that does not count.

    Returns:
        The rows of the texts, the best first, those of one rank in their order.
    """
    sizes = [
        _varint(size)
        for (size,) in cursor.execute("SELECT sz FROM texts_docsize WHERE id < ?", (end,))
    ]
    weights = [(term, _weight(cursor, text, len(sizes), end)) for term, text in terms]
    mean = sum(sizes) / len(sizes) if sizes else 1.0
    scored = sorted((-_score(each.line.split(), weights, mean), each.row) for each in found)
    return [row for _, row in scored]


def _weight(cursor: Cursor, expression: str, rows: int, end: int) -> float:
    """Return the inverse document frequency of a term."""
    (hits,) = cursor.execute(
        "SELECT count(*) FROM texts WHERE texts MATCH ? AND rowid < ?", (expression, end)
    ).fetchone()
    return weight(rows, hits)


def _score(words: Sequence[str], weights: Iterable[tuple[Term, float]], mean: float) -> float:
    score = 0.0
    for term, weighs in weights:
        score += part_of_score(_occurrences(words, term), weighs, len(words), mean)
    return score


def _occurrences(words: Sequence[str], term: Term) -> int:
    """Count the places of a text at which a term begins."""
    *first, last = term.words
    return sum(
        (words[end].startswith(last) if term.prefix else words[end] == last)
        and words[end - len(first) : end] == first
        for end in range(len(first), len(words))
    )


def _varint(encoded: bytes) -> int:
    """Read a number as SQLite writes it: seven bits a byte, the highest set on all but the last."""
    number = 0
    for byte in encoded:
        number = number << 7 | byte & 0x7F
    return number
