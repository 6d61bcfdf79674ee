"""Tell what each sanction of a case took in money, and whether that was paid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.event_head import ALLEGED
from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.caseload.dated import Dated, first_of
from answerable.projections.consistency.gravity import LOSING
from answerable.projections.facts.amounts import exact, quantities
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.three_valued import all_of

TAKING = LOSING | {"repayment"}
"""The measures that make somebody pay, or go without: what is merely put off is none."""


class MoneyPart(NamedTuple):
    """The amount that one sanction took.

    Attributes:
        currency: a code of ISO 4217.
        least: how much at least, as an exact decimal number.
        most: how much at most.
        in_force: whether the sanction is in force.
        paid: whether it is, and was carried out.
        imposed: when it was imposed.
    """

    currency: str
    least: str
    most: str
    in_force: When
    paid: When
    imposed: Dated


def money_of(view: CaseView) -> Iterator[MoneyPart]:
    """Yield what the sanctions that are, or may be, in force took, where an amount is told."""
    for person in accountability_of(view).people:
        for sanction in person.sanctions:
            if sanction.standing != ALLEGED:
                for took in quantities(sanction):
                    if took.measure in TAKING and took.unit != "days":
                        sure: When = "yes" if took.sure else "unknown"
                        yield MoneyPart(
                            took.unit,
                            exact(took.least),
                            exact(took.most),
                            sure,
                            all_of((sure, _executed(view, sanction))),
                            first_of(view, [view.facts[sanction.event_id]]),
                        )


def _executed(view: CaseView, sanction: Sanction) -> When:
    if sanction.executed_by is None:
        return "no"
    return view.when(view.facts[sanction.executed_by])
