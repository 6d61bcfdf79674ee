"""Compare how much money was lost for like findings: quartiles, spread, and what lies outside.

One value a finding and currency: what all measures in force took together (`money.losses`). Where
measures of several kinds did, each kind is compared alone, too. Currencies are never added.
Quartiles are by nearest rank (Hyndman and Fan's definition 1), as those of the scale of gravity:
each is what was lost for some finding. A finding of which no amount is told is in no quartile,
since it is not known in which currency it would be.

A finding lies outside as it does on the scale (`outliers.py`): beyond Tukey's fences of the others,
of which there must be five. The interquartile range counts as a tenth of their median at least, or,
where nearly all were fined alike, a cent more would be outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.numbers import numbers_of
from answerable.projections.consistency.gravity import LOSING
from answerable.projections.consistency.money import Loss, amount_not_told, losses
from answerable.projections.consistency.outliers import FEWEST, Side, beyond
from answerable.projections.consistency.units import DecidedFinding
from answerable.projections.facts.names import TypeOf
from answerable.projections.intervals import LeftOut, Range, Sample

PARTS = 10_000
"""An amount of money is compared in these parts of its unit: no float holds all of it."""

REACH = Decimal("1.5")
NARROWEST = Decimal("0.1")
"""The share of the median that the interquartile range counts as, at least."""

QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


class AmountBand(NamedTuple):
    """The amounts that are usual among the comparators of a finding, as decimal numbers.

    Attributes:
        comparators: how many, at least and at most.
        low: below this, less was lost than is usual.
        high: above this, more was.
    """

    comparators: Range[int]
    quartile_1: Range[str]
    median: Range[str]
    quartile_3: Range[str]
    low: Range[str]
    high: Range[str]


class AmountOf(NamedTuple):
    """Tell how much was lost for one finding, and whether that is outside what is usual.

    Attributes:
        amount: as decimal numbers; without an end where an amount is not told.
        sure: whether it is certain that anything was lost.
        outside: whether it lies beyond the fences of the others.
        by: how far beyond, as decimal numbers; None where it does not lie there.
        band: what is usual among the others, where it lies outside or may.
    """

    case_id: str
    event_id: str
    position: int
    amount: Range[str]
    sure: bool
    outside: When = "no"
    side: Side | None = None
    by: Range[str] | None = None
    band: AmountBand | None = None


class AmountsCompared(NamedTuple):
    """Tell what was lost for the findings of a group, in one currency.

    Attributes:
        measures: by which measures.
        whole: whether these are all that took money in the group; else they are one kind of it.
        number: for how many findings.
        people: whom these are about, at least; those of whom it is not told what they are, too.
        smallest: the least that was lost for a finding, as a decimal number; so are the others.
        spread: from the first quartile to the third.
        findings: all of them, those outside among them.
    """

    currency: str
    measures: tuple[str, ...]
    whole: bool
    number: Range[int]
    people: int
    smallest: Range[str]
    quartile_1: Range[str]
    median: Range[str]
    quartile_3: Range[str]
    largest: Range[str]
    spread: Range[str]
    findings: tuple[AmountOf, ...]

    @property
    def outside(self) -> tuple[AmountOf, ...]:
        """Return the findings that lie outside, or may."""
        return tuple(each for each in self.findings if each.outside != "no")


class _Lost(NamedTuple):
    case_id: str
    position: int
    event_id: str
    subject: str
    loss: Loss


class Amounts:
    """The amounts of a group in the making. Of a finding without any, nothing is kept."""

    def __init__(self) -> None:
        self._lost: dict[tuple[str, str], list[_Lost]] = {}
        self._kinds: dict[str, set[str]] = {}
        self._not_told = [0, 0]

    def add(self, unit: DecidedFinding) -> None:
        """Take in a finding."""
        kinds = {
            name
            for each in unit.measures
            if each.held != "no"
            for name in each.named
            if name in LOSING
        }
        if not kinds:
            return
        untold = amount_not_told(unit)
        self._not_told[0] += untold == "yes"
        self._not_told[1] += untold != "no"
        whole = losses(unit)
        for currency, loss in whole.items():
            self._keep(unit, currency, "", loss)
        for kind in kinds:
            alone = losses(unit, (kind,))
            # What is not told may be in any currency.
            for currency in whole if amount_not_told(unit, (kind,)) != "no" else alone:
                self._kinds.setdefault(currency, set()).add(kind)
            for currency, loss in alone.items():
                self._keep(unit, currency, kind, loss)

    def _keep(self, unit: DecidedFinding, currency: str, kind: str, loss: Loss) -> None:
        lost = _Lost(unit.case_id, unit.position, unit.event_id, unit.subject, loss)
        self._lost.setdefault((currency, kind), []).append(lost)

    @property
    def not_told(self) -> Range[int]:
        """Return for how many findings a measure takes money of which no amount is told."""
        return Range(*self._not_told)

    def compared(self, type_of: TypeOf) -> Iterator[AmountsCompared]:
        """Yield what was lost, by currency: as a whole, and by each of several kinds of measure."""
        for currency, kind in sorted(self._lost):
            kinds = tuple(sorted(self._kinds[currency]))
            if not kind or len(kinds) > 1:
                lost = sorted(self._lost[currency, kind])
                yield _compared(currency, (kind,) if kind else kinds, not kind, lost, type_of)


def _compared(
    currency: str, measures: tuple[str, ...], whole: bool, lost: list[_Lost], type_of: TypeOf
) -> AmountsCompared:
    sample = Sample()
    for each in lost:
        sample.add(*_parts(each.loss), sure=each.loss.sure)
    parties = numbers_of({each.subject for each in lost if each.loss.sure}, type_of)
    first, median, third = (_money(sample.quantile(share)) for share in QUARTERS)
    places = _places(lost)
    bands = _Bands(sample, places)

    def written(span: Money) -> Range[str]:
        return _written(span, places)

    return AmountsCompared(
        currency,
        measures,
        whole,
        Range(sum(sample.sure.values()), len(lost)),
        parties.people + parties.type_not_told,
        written(_money(sample.smallest)),
        written(first),
        written(median),
        written(third),
        written(_money(sample.largest)),
        written(_spread(first, third)),
        tuple(_placed(each, bands, places) for each in lost),
    )


class _Bands:
    """Find what is usual among the others, for each finding; shared ones are made once."""

    def __init__(self, sample: Sample, places: int) -> None:
        self.certain = sum(sample.sure.values())
        self.number = self.certain + sum(sample.perhaps.values())
        self._others = LeftOut(sample)
        self._places = places
        self._known: dict[object, tuple[Money, Money, AmountBand]] = {}

    def without(self, loss: Loss) -> tuple[Money, Money, AmountBand]:
        """Return below what, and above what, an amount is outside; and the band in words."""
        least, most = _parts(loss)
        quartiles = tuple(
            self._others.quantile(share, least, most, sure=loss.sure) for share in QUARTERS
        )
        key = (quartiles, loss.sure)
        if key not in self._known:
            self._known[key] = self._made(*map(_money, quartiles), sure=loss.sure)
        return self._known[key]

    def _made(
        self, first: Money, median: Money, third: Money, *, sure: bool
    ) -> tuple[Money, Money, AmountBand]:
        low, high = _fences(first, median, third)
        usual = (_written(each, self._places) for each in (first, median, third, low, high))
        return low, high, AmountBand(Range(self.certain - sure, self.number - 1), *usual)


def _placed(one: _Lost, bands: _Bands, places: int) -> AmountOf:
    own = Range(one.loss.least, one.loss.most)
    said = (one.case_id, one.event_id, one.position, _written(own, places), one.loss.sure)
    if bands.number - 1 < FEWEST:
        return AmountOf(*said)
    low, high, band = bands.without(one.loss)
    outside, side = beyond(own, low, high)
    if outside == "no":
        return AmountOf(*said)
    if not one.loss.sure or bands.certain - 1 < FEWEST:
        outside = "unknown"
    by = None
    if side is not None:
        by = _written(_distance(own, high) if side == "graver" else _distance(low, own), places)
    return AmountOf(*said, outside, side, by, band)


Money = Range[Decimal]
"""Between which two amounts something lies; None: no limit at that end."""


def _fences(first: Money, median: Money, third: Money) -> tuple[Money, Money]:
    """Find below what, and above what, an amount is outside what is usual."""
    spread = _spread(first, third)
    tightest, widest = (
        None if length is None or middle is None else REACH * max(length, NARROWEST * middle)
        for length, middle in zip(spread, median, strict=True)
    )
    low = Range(_minus(first.least, widest) or Decimal(0), _minus(first.most, tightest))
    return low, Range(_plus(third.least, tightest), _plus(third.most, widest))


def _spread(first: Money, third: Money) -> Money:
    least = _minus(third.least, first.most)
    return Range(Decimal(0) if least is None else least, _minus(third.most, first.least, None))


def _distance(one: Money, other: Money) -> Money:
    """Find how far one amount is above another; it is not below."""
    return _spread(Range(other.least, other.most), one)


def _minus(one: Decimal | None, other: Decimal | None, least: int | None = 0) -> Decimal | None:
    """Subtract; None where a limit is missing. No amount is below nothing."""
    if one is None or other is None:
        return None
    return one - other if least is None else max(Decimal(least), one - other)


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _parts(loss: Loss) -> tuple[int, int | None]:
    """Write an amount in whole parts: it has at most four places."""
    return int(loss.least * PARTS), None if loss.most is None else int(loss.most * PARTS)


def _money(found: Range[float] | None) -> Money:
    return Range(
        *(None if each is None else Decimal(int(each)) / PARTS for each in found or (None, None))
    )


def _places(lost: list[_Lost]) -> int:
    """Count the decimal places that amounts are told with, at most."""
    every = [each for one in lost for each in one.loss[:2] if each is not None]
    return max(_places_of(each) for each in every)


def _places_of(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(span: Money, places: int) -> Range[str]:
    """Write amounts exactly, with so many decimal places, or more where it takes more."""
    return Range(
        *(
            None if each is None else f"{each:.{max(places, _places_of(each.normalize()))}f}"
            for each in span
        )
    )
