"""Views kept beside the record: documents by key, and how many entries they reflect.

A view is written in the transaction that moves its position (`answerable.ledger.indexes.tracking`),
and is caught up when somebody asks, from the entries that came since. What is in it, only its fold
knows (`answerable.domain.documents`). The record does not rest on it: `rebuild` makes it again, and
`differences` holds it against the record.

A fold takes a case from its first event. So to take in one more event costs as much as its case is
long, and a view is the same bytes whether it was made at once or event by event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import NamedTuple

from answerable.domain.documents import NO_PART, DocumentViews
from answerable.domain.language.saying import in_language
from answerable.ledger.errors import StorageFailed
from answerable.ledger.indexes import part_counts
from answerable.ledger.indexes import tracking as tracked
from answerable.ledger.indexes.folding import Row, cases_changed_since, fold_all_cases, fold_cases
from answerable.ledger.indexes.tracking import try_to_catch_up
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size
from answerable.ledger.store.reader import StoreReader

MANY = 4
"""The limit: where more than one entry in so many is new, every case is folded in one pass."""

PUT = (
    "INSERT INTO documents VALUES (?, ?, ?, ?) "
    "ON CONFLICT (view, key, case_id) DO UPDATE SET body = excluded.body"
)

DROP = "DELETE FROM documents WHERE view = ? AND key = ? AND case_id = ?"

NEXT_KEYS = """
WITH RECURSIVE found(key) AS (
    SELECT min(key) FROM documents WHERE view = ?
    UNION ALL
    SELECT (SELECT min(key) FROM documents WHERE view = ? AND key > found.key)
    FROM found WHERE found.key IS NOT NULL
)
SELECT key FROM found WHERE key IS NOT NULL"""


class ViewState(NamedTuple):
    """A view as it stands.

    Attributes:
        version: of its fold.
        reflects: how many entries it has taken in; None where it was never made by this version.
        documents: how many keys it has.
    """

    view: str
    version: int
    reflects: int | None
    documents: int


def view_states(reader: StoreReader, views: DocumentViews) -> list[ViewState]:
    """Return the state of each view. Nothing is caught up."""
    with reader._reading() as cursor:
        reflected = {view: _reflected(cursor, views, view) for view in views.versions}
        # What is there of a view that this version never made goes before it is used.
        return [
            ViewState(view, version, made, 0 if made is None else _count_keys(cursor, view))
            for (view, version), made in zip(
                views.versions.items(), reflected.values(), strict=True
            )
        ]


def make_ready(reader: StoreReader, views: DocumentViews) -> bool:
    """Take in what was recorded since. Return False where the file cannot be written."""
    return try_to_catch_up(
        reader,
        lambda cursor: _entries_reflected(cursor, views) == log_size(cursor),
        lambda cursor: _take_in(reader, cursor, views),
    )


def catch_up(reader: StoreReader, views: DocumentViews) -> int:
    """Take in what was recorded since.

    Returns:
        How many entries that were.

    Raises:
        StorageFailed: the file cannot be written.
    """
    with reader._writing_indexes() as cursor:
        return _take_in(reader, cursor, views)


def rebuild(reader: StoreReader, views: DocumentViews) -> int:
    """Make the views again from the first entry on.

    Returns:
        How many entries they reflect.

    Raises:
        StorageFailed: the file cannot be written.
    """
    forget(reader, views)
    return catch_up(reader, views)


def forget(reader: StoreReader, views: DocumentViews) -> None:
    """Throw the views away. They are made again when somebody asks.

    Raises:
        StorageFailed: the file cannot be written.
    """
    with reader._writing_indexes() as cursor:
        for view in views.versions:
            _forget(cursor, view)


def differences(reader: StoreReader, views: DocumentViews) -> Iterator[str]:
    """Describe what in the views differs from the record, up to the entry that they reflect.

    A view that this version never made is made again before it is used.
    """
    with reader._reading() as cursor:
        made = [view for view in views.versions if _reflected(cursor, views, view) is not None]
        if not made:
            return
        position = min(_reflected(cursor, views, view) or 0 for view in made)
        stored = {view: _count_parts(cursor, view) for view in made}
        counts: dict[str, dict[str, Counter[bytes]]] = {
            view: {} for view in made if view in views.counted
        }
        with reader.progress(position) as advance:
            found = fold_all_cases(cursor, reader._store.worker(), views, position, advance)
            for view, key, case_id, body in chain.from_iterable(each.rows for each in found):
                # A part that is gone and still there is found by their number.
                if view not in stored or body == NO_PART:
                    continue
                if view in counts:
                    counts[view].setdefault(key, Counter())[body] += 1
                there = cursor.execute(
                    "SELECT body FROM documents WHERE view = ? AND key = ? AND case_id = ?",
                    (view, key, case_id),
                ).fetchone()
                if there is None:
                    yield f"the {view} {key!r} lacks its part of the case {case_id!r}"
                    continue
                stored[view] -= 1
                if there[0] != body:
                    yield f"the {view} {key!r} says something else of the case {case_id!r}"
        for view, beyond in stored.items():
            if beyond > 0:
                yield f"the view {view!r} has {beyond:,} too many parts: no event made them"
        for view, counted in counts.items():
            yield from part_counts.differences(cursor, view, counted)
        known = {*views.versions, *map(part_counts.counts_of, views.counted)}
        for (view,) in cursor.execute("SELECT DISTINCT view FROM documents").fetchall():
            if view not in known:
                yield f"there are documents of a view that is none, {view!r:.40}"


def document(
    reader: StoreReader, views: DocumentViews, view: str, key: str
) -> Mapping[str, bytes] | None:
    """Return the document of one key, in its parts by case, as of now; None without views."""
    # As a rule nothing is to be caught up: then one transaction tells so, and reads it.
    with suppress(StorageFailed), reader._reading() as cursor:
        if _entries_reflected(cursor, views) == log_size(cursor):
            return _document(cursor, view, key)
    if not make_ready(reader, views):
        return None
    with reader._reading() as cursor:
        return _document(cursor, view, key)


def _document(cursor: Cursor, view: str, key: str) -> Mapping[str, bytes]:
    rows = cursor.execute(
        "SELECT case_id, body FROM documents WHERE view = ? AND key = ? ORDER BY case_id",
        (view, key),
    )
    return dict(rows.fetchall())


def keys(reader: StoreReader, view: str) -> list[str]:
    """List the keys of a view, each found from the one before, however many parts it has."""
    with reader._reading() as cursor:
        rows = cursor.execute(NEXT_KEYS, (view, view))
        return [key for (key,) in rows.fetchall()]


def count_parts(reader: StoreReader, view: str, key: str, but: str) -> Mapping[bytes, int]:
    """Count the parts of one document by what they say, that of one case left out."""
    with reader._reading() as cursor:
        return part_counts.without(cursor, view, key, but)


def _count_keys(cursor: Cursor, view: str) -> int:
    count: int = cursor.execute(
        "SELECT count(DISTINCT key) FROM documents WHERE view = ?", (view,)
    ).fetchone()[0]
    return count


def _count_parts(cursor: Cursor, view: str) -> int:
    count: int = cursor.execute(
        "SELECT count(*) FROM documents WHERE view = ?", (view,)
    ).fetchone()[0]
    return count


def _keep(cursor: Cursor, rows: Sequence[Row]) -> None:
    """Write the rows that say something, and drop those that say nothing any more."""
    cursor.executemany(PUT, (row for row in rows if row[3] != NO_PART))
    cursor.executemany(DROP, (row[:3] for row in rows if row[3] == NO_PART))


def _add(cursor: Cursor, rows: Sequence[Row]) -> None:
    """Write the rows that say something, of views of which nothing is there."""
    cursor.dialect.add_documents(cursor, (row for row in rows if row[3] != NO_PART))


def _tracking_name(view: str, version: int | str) -> str:
    return f"view {view} {version}"


def _reflected(cursor: Cursor, views: DocumentViews, view: str) -> int | None:
    """Return how many entries a view of this version reflects; None where it was never made."""
    return tracked.entries_reflected(cursor, _tracking_name(view, views.versions[view]))


def _entries_reflected(cursor: Cursor, views: DocumentViews) -> int:
    """Return how many entries all of the views reflect."""
    names = [_tracking_name(view, version) for view, version in views.versions.items()]
    return tracked.least_reflected(cursor, names)


def _forget(cursor: Cursor, view: str) -> None:
    for name in (view, part_counts.counts_of(view)):
        cursor.execute("DELETE FROM documents WHERE view = ?", (name,))
    tracked.forget(cursor, _tracking_name(view, ""))


def _take_in(reader: StoreReader, cursor: Cursor, views: DocumentViews) -> int:
    # What is kept says nothing in the language of who happens to ask first.
    with in_language(None):
        return _taken_in(reader, cursor, views)


def _taken_in(reader: StoreReader, cursor: Cursor, views: DocumentViews) -> int:
    size, position = log_size(cursor), _entries_reflected(cursor, views)
    if size == position:
        return 0
    new = [view for view in views.versions if _reflected(cursor, views, view) is None]
    for view in new:
        _forget(cursor, view)
    fresh = len(new) == len(views.versions)
    with reader.progress(size - position) as advance, cursor.dialect.wide_cache(cursor):
        if (size - position) * MANY <= size:
            found = fold_cases(
                cursor, views, size, cases_changed_since(cursor, views.kinds, position)
            )
        else:
            found = fold_all_cases(cursor, reader._store.worker(), views, size, advance)
        counts = part_counts.PartCounts(cursor, views, fresh=fresh)
        write = _add if fresh else _keep
        for folded in found:
            counts.take_in(folded.rows)
            write(cursor, folded.rows)
        _keep(cursor, list(counts.rows()))
    for view, version in views.versions.items():
        tracked.set_entries_reflected(cursor, _tracking_name(view, version), size)
    return size - position
