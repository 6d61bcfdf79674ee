"""Blocks as HTML: every text escaped, and each number of an event that is shown a link to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from answerable.projections.blocks.blocks import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Quotation,
    Row,
    Table,
)
from answerable.projections.blocks.spans import Line, Span, Style
from answerable.projections.output.markdown_text import lines_seen
from answerable.projections.pages.drawing.tracks import Tracks
from answerable.projections.show.fields import Field

EVENT_OR_DAY = re.compile(
    r"(#\d+|\b\d{4}-\d\d-\d\d\b|\b\d{4}年\d{1,2}月(?:\d{1,2}日)?(?:或之[前后])?|\d[\d.,]* %"
    r"|[`]answerable [^`]+[`])"
)
"""Match in our own words the number of an event, a day, a share and a command.

No line ends within the first three.
"""

MARKS = re.compile("[#年%`-]")
"""Match a character that one of them has."""

ELEMENTS = {
    "strong": ("<strong>", "</strong>"),
    "good": ('<span class="good">', "</span>"),
    "bad": ('<span class="bad">', "</span>"),
    "doubt": ('<span class="doubt">', "</span>"),
    "struck": ("<s>", "</s>"),
    "emphasis": ("<em>", "</em>"),
    "code": ("<code>", "</code>"),
    "recorded": ("<bdi>", "</bdi>"),
}
"""The element that each style of a span is written as, the outermost first.

