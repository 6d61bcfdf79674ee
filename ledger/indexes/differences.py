"""Holding what was made from the record against what the record gives now.

Views, and the indexes of names and of words, are what most questions are answered from. None of it
is believed here: each is made again, and compared with what is there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from answerable.domain.documents import DocumentViews
from answerable.ledger.indexes import documents, full_text, names, text_differences
from answerable.ledger.store.queries import log_size
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.schema import CREATE_REST

ROWS = "SELECT application_name, notification_id FROM tracking"

MADE = ("documents", "named", "tracking", "withheld")
"""The tables made from the record, beside the index of texts."""

KIND = "SELECT type FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')"


def derived_differences(reader: StoreReader, views: DocumentViews) -> Iterator[str]:
    """Describe what in the tables that are made from the record differs from what it gives.

    Nothing is caught up: each is held against the entries that it says it reflects.
    """
    with reader._reading() as cursor:
        astray = list(_tracked_astray(cursor, views))
    yield from astray
    # How far something has come has to be known before it can be held against that much.
    if not astray:
        yield from documents.differences(reader, views)
        yield from names.differences(reader)
        yield from text_differences.differences(reader)


def rebuild_all(reader: StoreReader, views: DocumentViews) -> int:
    """Make everything again that is made from the record, whatever state it is in.

    Returns:
        How many entries it reflects.

    Raises:
        StorageFailed: the file cannot be written.
        NotVerified: a text is not what was sealed.
    """
    with reader._writing_indexes() as cursor:
        full_text.drop_index(cursor)
        for name in MADE:
            for (kind,) in cursor.execute(KIND, (name,)).fetchall():
                cursor.execute(f"DROP {kind} {name}")
        for statement in CREATE_REST:
            cursor.execute(statement)
    names.make_ready(reader)
    full_text.make_ready(reader)
    return documents.catch_up(reader, views)


def _tracked_astray(cursor: sqlite3.Cursor, views: DocumentViews) -> Iterator[str]:
    """Describe the rows of `tracking` that no version up to this one can have written."""
    size = log_size(cursor)
    for name, position in cursor.execute(ROWS).fetchall():
        if not isinstance(name, str) or not _is_known(name, views):
            yield f"the table tracking has a row that nothing here made, {name!r:.60}"
        elif not isinstance(position, int) or not 0 <= position <= size:
            yield (
                f"{name!r} is said to reflect {position!r:.30} entries, and there are {size:,}: "
                "what is recorded next would be left out"
            )


def _is_known(name: str, views: DocumentViews) -> bool:
    what, _, rest = name.partition(" ")
    if what in ("names", "search"):
        return True
    view, _, version = rest.partition(" ")
    return what == "view" and view in views.versions and version <= str(views.versions[view])
