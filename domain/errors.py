"""Say what went wrong, in words a user can act on.

Every error says what was wrong, where, and what to do next. The command line prints the same
exceptions that the Python API raises, and ends with their exit code.
"""

from __future__ import annotations

from typing import ClassVar


class AnswerableError(Exception):
    """Base of every error that answerable raises on purpose.

    Args:
        message: what was wrong, in one sentence.
        field: the field it was found in, where there is one.
        hint: what to do next.

    Attributes:
        exit_code: what the command line ends with.
        index: in a batch, which of its events it was about, from 0.
        line: in a file, which of its lines it was about, from 1.
    """

    exit_code: ClassVar[int] = 3
    index: int | None = None
    line: int | None = None

    def __init__(self, message: str, *, field: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.hint = hint

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line is not None else ""
        where += f"{self.field}: " if self.field else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class InvalidEvent(AnswerableError):
    """The event is malformed: an unknown kind or field, a wrong type, an impossible date."""


class Refused(AnswerableError):
    """The event is well formed, but impossible here: what it says cannot have happened."""
