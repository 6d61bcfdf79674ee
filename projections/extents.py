"""The lengths and the amounts of measures over many parties: sums, and a median of one value each.

What one party was given of a measure is summed first, so that two clawbacks of one person are one
value. People, organisations, bodies, groups and things are told apart, and so are currencies. What
may not be in force makes each number an interval.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from answerable.projections.accountability.numbers import FIELD_OF
from answerable.projections.facts.amounts import Quantity, exact
from answerable.projections.intervals import Range, Sample

PARTS = 10_000
"""An amount of money is summed up in these parts of its unit: no float holds all of it."""


class MeasureExtent(NamedTuple):
    """The lengths or the amounts of a measure, of those parties of one type of which it is told.

    Attributes:
        unit: `days`, or a currency.
        number: of how many measures it is told.
        smallest: the least that one party was given in all, as a decimal number.
        median: over the parties, by nearest rank, so that it is what some party was given.
        largest: the most that one party was given in all.
        of: what the parties are: `people`, `organisations` and so on.
        parties: how many these are.
        total: the exact sum over all of them.
    """

    measure: str
    unit: str
    number: Range[int]
    smallest: Range[str]
    median: Range[str]
    largest: Range[str]
    of: str
    parties: Range[int]
    total: Range[str]


class Extents:
    """Lengths and amounts in the making."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str, str], dict[str, dict[str, Quantity]]] = {}

    def add(self, party: str, type_: str | None, event_id: str, took: Quantity) -> None:
        """Take in what a measure took. One that is told again, of another finding, counts once."""
        of = FIELD_OF.get(type_, FIELD_OF[None])
        own = self._given.setdefault((took.measure, took.unit, of), {}).setdefault(party, {})
        before = own.get(event_id)
        own[event_id] = took if before is None else took._replace(sure=took.sure or before.sure)

    def extents(self) -> tuple[MeasureExtent, ...]:
        """Return what was taken in, by measure, unit and type of party."""
        return tuple(
            _extent(measure, unit, of, self._given[measure, unit, of])
            for measure, unit, of in sorted(self._given)
        )


def _extent(
    measure: str, unit: str, of: str, given: dict[str, dict[str, Quantity]]
) -> MeasureExtent:
    sample = Sample()
    least = most = certain = number = parties = 0
    for own in given.values():
        sure = [_parts(each.least) for each in own.values() if each.sure]
        every = [_parts(each.most) for each in own.values()]
        alone = min(_parts(each.least) for each in own.values())
        sample.add(sum(sure) if sure else alone, sum(every), sure=bool(sure))
        least, most = least + sum(sure), most + sum(every)
        certain, number, parties = certain + len(sure), number + len(every), parties + bool(sure)
    spans = (sample.smallest, sample.quartile(2), sample.largest)
    smallest, median, largest = (_decimal(span or Range(None, None)) for span in spans)
    return MeasureExtent(
        measure,
        unit,
        Range(certain, number),
        smallest,
        median,
        largest,
        of,
        Range(parties, len(given)),
        _decimal(Range(least, most)),
    )


def _parts(number: Decimal) -> int:
    """Write a number as a whole one: it has at most four places, more than a float holds."""
    return int(number * PARTS)


def _decimal(span: Range[float]) -> Range[str]:
    least, most = (
        None if limit is None else exact((Decimal(limit) / PARTS).normalize()) for limit in span
    )
    return Range(least, most)
