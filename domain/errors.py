"""Say what went wrong, in words a user can act on.

Every error says what was wrong, where, and what to do next. The command line prints the same
exceptions that the Python API raises, with what to do next in its own words, and ends with their
exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self


class AnswerableError(Exception):
    """Base of every error that answerable raises on purpose.

    Args:
        message: what was wrong, in one sentence.
        field: the field it was found in, where there is one.
        hint: what to do next, in the words of the Python API.
        cli_hint: the same in the words of the command line, where those are others.

    Attributes:
        exit_code: what the command line ends with.
        index: in a batch, which of its events it was about, from 0.
        line: in a file, which of its lines it was about, from 1.
        place: how that is called where it is no line, as `row 17 of Cases`.
        value: what stands in the field, where that is known and no narrative.
        allowed: all that may stand there, where that can be listed.
        near: which of these may have been meant.
    """

    exit_code: ClassVar[int] = 3
    index: int | None = None
    line: int | None = None
    place: str | None = None
    value: Any = None
    allowed: Sequence[str] = ()
    near: Sequence[str] = ()

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        hint: str | None = None,
        cli_hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.hint = hint
        self.cli_hint = hint if cli_hint is None else cli_hint

    def about(self, value: Any, *, allowed: Sequence[str] = (), near: Sequence[str] = ()) -> Self:
        """Add what stands in the field, what may stand there, and what may have been meant."""
        plain = value is None or isinstance(value, bool | int | float | str)
        self.value, self.allowed, self.near = value if plain else None, allowed, near
        return self

    def __str__(self) -> str:
        return self._advising(self.hint)

    def cli_text(self) -> str:
        """Say what was wrong and what to do next, in the words of the command line."""
        return self._advising(self.cli_hint)

    def _advising(self, hint: str | None) -> str:
        place = self.place or ("" if self.line is None else f"line {self.line}")
        where = f"{place}: " if place else ""
        where += f"{self.field}: " if self.field else ""
        return f"{where}{self.message}{f' {hint}' if hint else ''}"


class InvalidEvent(AnswerableError):
    """The event is malformed: an unknown kind or field, a wrong type, an impossible date."""


class Refused(AnswerableError):
    """The event is well formed, but impossible here: what it says cannot have happened."""
