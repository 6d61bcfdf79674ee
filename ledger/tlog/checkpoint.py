"""Checkpoints: the statement of a log about itself, to be signed (C2SP tlog-checkpoint).

    <origin>
    <tree size, decimal>
    <base64 of the root hash>

A checkpoint commits to every entry below its size: two of one log are consistent, or the log lied.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import NamedTuple

from answerable.ledger.errors import MalformedNote
from answerable.ledger.tlog.errors import EmptyRootWrong
from answerable.ledger.tlog.merkle import EMPTY_ROOT, HASH_SIZE
from answerable.ledger.tlog.note import Note, decode_base64

SIZE = re.compile(r"0|[1-9][0-9]{0,18}")

LARGEST = 2**63 - 1
"""The most entries that a log can be said to have: what others keep sizes in holds no more."""


class Checkpoint(NamedTuple):
    """The head of a log: whose, how many entries, and the root of the tree over them."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read a checkpoint from a note's text. Extension lines are passed over.

        Raises:
            MalformedNote: it tells none.
            EmptyRootWrong: it tells of an empty log, with the root of another.
        """
        lines = text.split("\n")
        root = parse_hash(lines[2]) if len(lines) > 3 else None
        whole = all(lines[:-1]) and not lines[-1]
        sized = len(lines) > 1 and SIZE.fullmatch(lines[1]) and int(lines[1]) <= LARGEST
        if root is None or not whole or not sized:
            raise MalformedNote(
                "this is not a checkpoint: a line with the log's origin, one with its size, one "
                "with its root hash in base64."
            )
        if lines[1] == "0" and root != EMPTY_ROOT:
            raise EmptyRootWrong(
                f"this is not a checkpoint: it says that {lines[0]!r:.80} is empty, but its root "
                "hash is not that of the empty tree."
            )
        return cls(lines[0], int(lines[1]), root)

    @property
    def text(self) -> str:
        """Return the text to be signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


class SignedCheckpoint(NamedTuple):
    """A checkpoint that was signed, with all signatures that were gathered below it since."""

    checkpoint: Checkpoint
    note: bytes

    @classmethod
    def parse(cls, note: bytes) -> SignedCheckpoint:
        """Read a checkpoint from the note that was kept. Its signatures are not checked."""
        return cls(Checkpoint.parse(Note.parse(note).text), note)


def parse_hash(line: str) -> bytes | None:
    """Read the hash that a line of a checkpoint or a proof holds in base64; None if none."""
    found = decode_base64(line)
    return found if found is not None and len(found) == HASH_SIZE else None
