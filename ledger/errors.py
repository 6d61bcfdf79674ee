"""The errors of more than one part of the ledger.

Those of one part alone are in that part's own `errors`.
"""

from __future__ import annotations

from answerable.domain.errors import AnswerableError, Refused

NOTHING_WRITTEN = "; nothing was written"
"""The end of what a `StorageFailed` says of the transaction that failed."""


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


class OnStandby(StorageFailed):
    """The server is a standby, which is read and not written to."""


class OutcomeUnknown(StorageFailed):
    """The server, or the disk, was lost as it was to commit: nobody knows whether it did.

    To look tells, or to record the event again under the same id: then it is there once.
    """

    exit_code = 5


class LedgerClosed(AnswerableError):
    """The ledger was closed, so it can be neither read nor written."""


class BytesRemain(StorageFailed):
    """An erasure was recorded, but what it destroyed is not overwritten everywhere yet."""


class NotVerified(AnswerableError):
    """The record is not what it was."""

    exit_code = 4


class FileRefused(Refused):
    """A file that was to be written is there already, or the disk would not take it."""


class MalformedNote(NotVerified):
    """A note, a checkpoint, a key or a proof is not written as it should be."""


class NotAKey(MalformedNote):
    """The text given as a key, or as a key's name, cannot be one."""

    exit_code = 2


class BadSignature(NotVerified):
    """A signature is not of the key that it names over what it stands under."""


class UnknownSigner(NotVerified):
    """No key that is trusted signed it."""


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


class Unreplicated(Refused):
    """Nothing is signed: a standby that may take the server's place may lack what would be."""


class OldPrimary(Refused):
    """Nothing is signed: a standby of this server was promoted, and was signed on since."""


class ClockUnusable(Refused):
    """The clock tells a time that nothing can bear: before 1970, after 9999, or none at all."""


class NoCheckpoint(Refused):
    """The thing asked for has to be under a signed checkpoint, and there is none such."""


class MissingExtra(Refused):
    """The thing asked for needs a package that is not installed with answerable itself."""


class Unreachable(AnswerableError):
    """A published log cannot be read now: no connection, no answer in time, no permission."""


class RedirectRefused(Unreachable):
    """A page is said to be at another origin, which was not allowed, or to be beyond TLS."""


class PageMalformed(NotVerified):
    """A page of a published log is cut short, too long, or holds what cannot be in it."""
