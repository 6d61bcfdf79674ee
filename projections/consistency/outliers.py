"""Find findings answered otherwise than like ones: Tukey's fences on the scale of gravity.

A finding is held against the others of its group, itself left out, where there are at least five.
It lies outside where the step of its gravest measure is more than one and a half interquartile
ranges below their first or above their third quartile (J. W. Tukey, Exploratory Data Analysis,
1977). The range counts as one step at least, or, where nearly all are alike, every other would be
outside: so one step and a half is always within the band.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.projections.intervals import Range, Sample

FEWEST = 5
"""The number of other findings that it takes to say what is usual."""

REACH = 1.5
NARROWEST = 1

Side = Literal["milder", "graver"]

Shape = tuple[int, int, bool]
"""Between which steps a finding's gravest measure lies, and whether the finding is certain."""


class Band(NamedTuple):
    """The steps of gravity that are usual among the comparators of a finding.

    Attributes:
        comparators: how many, at least and at most.
        low: below this step, a measure is milder than usual. An interval where it is not certain.
        high: above this step, a measure is graver than usual.
    """

    comparators: Range[int]
    quartile_1: Range[float]
    median: Range[float]
    quartile_3: Range[float]
    low: Range[float]
    high: Range[float]


class BandPlace(NamedTuple):
    """The place of a finding as to its band: outside, or perhaps; and on which side.

    There is no side where it may be either, and no band where there are too few comparators.
    """

    outside: When
    side: Side | None
    band: Band | None


def band_places(group: Counter[Shape]) -> dict[Shape, BandPlace]:
    """Place every finding of a group in its band. Those of one shape have one place."""
    return {shape: _place(shape, group) for shape in group}


def _place(shape: Shape, group: Counter[Shape]) -> BandPlace:
    band = _band(group - Counter({shape: 1}))
    if band is None:
        return BandPlace("no", None, None)
    least, most, sure = shape
    low, high = band.low, band.high
    certain = sure and (band.comparators.least or 0) >= FEWEST
    sides: list[Side] = []
    if _less(least, low.most):
        sides.append("milder")
    if _less(high.least, most):
        sides.append("graver")
    if not sides:
        return BandPlace("no", None, band)
    beyond = certain and (_less(most, low.least) or _less(high.most, least))
    return BandPlace("yes" if beyond else "unknown", sides[0] if len(sides) == 1 else None, band)


def _less(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and one < other


def _band(others: Counter[Shape]) -> Band | None:
    sample = Sample()
    for (least, most, sure), times in others.items():
        sample.add(least, most, sure=sure, times=times)
    number = Range(sum(sample.sure.values()), sum(others.values()))
    first, median, third = (sample.quartile(each) for each in (1, 2, 3))
    if first is None or median is None or third is None or (number.most or 0) < FEWEST:
        return None
    widest = max(NARROWEST, _step(third.most) - _step(first.least))
    tightest = max(NARROWEST, _step(third.least) - _step(first.most))
    return Band(
        number,
        first,
        median,
        third,
        Range(_step(first.least) - REACH * widest, _step(first.most) - REACH * tightest),
        Range(_step(third.least) + REACH * tightest, _step(third.most) + REACH * widest),
    )


def _step(limit: float | None) -> float:
    """Take a limit on the scale, which is bounded at both ends."""
    if limit is None:
        raise ValueError("a step of gravity has no limit")
    return limit
