"""Choose what of a register is shown to people: what tells them something, and once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from answerable.projections.output.register import Cell, Column, Register, Row, members


class Shown(NamedTuple):
    """Hold which columns of a register are shown, and what holds of every row.

    Attributes:
        columns: the columns that are shown, each with its place in a row.
        always: what each row would say again, each column with its cell.
    """

    columns: tuple[tuple[int, Column], ...]
    always: tuple[tuple[Column, Cell], ...]


def shown(register: Register, rows: Sequence[Row], *, whole: bool) -> Shown:
    """Choose the columns of a register that are shown; ids are not, which numbers name.

    Args:
        register: the register.
        rows: its rows, or the first of them.
        whole: whether these are all: only then it is known where nothing stands, or the same.
    """
    read = [(at, column) for at, column in enumerate(register.columns) if column.kind != "id"]
    if not whole:
        return Shown(tuple(read), ())
    told = [(at, column) for at, column in read if any(members(row.cells[at]) for row in rows)]
    if len(rows) < 2:
        return Shown(tuple(told), ())
    first = rows[0].cells
    alike = {at for at, _ in told if all(row.cells[at] == first[at] for row in rows)}
    differing = tuple((at, column) for at, column in told if at not in alike)
    if not differing:
        return Shown(tuple(told), ())
    always = ((column, first[at]) for at, column in told if at in alike)
    return Shown(differing, tuple(each for each in always if not is_usual(*each)))


def is_usual(column: Column, cell: Cell) -> bool:
    """Tell whether what a cell holds goes without saying."""
    if column.kind == "truth" and column.usual is None:
        return cell in ("no", False)
    return column.usual is not None and cell == column.usual
