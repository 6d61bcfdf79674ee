"""The lengths and the amounts of measures over many parties: sums, and a median of one value each.

What one party was given of a measure is summed first, so that two clawbacks of one person are one
value. People, organisations, bodies, groups and things are told apart, and so are currencies. What
may not be in force makes each number an interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from answerable.domain.language.saying import (
    in_letters,
    punctuation,
    say,
    say_count,
    spoken,
    to_say,
    to_say_count,
)
from answerable.projections.accountability.accountability import Person
from answerable.projections.accountability.numbers import FIELD_OF
from answerable.projections.facts.amounts import DAYS, Quantity, exact, quantities
from answerable.projections.facts.names import TypeOf
from answerable.projections.intervals import Range, Sample
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.measures import number_of

PARTS = 10_000
"""An amount of money is summed up in these parts of its unit: no float holds all of it."""


PARTIES: Mapping[str, tuple[str, str]] = {
    "people": to_say_count("{letters} person", "{letters} people"),
    "organisations": to_say_count("{letters} organisation", "{letters} organisations"),
    "bodies": to_say_count("{letters} body", "{letters} bodies"),
    "groups": to_say_count("{letters} group", "{letters} groups"),
    "assets": to_say_count("{letters} thing", "{letters} things"),
    "type_not_told": to_say_count("{letters} party", "{letters} parties"),
}
"""Counts parties of a type."""

PER: Mapping[str, str] = {
    "people": to_say("{amounts} per person"),
    "organisations": to_say("{amounts} per organisation"),
    "bodies": to_say("{amounts} per body"),
    "groups": to_say("{amounts} per group"),
    "assets": to_say("{amounts} per thing"),
    "type_not_told": to_say("{amounts} per party"),
}
"""Says what each party of a type was given."""


SEVERAL = 2
"""The fewest parties over which a sum says more than what is said of each."""


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

    def add_amounts(self, people: Iterable[Person], type_of: TypeOf, *, sure: bool = True) -> None:
        """Take in the amounts of the sanctions against some people, of one case or of several.

        Args:
            people: against whom.
            type_of: what a party is.
            sure: whether it is certain that their cases count.
        """
        for person in people:
            for each in person.sanctions:
                for took in quantities(each):
                    if took.unit != DAYS:
                        took = took._replace(sure=took.sure and sure)
                        self.add(person.party, type_of(person.party), each.event_id, took)

    def extents(self) -> tuple[MeasureExtent, ...]:
        """Return what was taken in, by measure, unit and type of party."""
        return tuple(
            _extent(measure, unit, of, self._given[measure, unit, of])
            for measure, unit, of in sorted(self._given)
        )


def _extent(
    measure: str, unit: str, of: str, given: Mapping[str, Mapping[str, Quantity]]
) -> MeasureExtent:
    sample = Sample()
    written: dict[float, str] = {}
    least, most = Decimal(0), Decimal(0)
    certain = number = parties = 0
    for own in given.values():
        sure = [each.least for each in own.values() if each.sure]
        every = [each.most for each in own.values()]
        low = sum(sure, Decimal(0)) if sure else min(each.least for each in own.values())
        high = sum(every, Decimal(0))
        written |= {_parts(each): exact(each) for each in (low, high)}
        sample.add(_parts(low), _parts(high), sure=bool(sure))
        least, most = least + (low if sure else 0), most + high
        certain, number, parties = certain + len(sure), number + len(every), parties + bool(sure)
    spans = (sample.smallest, sample.quartile(2), sample.largest)
    smallest, median, largest = (
        Range(*(limit if limit is None else written[limit] for limit in span or (None, None)))
        for span in spans
    )
    return MeasureExtent(
        measure,
        unit,
        Range(certain, number),
        smallest,
        median,
        largest,
        of,
        Range(parties, len(given)),
        Range(exact(least), exact(most)),
    )


def _parts(number: Decimal) -> int:
    """Write a number as a whole one: it has at most four places, more than a float holds."""
    return int(number * PARTS)


def extent_words(each: MeasureExtent) -> str:
    """Say what a measure comes to, and how much of it parties were given.

    For example "69,000,000 USD in two clawbacks of one person"; of several parties also "from 5
    to 30 days, median 10 days per person".
    """
    measures = _counted(each.number, lambda number: number_of(number, each.measure))
    parties = _counted(each.parties, lambda number: say_count(*PARTIES[each.of], number))
    said = say(
        "{amount} in {measures} of {parties}",
        amount=_sum(each.total, each.unit),
        measures=measures,
        parties=parties,
    )
    if each.parties.most == 1:
        return said
    spans = (each.smallest, each.median, each.largest)
    given = say(PER[each.of], amounts=_spread(*(_sum(span, each.unit) for span in spans)))
    return say("{total}; {each}", total=said, each=given)


def _spread(least: str, median: str, most: str) -> str:
    if least == most:
        return least
    return say("from {least} to {most}, median {median}", least=least, most=most, median=median)


def _counted(span: Range[int], words: Callable[[int], str]) -> str:
    least, most = span.least or 0, span.most or 0
    number = words(most)
    if least == most:
        return number
    return say("{least} to {most}", least=in_letters(least), most=number)


def _sum(span: Range[str], unit: str) -> str:
    """Say a length or an amount, or between which two it lies."""
    least, most = (_limit(each, unit) for each in span)
    if least == most:
        return most
    if spoken() is None:  # which has the unit once
        least = least.rpartition(" ")[0]
    return say("{least} to {most}", least=least, most=most)


def _limit(limit: str | None, unit: str) -> str:
    if unit == DAYS and spoken() is not None:
        return say_count(
            "{days} day", "{days} days", 1 if limit == "1" else SEVERAL, days=limit or 0
        )
    return amount_words(f"{limit or 0} {unit}")


def amounts_of(people: Iterable[Person], type_of: TypeOf) -> tuple[MeasureExtent, ...]:
    """Sum the amounts of the sanctions against some people, each type of party apart."""
    made = Extents()
    made.add_amounts(people, type_of)
    return made.extents()


def amounts_words(extents: Iterable[MeasureExtent]) -> str | None:
    """Say the sums over several parties; None where no more than one party was given anything."""
    every = tuple(extents)
    if sum(each.parties.most or 0 for each in every) < SEVERAL:
        return None
    return punctuation("; ").join(map(extent_words, every))
