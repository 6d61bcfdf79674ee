"""Medians and quartiles of numbers that are known only within limits, some of which may not count.

Each number lies between a least and a most, either of which may be missing; and it may be unknown
whether it counts at all. What is given is the least and the greatest value that a statistic can
have, whatever the numbers really are, and whichever of them count (of none, nothing is said). A
median or a quartile never falls when one of its numbers rises, so its least possible value is that
of the least numbers, its greatest that of the greatest (order statistics are monotone). Of numbers
that may not count, those are added that pull it furthest: for the least value, the smallest, as
long as they are no greater than the median.

Two definitions, since the numbers are of two kinds. Days can be halved: their median is the mean
of the two in the middle. Steps of an ordinal scale cannot: their quartiles are the nearest rank,
always a step that someone was given (Hyndman and Fan, Sample Quantiles in Statistical Packages,
The American Statistician 50(4), 1996: definitions 7 and 1).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Generic, NamedTuple, TypeVar

from answerable.domain.language.saying import figures, say

Number = TypeVar("Number", covariant=True)


class Range(NamedTuple, Generic[Number]):
    """Between which two values something lies; None: no limit at that end."""

    least: Number | None
    most: Number | None


class Sample:
    """Numbers, each within its limits; those that count, and those that may."""

    def __init__(self) -> None:
        self.sure: Counter[tuple[float, float]] = Counter()
        self.perhaps: Counter[tuple[float, float]] = Counter()

    def add(
        self, least: float | None, most: float | None, *, sure: bool = True, times: int = 1
    ) -> None:
        """Take in a number that lies between two limits."""
        limits = (-inf if least is None else least, inf if most is None else most)
        (self.sure if sure else self.perhaps)[limits] += times

    def __bool__(self) -> bool:
        return bool(self.sure or self.perhaps)

    @property
    def median(self) -> Range[float] | None:
        """Return the median; of an even number of values, the mean of the two in the middle."""
        if not self:
            return None
        low = _least_median(_ends(self.sure, 0), _ends(self.perhaps, 0))
        high = -_least_median(_ends(self.sure, 1, -1), _ends(self.perhaps, 1, -1))
        return _range(low, high)

    def quartile(self, number: int) -> Range[float] | None:
        """Find the first, second or third quartile, by nearest rank."""
        return self.quantile(Fraction(number, 4))

    def quantile(self, share: Fraction) -> Range[float] | None:
        """Find the value that this share of the numbers does not exceed, by nearest rank.

        Of a share of nothing, it is the smallest.
        """
        if not self:
            return None
        return _range(
            _least_quantile(share, _ends(self.sure, 0), _ends(self.perhaps, 0)),
            _greatest_quantile(share, _ends(self.sure, 1), _ends(self.perhaps, 1)),
        )

    @property
    def smallest(self) -> Range[float] | None:
        """Return the smallest of those that count, where any does."""
        if not self:
            return None
        most = [high for _, high in self.sure]
        return _range(
            min(low for low, _ in (*self.sure, *self.perhaps)),
            min(most) if most else max(high for _, high in self.perhaps),
        )

    @property
    def largest(self) -> Range[float] | None:
        """Return the largest of those that count, where any does."""
        if not self:
            return None
        least = [low for low, _ in self.sure]
        return _range(
            max(least) if least else min(low for low, _ in self.perhaps),
            max(high for _, high in (*self.sure, *self.perhaps)),
        )


class LeftOut:
    """The quantiles of a sample without one of its numbers, for each of them.

    To leave out a number above a quantile is to leave out the greatest, and else the smallest: so a
    few quantiles tell all, however many numbers there are.
    """

    def __init__(self, sample: Sample) -> None:
        self._sample = sample
        self._number = sample.sure.total() + sample.perhaps.total()
        self._known: dict[tuple[Fraction, bool], tuple[float, float, float, float]] = {}

    def quantile(
        self, share: Fraction, least: float | None, most: float | None, *, sure: bool
    ) -> Range[float] | None:
        """Find the quantile of the others; the number left out must be in the sample."""
        if self._number == 1:
            return None
        if (share, sure) not in self._known:
            self._known[share, sure] = self._without(share, sure)
        below, above, lower, upper = self._known[share, sure]
        low, high = (-inf if least is None else least), (inf if most is None else most)
        return _range(below if below < low else above, upper if upper > high else lower)

    def _without(self, share: Fraction, sure: bool) -> tuple[float, float, float, float]:
        """Find the least quantile without the greatest and the smallest; then the greatest."""
        found: list[float] = []
        for end, quantile in enumerate((_least_quantile, _greatest_quantile)):
            certain, perhaps = _ends(self._sample.sure, end), _ends(self._sample.perhaps, end)
            among = certain if sure else perhaps
            for left_out in (max(among), min(among)):
                without = among - Counter({left_out: 1})
                found.append(quantile(share, *((without, perhaps) if sure else (certain, without))))
        return found[0], found[1], found[2], found[3]


def _ends(numbers: Mapping[tuple[float, float], int], end: int, sign: int = 1) -> Counter[float]:
    """Count how often each lower (0) or upper (1) limit occurs."""
    found: Counter[float] = Counter()
    for limits, times in numbers.items():
        found[sign * limits[end]] += times
    return found


def _least_median(sure: Counter[float], perhaps: Counter[float]) -> float:
    order = sorted(perhaps)

    def with_smallest(number: int) -> Counter[float]:
        return sure + Counter({value: perhaps[value] for value in order[:number]})

    def is_greater(number: int) -> bool:
        """Tell whether the next would raise the median. What comes after it would, too."""
        counts = with_smallest(number)
        return bool(counts) and order[number] > _median(counts)

    return _median(with_smallest(bisect_left(range(len(order)), True, key=is_greater)))


def _median(counts: Mapping[float, int]) -> float:
    number = sum(counts.values())
    low, high = _ranked(counts, (number + 1) // 2), _ranked(counts, number // 2 + 1)
    return low if low == high else (low + high) / 2


def _ranked(counts: Mapping[float, int], rank: int) -> float:
    """Find the value of a rank, from 1."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= rank:
            return value
    raise IndexError(rank)


