"""The index of the open texts, beside the record and made from it: FTS5, or a server's tsvectors.

It holds which words stand where (`answerable.ledger.store.protocol.cursor.TextIndex`). It is made
at the first search, and takes in what was recorded since at each later one, in the transaction that
moves its position (the library's tracking). Words are told apart by
`answerable.domain.search.tokenizer`; the store is given them with spaces between, and takes them as
they are.

What is erased must be gone from the store's bytes. FTS5 keeps the words of a deleted row until its
segments happen to be merged, and a server's until the table is vacuumed whole; so where a text that
was taken in is erased, the whole index goes with it, in the same transaction. The next search makes
it again from what is left. See docs/decisions/0019-search-is-an-index-that-goes-whole.md.

Where the index cannot be written, or SQLite has no FTS5, every text is read: slow, but right.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from answerable.domain.record import SEALED_BESIDE
from answerable.domain.search.query import Query, matches
from answerable.domain.search.request import (
    CORRECTED,
    Hit,
    SearchRequest,
    SearchResult,
    passages,
    passages_in_scope,
)
from answerable.domain.search.tokenizer import VERSION, token_line
from answerable.ledger.entry.codec import decode
from answerable.ledger.errors import NotVerified, StorageFailed
from answerable.ledger.indexes import names as naming
from answerable.ledger.indexes import tracking as tracked
from answerable.ledger.indexes.tracking import (
    entries_reflected,
    rows_since,
    set_entries_reflected,
    table_exists,
    try_to_catch_up,
)
from answerable.ledger.store.protocol.cursor import Cursor, TextIndex
from answerable.ledger.store.queries import log_size, sealed_value
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.rows import NUMBERS

NAME = f"search {VERSION}"
"""The name that the index is tracked under. Under another, it is of another version."""

APART = ", ".join(f"'{field}'" for field in sorted(SEALED_BESIDE))

OPEN_TEXTS = (
    "SELECT position, number, field, disclosure FROM disclosures WHERE position >= ? "
    f"AND position < ? AND disclosure IS NOT NULL AND field NOT IN ({APART}) "
    "ORDER BY position, number"
)

COMMITMENTS = """(length(state) - instr(state, CAST('"_sd":["' AS BLOB)) + 1 - 8) / 46"""
"""The number of texts that an entry commits to, in SQL: each takes 46 letters with its quotes."""

MISSING = (
    f"{COMMITMENTS} - (SELECT count(*) FROM disclosures WHERE position = stored_events.rowid - 1)"
)

TAKE_IN_WITHHELD = (
    f"INSERT INTO withheld SELECT rowid - 1, {MISSING} FROM stored_events "
    f"WHERE rowid > ? AND rowid <= ? AND {MISSING} > 0"
)

OPEN_IN_SCOPE = (
    "SELECT position, number, field, {text} FROM {tables} "
    "JOIN stored_events ON stored_events.rowid = position + 1 "
    "WHERE disclosure IS NOT NULL AND {scope} ORDER BY {order}"
)

TEXT = "SELECT field, disclosure FROM disclosures WHERE position = ? AND number = ?"

HIT = (
    "SELECT position, topic, state, field, about, disclosure FROM disclosures "
    "JOIN stored_events ON stored_events.rowid = position + 1 "
    "WHERE position = ? AND number = ? AND disclosure IS NOT NULL"
)


class Scope(NamedTuple):
    """The conditions of a search, in SQL, upon entries and upon texts, with their parameters.

    Attributes:
        size: how many entries are searched, from the first on.
    """

    size: int
    entries: str
    of_entries: tuple[Any, ...]
    texts: str
    of_texts: tuple[Any, ...]

    @property
    def all(self) -> str:
        """Return both conditions in one."""
        return f"{self.entries} AND {self.texts}"

    @property
    def of_all(self) -> tuple[Any, ...]:
        """Return the parameters of both."""
        return (*self.of_entries, *self.of_texts)


def search(reader: StoreReader, request: SearchRequest) -> SearchResult:
    """Search the texts at hand: by the index, where it can be kept, or else one by one."""
    reader._check_texts_shown("they cannot be searched")
    scope = _scope(request, reader.size_known_by(request.known_by))
    try:
        answer = _search_index(reader, request, scope) if make_ready(reader) else None
    except (NotVerified, StorageFailed):
        # The index is damaged; or a text is, and then it cannot be made again either.
        answer = _search_index(reader, request, scope) if _try_rebuild(reader) else None
    return _search_texts(reader, request, scope) if answer is None else answer


def make_ready(reader: StoreReader) -> bool:
    """Take in what was recorded since. Return False where that cannot be done."""
    with reader._reading() as cursor:
        if index_at(cursor) is None:
            return False
    return try_to_catch_up(
        reader,
        lambda cursor: entries_reflected(cursor, NAME) == log_size(cursor),
        lambda cursor: _take_in(reader, cursor),
    )


def index_at(cursor: Cursor) -> TextIndex | None:
    """Return the store's index of words; None where it can keep none here."""
    index = cursor.dialect.text_index
    return index if index is not None and index.available(cursor) else None


