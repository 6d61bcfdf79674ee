"""Rows as CSV (RFC 4180) that is safe to open in a spreadsheet.

A spreadsheet takes a cell for a formula that begins with one of a few signs, and may run it (OWASP,
CSV Injection). A text that begins so gets an apostrophe before it; numbers are left as they are.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import StringIO
from itertools import chain

from answerable.domain.answers import json_value

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The signs that a formula can begin with; the last four are the same ones in full width."""

Cell = str | int | float | Decimal | datetime | bytes | None


def csv_lines(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Write the lines of a table, the titles first, each with its end."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in chain((titles,), rows):
        writer.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def harmless(cell: Cell) -> str | int | float | Decimal:
    """Make a cell one that no spreadsheet takes for a formula. What is not told is empty."""
    if cell is None:
        return ""
    if isinstance(cell, int | float | Decimal):
        return cell
    text: str = cell if isinstance(cell, str) else json_value(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
