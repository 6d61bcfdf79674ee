"""Write registers as a document to be read: a section a register, for a page or for paper.

A table has no more columns than can be read beside each other; what else a row tells stands in its
last cell, by name. A document holds no more rows than can be read; the others are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from answerable.domain.language.saying import punctuation, say, say_count, to_say
from answerable.projections.blocks.blocks import (
    Block,
    Section,
    Written,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.blocks import Row as BlockRow
from answerable.projections.blocks.spans import Line, code, line, recorded, say_line
from answerable.projections.output.readable import Read, shown
from answerable.projections.output.register import About, Register, Registers, Row
from answerable.projections.output.register_markdown import times
from answerable.projections.wording.counts import capital

MOST_ROWS = 2_000
"""The most rows of a register on a page; a table of more is for a spreadsheet."""

MOST_ON_PAPER = 500
"""The most rows of a register on paper, which nobody searches."""

MOST_COLUMNS = 7
"""The most columns of a table beside each other."""

BESIDE = to_say("Beside that")
"""Heads the last cell of a row, which tells the other columns by name."""

RECORDED = ("text", "party")
"""The kinds of a column that holds what people wrote."""


def document_of(registers: Registers, about: About, most: int = MOST_ROWS) -> Written:
    """Write an answer in registers as a document.

    Args:
        registers: the answer.
        about: what it holds for.
        most: the most rows of a register that are shown.
    """
    kept: dict[str, list[Row]] = {each.name: [] for each in registers.every}
    more = dict.fromkeys(kept, 0)
    for each in registers.rows:
        if len(kept[each.register]) < most:
            kept[each.register].append(each)
        else:
            more[each.register] += 1
    sections = [
        Section(each.name, say(each.title), (*_blocks(each, kept[each.name], more[each.name]),))
        for each in registers.every
        if kept[each.name]
    ]
    none = [say(each.title) for each in registers.every if not kept[each.name]]
    said = punctuation(", ").join(times(about))
    lead = [paragraph(capital(said))] if said else []
    if none:
        names = punctuation("; ").join(none)
        lead.append(paragraph(say("None: {names}.", names=names)))
    title = say(registers.title or registers.every[0].title)
    return Written(line(title), tuple(lead), (*sections, _made_from(about)))


def _blocks(register: Register, rows: Sequence[Row], more: int) -> Iterator[Block]:
    found = shown(register, rows, whole=not more)
    if found.always:
        yield paragraph(found.always_words(rows[0]))
    own, beside = found.columns, found.columns[:0]
    if len(own) > MOST_COLUMNS:
        own, beside = own[: MOST_COLUMNS - 1], own[MOST_COLUMNS - 1 :]
    heads = [say(each.title) for each in own] + ([say(BESIDE)] if beside else [])
    yield table(heads, (_row(each, own, beside) for each in rows))
    if more:
        others = say_count("{number} row", "{number} rows", more)
        command = code("--format xlsx")
        yield paragraph(say_line("{rows} more: {format} has them.", rows=others, format=command))


def _row(of: Row, own: Iterable[Read], beside: Sequence[Read]) -> BlockRow:
    cells = [cell(_said(each, of)) for each in own]
    if beside:
        told = (each for each in beside if each.tells(of) and not each.is_usual(of))
        cells.append(cell(*(_named(each, of) for each in told)))
    return row(*cells)


def _named(read: Read, of: Row) -> Line:
    return say_line("{title}: {told}", title=say(read.title), told=_said(read, of))


def _said(read: Read, of: Row) -> Line:
    told = read.said(of)
    return recorded(told) if read.column.kind in RECORDED and told else line(told)


def _made_from(about: About) -> Section:
    root = code(about.root.hex())
    size = say_count("{number} entry", "{number} entries", about.size)
    rows = [
        row(say("Question"), code(f"answerable {about.question}")),
        row(say("Record"), say_line("{entries}, root {root}", entries=size, root=root)),
        row(say("Made by"), f"answerable {about.version}"),
    ]
    return Section("record", say("What it was made from"), (table(("", ""), rows),))
