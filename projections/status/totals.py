"""Count who is accountable or barred, and what is open, over all cases asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.extents import Extents, MeasureExtent
from answerable.projections.facts.names import TypeOf
from answerable.projections.grounds.problems import Problem
from answerable.projections.status.status import CaseOverview


class Tally:
    """Things of which something is so, and things of which it may be, each counted once.

    What is so of a thing in one case, and may be in another, is so.
    """

    def __init__(self) -> None:
        self._sure: set[str] = set()
        self._perhaps: set[str] = set()

    def take_in(self, thing: str, answer: When) -> None:
        """Take in an answer about a thing: yes, or unknown."""
        (self._sure if answer == "yes" else self._perhaps).add(thing)

    @property
    def sure_ones(self) -> set[str]:
        """Return the things of which something is so."""
        return self._sure

    @property
    def perhaps_ones(self) -> set[str]:
        """Return the other things of which something may be so."""
        return self._perhaps - self._sure

    @property
    def sure(self) -> int:
        """Count the things of which something is so."""
        return len(self._sure)

    @property
    def perhaps(self) -> int:
        """Count the other things of which something may be so."""
        return len(self.perhaps_ones)


class Totals:
    """The sums over the cases taken in."""

    def __init__(self) -> None:
        self.cases = 0
        self.accountable = Tally()
        self.alleged = Tally()
        self.barred = Tally()
        self.open = Tally()
        self._amounts = Extents()

    @property
    def amounts(self) -> tuple[MeasureExtent, ...]:
        """Return the sums of the amounts of sanctions."""
        return self._amounts.extents()

    def take_in(self, case: CaseOverview, type_of: TypeOf) -> None:
        """Count what there is to tell of one more case.

        Args:
            case: how it stands.
            type_of: what a party is.
        """
        self.cases += 1
        self._amounts.add_amounts(case.people, type_of)
        for person in case.people:
            self.accountable.take_in(person.party, person.accountable)
        for person in case.others:
            if person.accountable_as_alleged != "no":
                self.alleged.take_in(person.party, "yes")
        for bar in case.bars:
            if bar.in_force != "no":
                self.barred.take_in(bar.counterparty, bar.in_force)
        for each in case.open:
            self.open.take_in(f"{each.what} {each.event_id}", each.open)


class OpenTotals(NamedTuple):
    """The numbers of things that are or may be open, of those that may be, and of those overdue.

    Attributes:
        all: the things that are or may be open.
        indeterminate: those of them that may be.
        overdue: those that are overdue; None where no moment was asked about, so that none is
            judged.
    """

    all: int
    indeterminate: int
    overdue: int | None


def open_totals(obligations: Iterable[Obligation]) -> OpenTotals:
    """Count what is open."""
    every = tuple(obligations)
    return OpenTotals(
        len(every),
        sum(each.open == "unknown" for each in every),
        None
        if any(each.overdue is None for each in every)
        else sum(each.overdue == "yes" for each in every),
    )


class ProblemTotals(NamedTuple):
    """The numbers of grounds that are not on record, and of those that cannot bear an act."""

    missing: int
    wrong: int


def problem_totals(problems: Iterable[Problem]) -> ProblemTotals:
    """Count what is missing or wrong behind what stands."""
    sorts = [each.sort for each in problems]
    return ProblemTotals(sorts.count("missing"), sorts.count("wrong"))
