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
