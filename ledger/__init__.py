"""The append-only record: store, tree, seals, signatures, proofs and bundles.

What programs use of it: `Ledger` records and reads; beside it stand who signs what, what a ledger
can prove, and what can go wrong.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.ledger.actors.allowed_signers import AllowedSigners
    from answerable.ledger.actors.errors import SignatureRefused
    from answerable.ledger.actors.prepared import Prepared
    from answerable.ledger.actors.ssh_keygen import ssh_sign
    from answerable.ledger.checkpoints.memory import memory_file
    from answerable.ledger.checkpoints.proving import prove_entry, prove_growth
    from answerable.ledger.checkpoints.rotation import create_keys, open_keys, rotate_keys
    from answerable.ledger.checkpoints.signing import key_file, sign_head
    from answerable.ledger.entry.errors import EntryTooLarge
    from answerable.ledger.errors import (
        BytesRemain,
        Forked,
        KeysUnusable,
        LedgerClosed,
        LedgerExists,
        LedgerNotFound,
        NoCheckpoint,
        NoKeys,
        NotALedger,
        NotVerified,
        ProofFails,
        RolledBack,
        StorageFailed,
        UnknownSigner,
    )
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.errors import CaseMoved, DuplicateId
    from answerable.ledger.store.problem import Problem
    from answerable.ledger.store.receipt import Receipt, Receipts
    from answerable.ledger.tlog.checkpoint import SignedCheckpoint
    from answerable.ledger.tlog.consistency import ConsistencyProof, verify_growth_proof
    from answerable.ledger.tlog.inclusion import InclusionProof, verify_entry_proof
    from answerable.ledger.tlog.merkle import leaf_hash
    from answerable.ledger.tlog.note import VerifierKey
    from answerable.ledger.tlog.trust import Trust
    from answerable.ledger.verify.ledger import LedgerReport, verify_ledger
else:
    __getattr__, __dir__ = lazily(
        __name__,
        {
            "actors.allowed_signers": "AllowedSigners",
            "actors.errors": "SignatureRefused",
            "actors.prepared": "Prepared",
            "actors.ssh_keygen": "ssh_sign",
            "checkpoints.memory": "memory_file",
            "checkpoints.proving": "prove_entry prove_growth",
            "checkpoints.rotation": "create_keys open_keys rotate_keys",
            "checkpoints.signing": "key_file sign_head",
            "entry.errors": "EntryTooLarge",
            "errors": (
                "BytesRemain Forked KeysUnusable LedgerClosed LedgerExists LedgerNotFound "
                "NoCheckpoint NoKeys NotALedger NotVerified ProofFails RolledBack StorageFailed "
                "UnknownSigner"
            ),
            "ledger": "Ledger",
            "store.errors": "CaseMoved DuplicateId",
            "store.problem": "Problem",
            "store.receipt": "Receipt Receipts",
            "tlog.checkpoint": "SignedCheckpoint",
            "tlog.consistency": "ConsistencyProof verify_growth_proof",
            "tlog.inclusion": "InclusionProof verify_entry_proof",
            "tlog.merkle": "leaf_hash",
            "tlog.note": "VerifierKey",
            "tlog.trust": "Trust",
            "verify.ledger": "LedgerReport verify_ledger",
        },
    )

__all__ = [
    "AllowedSigners",
    "BytesRemain",
    "CaseMoved",
    "ConsistencyProof",
    "DuplicateId",
    "EntryTooLarge",
    "Forked",
    "InclusionProof",
    "KeysUnusable",
    "Ledger",
    "LedgerClosed",
    "LedgerExists",
    "LedgerNotFound",
    "LedgerReport",
    "NoCheckpoint",
    "NoKeys",
    "NotALedger",
    "NotVerified",
    "Prepared",
    "Problem",
    "ProofFails",
    "Receipt",
    "Receipts",
    "RolledBack",
    "SignatureRefused",
    "SignedCheckpoint",
    "StorageFailed",
    "Trust",
    "UnknownSigner",
    "VerifierKey",
    "create_keys",
    "key_file",
    "leaf_hash",
    "memory_file",
    "open_keys",
    "prove_entry",
    "prove_growth",
    "rotate_keys",
    "sign_head",
    "ssh_sign",
    "verify_entry_proof",
    "verify_growth_proof",
    "verify_ledger",
]
