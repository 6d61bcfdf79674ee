"""Making proofs for strangers, from a ledger and the checkpoints that it signed."""

from __future__ import annotations

from answerable.ledger.checkpoints.signing import (
    checkpoint_covering,
    checkpoint_of_size,
    command_to_sign,
    latest_checkpoint,
)
from answerable.ledger.errors import NoCheckpoint, NotVerified
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.store.queries import tile_reader, tree_errors
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.tlog.inclusion import InclusionProof, check_inclusion


def prove_entry(
    ledger: StoreReader, position: int, entry: bytes, *, under: int | None = None
) -> InclusionProof:
    """Make the proof that an entry is in the log, under a checkpoint that was signed.

    Args:
        ledger: the ledger.
        position: where the entry is.
        entry: its bytes.
        under: the size of the checkpoint; by default the last one.

    Raises:
        NoCheckpoint: no such checkpoint that commits to it was signed.
        NotVerified: the tree was not built over this entry.
    """
    kept = (
        checkpoint_covering(ledger, position)
        if under is None
        else checkpoint_of_size(ledger, under)
    )
    if under is not None and (kept is None or under <= position):
        raise NoCheckpoint(
            f"no checkpoint of {under:,} entries that commits to position {position} was signed.",
            hint="Without `under` it is proved under the last one.",
            cli_hint="Leave --under out to prove it under the last one.",
        )
    if kept is None:
        raise NoCheckpoint(
            f"no checkpoint that commits to position {position} was signed yet.",
            hint="Sign one: `sign_head`.",
            cli_hint=command_to_sign(own_keys(ledger), "Sign one"),
        )
    size, root = kept.checkpoint.size, kept.checkpoint.root
    with ledger._reading() as cursor, tree_errors():
        hashes = merkle.inclusion_proof(position, size, tile_reader(cursor))
    check_inclusion(merkle.leaf_hash(entry), position, size, hashes, root)
    return InclusionProof(position, hashes, kept.note)


def prove_growth(ledger: StoreReader, since: int) -> ConsistencyProof:
    """Make the proof that the log of the last checkpoint begins with that of an earlier size.

    Raises:
        NoCheckpoint: nothing was signed yet, or the size is beyond it.
        NotVerified: the tree does not fit the checkpoint.
    """
    kept = latest_checkpoint(ledger)
    if kept is None or since > kept.checkpoint.size:
        signed = "nothing is signed" if kept is None else f"{kept.checkpoint.size:,} are signed"
        raise NoCheckpoint(
            f"growth from {since:,} entries on cannot be proved: {signed}.",
            hint="Sign what is recorded by now: `sign_head`.",
            cli_hint=command_to_sign(own_keys(ledger), "Sign what is recorded by now"),
        )
    size, root = kept.checkpoint.size, kept.checkpoint.root
    with ledger._reading() as cursor, tree_errors():
        read = tile_reader(cursor)
        hashes = merkle.consistency_proof(since, size, read)
        old_root = merkle.tree_root(since, read)
    if not merkle.verify_consistency(since, size, old_root, root, hashes):
        raise NotVerified(
            "the tree in the ledger is not the one that was signed.",
            hint="`verify_ledger` says more.",
            cli_hint="`answerable verify` says more.",
        )
    return ConsistencyProof(since, tuple(hashes), kept.note)
