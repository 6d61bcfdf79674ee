"""Write registers as a document to be read: a section a register, for a page or for paper.

A table has no more columns than can be read beside each other; what else a row tells stands in its
last cell, by name. A document holds no more rows than can be read; the others are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answerable.projections.blocks.blocks import (
    Block,
    Cell,
    Section,
    Written,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.spans import Line, code, line, recorded
from answerable.projections.output.readable import is_usual, shown
from answerable.projections.output.register import About, Column, Register, Registers, Row
from answerable.projections.output.register_markdown import always_words, read_cell, times
from answerable.projections.wording.counts import capital, counted

MOST_ROWS = 2_000
"""The most rows of a register in a document; a table of more is for a spreadsheet."""

MOST_COLUMNS = 7
"""The most columns of a table beside each other."""

RECORDED = ("text", "party")
"""The kinds of a column that holds what people wrote."""


def document_of(registers: Registers, about: About) -> Written:
    """Write an answer in registers as a document.

    Args:
        registers: the answer.
        about: what it holds for.
    """
    kept: dict[str, list[Row]] = {each.name: [] for each in registers.every}
    more = dict.fromkeys(kept, 0)
    for each in registers.rows:
        if len(kept[each.register]) < MOST_ROWS:
            kept[each.register].append(each)
        else:
            more[each.register] += 1
    sections = [
        Section(each.name, each.title, (*_blocks(each, kept[each.name], more[each.name]),))
        for each in registers.every
        if kept[each.name]
    ]
    none = [each.title for each in registers.every if not kept[each.name]]
    said = ", ".join(times(about))
    lead = [paragraph(capital(said))] if said else []
    if none:
        lead.append(paragraph(f"None: {'; '.join(none)}."))
    title = registers.title or registers.every[0].title
    return Written(line(title), tuple(lead), (*sections, _made_from(about)))


def _blocks(register: Register, rows: Sequence[Row], more: int) -> Iterator[Block]:
    columns, always = shown(register, rows, whole=not more)
    if always:
        yield paragraph(always_words(always))
    own, beside = columns, columns[:0]
    if len(columns) > MOST_COLUMNS:
        own, beside = columns[: MOST_COLUMNS - 1], columns[MOST_COLUMNS - 1 :]
    heads = [column.title for _, column in own] + (["Beside that"] if beside else [])
    made = []
    for each in rows:
        cells: list[Cell] = [_cell(column, each, at) for at, column in own]
        if beside:
            cells.append(cell(*_named(each, beside)))
        made.append(row(*cells))
    yield table(heads, made)
    if more:
        others = counted(more, "row")
        yield paragraph(f"{others} more: ", code("--format xlsx"), " has them.")


def _cell(column: Column, each: Row, at: int) -> Cell:
    return cell(_said(column, each, at))


def _named(each: Row, columns: Sequence[tuple[int, Column]]) -> Iterator[Line]:
    """Yield what a row tells in some columns, where it tells anything unusual, a line each."""
    for at, column in columns:
        said = _said(column, each, at)
        if said and not is_usual(column, each.cells[at]):
            yield line(f"{column.title}: ", said)


def _said(column: Column, each: Row, at: int) -> Line:
    told = read_cell(column, each.cells[at])
    return recorded(told) if column.kind in RECORDED and told else line(told)


def _made_from(about: About) -> Section:
    root = code(about.root.hex())
    rows = [
        row("Question", code(f"answerable {about.question}")),
        row("Record", line(counted(about.size, "entry", "entries"), ", root ", root)),
        row("Made by", f"answerable {about.version}"),
    ]
    return Section("record", "What it was made from", (table(("", ""), rows),))
