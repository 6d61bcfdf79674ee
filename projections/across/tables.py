"""The report on all cases as registers: each of its parts as a table of data, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.across.across import AcrossCases
from answerable.projections.consistency.wording import measure_words
from answerable.projections.output.register import Column, Register, Registers, Row
from answerable.projections.registers.asking.bars import BARS, CONTACTS, bars_registers
from answerable.projections.registers.asking.said import OF_PEOPLE, Naming, person_rows
from answerable.projections.registers.columns import WHAT
from answerable.projections.registers.measuring.compare import (
    AMOUNTS,
    GROUPS,
    OUTLIERS,
    group_registers,
    outlier_row,
)
from answerable.projections.registers.measuring.figures import OF_FIGURES, figures_registers
from answerable.projections.registers.measuring.metrics import METRICS, metrics_register

LOST = AMOUNTS._replace(name="lost")
"""The register of the money lost for like findings; `amounts` are the sums of each party."""

BEYOND = Register(
    "beyond",
    "What is not told one by one",
    (
        WHAT,
        Column("number", "Number", "whole"),
        Column("command", "Command that tells them all"),
    ),
)

OF_ALL = (*OF_FIGURES, METRICS, *OF_PEOPLE, GROUPS, LOST, OUTLIERS, BARS, CONTACTS, BEYOND)
"""The registers of the report on all cases, in its order."""


def across_registers(across: AcrossCases, naming: Naming) -> Registers:
    """Make the registers of the report on all cases: no more of a kind than the report tells.

    Args:
        across: the report.
        naming: what parties and cases are called.
    """
    return Registers(OF_ALL, _rows(across, naming))


def _rows(across: AcrossCases, naming: Naming) -> Iterator[Row]:
    yield from figures_registers(across.figures, naming.known.called).rows
    yield from metrics_register(across.metrics).rows
    for accountable in across.people:
        yield from person_rows(accountable.person, naming)
    for row in group_registers(across.groups, None).rows:
        if row.register == GROUPS.name:
            yield row
        elif row.register == AMOUNTS.name:
            yield row._replace(register=LOST.name)
    for unusual in across.unusual:
        yield outlier_row(unusual.found, measure_words, naming.known.called)
    yield from bars_registers((each.entry for each in across.bars), naming).rows
    for what, number, command in (
        ("people accountable", across.more_people, "answerable status"),
        ("findings answered otherwise than is usual", across.more_unusual, "answerable compare"),
        ("bars", across.more_bars, "answerable bars"),
    ):
        if number:
            yield Row(BEYOND.name, (what, number, f"{command} --format xlsx"))
