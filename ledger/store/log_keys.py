"""The keys of the log: the public halves of those that a ledger signs and signed with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from answerable.domain.errors import Refused
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import log_size
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.rows import StoredRow
from answerable.ledger.tlog.note import VerifierKey

KEYS = "SELECT vkey, adopted, retired FROM keys ORDER BY adopted, rowid"

KEY_ROTATED = "key-rotated"
"""The kind that only a rotation of the keys may record of them."""


class OwnKey(NamedTuple):
    """A key that the ledger signs or signed with: from which size of the log, and until which."""

    key: VerifierKey
    adopted: int
    retired: int | None


def own_keys(ledger: StoreReader) -> list[OwnKey]:
    """Return the public keys that the ledger has signed with, oldest first."""
    with ledger._reading() as cursor:
        return read_keys(cursor)


def read_keys(cursor: Cursor) -> list[OwnKey]:
    """Read the public keys that the ledger has signed with, oldest first."""
    return [
        OwnKey(VerifierKey.parse(vkey), adopted, retired)
        for vkey, adopted, retired in cursor.execute(KEYS).fetchall()
    ]


def insert_keys(cursor: Cursor, keys: Iterable[VerifierKey], size: int) -> None:
    """Record that the ledger signs with these keys from this size of the log on."""
    rows = [(str(key), size) for key in keys]
    cursor.executemany("INSERT INTO keys (vkey, adopted) VALUES (?, ?)", rows)


def check_rotations(cursor: Cursor, rows: Iterable[StoredRow]) -> None:
    """Check that no entry just written says falsely that the ledger's keys were changed.

    Whoever trusts the old keys goes over to those that such an entry names. So only `rotate_keys`
    may record one of this ledger's keys; those of another may be on record here.

    Raises:
        Refused: an entry names keys of this log that were not made its own along with it.
    """
    rotations = [
        decode(0, kind, entry).fields for _, _, _, kind, entry in rows if kind == KEY_ROTATED
    ]
    if not rotations:
        return
    own, size = read_keys(cursor), log_size(cursor)
    names = {each.key.name for each in own}
    fresh = {str(each.key) for each in own if each.adopted == size}
    for fields in rotations:
        adopted = fields.get("adopted", ())
        named = {vkey.partition("+")[0] for vkey in (*fields.get("retired", ()), *adopted)}
        if named & names and not (adopted and fresh.issuperset(adopted)):
            raise Refused(
                "keys of this ledger are changed by `answerable key rotate` alone: an event that "
                "says so without it would lead those who check the ledger to keys of another.",
                hint="Leave it out.",
            )
