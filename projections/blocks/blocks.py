"""Define what a written answer is made of: sections of paragraphs, lists, tables and quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from answerable.projections.blocks.spans import Line, Words, line


class Cell(NamedTuple):
    """Hold the lines of a table's cell, one below the other."""

    lines: tuple[Line, ...]


class Paragraph(NamedTuple):
    """Hold a paragraph of one or more lines, each of which begins anew."""

    lines: tuple[Line, ...]


class Bullets(NamedTuple):
    """Hold a list whose order tells nothing.

    Attributes:
        items: the lines of the list.
        fold: what a reader follows to see them, where a page folds them away; "" where it does not.
    """

    items: tuple[Line, ...]
    fold: str = ""


class Row(NamedTuple):
    """Hold a row of a table.

    Attributes:
        cells: as many as the table has heads.
        position: of the event that the row is of; None where it is of none, or of several.
    """

    cells: tuple[Cell, ...]
    position: int | None = None


class Table(NamedTuple):
    """Hold a table.

    Attributes:
        name: what the table is of, for those who do not see it; "" where its section says it.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str = ""


class Quotation(NamedTuple):
    """Hold a text out of the record at length.

    Attributes:
        head: what it is, and of which event.
        text: the text; None where it is not to be read, which the head says.
    """

    head: Line
    text: str | None


Block = Paragraph | Bullets | Table | Quotation
"""Name what stands in a section."""


class Section(NamedTuple):
    """Hold a section under its title.

    Attributes:
        name: a stable word to link to, unlike that of any other section.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]


class Written(NamedTuple):
    """Hold a whole written answer: its title, what stands before the first section, sections."""

    title: Line
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


def paragraph(*words: Words) -> Paragraph:
    """Make a paragraph of one line."""
    return Paragraph((line(*words),))


def bullets(items: Iterable[Words], fold: str = "") -> Bullets:
    """Make a list."""
    return Bullets(tuple(line(each) for each in items), fold)


def cell(*lines: Words) -> Cell:
    """Make a cell of lines, one below the other."""
    return Cell(tuple(line(each) for each in lines))


def row(*cells: Cell | Words, position: int | None = None) -> Row:
    """Make a row, of cells or of words that are one line each."""
    return Row(tuple(each if isinstance(each, Cell) else cell(each) for each in cells), position)


def table(heads: Sequence[str], rows: Iterable[Row], name: str = "") -> Table:
    """Make a table."""
    return Table(tuple(heads), tuple(rows), name)
