"""Tell what a value of a register becomes in a cell of a spreadsheet: a number, a day, or a text.

A number or a day is one only where nothing is lost: a spreadsheet keeps fifteen digits, and knows
no day before March 1900 rightly, none in part and no zone. All else is a text, which is shown as it
is recorded: what cannot be seen in it, or would turn the direction of writing round, is spelt out.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from answerable.domain.answers import json_value
from answerable.projections.output.markdown_text import seen
from answerable.projections.output.register import TRUTHS, Cell, Column
from answerable.projections.output.register_csv import joined, number_in

MOST = 32_767
"""The most characters of a cell, in units of UTF-16 (Microsoft's specifications of Excel)."""

DIGITS = 15
"""The number of digits that a spreadsheet keeps of a number."""

MILLISECOND = 1_000
"""The microseconds of a millisecond: a spreadsheet tells none apart, and would round them up."""

FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets number alike: some take 1900 for a leap year."""

CUT = " … [cut: a cell holds no more]"

NOT_IN_XML = re.compile("[\ufffe\uffff]")
"""Match what XML has no place for, and is not spelt out as unseen."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Text(NamedTuple):
    """A text in a cell.

    Attributes:
        cut: whether it was longer than a cell may be.
    """

    text: str
    cut: bool = False


Value = float | date | datetime | Text | None
"""A value in a cell: a number, a day, a moment in UTC without its zone, or a text."""


def sheet_value(column: Column, cell: Cell) -> Value:
    """Return what a cell holds in a spreadsheet; None: nothing is told."""
    if cell is None or (column.many and not cell):
        return None
    if column.many:
        return text_in(joined(column, cell))
    if column.kind == "truth" and isinstance(cell, str | bool):
        return text_in(TRUTHS.get(cell, str(cell)))
    if column.kind == "date" and isinstance(cell, str):
        return _day(cell)
    if column.kind == "moment":
        return _moment(cell)
    number = number_in(cell) if column.kind == "decimal" and isinstance(cell, str) else cell
    if isinstance(number, int | float | Decimal) and not isinstance(number, bool):
        return float(number) if _is_exact(number) else text_in(str(cell))
    return text_in(str(json_value(cell)))


def text_in(text: str) -> Text:
    """Return a text as a cell takes it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join(seen(line.replace("\t", " ")) for line in lines)
    shown = NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", shown)
    if _units(shown) <= MOST:
        return Text(shown)
    kept = shown.encode("utf-16-le")[: 2 * (MOST - len(CUT))].decode("utf-16-le", "ignore")
    return Text(f"{kept}{CUT}", cut=True)


def _units(text: str) -> int:
    return len(text) if len(text) * 2 <= MOST else len(text.encode("utf-16-le")) // 2


def _is_exact(number: float | Decimal) -> bool:
    digits = Decimal(str(number)).as_tuple()
    return (
        isinstance(digits.exponent, int) and len(digits.digits) + max(digits.exponent, 0) <= DIGITS
    )


def _day(text: str) -> Value:
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    return text_in(text) if day is None or day < FIRST_DAY else day


def _moment(cell: Cell) -> Value:
    try:
        told = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell))
        moment = told.astimezone(UTC).replace(tzinfo=None)
        moment = moment.replace(microsecond=moment.microsecond // MILLISECOND * MILLISECOND)
    except (ValueError, OverflowError):
        return text_in(str(cell))
    if told.tzinfo is None or moment.date() < FIRST_DAY:
        return text_in(str(json_value(cell)))
    return moment
