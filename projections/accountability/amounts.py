"""Amounts of money, summed by measure and currency, exactly.

Currencies are never added to one another: no rate is on record. What was lifted or overturned is
not in a sum. What may be in force, and what is only alleged, makes it an interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, Protocol

from answerable.domain.dates import When


class Charge(Protocol):
    """A measure that may cost money, and whether it is in force."""

    @property
    def measure(self) -> str:
        """Name the measure."""

    @property
    def amount(self) -> str | None:
        """Tell how much, as `12000.00 CNY`."""

    @property
    def standing(self) -> str:
        """Tell the standing of the assertion."""

    @property
    def in_force(self) -> When:
        """Tell whether the measure is in force."""


class AmountTotal(NamedTuple):
    """The sum of one measure in one currency.

    Attributes:
        least_number: of how many measures it is for certain.
        most_number: of how many it may be.
        least: the sum for certain, as an exact decimal number.
        most: the greatest sum that it may be.
    """

    measure: str
    currency: str
    least_number: int
    most_number: int
    least: str
    most: str


def amount_parts(amount: str) -> tuple[Decimal, str]:
    """Part an amount into its number, which is exact, and its currency."""
    number, _, currency = amount.rpartition(" ")
    return Decimal(number), currency


def amount_totals(charges: Iterable[Charge]) -> tuple[AmountTotal, ...]:
    """Sum the amounts of some measures, by measure and currency, in the order in which they come.

    Args:
        charges: each once. Those that tell no amount, and those no longer in force, are left out.
    """
    sums: dict[tuple[str, str], AmountTotal] = {}
    for each in charges:
        if each.amount is None or each.in_force == "no":
            continue
        number, currency = amount_parts(each.amount)
        sure = surely_owed(each)
        key = (each.measure, currency)
        before = sums.get(key, AmountTotal(*key, 0, 0, "0", "0"))
        sums[key] = AmountTotal(
            *key,
            before.least_number + sure,
            before.most_number + 1,
            exact(Decimal(before.least) + (number if sure else 0)),
            exact(Decimal(before.most) + number),
        )
    return tuple(sums.values())


def surely_owed(charge: Charge) -> bool:
    """Tell whether a measure is in force beyond doubt, and more than alleged."""
    return charge.in_force == "yes" and charge.standing != "alleged"


def exact(number: Decimal) -> str:
    """Write a number without an exponent."""
    return f"{number:f}"
