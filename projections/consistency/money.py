"""Tell how much money was lost for a finding, in each currency, as far as amounts are on record.

What is summed are the amounts of those measures in force that take money (`gravity.LOSING`), as
exact decimals. What may be in force, or an appeal may have varied, makes a sum an interval; so does
a measure of which no amount is told: it takes something in some currency, and has no limit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.consistency.gravity import LOSING
from answerable.projections.consistency.units import DecidedFinding, Measure
from answerable.projections.facts.three_valued import all_of, any_of

NOTHING = ""
"""The currency of what takes no money."""


class Loss(NamedTuple):
    """Tell how much was lost in a currency, where anything was.

    Attributes:
        least: what was lost at least.
        most: what was lost at most; None where an amount is not told.
        sure: whether anything was lost in that currency for certain.
    """

    least: Decimal
    most: Decimal | None
    sure: bool


class _Option(NamedTuple):
    """Tell what a measure may take: an amount of a currency, or one that is not told (None)."""

    currency: str | None
    amount: Decimal


def losses(unit: DecidedFinding, losing: Collection[str] = LOSING) -> dict[str, Loss]:
    """Sum what was lost for a finding, by currency; only currencies in which an amount is told.

    Args:
        unit: the finding.
        losing: by which measures.
    """
    every = [list(_options(each, losing)) for each in unit.measures if each.held != "no"]
    told = {each.currency for options in every for each in options if each.currency}
    return {currency: _loss(currency, every, unit.as_of) for currency in sorted(told)}


def amount_not_told(unit: DecidedFinding, losing: Collection[str] = LOSING) -> When:
    """Tell whether a measure takes money for a finding of which no amount is told."""
    return all_of(
        (
            unit.as_of,
            any_of(
                _share(option.currency is None for option in _options(each, losing))
                for each in unit.measures
                if each.held != "no"
            ),
        )
    )


def _share(found: Iterator[bool]) -> When:
    answers = set(found)
    return "unknown" if len(answers) > 1 else "yes" if True in answers else "no"


def _options(measure: Measure, losing: Collection[str]) -> Iterator[_Option]:
    terms = [(measure.measure, measure.amount)]
    if measure.perhaps_measure is not None:
        terms.append((measure.perhaps_measure, measure.perhaps_amount))
    for name, amount in terms:
        if name not in losing:
            yield _Option(NOTHING, Decimal(0))
        elif amount is None:
            yield _Option(None, Decimal(0))
        else:
            number, _, currency = amount.rpartition(" ")
            yield _Option(currency, Decimal(number))
    if measure.held == "unknown":
        yield _Option(NOTHING, Decimal(0))


def _loss(currency: str, every: list[list[_Option]], as_of: When) -> Loss:
    within = [[each.amount for each in options if each.currency == currency] for options in every]
    sure = [
        min(amounts)
        for amounts, options in zip(within, every, strict=True)
        if len(amounts) == len(options)
    ]
    unlimited = any(each.currency is None for options in every for each in options)
    return Loss(
        sum(sure, Decimal(0)) if sure else min(each for amounts in within for each in amounts),
        None if unlimited else sum((max(each) for each in within if each), Decimal(0)),
        bool(sure) and as_of == "yes",
    )
