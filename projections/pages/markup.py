"""Blocks as HTML: every text escaped, and each number of an event that is shown a link to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Quotation,
    Row,
    Table,
)
from answerable.projections.blocks.spans import Line, Span
from answerable.projections.output.markdown_text import seen
from answerable.projections.pages.tracks import Tracks

EVENT_OR_DAY = re.compile(r"(#\d+|\b\d{4}-\d\d-\d\d\b)")
"""Match the number of an event in our own words, and a day, which no line ends within."""

ELEMENTS = {
    "strong": Markup("<strong>{}</strong>"),
    "good": Markup('<span class="good">{}</span>'),
    "bad": Markup('<span class="bad">{}</span>'),
    "doubt": Markup('<span class="doubt">{}</span>'),
    "struck": Markup("<s>{}</s>"),
    "emphasis": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
    "recorded": Markup("<bdi>{}</bdi>"),
}
"""The element that each style of a span is written as, the outermost first.

A recorded text is isolated, so that its direction of writing does not reach beyond it.
"""


PLACE = Markup("<span data-mark></span>")
"""Leave a place for the mark that says whether an entry is proved."""


class Links(NamedTuple):
    """Hold the events that a page can link to, and what is drawn beside rows of events.

    Attributes:
        positions: of the events.
        drawn: the drawings of a table's last column, which has none in words; None: there is none.
    """

    positions: Collection[int] = ()
    drawn: Tracks | None = None

    def line(self, line: Line) -> Markup:
        """Write a line."""
        return Markup("").join(map(self._span, line))

    def lines(self, lines: Iterable[Line]) -> Markup:
        """Write lines, each of which begins anew."""
        return Markup("<br>").join(map(self.line, lines))

    def block(self, block: Block) -> Markup:
        """Write a block."""
        match block:
            case Paragraph(lines):
                return Markup("<p>{}</p>").format(self.lines(lines))
            case Bullets(items):
                made = (Markup("<li>{}</li>").format(self.line(item)) for item in items)
                return Markup("<ul>{}</ul>").format(Markup("").join(made))
            case Table():
                return self._table(block)
            case Quotation(head, text):
                return self._quotation(head, text)

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Write blocks one below the other."""
        return Markup("\n").join(map(self.block, blocks))

    def _table(self, table: Table) -> Markup:
        heads = [Markup('<th scope="col">{}</th>').format(_text(head)) for head in table.heads]
        if self.drawn is not None:
            heads.append(Markup('<td class="drawn">{}</td>').format(self.drawn.axis))
        caption = Markup("<caption>{}</caption>").format(_text(table.name)) if table.name else ""
        return Markup(
            '<div class="table" tabindex="0" role="group" aria-label="{}"><table>{}<thead><tr>{}'
            "</tr></thead><tbody>{}</tbody></table></div>"
        ).format(
            _text(table.name or ", ".join(filter(None, table.heads))),
            caption,
            Markup("").join(heads),
            Markup("\n").join(self._row(table.heads, row) for row in table.rows),
        )

    def _row(self, heads: tuple[str, ...], row: Row) -> Markup:
        places = ["" if row.position is None else PLACE] + [""] * len(heads)
        cells = [
            self._cell(head, cell, place)
            for head, cell, place in zip(heads, row.cells, places, strict=False)
        ]
        if self.drawn is not None and row.position is not None:
            cells.append(Markup('<td class="drawn">{}</td>').format(self.drawn.rows[row.position]))
        if row.position is None:
            return Markup("<tr>{}</tr>").format(Markup("").join(cells))
        return Markup('<tr data-position="{}">{}</tr>').format(row.position, Markup("").join(cells))

    def _cell(self, head: str, cell: Cell, beside: str = "") -> Markup:
        return Markup('<td data-head="{}">{}{}</td>').format(
            _text(head), self.lines(cell.lines), beside
        )

    def _quotation(self, head: Line, text: str | None) -> Markup:
        said = Markup("<p>{}</p>").format(self.line(head))
        if text is None:
            return said
        return Markup("<figure>{}<blockquote>{}</blockquote></figure>").format(
            Markup("<figcaption>{}</figcaption>").format(self.line(head)), _text(text)
        )

    def _span(self, span: Span) -> Markup:
        followed = not span.styles & {"recorded", "code"}
        words = self._linked(span.text) if followed else _text(span.text)
        for style in reversed(ELEMENTS):
            if style in span.styles:
                words = ELEMENTS[style].format(words)
        return words

    def _linked(self, text: str) -> Markup:
        parts = EVENT_OR_DAY.split(text)
        return Markup("").join(
            self._found(part) if at % 2 else _text(part) for at, part in enumerate(parts)
        )

    def _found(self, part: str) -> Markup:
        if not part.startswith("#"):
            return Markup("<time>{}</time>").format(part)
        if int(part[1:]) not in self.positions:
            return escape(part)
        return Markup('<a class="event" href="#event-{}">{}</a>').format(part[1:], part)


def _text(text: str) -> Markup:
    """Escape a text; its line breaks stay, and what cannot be seen in it is spelt out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Markup("<br>").join(escape(seen(line.replace("\t", " "))) for line in lines)
