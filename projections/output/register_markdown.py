"""Write registers as tables in Markdown (GitHub Flavored Markdown), inert, to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice

from answerable.domain.answers import json_value
from answerable.projections.output.markdown_text import escaped
from answerable.projections.output.readable import shown
from answerable.projections.output.register import (
    TRUTHS,
    About,
    Cell,
    Column,
    Money,
    One,
    Party,
    Register,
    Registers,
    Row,
    members,
)
from answerable.projections.wording.counts import counted
from answerable.projections.wording.dates import MOMENT, date, minute
from answerable.projections.wording.vocabulary import words

MOST_LOOKED_AT = 10_000
"""The most rows in memory while it is found in which columns of a register nothing stands."""

RIGHT = frozenset(("whole", "decimal", "money"))
"""The kinds that stand at the right of their column."""


def register_markdown(registers: Registers, about: About) -> Iterator[str]:
    """Write the lines of a document: a table a register, and below them what they hold for.

    One register is written as its rows come; of several, the rows are gathered first. Columns in
    which nothing stands are left out, and what is the same in each row is said once above it, where
    a register is not too long to know that; so are the ids of events, which their numbers name.

    Args:
        registers: an answer.
        about: what it holds for.
    """
    none = []
    for register, rows in _apart(registers):
        first = list(islice(rows, MOST_LOOKED_AT))
        if first:
            yield from _table(register, first, rows)
            yield ""
        else:
            none.append(register.title)
    if none:
        yield f"None: {escaped('; '.join(none))}."
        yield ""
    yield escaped(held(about))


def _apart(registers: Registers) -> Iterator[tuple[Register, Iterator[Row]]]:
    """Yield the registers, each with its rows."""
    if len(registers.every) == 1:
        yield registers.every[0], iter(registers.rows)
        return
    gathered: dict[str, list[Row]] = {each.name: [] for each in registers.every}
    for row in registers.rows:
        gathered[row.register].append(row)
    for register in registers.every:
        yield register, iter(gathered[register.name])


def times(about: About) -> Iterator[str]:
    """Say as of when an answer holds, and as known by when, where it was asked so."""
    for word, moment in (("as of", about.as_of), ("as known by", about.known_by)):
        if moment is not None:
            yield f"{word} {minute(moment)}"


def held(about: About) -> str:
    """Say what the answer holds for, as the last line of a text does."""
    said = [*times(about), counted(about.size, "entry", "entries"), f"root {about.root.hex()}"]
    line = ", ".join(said)
    return f"{line[:1].upper()}{line[1:]}"


def _table(register: Register, first: Sequence[Row], rest: Iterator[Row]) -> Iterator[str]:
    """Write a table.

    Args:
        register: what it is of.
        first: its first rows.
        rest: those that follow, gone through once.
    """
    # Of a register that goes on, it is not known yet what stands in it.
    columns, always = shown(register, first, whole=len(first) < MOST_LOOKED_AT)
    yield f"## {escaped(register.title)}"
    yield ""
    if always:
        yield escaped(always_words(always))
        yield ""
    yield _line([escaped(column.title) for _, column in columns])
    yield _line(["---:" if _at_right(column) else "---" for _, column in columns])
    for row in chain(first, rest):
        yield _line([escaped(read_cell(column, row.cells[place])) for place, column in columns])


def always_words(always: Iterable[tuple[Column, Cell]]) -> str:
    """Say what holds of every row of a table: "Case: acme; Disputed: no"."""
    return "; ".join(f"{column.title}: {read_cell(column, cell)}" for column, cell in always)


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
    if column.kind == "term" and isinstance(value, str):
        return words(value)
    if column.kind == "date" and isinstance(value, str):
        return date(value)
    if column.kind == "whole" and isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, Party):
        return value.party if value.name == value.party else f"{value.name} ({value.party})"
    if column.kind == "moment" and isinstance(value, str) and MOMENT.fullmatch(value):
        value = datetime.fromisoformat(value)
    return minute(value) if isinstance(value, datetime) else str(json_value(value))
