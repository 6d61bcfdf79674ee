"""Keys to verify with: what is read is written again alike."""

from __future__ import annotations

from answerable.ledger.errors import NotAKey
from answerable.ledger.tlog.note import VerifierKey

LONGEST = 4_096


def take(data: bytes) -> None:
    """Read a key."""
    text = data.decode(errors="replace")
    try:
        key = VerifierKey.parse(text)
    except NotAKey:
        return
    assert str(key) == text.strip()
