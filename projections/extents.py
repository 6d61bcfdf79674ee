"""The lengths and the amounts of measures over many parties: sums, and a median of one value each.

What one party was given of a measure is summed first, so that two clawbacks of one person are one
value. People, organisations, bodies, groups and things are told apart, and so are currencies. What
may not be in force makes each number an interval.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from answerable.projections.accountability.amounts import amount_parts, exact
from answerable.projections.accountability.numbers import FIELD_OF
from answerable.projections.intervals import Range, Sample

PARTS = 10_000
"""An amount of money is summed up in these parts of its unit: no float holds all of it."""

DAYS = "days"
"""The unit of what is told in days; of all else, it is a currency."""


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


class Told(NamedTuple):
    """A length or an amount of one measure, in parts of its unit, and whether it is in force."""

    parts: int
    sure: bool


class Extents:
    """Lengths and amounts in the making."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str, str], dict[str, dict[str, Told]]] = {}

    def add_days(
        self, party: str, type_: str | None, event_id: str, measure: str, days: int, *, sure: bool
    ) -> None:
        """Take in a length. A measure that is told again, of another finding, counts once."""
        self._add(party, type_, event_id, (measure, DAYS), Told(days, sure))

    def add_amount(
        self, party: str, type_: str | None, event_id: str, measure: str, amount: str, *, sure: bool
    ) -> None:
        """Take in an amount of money."""
        number, currency = amount_parts(amount)
        self._add(party, type_, event_id, (measure, currency), Told(int(number * PARTS), sure))

    def _add(
        self, party: str, type_: str | None, event_id: str, what: tuple[str, str], told: Told
    ) -> None:
        of = FIELD_OF.get(type_, FIELD_OF[None])
        own = self._given.setdefault((*what, of), {}).setdefault(party, {})
        before = own.get(event_id)
        own[event_id] = told if before is None else told._replace(sure=told.sure or before.sure)

    def extents(self) -> tuple[MeasureExtent, ...]:
        """Return what was taken in, by measure, unit and type of party."""
        return tuple(
            _extent(measure, unit, of, self._given[measure, unit, of])
            for measure, unit, of in sorted(self._given)
        )


def _extent(measure: str, unit: str, of: str, given: dict[str, dict[str, Told]]) -> MeasureExtent:
    sample = Sample()
    least = most = certain = number = parties = 0
    for own in given.values():
        sure = [each.parts for each in own.values() if each.sure]
        every = [each.parts for each in own.values()]
        sample.add(sum(sure) if sure else min(every), sum(every), sure=bool(sure))
        least, most = least + sum(sure), most + sum(every)
        certain, number, parties = certain + len(sure), number + len(every), parties + bool(sure)
    spans = (sample.smallest, sample.quartile(2), sample.largest)
    smallest, median, largest = (_decimal(span or Range(None, None), unit) for span in spans)
    return MeasureExtent(
        measure,
        unit,
        Range(certain, number),
        smallest,
        median,
        largest,
        of,
        Range(parties, len(given)),
        _decimal(Range(least, most), unit),
    )


def _decimal(span: Range[float], unit: str) -> Range[str]:
    least, most = (None if limit is None else _written(limit, unit) for limit in span)
    return Range(least, most)


def _written(limit: float, unit: str) -> str:
    return exact(Decimal(limit) if unit == DAYS else (Decimal(limit) / PARTS).normalize())
