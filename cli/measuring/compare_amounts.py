"""The money lost for like findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from answerable.cli.shared.text import TextLine
from answerable.domain.language.saying import say, say_as, say_count, to_say
from answerable.projections.intervals import Range, in_words
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
        told = {
            "what": _what(each.measures, each.currency),
            "number": in_words(each.number),
            "quartiles": _quartiles(each.currency, each.quartile_1, each.median, each.quartile_3),
            "spread": _amount(each.spread),
        }
        least, most = _amount(each.smallest), _amount(each.largest)
        if least == most:
            said = say("{what}, for {number} findings: {quartiles}, spread {spread}", **told)
        else:
            said = say(
                "{what}, for {number} findings: from {least} to {most} {currency}, {quartiles}, "
                "spread {spread}",
                least=least,
                most=most,
                currency=each.currency,
                **told,
            )
        yield TextLine(f"  {said}")
    if group.amount_not_told.most:
        number = findings_words(group.amount_not_told)
        said = say(
            "how much money was lost is not told, or not in full: {findings}", findings=number
        )
        yield TextLine(f"  {said}")


def findings_words(number: Range[int]) -> str:
    """Say how many findings: "1 finding", "3 to 5 findings"."""
    several = SEVERAL if (number.least, number.most) != (1, 1) else 1
    return say_count("{limits} finding", "{limits} findings", several, limits=in_words(number))


def released_amount_lines(group: ReleasedGroup) -> Iterator[TextLine]:
    """Say how much money was lost, as outsiders may see it."""
    for each in group.amounts:
        quartiles = _quartiles(each.currency, each.quartile_1, each.median, each.quartile_3)
        number = in_words(each.number)
        said = say(
            "money lost in {currency}, for {number} findings: {quartiles}",
            currency=each.currency,
            number=number,
            quartiles=quartiles,
        )
        yield TextLine(f"  {said}")


def amount_place(place: AmountOf, currency: str, measures: tuple[str, ...]) -> str:
    """Say how a finding lies outside: "more than is usual by 900.00 CNY (fines)"."""
    said = say(AMOUNTS[place.side])
    if place.by is not None:
        by = f"{_amount(place.by)} {currency}"
        said = say("{how} by {amount}", how=said, amount=by)
    if place.outside != "yes":
        said = say("indeterminate: perhaps {how}", how=said)
    return say("{what} ({marks})", what=said, marks=_kinds(measures))


AMOUNTS: Mapping[str | None, str] = {
    "graver": to_say("more than is usual"),
    "milder": to_say("less than is usual"),
    None: to_say("more or less than is usual"),
}
"""Says to which side an amount lies outside what is usual."""


def usual_amounts(band: AmountBand, currency: str) -> str:
    """Say which amounts are usual among the comparators of a finding."""
    quartiles = _quartiles(currency, band.quartile_1, band.median, band.quartile_3)
    low, high = (_amount(each) for each in (band.low, band.high))
    number = band.comparators
    return say_count(
        "{limits} comparator: {quartiles}; usual from {low} to {high} {currency}",
        "{limits} comparators: {quartiles}; usual from {low} to {high} {currency}",
        1 if number.least == number.most == 1 else SEVERAL,
        limits=in_words(number),
        quartiles=quartiles,
        low=low,
        high=high,
        currency=currency,
    )


def amount_of(place: AmountOf, currency: str, measures: tuple[str, ...]) -> str:
    """Say how much was lost for a finding: "fines: 500.00 CNY"."""
    amount = f"{_amount(place.amount)} {currency}"
    return say("{what}: {detail}", what=_kinds(measures), detail=amount)


def _what(measures: tuple[str, ...], currency: str) -> str:
    if len(measures) == 1:
        return say("{measures} in {currency}", measures=several(measures[0]), currency=currency)
    kinds = _kinds(measures)
    return say("money lost in {currency} ({measures})", currency=currency, measures=kinds)


def _kinds(measures: tuple[str, ...]) -> str:
    return say_as("list", ", ").join(map(several, measures))


def _quartiles(currency: str, first: Range[str], median: Range[str], third: Range[str]) -> str:
    middle = f"{_amount(median)} {currency}"
    if first == median == third:
        return say("median and quartiles {median}", median=middle)
    return say(
        "median {median}, quartiles {first} and {third}",
        median=middle,
        first=_amount(first),
        third=_amount(third),
    )


def _amount(span: Range[str]) -> str:
    """Say an amount, or between which two it lies: "1,000.00", "at least 500.00"."""
    least, most = (None if each is None else f"{Decimal(each):,}" for each in span)
    if least is not None and most is not None:
        return least if least == most else say("{least} to {most}", least=least, most=most)
    if most is None:
        return say("at least {number}", number=least)
    return say("at most {number}", number=most)
