"""The money lost for like findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.measures import several

if TYPE_CHECKING:
    from answerable.projections.consistency.amounts import AmountBand, AmountOf
    from answerable.projections.consistency.compare import Group
    from answerable.projections.consistency.public_release import ReleasedGroup

SEVERAL = 2
"""The fewest findings of which amounts are compared in words."""


def amount_lines(group: Group) -> Iterator[TextLine]:
    """Say how much money was lost for the findings of a group, in each currency."""
    for each in group.amounts:
        if (each.number.most or 0) < SEVERAL:
            continue
        least, most = _amount(each.smallest), _amount(each.largest)
        spread = f"from {least} to {most} {each.currency}, " if least != most else ""
        yield TextLine(
            f"  {_what(each.measures, each.currency)}, for {in_words(each.number)} findings: "
            f"{spread}{_quartiles(each.currency, each.quartile_1, each.median, each.quartile_3)}"
            f", spread {_amount(each.spread)}"
        )
    if group.amount_not_told.most:
        number = in_words(group.amount_not_told)
        noun = "finding" if number == "1" else "findings"
        yield TextLine(f"  how much money was lost is not told, or not in full: {number} {noun}")


def released_amount_lines(group: ReleasedGroup) -> Iterator[TextLine]:
    """Say how much money was lost, as outsiders may see it."""
    for each in group.amounts:
        quartiles = _quartiles(each.currency, each.quartile_1, each.median, each.quartile_3)
        number = in_words(each.number)
        yield TextLine(f"  money lost in {each.currency}, for {number} findings: {quartiles}")


def amount_place(place: AmountOf, currency: str, measures: tuple[str, ...]) -> str:
    """Say how a finding lies outside: "more than is usual by 900.00 CNY (fines)"."""
    how = {"graver": "more", "milder": "less", None: "more or less"}[place.side]
    by = "" if place.by is None else f" by {_amount(place.by)} {currency}"
    sure = "" if place.outside == "yes" else "indeterminate: perhaps "
    return f"{sure}{how} than is usual{by} ({_kinds(measures)})"


def usual_amounts(band: AmountBand, currency: str) -> str:
    """Say which amounts are usual among the comparators of a finding."""
    quartiles = _quartiles(currency, band.quartile_1, band.median, band.quartile_3)
    low, high = (_amount(each) for each in (band.low, band.high))
    number = band.comparators
    noun = "comparator" if number.least == number.most == 1 else "comparators"
    return f"{in_words(number)} {noun}: {quartiles}; usual from {low} to {high} {currency}"


def amount_of(place: AmountOf, currency: str, measures: tuple[str, ...]) -> str:
    """Say how much was lost for a finding: "fines: 500.00 CNY"."""
    return f"{_kinds(measures)}: {_amount(place.amount)} {currency}"


def _what(measures: tuple[str, ...], currency: str) -> str:
    if len(measures) == 1:
        return f"{several(measures[0])} in {currency}"
    return f"money lost in {currency} ({_kinds(measures)})"


def _kinds(measures: tuple[str, ...]) -> str:
    return ", ".join(map(several, measures))


def _quartiles(currency: str, first: Range[str], median: Range[str], third: Range[str]) -> str:
    if first == median == third:
        return f"median and quartiles {_amount(median)} {currency}"
    return f"median {_amount(median)} {currency}, quartiles {_amount(first)} and {_amount(third)}"


def _amount(span: Range[str]) -> str:
    """Say an amount, or between which two it lies: "1,000.00", "at least 500.00"."""
    least, most = ((None if each is None else amount_words(f"{each} -")[:-2]) for each in span)
    if least is not None and most is not None:
        return least if least == most else f"{least} to {most}"
    return f"at least {least}" if most is None else f"at most {most}"
