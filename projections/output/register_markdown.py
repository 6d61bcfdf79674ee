"""Write registers as tables in Markdown (GitHub Flavored Markdown), inert, to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from answerable.domain.answers import json_value
from answerable.projections.output.markdown_text import escaped
from answerable.projections.output.register import (
    TRUTHS,
    About,
    Cell,
    Column,
    Money,
    One,
    Register,
    Registers,
    Row,
    members,
)
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import MOMENT, date, minute

RIGHT = frozenset(("whole", "decimal", "money"))
"""The kinds that stand at the right of their column."""


def register_markdown(registers: Registers, about: About) -> Iterator[str]:
    """Write the lines of a document: a table a register, and below them what they hold for.

    One register is written as its rows come; of several, the rows are gathered first.

    Args:
        registers: an answer.
        about: what it holds for.
    """
    if len(registers.every) == 1:
        yield from _table(registers.every[0], registers.rows)
    else:
        gathered: dict[str, list[Row]] = {each.name: [] for each in registers.every}
        for row in registers.rows:
            gathered[row.register].append(row)
        for place, register in enumerate(registers.every):
            yield from ("",) if place else ()
            yield from _table(register, gathered[register.name])
    yield ""
    yield from _held(about)


def _held(about: About) -> Iterator[str]:
    """Say what the answer holds for, as the last line of a text does."""
    times = (("as of", about.as_of), ("as known by", about.known_by))
    said = [f"{word} {minute(moment)}" for word, moment in times if moment is not None]
    said += [counted(about.size, "entry", "entries"), f"root {about.root.hex()}"]
    line = escaped(", ".join(said))
    yield f"{line[:1].upper()}{line[1:]}"


def _table(register: Register, rows: Iterable[Row]) -> Iterator[str]:
    yield f"## {escaped(register.title)}"
    yield ""
    some = False
    for row in rows:
        if not some:
            yield _line([escaped(each.title) for each in register.columns])
            yield _line(["---:" if _at_right(each) else "---" for each in register.columns])
            some = True
        cells = zip(register.columns, row.cells, strict=True)
        yield _line([escaped(read_cell(column, cell)) for column, cell in cells])
    if not some:
        yield "None."


def _at_right(column: Column) -> bool:
    return column.kind in RIGHT and not column.many


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def read_cell(column: Column, cell: Cell) -> str:
    """Say what a cell holds as people read it; nothing where that is not told."""
    separator = " " if column.kind == "event" else "; "
    return separator.join(_said(column, each) for each in members(cell) if each is not None)


def _said(column: Column, value: One) -> str:
    if column.kind == "truth":
        return TRUTHS.get(value, str(value)) if isinstance(value, str | bool) else str(value)
    if column.kind == "event":
        return f"#{value}"
    if column.kind == "date" and isinstance(value, str):
        return date(value)
    if column.kind == "whole" and isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if column.kind == "moment" and isinstance(value, str) and MOMENT.fullmatch(value):
        value = datetime.fromisoformat(value)
    return minute(value) if isinstance(value, datetime) else str(json_value(value))
