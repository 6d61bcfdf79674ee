"""Write rows of the record as the server takes them in binary: for a copy, or column by column.

A row that is copied is the number of its columns, then each with its length before it; what is
copied has a signature before it and an end (https://www.postgresql.org/docs/15/sql-copy.html). An
array says its dimensions, whether something in it is missing, what it is of, how many there are and
from where they are counted, then each as in a row (`array_send` in the server's source). All
numbers are big-endian, and a length of -1 says that nothing is there.

psycopg writes both too, a value at a time, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from struct import Struct

from answerable.ledger.store.rows import DisclosureRow, StoredRow

BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""The signature of what is copied in binary, without options."""

END = b"\xff\xff"
"""The end of what is copied in binary."""

AT_ONCE = 4_000
"""The parts of rows that are handed over at a time: 500 events."""

MISSING = b"\xff\xff\xff\xff"
"""The length of what is not there."""

BOOL, BYTEA, INT8, INT4, TEXT = 16, 17, 20, 23, 25
"""The server's numbers of types (`pg_type.dat` in its source)."""

_LENGTH = Struct("!i")
_ARRAY = Struct("!iiIii")
_EVENT = Struct("!hiqi")
_VERSION = Struct("!iqi")
_TEXT = Struct("!hiqiii")


def copied_events(events: Sequence[StoredRow], leaves: Sequence[bytes]) -> Iterator[bytes]:
    """Yield events with their leaf hashes as they are copied into `stored_events`."""
    length, begin, version_of = _LENGTH.pack, _EVENT.pack, _VERSION.pack
    parts = [BEGIN]
    for (number, case_id, version, kind, entry), leaf in zip(events, leaves, strict=True):
        case, topic = case_id.encode(), kind.encode()
        parts += (
            begin(6, 8, number, len(case)), case, version_of(8, version, len(topic)), topic,
            length(len(entry)), entry, length(len(leaf)), leaf,
        )  # fmt: skip
        if len(parts) > AT_ONCE:
            yield _joined(parts)
    yield _joined(parts) + END


def copied_disclosures(disclosures: Sequence[DisclosureRow]) -> Iterator[bytes]:
    """Yield texts as they are copied into `disclosures`."""
    length, begin = _LENGTH.pack, _TEXT.pack
    parts = [BEGIN]
    for position, number, name, parties, text in disclosures:
        field, about = name.encode(), parties.encode()
        parts += (
            begin(5, 8, position, 4, number, len(field)), field, length(len(about)), about,
            MISSING if text is None else length(len(text)), text or b"",
        )  # fmt: skip
        if len(parts) > AT_ONCE:
            yield _joined(parts)
    yield _joined(parts) + END


def _joined(parts: list[bytes]) -> bytes:
    """Take what has gathered, in one piece."""
    piece = b"".join(parts)
    parts.clear()
    return piece


def int8(number: int) -> bytes:
    """Write a whole number of 64 bits."""
    return number.to_bytes(8, signed=True)


def int4(number: int) -> bytes:
    """Write a whole number of 32 bits."""
    return number.to_bytes(4, signed=True)


def array(of: int, values: Iterable[bytes | None]) -> bytes:
    """Write an array of what is written already.

    Args:
        of: the type of what is in it, by its number.
        values: what is in it; None where nothing is.
    """
    held = list(values)
    if not held:
        return b"\0\0\0\0\0\0\0\0" + of.to_bytes(4)
    length = _LENGTH.pack
    parts = [_ARRAY.pack(1, None in held, of, len(held), 1)]
    for value in held:
        parts += (MISSING,) if value is None else (length(len(value)), value)
    return b"".join(parts)
