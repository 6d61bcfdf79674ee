"""Say what is wrong with a sheet, or with the map that is to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from answerable.domain.errors import AnswerableError


class SheetUnreadable(AnswerableError):
    """The sheet is not a table that can be read: its encoding, its quotes, its zip."""


class MapProblem(NamedTuple):
    """A place in a map that cannot be meant.

    Attributes:
        line: the line of the map, from 1.
        key: the key, with those that it stands under: `event 2 (sanction-imposed).measure`.
        what: what is wrong, and what is allowed.
    """

    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.key}: {self.what}"


class MapInvalid(AnswerableError):
    """The map does not say what its sheet means. All that is wrong with it is told."""

    def __init__(self, name: str, problems: Sequence[MapProblem]) -> None:
        if len(problems) == 1:
            super().__init__(f"{name}: {problems[0]}")
        else:
            listed = "".join(f"\n  {each}" for each in problems)
            super().__init__(f"{name}: {len(problems)} things are wrong with this map.{listed}")
        self.problems = tuple(problems)


class Misfit(NamedTuple):
    """A place in a sheet that does not fit its map, or the kind of event that it is mapped to.

    Attributes:
        row: the row, as a spreadsheet numbers it.
        column: its heading; None where it is the row as a whole.
        value: what stands there.
        what: what is wrong with that.
        allowed: what could stand there; "" where nothing better can be said.
    """

    row: int
    column: str | None
    value: str
    what: str
    allowed: str = ""

    def __str__(self) -> str:
        where = f"row {self.row:,}"
        if self.column is not None:
            where += f", {self.column}"
        shown = f" {self.value!r:.80}" if self.value else ""
        allowed = f" Allowed: {self.allowed}." if self.allowed else ""
        return f"{where}:{shown} {self.what}.{allowed}"
