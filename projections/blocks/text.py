"""A written answer as plain text that fits into so many columns: a terminal, a letter, a file.

A title and the headings begin where a line begins, and what stands under a heading is indented.
How they stand out beside that is for whoever shows the lines. No characters are left in them that
cannot be seen, or turn the direction of writing round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from answerable.domain.language.saying import punctuation, say
from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Paragraph,
    Quotation,
    Table,
    Written,
)
from answerable.projections.blocks.columns import table_lines
from answerable.projections.blocks.spans import Line, Span
from answerable.projections.output.folding import fold
from answerable.projections.output.markdown_text import seen

INDENT = 2
"""The columns before what stands under a heading, or within a block."""


class TextLine(NamedTuple):
    """Hold a line of text and what it is of the answer."""

    text: str
    part: Literal["title", "heading", "body"] = "body"


def text(written: Written, width: int) -> str:
    """Write an answer as text. It ends with a line break.

    Args:
        written: the answer.
        width: the columns that no line goes beyond, twenty at least.
    """
    return "".join(f"{each.text}\n" for each in text_lines(written, width))


def text_lines(written: Written, width: int) -> Iterator[TextLine]:
    """Yield the lines of an answer, each with what it is."""
    for words in told(written.title):
        yield from (TextLine(each, "title") for each in fold(words, width))
    for block in written.lead:
        yield from _apart(_block(block, width), 0)
    for section in written.sections:
        yield TextLine("")
        yield from (TextLine(each, "heading") for each in fold(section.title, width))
        for block in section.blocks:
            yield from _apart(_block(block, width - INDENT), INDENT)


def _apart(lines: Iterable[str], indent: int) -> Iterator[TextLine]:
    """Yield the lines of a block, and an empty one above them."""
    yield TextLine("")
    yield from (TextLine(f"{' ' * indent}{each}".rstrip()) for each in lines)


def _block(block: Block, width: int) -> Iterator[str]:
    match block:
        case Paragraph(lines):
            for each in lines:
                for words in told(each):
                    yield from fold(words, width, hang=0)
        case Bullets(items):
            for item in items:
                yield from _item(told(item), width)
        case Table(heads, rows):
            cells = ([_cell(cell.lines) for cell in row.cells] for row in rows)
            yield from table_lines(heads, list(cells), width)
        case Quotation(head, quoted):
            yield from _quotation(head, quoted, width)


def _item(words: list[str], width: int) -> Iterator[str]:
    first, *others = words
    yield from fold(f"- {first}", width, hang=INDENT)
    for each in others:
        yield from fold(f"{' ' * INDENT}{each}", width, hang=INDENT)


def _quotation(head: Line, quoted: str | None, width: int) -> Iterator[str]:
    *above, last = told(head)
    for words in (*above, last if quoted is None else f"{last}{punctuation(':')}"):
        yield from fold(words, width)
    if quoted is None:
        return
    margin = " " * INDENT
    for words in _inert(f"“{quoted}”"):
        yield from fold(f"{margin}{words.strip()}", width, hang=INDENT)


def _cell(lines: Iterable[Line]) -> list[str]:
    return [words for each in lines for words in told(each)]


def told(line: Line) -> list[str]:
    """Write a line without marks, in lines where it has breaks; what is struck through says so."""
    parts = groupby(line, key=lambda span: "struck" in span.styles)
    return _inert("".join(_marked(struck, spans) for struck, spans in parts))


def _marked(struck: bool, spans: Iterable[Span]) -> str:
    words = "".join(span.text for span in spans)
    return say("[struck through: {words}]", words=words) if struck else words


def _inert(words: str) -> list[str]:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return [seen(each) for each in lines]
