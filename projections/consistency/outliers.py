"""Find findings answered otherwise than like ones: Tukey's fences on the scale of gravity.

A finding is held against the others of its group, itself left out, where there are at least five.
It lies outside where the step of its gravest measure is more than one and a half interquartile
ranges below their first or above their third quartile (J. W. Tukey, Exploratory Data Analysis,
1977). The range counts as one step at least, or, where nearly all are alike, every other would be
outside: so one step and a half is always within the band.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, NamedTuple, TypeVar

from answerable.domain.dates import When
from answerable.projections.intervals import Range, Sample

FEWEST = 5
"""The number of other findings that it takes to say what is usual."""

REACH = 1.5
NARROWEST = 1

Side = Literal["milder", "graver"]

Number = TypeVar("Number")

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
    certain = sure and (band.comparators.least or 0) >= FEWEST
    outside, side = beyond(Range(least, most), band.low, band.high)
    return BandPlace("unknown" if outside == "yes" and not certain else outside, side, band)


def beyond(
    value: Range[Number], low: Range[Number], high: Range[Number]
) -> tuple[When, Side | None]:
    """Tell whether a value lies below a low or above a high, each of them known within limits.

    Returns:
        Whether it does, and on which side; None where it is on none, or may be on either.
    """
    milder = _less(value.least, low.most, open_ends=True)
    graver = _less(high.least, value.most, open_ends=True)
    if not milder and not graver:
        return "no", None
    sure = _less(value.most, low.least) or _less(high.most, value.least)
    side: Side | None = None if milder and graver else "milder" if milder else "graver"
    return ("yes" if sure else "unknown"), side


def _less(one: Any, other: Any, *, open_ends: bool = False) -> bool:
    """Tell whether one limit is below another; of a limit that is not there, whether it may be."""
    return open_ends if one is None or other is None else bool(one < other)


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
