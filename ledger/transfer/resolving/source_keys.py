"""Deriving the ids of events from the keys that their source knows them by.

The id is a UUID of version 8 (RFC 9562, section 5.8), whose 122 free bits are:

- 8 bits of zeros. Ids of version 7 begin with their time, and those of today with 01 or more, so
  an id that was derived sorts before every id that a ledger draws.
- 40 bits that tell the source: the first of SHA-256 over its name in UTF-8. All events of a source
  lie side by side in the index of ids.
- 74 bits that tell the key in it: the first of SHA-256 over the SHA-256 of the source's name,
  followed by the key in UTF-8.

Nothing of the ledger is in it: the same key of the same source is the same id in every ledger. Who
guesses a source and a key can tell that an id is made of them, so neither may tell a name.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

SOURCE_BITS = 40
KEY_BITS = 74


def event_id_of(source: str, key: str) -> str:
    """Derive the id of the event that a source knows by a key."""
    named = sha256(source.encode()).digest()
    return _uuid(named, sha256(named + key.encode()).digest())


def event_id_at(digest: bytes, number: int = 0) -> str:
    """Derive the id of an event that has no key, from all of its source up to it.

    Args:
        digest: the running SHA-256 of the source up to the line or row that tells it.
        number: which of the events of that row it is, from 0.
    """
    return _uuid(digest, sha256(digest + number.to_bytes(4)).digest())


def ids_of(source: str) -> tuple[str, str]:
    """Return the first and the last id that an event of a source may have."""
    named = sha256(source.encode()).digest()
    return _uuid(named, bytes(32)), _uuid(named, b"\xff" * 32)


def _uuid(source: bytes, key: bytes) -> str:
    told = int.from_bytes(source[:5])
    told_of_key = int.from_bytes(key[:10]) >> (80 - KEY_BITS)
    low = told_of_key & ((1 << 62) - 1)
    return str(UUID(int=(told << 80) | (8 << 76) | (told_of_key >> 62 << 64) | (2 << 62) | low))