def _rank(share: Fraction, number: int) -> int:
    return max(1, -(-share.numerator * number // share.denominator))


def _least_quantile(share: Fraction, sure: Counter[float], perhaps: Counter[float]) -> float:
    """Find the least value that enough numbers do not exceed, where all count that do not."""
    number, within, added = sum(sure.values()), 0, 0
    for value in sorted({*sure, *perhaps}):
        within += sure[value]
        added += perhaps[value]
        if within + added and within + added >= _rank(share, number + added):
            return value
    raise IndexError(share)


def _greatest_quantile(share: Fraction, sure: Counter[float], perhaps: Counter[float]) -> float:
    number, within, added = sum(sure.values()), 0, 0
    for value in sorted({*sure, *perhaps}, reverse=True):
        within += sure[value]
        added += perhaps[value]
        if within + added and number - within < _rank(share, number + added):
            return value
    raise IndexError(share)


def _range(least: float, most: float) -> Range[float]:
    return Range(None if least == -inf else _whole(least), None if most == inf else _whole(most))


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def in_words(found: Range[float] | None) -> str:
    """Put an interval into words: "3", "2 to 5", "at least 3", "at most 4.5", "unknown"."""
    least, most = found or (None, None)
    if least is not None and most is not None:
        if least == most:
            return _figures(most)
        return say("{least} to {most}", least=_figures(least), most=_figures(most))
    if least is not None:
        return say("at least {number}", number=_figures(least))
    return say("unknown") if most is None else say("at most {number}", number=_figures(most))


def _figures(number: float) -> str:
    return figures(number if isinstance(number, int) else Decimal(str(number)))
