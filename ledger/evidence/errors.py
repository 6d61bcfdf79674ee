"""Why the file of an exhibit cannot be read or registered."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError


class FileMissing(AnswerableError):
    """There is no file at the place where one is to be read."""

    exit_code = 2


class NotAFile(AnswerableError):
    """The path to be read as a file is a directory, a pipe, a socket or a device."""

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
