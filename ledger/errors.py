"""What can go wrong between the record and the disk."""

from __future__ import annotations

from answerable.domain.errors import (
    AnswerableError,
    Refused,
)


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


class FileMissing(AnswerableError):
    """There is no file at the place where one is to be read."""

    exit_code = 2


class NotAFile(AnswerableError):
    """What is to be read as a file is a directory, a pipe, a socket or a device."""

    exit_code = 2


class FileUnreadable(AnswerableError):
    """A file may not be read, or the disk would not give it."""


class FileChanged(AnswerableError):
    """A file was changed or replaced while it was read, so what was read is no state of it."""


class OutsideRoot(AnswerableError):
    """A file does not lie below the folder from which its place is to be told."""

    exit_code = 2


class NotToldInText(AnswerableError):
    """A file's name is no text, so it cannot be recorded."""

    exit_code = 2


class MalformedNote(NotVerified):
    """A note, a checkpoint, a key or a proof is not written as it should be."""


class NotAKey(MalformedNote):
    """What was given as a key, or as a key's name, cannot be one."""

    exit_code = 2


class BadSignature(NotVerified):
    """A signature is not of the key that it names over what it stands under."""


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


class MalformedBundle(NotVerified):
    """A bundle is not a zip of the files that it should hold, or one of them cannot be read."""


class FileAltered(NotVerified):
    """A file of a bundle is not the one that its manifest lists."""


class EntriesMissing(NotVerified):
    """The events of a case are not numbered without gaps, or one that others rest on is absent."""


class TextAltered(NotVerified):
    """A text is not the one that its entry commits to."""


class ManifestDiffers(NotVerified):
    """What a bundle says of its entries is not what the entries say."""


class NotNamed(AnswerableError):
    """A party whose texts are to be withheld is not named in what is given away."""

    exit_code = 2


class NoKeys(Refused):
    """The ledger has no keys of its own, so it cannot sign."""


class KeysUnusable(Refused):
    """The file of private keys is missing, open to others, locked, or not what it should be."""


class NoCheckpoint(Refused):
    """What is asked for has to be under a signed checkpoint, and there is none such."""


class StampNotFound(AnswerableError):
    """No time stamp of this number is kept."""

    exit_code = 2


class MalformedStamp(NotVerified):
    """A request for a time stamp, or what answers it, is not as RFC 3161 has it."""


class StampOfOther(NotVerified):
    """A time stamp is over something else than it should be, or answers another request."""


class StampAltered(NotVerified):
    """A time stamp is not what its authority signed."""


class UnknownAuthority(NotVerified):
    """No authority that is trusted made the time stamp."""


class UnfitAuthority(NotVerified):
    """Whoever made the time stamp may not make any, or not at that time, or has another policy."""


class StampRefused(Refused):
    """The authority answered, but made no time stamp."""


class AuthorityUnreachable(AnswerableError):
    """The authority did not answer as one."""


class CertificatesUnusable(Refused):
    """A file holds no certificates."""


class EmptyRootWrong(MalformedNote):
    """A checkpoint says that a log is empty, but its root is not that of the empty tree."""


class NotWatched(Refused):
    """A witness was asked to cosign for a log that it does not watch."""


class StaleSize(Refused):
    """A proof goes out from another tree than the one that the witness cosigned last.

    Attributes:
        size: the size of the one that it did cosign last.
    """

    def __init__(self, origin: str, size: int, old: int) -> None:
        super().__init__(
            f"the proof for {origin} goes out from {old:,} entries, but the last tree cosigned "
            f"here has {size:,}.",
            hint=f"Prove it from there: `answerable prove --since {size}`.",
        )
        self.size = size


class ClockBehind(Refused):
    """The clock is behind a time that was signed already, or was never set."""


class NotCosigned(Refused):
    """A witness would not cosign, or did not answer."""


class MissingExtra(Refused):
    """What is asked for needs a package that is not installed with answerable itself."""


class PublishedNotFound(AnswerableError):
    """There is no published log at this place."""

    exit_code = 2


class Unreachable(AnswerableError):
    """A published log cannot be read now: no connection, no answer in time, no permission."""


class PageMissing(NotVerified):
    """A published log lacks a page that its checkpoint says is there: entries are withheld."""


class PageMalformed(NotVerified):
    """A page of a published log is cut short, too long, or holds what cannot be in it."""


class EntryAltered(NotVerified):
    """A published entry is not the one that the signed tree was built over."""


class TileAltered(NotVerified):
    """A published tile is not of the signed tree, though the entries that it covers are."""


class RootDiffers(NotVerified):
    """What is published fits together, but it is not what the checkpoint's signature is over."""


class MalformedSignature(NotVerified):
    """An actor's signature is not one as OpenSSH writes it, or is by a key that is not accepted."""


class WrongNamespace(NotVerified):
    """An actor's signature was made for another purpose than to record an event."""


class NotAllowed(NotVerified):
    """A key that is not allowed to sign for the one who is said to have recorded, or not then."""


class NoSigners(Refused):
    """Nothing says who may sign as whom: there is no file of allowed signers, or none to read."""


class NotSigned(Refused):
    """`ssh-keygen` is not there, or did not sign."""


class SignatureRefused(Refused):
    """The signature that an event was to be recorded with is not good, or not one of its actor."""


class SignedByAnother(NotVerified):
    """The signature of who recorded an event is bad, or by a key that may not sign for them."""
