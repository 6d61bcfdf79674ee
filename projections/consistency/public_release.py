"""The comparison for readers outside the house: nothing that leads to a person.

Only groups of at least five findings about at least five people are there, each with its quartiles
and with its number to the nearest five below and above: no small count, no person, no case, no
reason. The others are not there at all: not their number, not their names, not whether there are
any. What is told of a group depends on that group alone, so there is nothing to subtract from
anything else, and no complementary suppression is needed: what it protects is totals, and there is
none (the threshold rule, secondary suppression and rounding: A. Hundepool and others, Statistical
Disclosure Control, Wiley, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from answerable.projections.consistency.compare import Group
from answerable.projections.consistency.units import Likeness
from answerable.projections.intervals import Range

THRESHOLD = 5
"""The fewest findings, and the fewest people, that a group must have."""

BASE = 5
"""To which multiples numbers are rounded."""


class ReleasedGroup(NamedTuple):
    """A group as outsiders may see it. The number lies within a range of five."""

    key: Likeness
    number: Range[int]
    quartile_1: Range[float]
    median: Range[float]
    quartile_3: Range[float]


def released_groups(groups: Iterable[Group]) -> Iterator[ReleasedGroup]:
    """Yield the groups that are large enough to be released."""
    for group in groups:
        least, most = group.ranked.least or 0, group.ranked.most or 0
        quartiles = (group.quartile_1, group.median, group.quartile_3)
        first, median, third = quartiles
        if least < THRESHOLD or group.people < THRESHOLD:
            continue
        if first is not None and median is not None and third is not None:
            number = Range(least - least % BASE, most - most % BASE + BASE - 1)
            yield ReleasedGroup(group.key, number, first, median, third)