def rebuild(reader: StoreReader) -> int:
    """Make the index again from the first entry on.

    Returns:
        How many entries it reflects.

    Raises:
        StorageFailed: the file cannot be written, or this SQLite has no FTS5.
        NotVerified: a text is not what was sealed.
    """
    with reader._writing_indexes() as cursor:
        drop_index(cursor)
        return _take_in(reader, cursor)


def _try_rebuild(reader: StoreReader) -> bool:
    """Make the index again. Return False where that cannot be done."""
    try:
        rebuild(reader)
        return reader._caught_up()
    except StorageFailed:
        return False


def drop_index(cursor: Cursor) -> None:
    """Drop the index with every word in it. What was in its pages is overwritten."""
    if cursor.dialect.text_index is not None:
        cursor.dialect.text_index.drop(cursor)
    cursor.dialect.drop_made(cursor, "withheld")
    tracked.forget(cursor, "search ")


def forget_texts(cursor: Cursor, erased: Iterable[tuple[int, int, str]]) -> None:
    """Delete every word of texts that are being erased.

    Args:
        cursor: the transaction that erases them.
        erased: the texts: position, number, field.
    """
    gone = list(erased)
    naming.forget_texts(cursor, ((position, number) for position, number, _ in gone))
    if table_exists(cursor, "texts"):
        size = entries_reflected(cursor, NAME)
        # What another version of the index took in is not for this one to say.
        if size is None or any(at < size and field not in SEALED_BESIDE for at, _, field in gone):
            drop_index(cursor)


def _take_in(reader: StoreReader, cursor: Cursor) -> int:
    size, position = log_size(cursor), entries_reflected(cursor, NAME)
    index = index_at(cursor)
    if index is None:
        raise StorageFailed(f"{reader.name} can keep no index of words.")
    if position is None:
        drop_index(cursor)
        index.make(cursor)
        cursor.dialect.make_withheld(cursor)
    first = position or 0
    for rows in rows_since(reader, cursor, OPEN_TEXTS, first, size):
        index.fill(cursor, map(index_row, rows))
    index.filled(cursor)
    cursor.execute(TAKE_IN_WITHHELD, (first, size))
    set_entries_reflected(cursor, NAME, size)
    return size - first


def index_row(text: tuple[Any, ...]) -> tuple[int, str]:
    """Return the row of a text in the index: its number, and its words in a line."""
    position, number, field, sealed = text
    pieces = passages(field, sealed_value(position, sealed))
    return position * NUMBERS + number, token_line(piece.text for piece in pieces)


def _search_index(reader: StoreReader, request: SearchRequest, scope: Scope) -> SearchResult | None:
    """Search by the index. Return None where an erasure has just dropped it."""
    # What a correction says belongs to several fields, so it is looked into.
    some = request.fields is not None
    with reader._reading() as cursor:
        index = index_at(cursor)
        if index is None or entries_reflected(cursor, NAME) is None:
            return None
        past = request.known_by is not None and scope.size < log_size(cursor)
        looked_into = f"CASE field WHEN '{CORRECTED}' THEN disclosure END" if some else "NULL"
        matching, asked = index.matching(request.query)
        order, ordered = (index.row, ()) if past else index.by_rank(cursor, request.query)
        statement = OPEN_IN_SCOPE.format(
            text=looked_into,
            tables=index.joined,
            scope=f"{matching} AND {scope.all}",
            order=order,
        )
        found = cursor.stream(statement, (*asked, *scope.of_all, *ordered), few=False)
        rowids = _matching_rows(found, request)
        if past:
            rowids = _rank_as_of(cursor, index, request.query, rowids, scope.size)
        (withheld,) = cursor.execute(
            "SELECT coalesce(sum(texts), 0) FROM withheld "
            f"JOIN stored_events ON stored_events.rowid = position + 1 WHERE {scope.entries}",
            scope.of_entries,
        ).fetchone()
        erased = _count_erased(cursor, scope)
    return SearchResult(len(rowids), read_hits(reader, rowids), erased, withheld, ranked=True)


