"""Hold both indexes of words against each other: they find the same, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.postgresql import Server

from answerable.domain.search.query import Query, Term, matches
from answerable.domain.search.tokenizer import BARRIER
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql import text_index
from answerable.ledger.store.protocol.cursor import Cursor

WORDS = st.sampled_from(["a", "ab", "b", "礼", "物", "é", "看", "10", "a" * 200])

LINES = st.lists(
    st.lists(st.one_of(WORDS, st.just(BARRIER)), max_size=12).map(" ".join), max_size=8
)

TERMS = st.builds(Term, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.booleans())

QUERIES = st.builds(
    Query,
    st.lists(st.lists(TERMS, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple),
    st.lists(TERMS, max_size=1).map(tuple),
)


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, postgresql: Server
) -> Iterator[tuple[Ledger, Ledger]]:
    """An empty ledger in a file, and one on a server."""
    name = postgresql.database()
    place = tmp_path_factory.mktemp("words") / "a.db"
    with Ledger.create(place) as file, Ledger.create(postgresql.address(name)) as server:
        yield file, server


def found(ledger: Ledger, lines: list[str], query: Query, end: int) -> tuple[list[int], list[int]]:
    """The rows that an index of these lines finds by rank: now, and as of before a row."""
    with ledger._undone() as cursor:
        index = cursor.dialect.text_index
        assert index is not None
        index.make(cursor)
        index.fill(cursor, enumerate(lines, 1))
        index.filled(cursor)
        assert list(index.differences(cursor, [enumerate(lines, 1)])) == []
        now = rows(cursor, query, *index.by_rank(cursor, query))
        past = [row for row in now if row < end]

        def words() -> Iterator[tuple[int, str]]:
            return ((row, lines[row - 1]) for row in past)

        return now, index.ranked_before(cursor, query, sorted(past), words, end)


def rows(cursor: Cursor, query: Query, order: str, ordered: tuple[object, ...]) -> list[int]:
    index = cursor.dialect.text_index
    assert index is not None
    condition, asked = index.matching(query)
    statement = f"SELECT {index.row} FROM texts WHERE {condition} ORDER BY {order}"
    return [row for (row,) in cursor.execute(statement, (*asked, *ordered))]


@given(lines=LINES, query=QUERIES, end=st.integers(1, 9))
@example(lines=["看 看 看", "看 看", "b"], query=Query(((Term(("看", "看")),),)), end=3)
@example(lines=["a b a b a", "a b a", "b"], query=Query(((Term(("a", "b", "a"), True),),)), end=9)
def test_both_stores_find_the_same_in_the_same_order(
    stores: tuple[Ledger, Ledger], lines: list[str], query: Query, end: int
) -> None:
    in_file, on_server = (found(ledger, lines, query, end) for ledger in stores)
    assert on_server == in_file
    assert sorted(on_server[0]) == [
        row for row, line in enumerate(lines, 1) if matches(query, line)
    ]


@given(lines=LINES, query=QUERIES)
def test_a_text_of_more_words_than_an_index_takes_is_found(
    stores: tuple[Ledger, Ledger], lines: list[str], query: Query
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_index, "MOST_BYTES", 12)
        on_server = found(stores[1], lines, query, 5)
    assert on_server == found(stores[0], lines, query, 5)
