"""A written answer as GitHub Flavored Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Quotation,
    Table,
    Written,
)
from answerable.projections.blocks.spans import Line, Span
from answerable.projections.output.markdown_text import escaped, quoted, table

MARKS = {"emphasis": "*", "struck": "~~"}
VERBATIM = re.compile(r"[\w.:@/+=#-]+")
"""Match what may stand between backticks, in a table's cell, too."""


def markdown(written: Written) -> str:
    """Write an answer as Markdown. It ends with a line break."""
    return "\n\n".join(_blocks(written)) + "\n"


def _blocks(written: Written) -> Iterator[str]:
    yield f"# {markdown_line(written.title)}"
    yield from map(_block, written.lead)
    for section in written.sections:
        yield f"## {escaped(section.title)}"
        yield from map(_block, section.blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join(map(markdown_line, lines))
        case Bullets(items):
            return "\n".join(f"- {markdown_line(item)}" for item in items)
        case Table(heads, rows):
            return table(
                [escaped(head) for head in heads],
                ([_cell(cell) for cell in row.cells] for row in rows),
            )
        case Quotation(head, text):
            return markdown_line(head) + ("" if text is None else f":\n\n{quoted(text)}")


def _cell(cell: Cell) -> str:
    return "<br>".join(map(markdown_line, cell.lines))


def markdown_line(line: Line) -> str:
    """Write a line for a paragraph or a table's cell; neighbours that are stressed at once."""
    parts = groupby(line, key=lambda span: "strong" in span.styles)
    return "".join(
        f"**{words}**" if stressed else words
        for stressed, spans in parts
        for words in ["".join(map(_span, spans))]
    )


def _span(span: Span) -> str:
    verbatim = "code" in span.styles and VERBATIM.fullmatch(span.text)
    words = f"`{span.text}`" if verbatim else escaped(span.text)
    for style, mark in MARKS.items():
        if style in span.styles:
            words = f"{mark}{words}{mark}"
    return words
