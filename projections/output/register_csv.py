"""Write a register as CSV (RFC 4180): a row a thing, and what the answer holds for in each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from answerable.domain.answers import json_value
from answerable.projections.output import csv
from answerable.projections.output.register import (
    ABOUT,
    OF_CASE,
    About,
    Cell,
    Column,
    One,
    Registers,
    about_cells,
    members,
    plain_columns,
)

SEPARATOR = {"event": " "}
"""Map a kind to what stands between several values in one cell; else that is a semicolon."""


CASES = 1_024
"""The number of cases of which it is kept what their rows hold for."""


def register_csv(registers: Registers, about: About) -> Iterator[str]:
    """Write the lines of the one register that there is, its titles first, each with its end.

    Args:
        registers: an answer of one register.
        about: what it holds for.
    """
    (register,) = registers.every
    columns = [*plain_columns(register.columns)]
    titles = [each.column.name for each in (*columns, *plain_columns(ABOUT))]
    names = [each.name for each in register.columns]
    at = names.index(OF_CASE) if OF_CASE in names else None

    @lru_cache(maxsize=CASES)
    def held(case: Cell) -> Sequence[csv.Cell]:
        return [plain_cell(*each) for each in zip(ABOUT, about_cells(about, case), strict=True)]

    rows = (
        [
            *(plain_cell(each.column, each.value(row.cells)) for each in columns),
            *held(None if at is None else row.cells[at]),
        ]
        for row in registers.rows
    )
    yield from csv.csv_lines(titles, rows)


def plain_cell(column: Column, cell: Cell) -> csv.Cell:
    """Return a cell as a number, a moment or a text. Several values are one text."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if column.many:
        return joined(column, cell) or None
    if column.kind == "decimal" and isinstance(cell, str):
        return number_in(cell)
    if isinstance(cell, str | int | float | Decimal) or cell is None:
        return cell
    return str(json_value(cell))


def joined(column: Column, cell: Cell) -> str:
    """Write several values as one text: "#3 #5"; "no decision; no evidence"."""
    said = (_said(column, each) for each in members(cell))
    return SEPARATOR.get(column.kind, "; ").join(said)


def _said(column: Column, value: One) -> str:
    return f"#{value}" if column.kind == "event" else str(json_value(value))


def number_in(text: str) -> Decimal | str:
    """Return a number in digits as one that keeps them; anything else as the text that it is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
