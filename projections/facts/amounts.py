"""Amounts of money and numbers of days that measures tell, and exact sums of the amounts.

Currencies are never added to one another: no rate is on record. What was lifted or overturned is
not in a sum. What may be in force, what is only alleged, and what an appeal may have varied, makes
it an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from answerable.domain.dates import When

DAYS = "days"
"""The unit of what is told in days; of all else, it is a currency."""


class Charge(Protocol):
    """A measure that may tell an amount or days, and whether it is in force.

    Where it is open whether an appeal varied it, `perhaps_*` is what it may be instead.
    """

    @property
    def measure(self) -> str:
        """Name the measure."""

    @property
    def amount(self) -> str | None:
        """Tell how much, as `12000.00 CNY`."""

    @property
    def days(self) -> int | None:
        """Tell for how many days."""

    @property
    def perhaps_measure(self) -> str | None:
        """Name the measure that it may be."""

    @property
    def perhaps_amount(self) -> str | None:
        """Tell how much it may be."""

    @property
    def perhaps_days(self) -> int | None:
        """Tell for how many days it may be."""

    @property
    def in_force(self) -> When:
        """Tell whether the measure is in force."""

    @property
    def in_force_as_alleged(self) -> When:
        """Tell whether the measure, where it is only alleged, would be in force."""


class Quantity(NamedTuple):
    """How much of a unit a measure takes: between which limits, and whether it does for certain."""

    measure: str
    unit: str
    least: Decimal
    most: Decimal
    sure: bool


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


def quantities(charge: Charge) -> Iterator[Quantity]:
    """Yield what a measure takes, by unit; nothing, where it is not in force or tells nothing."""
    if charge.in_force == charge.in_force_as_alleged == "no":
        return
    told = [_told(charge.measure, charge.amount, charge.days)]
    if charge.perhaps_measure is not None:
        told.append(_told(charge.perhaps_measure, charge.perhaps_amount, charge.perhaps_days))
    sure = charge.in_force == "yes"
    for key in dict.fromkeys(key for each in told for key in each):
        found = [each[key] for each in told if key in each]
        yield Quantity(*key, min(found), max(found), sure and len(found) == len(told))


def _told(measure: str, amount: str | None, days: int | None) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    if amount is not None:
        number, _, currency = amount.rpartition(" ")
        found[measure, currency] = Decimal(number)
    if days is not None:
        found[measure, DAYS] = Decimal(days)
    return found


def amount_totals(charges: Iterable[Charge]) -> tuple[AmountTotal, ...]:
    """Sum the amounts of some measures, by measure and currency, in the order in which they come.

    Args:
        charges: each once. Those that tell no amount, and those no longer in force, are left out.
    """
    sums: dict[tuple[str, str], AmountTotal] = {}
    for each in charges:
        for measure, unit, least, most, sure in quantities(each):
            if unit == DAYS:
                continue
            before = sums.get((measure, unit), AmountTotal(measure, unit, 0, 0, "0", "0"))
            sums[measure, unit] = AmountTotal(
                measure,
                unit,
                before.least_number + sure,
                before.most_number + 1,
                exact(Decimal(before.least) + (least if sure else 0)),
                exact(Decimal(before.most) + most),
            )
    return tuple(sums.values())


def exact(number: Decimal) -> str:
    """Write a number without an exponent."""
    return f"{number:f}"
