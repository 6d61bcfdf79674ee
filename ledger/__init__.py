"""The append-only record: store, tree, seals, signatures, proofs and bundles.

What programs use of it: `Ledger` records and reads; beside it stand who signs what, what a ledger
can prove, and what can go wrong.

Imports the domain alone, and within it any floor imports lower ones; the command line imports it.
"""

from answerable.exports import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from answerable.ledger.actors.allowed_signers import AllowedSigners as AllowedSigners
    from answerable.ledger.actors.errors import SignatureRefused as SignatureRefused
    from answerable.ledger.actors.prepared import Prepared as Prepared
    from answerable.ledger.actors.ssh_keygen import ssh_sign as ssh_sign
    from answerable.ledger.checkpoints.memory import memory_file as memory_file
    from answerable.ledger.checkpoints.proving import prove_entry as prove_entry
    from answerable.ledger.checkpoints.proving import prove_growth as prove_growth
    from answerable.ledger.checkpoints.rotation import create_keys as create_keys
    from answerable.ledger.checkpoints.rotation import open_keys as open_keys
    from answerable.ledger.checkpoints.rotation import rotate_keys as rotate_keys
    from answerable.ledger.checkpoints.signing import key_file as key_file
    from answerable.ledger.checkpoints.signing import sign_head as sign_head
    from answerable.ledger.entry.errors import ClockAstray as ClockAstray
    from answerable.ledger.entry.errors import EntryTooLarge as EntryTooLarge
    from answerable.ledger.entry.errors import FarAhead as FarAhead
    from answerable.ledger.entry.errors import UnknownCase as UnknownCase
    from answerable.ledger.entry.intent import ANYTHING as ANYTHING
    from answerable.ledger.entry.intent import CAREFUL as CAREFUL
    from answerable.ledger.entry.intent import Intent as Intent
    from answerable.ledger.errors import BytesRemain as BytesRemain
    from answerable.ledger.errors import Forked as Forked
    from answerable.ledger.errors import KeysUnusable as KeysUnusable
    from answerable.ledger.errors import LedgerClosed as LedgerClosed
    from answerable.ledger.errors import LedgerExists as LedgerExists
    from answerable.ledger.errors import LedgerNotFound as LedgerNotFound
    from answerable.ledger.errors import NoCheckpoint as NoCheckpoint
    from answerable.ledger.errors import NoKeys as NoKeys
    from answerable.ledger.errors import NotALedger as NotALedger
    from answerable.ledger.errors import NotVerified as NotVerified
    from answerable.ledger.errors import OldPrimary as OldPrimary
    from answerable.ledger.errors import OnStandby as OnStandby
    from answerable.ledger.errors import OutcomeUnknown as OutcomeUnknown
    from answerable.ledger.errors import ProofFails as ProofFails
    from answerable.ledger.errors import RolledBack as RolledBack
    from answerable.ledger.errors import StorageFailed as StorageFailed
    from answerable.ledger.errors import UnknownSigner as UnknownSigner
    from answerable.ledger.errors import Unreplicated as Unreplicated
    from answerable.ledger.ledger import Ledger as Ledger
    from answerable.ledger.remaining import RemainingText as RemainingText
    from answerable.ledger.remaining import erasures_naming as erasures_naming
    from answerable.ledger.remaining import names_of_party as names_of_party
    from answerable.ledger.remaining import remaining_texts as remaining_texts
    from answerable.ledger.store.errors import CaseMoved as CaseMoved
    from answerable.ledger.store.errors import DuplicateId as DuplicateId
    from answerable.ledger.store.problem import Problem as Problem
    from answerable.ledger.store.receipt import Receipt as Receipt
    from answerable.ledger.store.receipt import Receipts as Receipts
    from answerable.ledger.tlog.checkpoint import SignedCheckpoint as SignedCheckpoint
    from answerable.ledger.tlog.consistency import ConsistencyProof as ConsistencyProof
    from answerable.ledger.tlog.consistency import verify_growth_proof as verify_growth_proof
    from answerable.ledger.tlog.inclusion import InclusionProof as InclusionProof
    from answerable.ledger.tlog.inclusion import verify_entry_proof as verify_entry_proof
    from answerable.ledger.tlog.merkle import leaf_hash as leaf_hash
    from answerable.ledger.tlog.note import VerifierKey as VerifierKey
    from answerable.ledger.tlog.trust import Trust as Trust
    from answerable.ledger.verify.ledger import LedgerReport as LedgerReport
    from answerable.ledger.verify.ledger import verify_ledger as verify_ledger
else:
    __getattr__, __dir__, __all__ = lazily(
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
            "entry.errors": "ClockAstray EntryTooLarge FarAhead UnknownCase",
            "entry.intent": "ANYTHING CAREFUL Intent",
            "errors": (
                "BytesRemain Forked KeysUnusable LedgerClosed LedgerExists LedgerNotFound "
                "NoCheckpoint NoKeys NotALedger NotVerified OldPrimary OnStandby OutcomeUnknown "
                "ProofFails RolledBack StorageFailed UnknownSigner Unreplicated"
            ),
            "ledger": "Ledger",
            "remaining": "RemainingText erasures_naming names_of_party remaining_texts",
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