A recorded text is isolated, so that its direction of writing does not reach beyond it.
"""


WHOLE = 24
"""The most characters of a name for programs within which no line ends, in tables and lists."""

LONG_CODE = '<code class="long">'
"""Begin one that is longer, which would push a table out of its page."""

LONG_WORD = re.compile(r"(\S{20})(?=[\w/]\S{19})")
"""Match the beginning of a word or a path so long that a line may end behind it: else it widens its
column. Before a letter no sign is torn apart: what combines with one before it is no letter.
"""

BREAK = "\ue000"
"""Stand, in a text that is not escaped yet, for a place at which a line may end."""

QUOTED: frozenset[Style] = frozenset(("recorded", "code"))
"""Name the styles of what is not our own words: nothing in it is followed."""

EVENT = "#event-"
"""Lead to an event on the same page; its number follows."""

FOLDED = "<details><summary>{}</summary>{}</details>"
"""Fold a list away behind what a reader follows to see it."""

PLACE = "<span data-mark></span>"
"""Leave a place for the mark that says whether an entry is proved."""


class Links(NamedTuple):
    """Hold the events that a page can link to, and what is drawn beside rows of events.

    Attributes:
        positions: of the events.
        drawn: the drawings of a table's last column, which has none in words; None: there is none.
        to: where an event is shown; its number follows.
        in_rows: whether that is its row among those that have a drawing.
    """

    positions: Collection[int] = ()
    drawn: Tracks | None = None
    to: str = EVENT
    in_rows: bool = False

    def line(self, line: Line) -> Markup:
        """Write a line."""
        return Markup(self._line(line))  # noqa: S704 - its texts are escaped

    def block(self, block: Block) -> Markup:
        """Write a block."""
        return Markup(self._block(block))  # noqa: S704 - its texts are escaped

    def lines(self, lines: Iterable[Line]) -> Markup:
        """Write lines, each of which begins anew."""
        return Markup(self._lines(lines))  # noqa: S704 - its texts are escaped

    def details(
        self, fields: Sequence[tuple[str, Line]], told: Iterable[Field] | None = None
    ) -> Markup:
        """Write names and values; a value without a name goes on with the one above.

        Args:
            fields: the names and values.
            told: what of the record each tells, where that is to be held against it.
        """
        marks = [""] * len(fields) if told is None else map(_mark, told)
        every = zip(fields, marks, strict=True)
        written = [self._detail(*each, mark) for each, mark in every]
        return Markup("".join(written))  # noqa: S704 - escaped

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Write blocks one below the other."""
        return Markup("\n".join(map(self._block, blocks)))  # noqa: S704 - its texts are escaped

    # What follows returns HTML as plain strings: to escape it again at each step is slow.

    def _line(self, line: Line) -> str:
        return "".join(map(self._span, line))

    def _lines(self, lines: Iterable[Line]) -> str:
        return "<br>".join(map(self._line, lines))

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(lines):
                return f"<p>{self._lines(lines)}</p>"
            case Bullets(items, fold):
                made = "".join(f"<li>{self._line(item)}</li>" for item in items)
                listed = f"<ul>{made}</ul>"
                return FOLDED.format(_text(fold), listed) if fold else listed
            case Table():
                return self._table(block)
            case Quotation(head, text):
                said = self._line(head)
                if text is None:
                    return f"<p>{said}</p>"
                quoted = f"<blockquote>{_text(text)}</blockquote>"
                return f"<figure><figcaption>{said}</figcaption>{quoted}</figure>"

    def _table(self, table: Table) -> str:
        name = _text(table.name or ", ".join(filter(None, table.heads)))
        caption = f"<caption>{_text(table.name)}</caption>" if table.name else ""
        heads = "".join(map(_head, table.heads))
        axis = "" if self.drawn is None else f'<td class="drawn">{self.drawn.axis}</td>'
        names = tuple(map(escape, table.heads))
        rows = "\n".join(self._row(names, row) for row in table.rows)
        return (
            f'<div class="table" tabindex="0" role="group" aria-label="{name}"><table>{caption}'
            f"<thead><tr>{heads}{axis}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _row(self, heads: tuple[str, ...], row: Row) -> str:
        """Write a row; where it is of one event, with a place for its mark, and what is drawn."""
        of_one = row.position is not None
        first, *others = zip(heads, row.cells, strict=True)
        cells = self._cell(*first, PLACE if of_one else "")
        cells += "".join(self._cell(*other) for other in others)
        if row.position is None:
            return f"<tr>{cells}</tr>"
        place = ""
        if self.drawn is not None:
            cells += f'<td class="drawn">{self.drawn.rows[row.position]}</td>'
            place = f' id="{self.to[1:]}{row.position}"' if self.in_rows else ""
        return f'<tr{place} data-position="{row.position}">{cells}</tr>'

    def _cell(self, head: str, cell: Cell, beside: str = "") -> str:
        return f'<td data-head="{head}">{self._lines(cell.lines)}{beside}</td>'

    def _detail(self, name: str, value: Line, mark: str) -> str:
        head = f"<dt>{_text(name)}</dt>" if name else ""
        return f"<div>{head}<dd{mark}>{self._line(value)}</dd></div>"

    def _span(self, span: Span) -> str:
        text, styles = span
        if not styles:
            return self._linked(text)
        words = self._linked(text) if styles.isdisjoint(QUOTED) else _text(text)
        if "code" in styles:  # A line may end anywhere in a long one (page.css).
            words = words.replace("<wbr>", "")
        for style in reversed(ELEMENTS):
            if style in styles:
                start, end = ELEMENTS[style]
                if style == "code" and len(text) > WHOLE:
                    start = LONG_CODE
                words = f"{start}{words}{end}"
        return words

    def _linked(self, text: str) -> str:
        if not MARKS.search(text):
            return _text(text)
        parts = EVENT_OR_DAY.split(text)
        return "".join(
            self._found(part) if at % 2 else _text(part) for at, part in enumerate(parts)
        )

    def _found(self, part: str) -> str:
        if part.startswith("`"):
            return f"<code>{_text(part[1:-1])}</code>"
        if part.endswith("%"):
            return f'<span class="whole">{part}</span>'
        if not part.startswith("#"):
            return f"<time>{part}</time>"
        number = int(part[1:])
        if number not in self.positions:
            return part
        return f'<a class="event" href="{self.to}{number}">{part}</a>'


def name_code(name: str) -> Markup:
    """Write a name for programs; a line ends within a long one alone."""
    start = LONG_CODE if len(name) > WHOLE else ELEMENTS["code"][0]
    return Markup(f"{start}{_text(name)}</code>")  # noqa: S704 - escaped


def _mark(told: Field) -> str:
    """Write which field of the record a value tells."""
    if not told.of:
        return ""
    return f' data-field="{escape(told.of)}"{" data-first" if told.first else ""}'


def _head(head: str) -> str:
    """Write the head of a column; one that has no name heads nothing, and is an empty cell."""
    return f'<th scope="col">{_text(head)}</th>' if head else "<td></td>"


def _text(text: str) -> str:
    """Escape a text; its line breaks stay, and what cannot be seen in it is spelt out."""
    if text.isprintable():
        return _breakable(text)
    return "<br>".join(map(_breakable, lines_seen(text)))


def _breakable(text: str) -> str:
    """Escape a line; within a long word it may end at some places."""
    return escape(LONG_WORD.sub(rf"\1{BREAK}", text)).replace(BREAK, "<wbr>")


def breakable(text: str) -> Markup:
    """Escape a line of what is on record; within a long word it may end at some places."""
    return Markup(_breakable(text))  # noqa: S704 - escaped
