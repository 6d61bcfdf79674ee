"""Where a log ends: all that an append has to know of it before it looks at any case."""

from __future__ import annotations

from typing import NamedTuple, Self

from answerable.ledger.entry.codec import decode
from answerable.ledger.errors import NOTHING_WRITTEN, NotVerified
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import tile_reader, tree_errors
from answerable.ledger.store.rows import EVENT_ID, Last
from answerable.ledger.tlog.leaves import Leaves
from answerable.ledger.tlog.merkle import HASH_SIZE, leaf_hash, tree_root

END = (
    "SELECT size, (SELECT state FROM stored_events WHERE rowid = size), {leaf}, "
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

        Raises:
            NotVerified: the last entry of either look is not what was recorded there.
        """
        known = 0 if before is None else before.size
        statement = END.format(leaf=cursor.dialect.leaf_of("size"))
        size, last, hashed, greatest, there = cursor.execute(statement, (known,)).fetchone()
        # In a file that was tampered with, all of them may be numbered below the first, and what
        # they hold may be of another type.
        size = max(0, size)
        leaf = _hash_of(last)
        if isinstance(hashed, bytes) and len(hashed) == HASH_SIZE and hashed != leaf:
            raise _altered(size - 1)
        told = decode(size - 1, "", last).recorded_at if size else ""
        goes_on = before is None or not known or _hash_of(there) == before.leaf
        if not goes_on and there is not None:
            _check_not_altered(cursor, size, known - 1, there)
        return cls(size, told, greatest.decode() if greatest else "", leaf), goes_on


def _hash_of(entry: object) -> bytes:
    return leaf_hash(entry) if isinstance(entry, bytes) else b""


def _check_not_altered(cursor: Cursor, size: int, position: int, entry: object) -> None:
    """Check that an entry that is another than it was seen to be is what the tree is made of.

    It is where the log is another one; else it was altered.

    Raises:
        NotVerified: it was.
    """
    read = tile_reader(cursor)
    with tree_errors():
        leaves = Leaves(size, tree_root(size, read))
        altered = not isinstance(entry, bytes) or leaves.altered([(position, entry)], read)
    if altered or any(cursor.dialect.tree_problems(cursor, size)):
        raise _altered(position)


def _altered(position: int) -> NotVerified:
    return NotVerified(
        f"the entry at position {position} is not what was recorded there{NOTHING_WRITTEN}.",
        hint="`verify_ledger` says more. Keep the ledger as evidence, and restore a copy.",
        cli_hint="`answerable verify` says more. Keep the ledger as evidence, and restore a copy.",
    )
