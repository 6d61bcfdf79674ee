"""The proof that a log only grew, as one hands it to a witness (C2SP tlog-witness, add-checkpoint).

    old <size of the older tree, decimal>
    <base64 hash>               (one a line: the consistency proof of RFC 6962 section 2.1.2)
    <blank line>
    <the newer checkpoint, a signed note, verbatim>

The older tree's root is not in it: whoever checks the proof knows it, or the proof is worth
nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import NamedTuple

from answerable.ledger.errors import Forked, MalformedNote, ProofFails, RolledBack
from answerable.ledger.tlog.checkpoint import SIZE, parse_hash
from answerable.ledger.tlog.merkle import verify_consistency
from answerable.ledger.tlog.note import MAX_NOTE
from answerable.ledger.tlog.trust import Trust, VerifiedCheckpoint, verify_checkpoint

MAX_HASHES = 63
"""The most hashes that a proof may have: a tree of 2^63 entries needs no more."""

MAX_PROOF = 2 * MAX_NOTE
"""The longest proof that is read, in bytes, with its checkpoint."""

OLD = re.compile(rb"old (" + SIZE.pattern.encode() + rb")")


class ConsistencyProof(NamedTuple):
    """A proof that the tree of a checkpoint begins with an older one, not checked yet.

    Attributes:
        old: the entries of the older tree.
        hashes: the proof, from the older tree's last perfect subtree to the newer root's child.
        checkpoint_note: the newer checkpoint with its signatures, a signed note.
    """

    old: int
    hashes: tuple[bytes, ...]
    checkpoint_note: bytes

    @classmethod
    def parse(cls, data: bytes) -> ConsistencyProof:
        """Read a proof. The note in it is not looked at.

        Raises:
            MalformedNote: it is not one.
        """
        if len(data) > MAX_PROOF:
            raise MalformedNote(f"a proof of {len(data):,} bytes is too long.")
        head, parted, note = data.partition(b"\n\n")
        # One line more than may be is enough to see that there are too many.
        first, *lines = head.split(b"\n", MAX_HASHES + 1)
        old = OLD.fullmatch(first)
        if not parted or old is None:
            raise MalformedNote(
                "this is not a consistency proof: a line `old` with a size, the hashes in base64, "
                "a blank line, a checkpoint.",
                hint="`prove_growth` makes one.",
                cli_hint="`answerable prove --since SIZE` writes one.",
            )
        if len(lines) > MAX_HASHES:
            raise MalformedNote(f"a consistency proof has {MAX_HASHES} hashes at most.")
        return cls(int(old[1]), tuple(_parse_hash(line) for line in lines), note)

    def __bytes__(self) -> bytes:
        lines = [f"old {self.old}", *(b64encode(each).decode() for each in self.hashes)]
        return "".join(f"{line}\n" for line in lines).encode() + b"\n" + self.checkpoint_note


def verify_growth_proof(proof: ConsistencyProof, old: bytes, trust: Trust) -> VerifiedCheckpoint:
    """Check that a proof shows the log of its checkpoint to begin with an older one's.

    Args:
        proof: the proof.
        old: the older checkpoint, a signed note.
        trust: whose word one takes. Witnesses are asked for the newer checkpoint alone.

    Raises:
        MalformedNote, BadSignature, UnknownSigner, TooFewWitnesses: as `verify_checkpoint`.
        RolledBack: the newer log is the shorter one.
        Forked: both checkpoints are of one size, and differ.
        ProofFails: it is of other trees, or was altered; or the log does not begin so.
    """
    before = verify_checkpoint(old, trust._replace(witnesses=(), quorum=None)).checkpoint
    found = verify_checkpoint(proof.checkpoint_note, trust)
    after = found.checkpoint
    if before.origin != after.origin:
        raise ProofFails(f"one checkpoint is of {before.origin}, the other of {after.origin}.")
    if before.size > after.size:
        raise RolledBack(
            f"the log had {before.size:,} entries, and now has {after.size:,}: its end is gone.",
            hint="Keep both checkpoints: together they are evidence.",
        )
    if before.size == after.size and before.root != after.root:
        raise Forked(
            f"{after.origin} signed two logs of {after.size:,} entries, and they differ.",
            hint="Keep both checkpoints: together they are evidence.",
        )
    if proof.old != before.size:
        raise ProofFails(
            f"the proof starts at {proof.old:,} entries, and the older checkpoint is of "
            f"{before.size:,}.",
            hint=f"Ask for one that starts there, at {before.size:,} entries.",
            cli_hint=f"Ask for one that starts there: `answerable prove --since {before.size}`.",
        )
    if not verify_consistency(before.size, after.size, before.root, after.root, proof.hashes):
        raise ProofFails(
            f"the proof does not show that the log of {after.size:,} entries begins with the "
            f"{before.size:,} of the older checkpoint.",
            hint="It is of other checkpoints, or was altered; or the log's history was rewritten.",
        )
    return found


def _parse_hash(line: bytes) -> bytes:
    found = parse_hash(line.decode("ascii", "replace"))
    if found is None:
        raise MalformedNote(f"{line!r:.80} is not a hash of a proof, in base64.")
    return found