def _rank_as_of(
    cursor: Cursor, index: TextIndex, query: Query, rowids: Sequence[int], size: int
) -> array[int]:
    """Rank texts as they were ranked when so many entries were on record."""

    def lines() -> Iterator[tuple[int, str]]:
        for rowid in rowids:
            for field, text in cursor.execute(TEXT, divmod(rowid, NUMBERS)).fetchall():
                yield index_row((*divmod(rowid, NUMBERS), field, text))

    return array("q", index.ranked_before(cursor, query, rowids, lines, size * NUMBERS))


def _search_texts(reader: StoreReader, request: SearchRequest, scope: Scope) -> SearchResult:
    statement = OPEN_IN_SCOPE.format(
        text="disclosure", tables="disclosures", scope=scope.all, order="position, number"
    )
    with reader._reading() as cursor:
        rowids = _matching_rows(cursor.stream(statement, scope.of_all), request)
        (withheld,) = cursor.execute(
            f"SELECT coalesce(sum({MISSING}), 0) FROM stored_events WHERE {scope.entries}",
            scope.of_entries,
        ).fetchone()
        erased = _count_erased(cursor, scope)
    return SearchResult(len(rowids), read_hits(reader, rowids), erased, withheld, ranked=False)


def _matching_rows(found: Iterable[tuple[Any, ...]], request: SearchRequest) -> array[int]:
    """Return the rows that a statement found; where it gives their texts, those that match."""
    return array(
        "q",
        (
            position * NUMBERS + number
            for position, number, field, text in found
            if text is None or _text_matches(request, position, field, text)
        ),
    )


def _text_matches(request: SearchRequest, position: int, field: str, text: bytes) -> bool:
    pieces = passages_in_scope(request, field, sealed_value(position, text))
    return matches(request.query, token_line(piece.text for piece in pieces))


def _count_erased(cursor: Cursor, scope: Scope) -> int:
    count: int = cursor.execute(
        "SELECT count(*) FROM disclosures "
        "JOIN stored_events ON stored_events.rowid = position + 1 "
        f"WHERE disclosure IS NULL AND {scope.all}",
        scope.of_all,
    ).fetchone()[0]
    return count


def read_hits(reader: StoreReader, rowids: Iterable[int]) -> Iterator[Hit]:
    """Yield the texts of some rows, each read when its turn comes, unless erased meanwhile."""
    for rowid in rowids:
        with reader._reading() as cursor:
            found = cursor.execute(HIT, divmod(rowid, NUMBERS)).fetchone()
        if found is not None:
            position, kind, state, field, about, text = found
            event = decode(position, kind, state)
            yield Hit(event, field, tuple(about.split()), sealed_value(position, text))


def _scope(request: SearchRequest, size: int) -> Scope:
    entries: list[tuple[str, tuple[Any, ...]]] = [("stored_events.rowid <= ?", (size,))]
    if request.case is not None:
        entries.append(("originator_id = ?", (request.case,)))
    if request.kinds is not None:
        entries.append(
            (f"topic IN ({question_marks(request.kinds) or 'NULL'})", tuple(sorted(request.kinds)))
        )
    texts: list[tuple[str, tuple[Any, ...]]] = [(f"field NOT IN ({APART})", ())]
    if request.fields is not None:
        fields = (*sorted(request.fields), CORRECTED)
        texts.append((f"field IN ({question_marks(fields)})", fields))
    if request.about is not None:
        texts.append(("instr(' ' || about || ' ', ' ' || ? || ' ') > 0", (request.about,)))
    return Scope(size, *_join_conditions(entries), *_join_conditions(texts))


def _join_conditions(conditions: list[tuple[str, tuple[Any, ...]]]) -> tuple[str, tuple[Any, ...]]:
    said = " AND ".join(condition for condition, _ in conditions)
    return said, tuple(value for _, values in conditions for value in values)


def question_marks(values: Iterable[str]) -> str:
    """Write as many marks for parameters as there are values."""
    return ", ".join("?" for _ in values)
