"""Offline proofs: that an entry is in a log, checked with no log at hand (C2SP tlog-proof).

    c2sp.org/tlog-proof@v1
    extra <base64>
    index <decimal>
    <base64 hash>
    <blank line>
    <the signed checkpoint, verbatim>

The line `extra` may be left out; what it says is vouched for by nobody. The hashes stand one on a
line, the leaf's sibling first (RFC 6962 section 2.1.1); a log of one entry needs none.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.ledger.errors import MalformedNote, ProofFails
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.checkpoint import parse_hash
from answerable.ledger.tlog.note import MAX_NOTE, decode_base64
from answerable.ledger.tlog.trust import Trust, VerifiedCheckpoint, verify_checkpoint

VERSION = "c2sp.org/tlog-proof@v1"

LONGEST_PATH = 63
"""The most hashes that lead from a leaf to the root: sizes are below 2^63."""

MAX_PROOF = 2 * MAX_NOTE
"""The longest proof that is read, in bytes."""

INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True)
class InclusionProof:
    """A proof that a leaf is at a place in the tree of a checkpoint, not checked yet.

    Attributes:
        index: the entry's position, from 0.
        hashes: the siblings on its way to the root, the leaf's own first.
        note: the signed checkpoint, verbatim, not checked.
        extra: what an application put beside it; vouched for by nobody.
    """

    index: int
    hashes: Sequence[bytes]
    note: bytes
    extra: bytes | None = None

    @classmethod
    def parse(cls, data: bytes) -> InclusionProof:
        """Read a proof. The checkpoint in it is not looked at.

        Raises:
            MalformedNote: it is not one.
        """
        if len(data) > MAX_PROOF:
            raise MalformedNote(f"a proof of {len(data):,} bytes is too long.")
        head, parted, note = data.partition(b"\n\n")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            first, lines = "", []
        if not parted or first != VERSION:
            raise MalformedNote(
                f"this is not a proof: it begins with `{VERSION}`, then an index, hashes, a blank "
                "line, and a signed checkpoint.",
                hint="`prove_entry` makes one.",
                cli_hint="`answerable prove` writes such files.",
            )
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = decode_base64(lines.pop(0).removeprefix("extra "))
            if extra is None:
                raise MalformedNote("what stands behind `extra` in this proof is not base64.")
        index = INDEX.fullmatch(lines[0]) if lines else None
        if index is None:
            raise MalformedNote("this proof does not say of which entry it is: `index <decimal>`.")
        return cls(int(index[1]), _parse_hashes(lines[1:]), note, extra)

    def __bytes__(self) -> bytes:
        lines = [VERSION]
        if self.extra is not None:
            lines.append(f"extra {b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines.extend(b64encode(each).decode() for each in self.hashes)
        return "\n".join(lines).encode() + b"\n\n" + self.note


def verify_entry_proof(proof: InclusionProof, leaf_hash: bytes, trust: Trust) -> VerifiedCheckpoint:
    """Check that a proof shows a leaf under a checkpoint that trusted keys signed.

    Args:
        proof: the proof.
        leaf_hash: the hash of the entry as a leaf (`merkle.leaf_hash`).
        trust: whose word one takes for the checkpoint.

    Raises:
        MalformedNote, BadSignature, UnknownSigner, TooFewWitnesses: as `verify_checkpoint`.
        ProofFails: it is of another entry or another tree, or was altered.
    """
    found = verify_checkpoint(proof.note, trust)
    check_inclusion(
        leaf_hash, proof.index, found.checkpoint.size, proof.hashes, found.checkpoint.root
    )
    return found


def check_inclusion(
    leaf_hash: bytes, index: int, size: int, hashes: Sequence[bytes], root: bytes
) -> None:
    """Check that these hashes lead from a leaf to the root of a tree.

    Raises:
        ProofFails: they do not.
    """
    if index >= size:
        raise ProofFails(
            f"the proof is of position {index:,}, and its checkpoint commits to {size:,} entries, "
            "the first of which is at position 0.",
            hint="Ask for a proof under a later checkpoint.",
        )
    if not merkle.verify_inclusion(leaf_hash, index, size, hashes, root):
        raise ProofFails(
            f"the proof does not lead from this entry, at position {index:,}, to the root of the "
            "checkpoint.",
            hint="It is of another entry or of another log, or one of them was altered.",
        )


def _parse_hashes(lines: Sequence[str]) -> tuple[bytes, ...]:
    if len(lines) > LONGEST_PATH:
        raise MalformedNote(f"a proof of {len(lines):,} hashes is too long.")
    hashes = tuple(filter(None, map(parse_hash, lines)))
    if len(hashes) < len(lines):
        raise MalformedNote("a line of this proof is not a hash: 32 bytes in base64.")
    return hashes
