"""Stating in an erasure what it destroyed.

The entry of an erasure says how many texts it destroyed, and bears a hash over which: so a text
that is gone, or is filed otherwise since, can be told from one that was erased by record. The hash
covers a line for each text, in the order of the log, of what is left of it: position, number of the
commitment in its entry, field, commitment, and the parties that it was about.

    "destroyed":{"texts":2,"digest":"sha256:…"}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

DESTROYED = "destroyed"
"""The field of an erasure that the ledger adds: the statement."""

ERASURE = "personal-data-erased"
"""The kind that records an erasure."""


class Remains(NamedTuple):
    """A destroyed text, as far as it is left: where it stood, and what the entry commits to."""

    position: int
    number: int
    field: str
    commitment: bytes
    about: str


class Destroyed(NamedTuple):
    """The statement of an erasure: how many texts, and the hash over what is left of them."""

    texts: int
    digest: str

    @classmethod
    def of(cls, remains: Iterable[Remains]) -> Destroyed:
        """State which texts are destroyed, given in the order of the log."""
        hashed, texts = sha256(), 0
        for position, number, field, commitment, about in remains:
            hashed.update(b"%d %d %b %b %b\n" % (
                position, number, field.encode(), commitment, about.encode()
            ))  # fmt: skip
            texts += 1
        return cls(texts, f"sha256:{hashed.hexdigest()}")

    @classmethod
    def told_by(cls, fields: Mapping[str, Any]) -> Destroyed | None:
        """Return the statement in an entry's fields; None in one of an earlier version.

        Raises:
            ValueError: what stands there is no statement.
        """
        told = fields.get(DESTROYED)
        if told is None:
            return None
        if not isinstance(told, dict) or told.keys() != {"texts", "digest"}:
            raise ValueError("an erasure states a number of texts and a digest")
        return cls(told["texts"], told["digest"])

    def __bytes__(self) -> bytes:
        return b'"%b":{"texts":%d,"digest":"%b"},' % (
            DESTROYED.encode(), self.texts, self.digest.encode()
        )  # fmt: skip


def covers(subject: str, about: str) -> bool:
    """Tell whether the erasure of a party's data covers a text about these parties."""
    return subject in about.split()
