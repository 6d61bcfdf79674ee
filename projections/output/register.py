"""Define a register: a table of an answer as data, which each writer of tables takes as it is.

A register says what its columns hold, so that a writer knows how to write it: a spreadsheet takes a
day for a day only where it is one. Its rows come one after another, of several registers in turn,
so that an answer about a million events needs no memory for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from answerable.projections.errors import NotFound

Kind = Literal[
    "text",
    "term",
    "word",
    "whole",
    "decimal",
    "money",
    "date",
    "moment",
    "event",
    "truth",
    "party",
    "id",
]
"""The kind of what a column holds.

`text`: a text. `term`: a term of the vocabulary, as programs write it. `word`: a code or a sentence
of ours that is no term, which readers of another language get in theirs. `whole`: a whole number.
`decimal`: a number, or one in digits. `money`: an amount and its currency. `date`: a date in EDTF,
as it is recorded. `moment`: a moment, RFC 3339 or with a zone. `event`: the number of an event in
the log. `truth`: yes, no or unknown. `party`: a party, by its pseudonym and what it is called.
`id`: an id for programs, which nobody reads.
"""


class Money(NamedTuple):
    """An amount of money.

    Attributes:
        amount: how much, in digits (1200.50).
        currency: its code (ISO 4217).
    """

    amount: str
    currency: str


class Party(NamedTuple):
    """A party.

    Attributes:
        party: its pseudonym.
        name: what it is called: the pseudonym again, where no name is at hand.
    """

    party: str
    name: str


One = str | int | float | Decimal | datetime | Money | Party | None
"""A value of a cell; None: it is not told."""

Cell = One | Sequence[One]
"""A cell: a value, or several, where its column holds several."""


TRUTHS: Mapping[str | bool, str] = {
    "yes": "yes",
    "no": "no",
    "unknown": "indeterminate",
    True: "yes",
    False: "no",
}
"""Map an answer of three values to the word that people read."""


class Column(NamedTuple):
    """A column of a register.

    Attributes:
        name: how programs call it, in snake case. It stays.
        title: how people read it.
        kind: what it holds.
        many: whether a cell holds several of these.
        usual: what goes without saying to people, if each row has it.
    """

    name: str
    title: str
    kind: Kind = "text"
    many: bool = False
    usual: One = None


class Register(NamedTuple):
    """A register without its rows.

    Attributes:
        name: how programs call it, in snake case: open.
        title: how people read it: What is open.
        columns: its columns, in their order.
    """

    name: str
    title: str
    columns: tuple[Column, ...]


class Row(NamedTuple):
    """A row of a register.

    Attributes:
        register: the name of the register.
        cells: a cell a column, in their order.
    """

    register: str
    cells: Sequence[Cell]


class Registers(NamedTuple):
    """An answer as registers.

    Attributes:
        every: the registers, in their order.
        rows: their rows, in any order of registers. They can be read once.
        title: what the answer tells, where that is not the title of its first register.
    """

    every: tuple[Register, ...]
    rows: Iterable[Row]
    title: str = ""

    def only(self, name: str) -> Registers:
        """Keep one register.

        Raises:
            NotFound: there is none of this name.
        """
        kept = tuple(each for each in self.every if each.name == name)
        if not kept:
            names = ", ".join(each.name for each in self.every)
            raise NotFound(f"there is no register {name!r:.80}: there are {names}.")
        rows = (row for row in self.rows if row.register == name)
        return Registers(kept, rows)


OF_CASE = "case"
"""The name of the column that tells in which case a thing lies."""

Times = tuple[datetime | None, datetime | None]
"""The moment asked about, and the one by which the record was asked about; None: the present."""


class About(NamedTuple):
    """Tell what an answer holds for.

    Attributes:
        question: what was asked: status.
        as_of: the moment asked about; None: the present.
        known_by: the moment by which the record was asked about; None: all of it.
        size: the number of entries of the log.
        root: the root of its tree.
        recorded: when the last of these entries was recorded; None: there is none.
        version: that of this program.
        policies: those that judge its cases, each with its version (generic@1), for a workbook.
        times_in: tells the two moments in a case, where days are asked about and several cases may
            lie in zones of their own; None: they are the same in all.
    """

    question: str
    as_of: datetime | None
    known_by: datetime | None
    size: int
    root: bytes
    recorded: datetime | None
    version: str
    policies: tuple[str, ...] = ()
    times_in: Callable[[str], Times] | None = None


ABOUT = (
    Column("as_of", "As of", "moment"),
    Column("known_by", "Known by", "moment"),
    Column("tree_size", "Entries", "whole"),
    Column("root", "Root"),
)
"""List the columns that tell in each row of CSV what it holds for: CSV has no other place."""


def about_cells(about: About, case: Cell = None) -> tuple[One, ...]:
    """Return what the columns of `ABOUT` hold in a row.

    Args:
        about: what the answer holds for.
        case: the case that the row tells of; None: none alone.
    """
    times: Times = (about.as_of, about.known_by)
    if about.times_in is not None and isinstance(case, str):
        times = about.times_in(case)
    return (*times, about.size, about.root.hex())


PARTS: Mapping[Kind, tuple[tuple[str, str, Kind], ...]] = {
    "money": (("", "", "decimal"), ("_currency", ", currency", "text")),
    "party": (("", "", "text"), ("_name", ", by name", "text")),
}
"""Map a kind that has parts to the columns of these: how name and title go on, and their kinds."""


class Plain(NamedTuple):
    """A column of plain values, where a table knows no values that have parts.

    Attributes:
        column: what it holds.
        place: the place, in a row, of the cell that it is made of.
        part: which part of that it takes, as `PARTS` has them; None: all of it.
    """

    column: Column
    place: int
    part: int | None = None

    def value(self, cells: Sequence[Cell]) -> Cell:
        """Return what the column holds in a row."""
        cell = cells[self.place]
        if self.part is None or cell is None:
            return cell
        parts = [each[self.part] for each in members(cell) if isinstance(each, Money | Party)]
        return parts if self.column.many else next(iter(parts), None)


def plain_columns(columns: Sequence[Column]) -> Iterator[Plain]:
    """Yield the columns of plain values that a table takes: of what has parts, one a part."""
    for place, column in enumerate(columns):
        if column.kind not in PARTS:
            yield Plain(column, place)
        for part, (name, title, kind) in enumerate(PARTS.get(column.kind, ())):
            own = (f"{column.name}{name}", f"{column.title}{title}")
            yield Plain(Column(*own, kind, column.many), place, part)


def members(cell: Cell) -> Sequence[One]:
    """Return the values of a cell."""
    if isinstance(cell, Sequence) and not isinstance(cell, str | Money | Party):
        return cell
    return () if cell is None else (cell,)
