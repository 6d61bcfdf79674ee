"""Count how often each part occurs in a document that many cases have a part in.

A document of a whole house has as many parts as the house has cases, and few say something else
than others. Where a view asks for it (`DocumentViews.counted`), they are counted as they are
written, so that what they amount to is read in one row. The counts of a view are rows of the same
table, under a name of their own and no case. Where they cannot be read, parts are counted one by
one: nothing rests on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pydantic_core import from_json, to_json

from answerable.domain.documents import NO_PART, DocumentViews
from answerable.ledger.indexes.folding import Row
from answerable.ledger.store.protocol.cursor import Cursor

BODY = "SELECT body FROM documents WHERE view = ? AND key = ? AND case_id = ?"


def counts_of(view: str) -> str:
    """Name the rows that count the parts of a view."""
    return f"{view}, counted"


class PartCounts:
    """Counts parts as they are written. They are to be told before they replace what is there.

    Args:
        cursor: the transaction.
        views: the views.
        fresh: whether nothing is there of any of them.
    """

    def __init__(self, cursor: Cursor, views: DocumentViews, *, fresh: bool) -> None:
        self._cursor = cursor
        self._fresh = fresh
        self._counted = views.counted
        self._changes: dict[tuple[str, str], Counter[bytes]] = {}

    def take_in(self, rows: Iterable[Row]) -> None:
        """Take in parts that are about to be written."""
        for view, key, case_id, body in rows:
            if view not in self._counted:
                continue
            changes = self._changes.setdefault((view, key), Counter())
            if not self._fresh:
                there = self._cursor.execute(BODY, (view, key, case_id)).fetchone()
                if there is not None:
                    changes[there[0]] -= 1
            if body != NO_PART:
                changes[body] += 1

    def rows(self) -> Iterator[Row]:
        """Yield the counts as they are now, for the documents that changed; `NO_PART` of none."""
        for (view, key), changes in self._changes.items():
            found = Counter() if self._fresh else _stored(self._cursor, view, key)
            if found is None:
                found = _counted(self._cursor, view, key)
            else:
                found.update(changes)
            yield counts_of(view), key, "", written(found) if any(found.values()) else NO_PART


def _stored(cursor: Cursor, view: str, key: str) -> Counter[bytes] | None:
    """Read how often each part occurs in a document; None where that was altered."""
    row = cursor.execute(BODY, (counts_of(view), key, "")).fetchone()
    try:
        told = [] if row is None else from_json(row[0])
        return Counter({body.encode(): int(count) for body, count in told})
    except (ValueError, TypeError, AttributeError):
        return None


def _counted(cursor: Cursor, view: str, key: str) -> Counter[bytes]:
    """Count the parts of a document one by one."""
    rows = cursor.execute(
        "SELECT body, count(*) FROM documents WHERE view = ? AND key = ? GROUP BY body", (view, key)
    )
    return Counter(dict(rows.fetchall()))


def without(cursor: Cursor, view: str, key: str, case_id: str) -> Mapping[bytes, int]:
    """Read how often each part occurs in a document, that of one case left out."""
    found = _stored(cursor, view, key)
    if found is None:
        found = _counted(cursor, view, key)
    own = cursor.execute(BODY, (view, key, case_id)).fetchone()
    if own is not None:
        found[own[0]] -= 1
    return +found


def written(counts: Counter[bytes]) -> bytes:
    """Write counts, so that the same parts give the same bytes in whichever order they came."""
    told = [(body.decode(errors="replace"), count) for body, count in sorted(counts.items())]
    return to_json([each for each in told if each[1]])


def differences(cursor: Cursor, view: str, found: Mapping[str, Counter[bytes]]) -> Iterator[str]:
    """Describe how the counts of a view differ from what the record gives, by key."""
    rows = cursor.execute(
        "SELECT key, case_id, body FROM documents WHERE view = ?", (counts_of(view),)
    ).fetchall()
    there = {(key, case_id): body for key, case_id, body in rows}
    for key, counts in found.items():
        if there.pop((key, ""), None) != written(counts):
            yield f"the parts of the {view} {key!r} are counted wrongly"
    if there:
        yield f"the view {view!r} has {len(there):,} too many counts: no event made them"
