"""A written answer as GitHub Flavored Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from answerable.domain.language.saying import punctuation
from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Quotation,
    Table,
    Written,
)
from answerable.projections.blocks.spans import Line, Span, Style
from answerable.projections.output.markdown_text import escaped, quoted, table

MARKS: Mapping[Style, str] = {"struck": "~~", "strong": "**", "emphasis": "*"}
"""The mark of each style, the outermost first."""

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
            said = markdown_line(head)
            return said if text is None else f"{said}{punctuation(':')}\n\n{quoted(text)}"


def _cell(cell: Cell) -> str:
    return "<br>".join(map(markdown_line, cell.lines))


def markdown_line(line: Line) -> str:
    """Write a line for a paragraph or a table's cell; neighbours that are marked alike at once."""
    return _marked(line, tuple(MARKS.items()))


def _marked(spans: Iterable[Span], marks: tuple[tuple[Style, str], ...]) -> str:
    """Write spans, those in a row that stand in the first of some styles between one mark."""
    if not marks:
        return "".join(map(_span, spans))
    (style, mark), *others = marks
    parts = groupby(spans, key=lambda span: style in span.styles)
    return "".join(
        _between(mark, words) if stands_out else words
        for stands_out, part in parts
        for words in [_marked(part, tuple(others))]
    )


def _between(mark: str, words: str) -> str:
    """Put words between two marks, which must stand at a word's edge to be taken for marks."""
    inner = words.strip()
    if not inner:
        return words
    before, _, after = words.partition(inner)
    return f"{before}{mark}{inner}{mark}{after}"


def _span(span: Span) -> str:
    verbatim = "code" in span.styles and VERBATIM.fullmatch(span.text)
    return f"`{span.text}`" if verbatim else escaped(span.text)
