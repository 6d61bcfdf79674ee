"""Where a log ends: all that an append has to know of it before it looks at any case."""

from __future__ import annotations

from typing import NamedTuple, Self

from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import EVENT_ID

END = (
    "SELECT size, (SELECT state FROM stored_events WHERE rowid = size), "
    f"(SELECT {EVENT_ID} FROM stored_events ORDER BY {EVENT_ID} DESC LIMIT 1) "
    "FROM (SELECT coalesce(max(rowid), 0) AS size FROM stored_events) AS log"
)


class LogEnd(NamedTuple):
    """The end of a log.

    Attributes:
        size: how many entries there are.
        recorded_at: when the last was recorded; empty where there is none.
        greatest: the greatest event id on record; empty where there is none.
    """

    size: int
    recorded_at: str
    greatest: str

    @classmethod
    def read(cls, cursor: Cursor) -> Self:
        """Read where the log ends that a transaction sees."""
        size, last, greatest = cursor.execute(END).fetchone()
        # In a file that was tampered with, all of them may be numbered below the first.
        size = max(0, size)
        told = decode(size - 1, "", last).recorded_at if size else ""
        return cls(size, told, greatest.decode() if greatest else "")
