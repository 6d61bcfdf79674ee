"""Make the value of a figure of what was counted: how many, which share, which median or sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from answerable.projections.facts.amounts import exact
from answerable.projections.figures import share as shares
from answerable.projections.figures.definition import PLACES, Way
from answerable.projections.figures.tally import Things
from answerable.projections.intervals import Range, Sample


class Value(NamedTuple):
    """The value of a figure, and what it was made of.

    Attributes:
        of: the class or the currency that it is of; None of a figure that has none.
        value: between which limits it lies; None where there is nothing to make it of. A sum is an
            exact decimal number.
        numerator: of a share, of how many it holds.
        denominator: how many count.
    """

    of: str | None
    value: Range[float] | Range[str] | None
    numerator: Range[int] | None
    denominator: Range[int]


def values(way: Way, things: Things, classes: Iterable[str] = ()) -> Iterator[Value]:
    """Yield the value of a figure, or one for each class or currency.

    Args:
        way: how the figure is made. A rate is told as a number, until it is known of how many.
        things: what was counted.
        classes: those that are told of, if anything counts, even where nothing is of them.
    """
    if way in BY_CLASS:
        yield from BY_CLASS[way](things, classes if things else ())
    else:
        yield from MAKERS[way](things)


def classes_of(things: Things) -> set[str]:
    """Return the classes that some things are of, or may be."""
    return {each for thing in things for each in thing.among}


def rate(number: Value, people: int) -> Value:
    """Make a rate for each hundred people of a number."""
    least, most = number.denominator
    value = Range(_per_hundred(least or 0, people), _per_hundred(most or 0, people))
    return number._replace(value=value, numerator=number.denominator)


def _per_hundred(number: int, people: int) -> float:
    return round(100 * number / people, 2)


def _number(things: Things) -> Iterator[Value]:
    count = _count(things)
    yield Value(None, count, None, count)


def _numbers(things: Things, classes: Iterable[str]) -> Iterator[Value]:
    for of, own in _by_class(things, classes).items():
        least, most = shares.numerator(own)
        yield Value(of, Range(least, most), None, Range(least, most))


def _share(things: Things) -> Iterator[Value]:
    pairs = Counter[shares.Situation]()
    for thing, number in things.items():
        pairs[thing.counts, thing.holds] += number
    yield _percent(None, pairs)


def _mix(things: Things, classes: Iterable[str]) -> Iterator[Value]:
    for of, pairs in _by_class(things, classes).items():
        yield _percent(of, pairs)


def _by_class(things: Things, classes: Iterable[str]) -> dict[str, Counter[shares.Situation]]:
    """Tell of each class which things count, and are of it; all others count, and are not."""
    told = sorted(classes_of(things).union(classes))
    found: dict[str, Counter[shares.Situation]] = {each: Counter() for each in told}
    every = Counter(dict.fromkeys(("yes", "unknown"), 0))
    for thing, number in things.items():
        every[thing.counts] += number
        for each in thing.among:
            holds = "yes" if len(thing.among) == 1 else "unknown"
            found[each][thing.counts, holds] += number  # type: ignore[index]
    for own in found.values():
        for counts in ("yes", "unknown"):
            own[counts, "no"] = every[counts] - own[counts, "yes"] - own[counts, "unknown"]
    return found


def _percent(of: str | None, pairs: Mapping[shares.Situation, int]) -> Value:
    found = shares.share(pairs)
    value = None if found is None else Range(_in_percent(found.least), _in_percent(found.most))
    return Value(of, value, shares.numerator(pairs), shares.denominator(pairs))


def _in_percent(part: Fraction | None) -> float:
    return round(float(100 * (part or 0)), PLACES)


def _median(things: Things) -> Iterator[Value]:
    sample = Sample()
    for thing, number in things.items():
        least, most = thing.days or (None, None)
        sample.add(least, most, sure=thing.counts == "yes", times=number)
    yield Value(None, sample.median, None, _count(things))


def _sum(things: Things) -> Iterator[Value]:
    sums: dict[str, _Sum] = {}
    for thing, number in things.items():
        if thing.amount is not None:
            currency, least, most = thing.amount
            sums.setdefault(currency, _Sum()).add(
                number, Decimal(least), Decimal(most), sure=thing.counts == "yes"
            )
    for currency in sorted(sums):
        own = sums[currency]
        value = Range(exact(own.least), exact(own.most))
        yield Value(currency, value, None, Range(own.certain, own.number))


class _Sum:
    """A sum in one currency, in the making."""

    def __init__(self) -> None:
        self.least, self.most = Decimal(0), Decimal(0)
        self.certain = self.number = 0

    def add(self, number: int, least: Decimal, most: Decimal, *, sure: bool) -> None:
        self.number += number
        self.most += number * most
        if sure:
            self.certain += number
            self.least += number * least


def _count(things: Things) -> Range[int]:
    sure = sum(number for thing, number in things.items() if thing.counts == "yes")
    return Range(sure, sum(things.values()))


MAKERS: Mapping[Way, Callable[[Things], Iterator[Value]]] = {
    "number": _number,
    "rate": _number,
    "share": _share,
    "median": _median,
    "sum": _sum,
}
"""Makes the values of each way but those below."""

BY_CLASS: Mapping[Way, Callable[[Things, Iterable[str]], Iterator[Value]]] = {
    "numbers": _numbers,
    "mix": _mix,
}
"""Makes the values of each way that tells classes apart."""
