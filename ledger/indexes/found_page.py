"""A page of what a search finds, at a cost that does not grow with what is found.

To rank a hundred thousand texts takes a quarter of a second, and to see whose each is two. So no
more than `MOST` are looked at: where there are more, they are those that were recorded last.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from answerable.domain.search.query import Query
from answerable.domain.search.request import CORRECTED, FoundPage
from answerable.ledger.errors import NotVerified, StorageFailed
from answerable.ledger.indexes.full_text import (
    APART,
    NAME,
    index_at,
    make_ready,
    question_marks,
    read_hits,
)
from answerable.ledger.indexes.tracking import entries_reflected
from answerable.ledger.store.protocol.cursor import Cursor, TextIndex
from answerable.ledger.store.queries import sealed_value
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.rows import NUMBERS

MOST = 500
"""The most texts that are looked at."""

MATCHING = (
    f"SELECT {{row}}, CASE field WHEN '{CORRECTED}' THEN disclosure END FROM {{tables}} "
    "WHERE {matching} AND disclosure IS NOT NULL AND field NOT IN ({without}) ORDER BY {order} "
    "LIMIT ?"
)

ERASED = (
    f"SELECT count(*) FROM disclosures WHERE disclosure IS NULL AND field NOT IN ({APART}) "
    "AND field NOT IN ({without})"
)

WITHHELD = "SELECT coalesce(sum(texts), 0) FROM withheld"


def found_page(
    reader: StoreReader, query: Query, without: Collection[str], skip: int, limit: int
) -> FoundPage | None:
    """Search the texts at hand by the index; None where it cannot be kept, or is damaged.

    Args:
        reader: the ledger.
        query: what for.
        without: the sealed fields that are not searched. A correction of one is none of them.
        skip: how many hits come before the page.
        limit: the most hits on it.
    """
    reader._check_texts_shown("they cannot be searched")
    try:
        if not make_ready(reader):
            return None
        with reader._reading() as cursor:
            index = index_at(cursor)
            if index is None or entries_reflected(cursor, NAME) is None:
                return None
            # A server takes no list of nothing; no field has an empty name.
            return _found(reader, cursor, index, query, sorted(without) or [""], skip, limit)
    except (NotVerified, StorageFailed):
        return None


def _found(
    reader: StoreReader,
    cursor: Cursor,
    index: TextIndex,
    query: Query,
    without: Collection[str],
    skip: int,
    limit: int,
) -> FoundPage:
    latest = _matching(cursor, index, query, without, (f"{index.row} DESC", ()))
    more = len(latest) > MOST
    order = index.by_rank(cursor, query)
    rows = latest[:MOST] if more else _matching(cursor, index, query, without, order)
    marks = question_marks(without)
    (erased,) = cursor.execute(ERASED.format(without=marks), tuple(without)).fetchone()
    (withheld,) = cursor.execute(WITHHELD).fetchone()
    hits = read_hits(reader, rows[skip : skip + limit])
    return FoundPage(len(rows), more, hits, erased, withheld, ranked=not more)


def _matching(
    cursor: Cursor,
    index: TextIndex,
    query: Query,
    without: Collection[str],
    order: tuple[str, tuple[Any, ...]],
) -> list[int]:
    """List the rows that match, one more than are looked at where there are more."""
    matching, asked = index.matching(query)
    by, ordered = order
    statement = MATCHING.format(
        row=index.row,
        tables=index.joined,
        matching=matching,
        without=question_marks(without),
        order=by,
    )
    bound: tuple[Any, ...] = (*asked, *without, *ordered, MOST + 1)
    found = cursor.execute(statement, bound).fetchall()
    return [
        row for row, text in found if text is None or _may_be_found(row, text, frozenset(without))
    ]


def _may_be_found(row: int, text: bytes, without: frozenset[str]) -> bool:
    """Tell whether a correction corrects none of the fields that are not searched."""
    return without.isdisjoint(sealed_value(row // NUMBERS, text))
