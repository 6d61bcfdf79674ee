"""Holding what was made from the record against what the record gives now.

Views, and the indexes of names and of words, are what most questions are answered from. None of it
is believed here: each is made again, and compared with what is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answerable.domain.documents import DocumentViews
from answerable.ledger.errors import NotVerified, StorageFailed
from answerable.ledger.indexes import documents, full_text, names, text_differences
from answerable.ledger.store.queries import log_size
from answerable.ledger.store.reader import StoreReader

ROWS = "SELECT application_name, notification_id FROM tracking"

MADE = ("documents", "named", "tracking", "withheld")
"""The tables made from the record, beside the index of texts."""

NAMED = re.compile(
    r"(?P<subject>names|search|view \S+) (?P<version>[0-9]{1,9})( [0-9]+(\.[0-9]+)*)?", re.ASCII
)
"""A name that is tracked: of what, its version, and the Unicode that the version goes by.

A house may run Pythons of several Unicodes, so any will do: what another made is made again.
"""


def derived_differences(reader: StoreReader, views: DocumentViews) -> Iterator[str]:
    """Describe what in the tables that are made from the record differs from what it gives.

    Nothing is caught up, and nothing written: each is held against the entries that it says it
    reflects. What cannot be compared here, `uncompared` tells.

    Raises:
        StorageFailed: the file cannot be read just now.
    """
    astray = list(_told(reader, _tracked_astray(reader, views)))
    yield from astray
    # How far something has come has to be known before it can be held against that much.
    if not astray:
        yield from _told(reader, documents.differences(reader, views))
        yield from _told(reader, names.differences(reader))
        yield from _told(reader, text_differences.differences(reader))


def uncompared(reader: StoreReader, views: DocumentViews) -> Iterator[str]:
    """Name what in the tables that are made from the record cannot be compared with it here."""
    with reader._reading() as cursor:
        rows = cursor.execute(ROWS).fetchall()
    current = {names.NAME, full_text.NAME} | {
        f"view {view} {version}" for view, version in views.versions.items()
    }
    for name in sorted(str(name) for name, _ in rows if name not in current):
        yield (
            f"what is kept as {name!r:.60}, which this version makes again before it is used, and "
            "the one that made it does not"
        )
    if text_differences.uncompared(reader):
        yield "the index of words, which this SQLite, built without FTS5, cannot read"


def _told(reader: StoreReader, found: Iterator[str]) -> Iterator[str]:
    """Tell of tables that cannot be read, for they are damaged or not there, as of differences.

    Raises:
        StorageFailed: the file cannot be read just now.
    """
    try:
        yield from found
    except NotVerified as error:
        yield error.message.rstrip(".")
    except StorageFailed as error:
        said = reader._store.misfit(error)
        if said is None:
            raise
        yield f"what was made from the record cannot be read: {said}"


def rebuild_all(reader: StoreReader, views: DocumentViews) -> int:
    """Make everything again that is made from the record, whatever state it is in.

    Returns:
        How many entries it reflects.

    Raises:
        StorageFailed: the file cannot be written.
        NotVerified: a text is not what was sealed.
    """
    with reader._writing_indexes() as cursor:
        cursor.dialect.remake(cursor, MADE)
        full_text.drop_index(cursor)
    names.make_ready(reader)
    full_text.make_ready(reader)
    return documents.catch_up(reader, views)


def _tracked_astray(reader: StoreReader, views: DocumentViews) -> Iterator[str]:
    """Describe the rows of `tracking` that no version up to this one can have written."""
    with reader._reading() as cursor:
        size = log_size(cursor)
        rows = cursor.execute(ROWS).fetchall()
    subjects = set[str]()
    for name, position in rows:
        subject = _subject(name, views)
        if subject is None:
            yield f"the table tracking has a row that nothing here made, {name!r:.60}"
        elif not isinstance(position, int) or not 0 <= position <= size:
            yield (
                f"{name!r} is said to reflect {position!r:.30} entries, and there are {size:,}: "
                "what is recorded next would be left out"
            )
        elif subject in subjects:
            yield f"the table tracking has two versions of one thing, {name!r:.60}"
        else:
            subjects.add(subject)


def _subject(name: object, views: DocumentViews) -> str | None:
    """Return what a row of `tracking` is of; None if no version up to this one writes such."""
    versions = {f"view {view}": version for view, version in views.versions.items()}
    versions |= {"names": _number(names.NAME), "search": _number(full_text.NAME)}
    found = NAMED.fullmatch(name) if isinstance(name, str) else None
    if found is None or int(found["version"]) > versions.get(found["subject"], -1):
        return None
    return found["subject"]


def _number(name: str) -> int:
    return int(name.split()[1])
