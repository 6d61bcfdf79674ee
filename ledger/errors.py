"""What can go wrong between the record and the disk."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError, Refused


class LedgerNotFound(AnswerableError):
    """There is no ledger at this place."""

    exit_code = 2


class NotALedger(AnswerableError):
    """The file is something else, or was made by another version."""

    exit_code = 2


class LedgerExists(Refused):
    """There is something at this place already, and it is not overwritten."""


class StorageFailed(AnswerableError):
    """The disk is full, the file is read-only, or the database is busy. Nothing was written."""


class BytesRemain(StorageFailed):
    """An erasure was recorded, but what it destroyed is not overwritten everywhere yet."""


class EntryTooLarge(Refused):
    """The event's public part is over 65,535 bytes, the most that an entry can be."""


class DuplicateId(Refused):
    """The event id is taken by an event that says something else."""


class CaseMoved(Refused):
    """Someone recorded in the case since the version that the caller expected."""


class NotVerified(AnswerableError):
    """The record is not what it was."""

    exit_code = 4


class FileRefused(Refused):
    """A file that was to be written is there already, or the disk would not take it."""


class MalformedNote(NotVerified):
    """A note, a checkpoint, a key or a proof is not written as it should be."""


class BadSignature(NotVerified):
    """A signature is not of the key that it names over what it stands under."""


class MalformedSignature(NotVerified):
    """An actor's signature is not one as OpenSSH writes it, or is by a key that is not accepted."""


class WrongNamespace(NotVerified):
    """An actor's signature was made for another purpose than to record an event."""


class NotAllowed(NotVerified):
    """A key that is not allowed to sign for the one who is said to have recorded, or not then."""


class UnknownSigner(NotVerified):
    """No key that is trusted signed it."""


class TooFewWitnesses(NotVerified):
    """Fewer witnesses than must have cosigned a checkpoint."""


class RolledBack(NotVerified):
    """The log is shorter than one that was signed or seen before: the end was cut off."""


class Forked(NotVerified):
    """The log does not begin with the one that was signed or seen before: history was rewritten."""


class ProofFails(NotVerified):
    """A proof does not show what it should: it is of another entry or tree, or was altered."""


class NoKeys(Refused):
    """The ledger has no keys of its own, so it cannot sign."""


class KeysUnusable(Refused):
    """The file of private keys is missing, open to others, locked, or not what it should be."""


class NoSigners(Refused):
    """Nothing says who may sign as whom: there is no file of allowed signers, or none to read."""


class NotSigned(Refused):
    """`ssh-keygen` is not there, or did not sign."""


class SignatureRefused(Refused):
    """The signature that an event was to be recorded with is not good, or not one of its actor."""
