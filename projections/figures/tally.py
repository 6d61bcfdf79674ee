"""Add up what cases add to one figure, by organisation and by the years that it may fall into.

What falls together is counted together, so that memory follows the number of different situations,
not the number of cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from answerable.domain.dates import Days, When
from answerable.projections.caseload.dated import Dated

SPREAD = 10
"""The most years between which a thing may lie, and still be told in each of them."""


class Situation(NamedTuple):
    """Hold what is known of a thing that counts, or may: see `counting.Added`."""

    counts: When
    holds: When
    among: tuple[str, ...]
    days: Days | None
    amount: tuple[str, str, str] | None


class Cell(NamedTuple):
    """Whose a thing is, and between which years it falls; None: not told."""

    organisation: str | None
    first: int | None
    last: int | None


Things = Counter[Situation]
"""Counts the things in each situation."""


class Tally:
    """The things that count in one figure, or may, and the cases behind them.

    Attributes:
        sure: the cases of those that count for certain.
        perhaps: the cases of those that may.
        left_out: the cases of those that do not, by why.
    """

    def __init__(self) -> None:
        self._cells: dict[Cell, Things] = {}
        self.sure: dict[str, None] = {}
        self.perhaps: dict[str, None] = {}
        self.left_out: dict[str, dict[str, None]] = {}

    def add(self, cell: Cell, thing: Situation, case_id: str) -> None:
        """Take in a thing of a case that counts, or may."""
        self._cells.setdefault(cell, Counter())[thing] += 1
        (self.sure if thing.counts == "yes" else self.perhaps)[case_id] = None

    def leave_out(self, why: str, case_id: str) -> None:
        """Note that a thing of a case does not count, and why."""
        self.left_out.setdefault(why, {})[case_id] = None

    def things(self, within: Callable[[Cell], When] | None = None) -> Things:
        """Count the things of all cells, or of those that lie, or may lie, within."""
        found: Things = Counter()
        for cell, things in self._cells.items():
            lies = "yes" if within is None else within(cell)
            if lies == "yes":
                found.update(things)
            elif lies == "unknown":
                for thing, number in things.items():
                    found[thing._replace(counts="unknown")] += number
        return found

    @property
    def organisations(self) -> set[str]:
        """Return whose things there are, as far as that is told."""
        return {cell.organisation for cell in self._cells if cell.organisation is not None}

    @property
    def years(self) -> set[int]:
        """Return the years that things fall into, or may."""
        return {year for cell in self._cells for year in _years(cell)}


def _years(cell: Cell) -> Iterable[int]:
    if cell.first is None or cell.last is None or cell.last - cell.first > SPREAD:
        return [each for each in cell[1:] if each is not None]
    return range(cell.first, cell.last + 1)


def cell_of(organisation: str | None, when: Dated) -> Cell:
    """Tell into which cell something falls."""
    first, last = (None if day is None else date.fromordinal(day).year for day in when[1:])
    return Cell(organisation, first, last)


def in_year(year: int) -> Callable[[Cell], When]:
    """Return what tells whether a cell lies within a year."""

    def within(cell: Cell) -> When:
        if (cell.first is not None and cell.first > year) or (
            cell.last is not None and cell.last < year
        ):
            return "no"
        return "yes" if cell.first == cell.last == year else "unknown"

    return within


def of_organisation(party: str) -> Callable[[Cell], When]:
    """Return what tells whether a cell is an organisation's."""
    return lambda cell: "yes" if cell.organisation == party else "no"


def within_days(when: Dated, first: int | None, last: int | None) -> When:
    """Tell whether something lies between two days, as ordinals; None: no limit at that end."""
    if (first is not None and when.last is not None and when.last < first) or (
        last is not None and when.first is not None and when.first > last
    ):
        return "no"
    begins = first is None or (when.first is not None and when.first >= first)
    ends = last is None or (when.last is not None and when.last <= last)
    return "yes" if begins and ends else "unknown"
