"""Where a log ends: all that an append has to know of it before it looks at any case."""

from __future__ import annotations

from typing import NamedTuple, Self

from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import EVENT_ID, Last
from answerable.ledger.tlog.merkle import leaf_hash

END = (
    "SELECT size, (SELECT state FROM stored_events WHERE rowid = size), "
    f"(SELECT {EVENT_ID} FROM stored_events ORDER BY {EVENT_ID} DESC LIMIT 1), "
    "(SELECT state FROM stored_events WHERE rowid = ?) "
    "FROM (SELECT coalesce(max(rowid), 0) AS size FROM stored_events) AS log"
)


class LogEnd(NamedTuple):
    """The end of a log.

    Attributes:
        size: how many entries there are.
        recorded_at: when the last was recorded; empty where there is none.
        greatest: the greatest event id on record; empty where there is none.
        leaf: the leaf hash of the last entry; empty where there is none.
    """

    size: int
    recorded_at: str
    greatest: str
    leaf: bytes

    @property
    def last(self) -> Last:
        """Return the last entry; there is one."""
        return Last(self.size - 1, self.leaf)

    @classmethod
    def read(cls, cursor: Cursor) -> Self:
        """Read where the log ends that a transaction sees."""
        return cls.read_after(cursor, None)[0]

    @classmethod
    def read_after(cls, cursor: Cursor, before: LogEnd | None) -> tuple[Self, bool]:
        """Read where the log ends, and tell whether it goes on from where another look saw it end.

        It does not where a server lost what was recorded, by a restored backup or a standby that
        took its place, and others recorded since.
        """
        known = 0 if before is None else before.size
        size, last, greatest, there = cursor.execute(END, (known,)).fetchone()
        # In a file that was tampered with, all of them may be numbered below the first.
        size = max(0, size)
        told = decode(size - 1, "", last).recorded_at if size else ""
        # In a file that was tampered with, it may be of another type.
        leaf = leaf_hash(last) if isinstance(last, bytes) else b""
        goes_on = (
            before is None
            or not known
            or (isinstance(there, bytes) and leaf_hash(there) == before.leaf)
        )
        return cls(size, told, greatest.decode() if greatest else "", leaf), goes_on
