"""Listing what is wrong with an import: the first errors, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from answerable.domain.errors import AnswerableError, InvalidEvent

MOST = 1_000
"""The most errors that are kept."""


class RestsOnError(InvalidEvent):
    """The line refers to one that has an error, and nothing else is known to be wrong with it."""


class ErrorList:
    """The errors of an import.

    Attributes:
        kept: the first of them, `MOST` at the most, in the order of the lines.
        count: how many there are.
        unchecked: how many lines refer to lines that have errors, and so were not checked whole.
    """

    def __init__(self) -> None:
        self.kept: list[AnswerableError] = []
        self.count = 0
        self.unchecked = 0

    def __bool__(self) -> bool:
        """Tell whether anything is wrong."""
        return self.count > 0

    def add_all(self, errors: Iterable[AnswerableError]) -> None:
        """Add errors, in the order of their lines."""
        for _, of_line in groupby(errors, key=lambda error: error.line):
            self._add([*of_line])

    def _add(self, told: list[AnswerableError]) -> None:
        wrong = [error for error in told if not isinstance(error, RestsOnError)]
        if told and not wrong:
            self.unchecked += 1
        self.count += len(wrong)
        self.kept += wrong[: max(0, MOST - len(self.kept))]
