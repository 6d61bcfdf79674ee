"""Say a register to people: the columns that tell them something, what each row says, once.

Programs get every column as it is. Who reads gets no ids, nothing where nothing stands, one column
for what lies between a least and a most, and what every row would say again above the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, get_args

from answerable.domain.answers import json_value
from answerable.domain.language.saying import figures, punctuation, say, to_say
from answerable.projections.facts.disclosed import State
from answerable.projections.output.cell_words import cell_words, several_words, term_or_verdict
from answerable.projections.output.register import (
    TRUTHS,
    Cell,
    Column,
    Money,
    One,
    Party,
    Register,
    Row,
    members,
)
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.dates import MOMENT, date, minute

SPANS = ((", at least", ", at most"), (" at the earliest", " at the latest"))
"""The ends of the titles of two columns that tell one thing, which lies between the two."""

CASE_AND_TITLE = ("case", "title")
"""Name the columns of a case, and of what it is called, which are read as one."""

UNREADABLE = {f"({each})": each for each in get_args(State)}
"""Map what stands in place of a text that cannot be read to why."""

LIMITS = {
    "at least": to_say("at least {limit}"),
    "at most": to_say("at most {limit}"),
    "at the earliest": to_say("at the earliest {limit}"),
    "at the latest": to_say("at the latest {limit}"),
}
"""Says a limit where the other is not told."""


class Read(NamedTuple):
    """Hold a column as people read it.

    Attributes:
        title: what it is called.
        column: what it holds.
        at: its place in a row.
        most: the place of the greatest, where `at` has the least; None: it tells one thing.
        limits: how the least and the greatest are said alone.
        called: of a case, the place of its title; None: that stands nowhere.
    """

    title: str
    column: Column
    at: int
    most: int | None = None
    limits: tuple[str, str] = ("", "")
    called: int | None = None

    def cells(self, row: Row) -> tuple[Cell, ...]:
        """Return what a row holds in it."""
        places = (self.at, self.most, self.called)
        return tuple(row.cells[each] for each in places if each is not None)

    def tells(self, row: Row) -> bool:
        """Tell whether anything stands in it."""
        return any(members(each) for each in self.cells(row))

    def is_usual(self, row: Row) -> bool:
        """Tell whether what it says of a row goes without saying."""
        usual = self.column.usual
        if self.column.kind == "truth" and usual is None:
            return row.cells[self.at] in ("no", False)
        return usual is not None and all(each == usual for each in self.cells(row))

    def said(self, row: Row) -> str:
        """Say what a row holds in it; nothing where that is not told."""
        if self.called is not None:
            case, title = (_read(self.column, each) for each in self.cells(row))
            return say("{title} ({case})", title=title, case=case) if title and case else case
        least, *others = (_read(self.column, each) for each in self.cells(row))
        (most,) = others or (least,)
        if least == most:
            return least
        if least and most:
            return say("{least} to {most}", least=least, most=most)
        before, behind = self.limits
        return say(LIMITS[before if least else behind], limit=least or most)


class Shown(NamedTuple):
    """Hold what of a register is shown.

    Attributes:
        columns: the columns of its table.
        always: those of which each row would say the same.
    """

    columns: tuple[Read, ...]
    always: tuple[Read, ...]

    def always_words(self, row: Row) -> str:
        """Say what holds of every row: "Case: acme; Outcome: substantiated"."""
        return punctuation("; ").join(
            say("{title}: {told}", title=say(each.title), told=unstopped(each.said(row)))
            for each in self.always
        )


def unstopped(text: str) -> str:
    """Leave the stop off a sentence that others follow in a row."""
    return text.removesuffix(punctuation("."))


def shown(register: Register, rows: Sequence[Row], *, whole: bool) -> Shown:
    """Choose what of a register is shown.

    Args:
        register: the register.
        rows: its rows, or the first of them; there is one.
        whole: whether these are all: only then it is known where nothing stands, or the same.
    """
    read = readable_columns(register)
    if not whole:
        return Shown(read, ())
    first, *others = rows
    told = [each for each in read if any(map(each.tells, rows))]
    alike = [each for each in told if all(each.cells(row) == each.cells(first) for row in others)]
    usual = [each for each in alike if each.is_usual(first)]
    again = [each for each in alike if others and each not in usual]
    columns = [each for each in told if each not in usual and each not in again]
    return Shown(tuple(columns), tuple(again)) if columns else Shown(tuple(told), ())


def readable_columns(register: Register) -> tuple[Read, ...]:
    """List the columns of a register as people read them."""
    return tuple(_columns(register.columns))


def _columns(columns: Iterable[Column]) -> Iterator[Read]:
    """Yield the columns as people read them, two that tell one thing as one."""
    every = [*enumerate(columns), (-1, Column("", ""))]
    taken = -1
    for (at, column), (other, beside) in pairwise(every):
        if column.kind == "id" or at == taken:
            continue
        if (column.name, beside.name) == CASE_AND_TITLE:
            taken = other
            yield Read(column.title, column, at, called=other)
            continue
        for least, most in SPANS:
            title = column.title.removesuffix(least)
            if title != column.title and beside.title == f"{title}{most}":
                taken = other
                limits = (least.strip(", "), most.strip(", "))
                yield Read(title, column, at, other, limits)
                break
        else:
            yield Read(column.title, column, at)


def _read(column: Column, cell: Cell) -> str:
    separator = " " if column.kind == "event" else punctuation("; ")
    return separator.join(_said(column, each) for each in members(cell) if each is not None)


def _said(column: Column, value: One) -> str:
    if column.kind == "truth":
        return say(TRUTHS.get(value, str(value))) if isinstance(value, str | bool) else str(value)
    if column.kind == "event":
        return f"#{value}"
    if column.kind == "term" and isinstance(value, str):
        return term_or_verdict(value)
    if column.kind == "word" and isinstance(value, str):
        return several_words(value) if value.startswith("#") else cell_words(value)
    if column.kind == "date" and isinstance(value, str):
        return date(value)
    if column.kind in ("whole", "decimal") and isinstance(value, int | float | str):
        return figures(value if isinstance(value, int) else Decimal(str(value)))
    if isinstance(value, Money):
        return amount_words(f"{value.amount} {value.currency}")
    if isinstance(value, Party):
        if value.name == value.party:
            return value.party
        return say("{name} ({party})", name=value.name, party=value.party)
    if isinstance(value, str) and value in UNREADABLE:
        return say("({why})", why=term_or_verdict(UNREADABLE[value]))
    if column.kind == "moment" and isinstance(value, str) and MOMENT.fullmatch(value):
        value = datetime.fromisoformat(value)
    return minute(value) if isinstance(value, datetime) else str(json_value(value))
