"""The comparison for readers outside the house: nothing that leads to a person.

Only groups of at least five findings about at least five people are there, each with its quartiles
and with its number to the nearest five below and above: no small count, no person, no case, no
reason. Of these, what was lost in a currency for at least five findings about at least five people
is there, too, its quartiles to one significant digit, for each is what somebody lost. The others
are not there at all: not their number, not their names, not whether there are any. What is told of
a group depends on that group alone, so there is nothing to subtract from anything else, and no
complementary suppression is needed: what it protects is totals, and there is none (the threshold
rule, secondary suppression and rounding: A. Hundepool and others, Statistical Disclosure Control,
Wiley, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from answerable.projections.consistency.amounts import AmountsCompared
from answerable.projections.consistency.compare import Group
from answerable.projections.consistency.units import Likeness
from answerable.projections.intervals import Range

THRESHOLD = 5
"""The fewest findings, and the fewest people, that a group must have."""

BASE = 5
"""To which multiples numbers are rounded."""


class ReleasedAmounts(NamedTuple):
    """The money lost in a currency as outsiders may see it: each quartile within a range.

    The range is of one significant digit, so that no amount that somebody lost is told.
    """

    currency: str
    number: Range[int]
    quartile_1: Range[str]
    median: Range[str]
    quartile_3: Range[str]


class ReleasedGroup(NamedTuple):
    """A group as outsiders may see it. The number lies within a range of five."""

    key: Likeness
    number: Range[int]
    quartile_1: Range[float]
    median: Range[float]
    quartile_3: Range[float]
    amounts: tuple[ReleasedAmounts, ...] = ()


def released_groups(groups: Iterable[Group]) -> Iterator[ReleasedGroup]:
    """Yield the groups that are large enough to be released."""
    for group in groups:
        least, most = group.ranked.least or 0, group.ranked.most or 0
        quartiles = (group.quartile_1, group.median, group.quartile_3)
        first, median, third = quartiles
        if least < THRESHOLD or group.people < THRESHOLD:
            continue
        if first is not None and median is not None and third is not None:
            amounts = tuple(_released(group.amounts))
            yield ReleasedGroup(group.key, _near(least, most), first, median, third, amounts)


def _released(amounts: Iterable[AmountsCompared]) -> Iterator[ReleasedAmounts]:
    """Yield what was lost by currency, where it was for enough findings about enough people.

    Each kind of measure alone is left out: beside the whole, it would tell of the others.
    """
    for each in amounts:
        least, most = each.number.least or 0, each.number.most or 0
        quartiles = (each.quartile_1, each.median, each.quartile_3)
        limits = [limit for quartile in quartiles for limit in quartile]
        if each.whole and min(least, each.people) >= THRESHOLD and None not in limits:
            yield ReleasedAmounts(each.currency, _near(least, most), *map(_widened, quartiles))


def _near(least: int, most: int) -> Range[int]:
    """Widen a number to multiples of five below and above."""
    return Range(least - least % BASE, most - most % BASE + BASE - 1)


def _widened(amount: Range[str]) -> Range[str]:
    """Widen an amount to one significant digit below, and to the next one above."""
    low, high = (Decimal(limit or 0) for limit in amount)
    step = Decimal(1).scaleb(high.adjusted())
    below = Decimal(1).scaleb(low.adjusted())
    return Range(f"{low // below * below:f}", f"{high // step * step + step:f}")
