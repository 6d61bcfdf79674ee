"""Make a register of the cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.columns import CASE, STATE, TITLE

if TYPE_CHECKING:
    from answerable.projections.status.cases import Case

CASES = Register(
    "cases",
    "Cases",
    (
        *(CASE, TITLE, STATE),
        Column("events", "Events", "whole"),
        Column("first_recorded", "First recorded", "moment"),
        Column("last_recorded", "Last recorded", "moment"),
    ),
)


def cases_register(cases: Iterable[Case]) -> Registers:
    """Make a register of cases in short: a row a case."""
    rows = (
        Row(
            CASES.name,
            (
                each.case_id,
                each.title,
                each.state,
                each.events,
                each.first_recorded,
                each.last_recorded,
            ),
        )
        for each in cases
    )
    return Registers((CASES,), rows)
