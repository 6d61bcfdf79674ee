"""Find what a sheet of XLSX does not show: hidden rows, merged cells, formulas without a value.

It is read from the sheet's own XML (ECMA-376, part 1, section 18.3), for a reader of values passes
over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element, iterparse

from answerable.ledger.transfer.sheet.files.cells import letter

MAIN = re.compile(r"\{[^}]*\}")
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

MOST_TOLD = 10
"""The most places of a sort that a sentence names."""

MOST_UNWORKED = 100_000
"""The most formulas without a value that are kept; of more, none is worth reading."""


class Hidden(NamedTuple):
    """Hold what a sheet does not show.

    Attributes:
        rows: the rows that are hidden.
        columns: the columns that are hidden, as `C` or `C to E`.
        merged: the cells that are merged, as `A2:A5`.
        unworked: by the row, the columns (from 0) of formulas without a value.
    """

    rows: list[int]
    columns: list[str]
    merged: list[str]
    unworked: dict[int, list[int]]

    def sentences(self) -> Iterator[str]:
        """Say what is hidden, a sentence for each sort."""
        if self.rows:
            told = _some([f"{row:,}" for row in self.rows])
            yield f"Hidden rows are read, too: {told}."
        if self.columns:
            yield f"Hidden columns are read, too: {_some(self.columns)}."
        if self.merged:
            yield (
                f"Merged cells hold their value in the first row and column alone: "
                f"{_some(self.merged)}."
            )


def _some(places: list[str]) -> str:
    more = len(places) - MOST_TOLD
    return ", ".join(places[:MOST_TOLD]) + (f" and {more:,} more" if more > 0 else "")


def hidden_in(part: IO[bytes]) -> Hidden:
    """Read a sheet's XML for what it does not show."""
    found = Hidden([], [], [], {})
    number = 0
    kept = 0
    data: Element | None = None
    # Of entities, expat itself bounds what they may grow to.
    for event, element in iterparse(part, ("start", "end")):  # noqa: S314
        name = MAIN.sub("", element.tag)
        if event == "start":
            data = element if name == "sheetData" else data
        elif name == "row":
            number = int(element.get("r") or number + 1)
            if element.get("hidden") in ("1", "true") and len(element):
                found.rows.append(number)
            if kept < MOST_UNWORKED and (columns := _unworked(element)):
                found.unworked[number] = columns
                kept += len(columns)
            if data is not None:
                data.clear()
        elif name == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            span = letter(first - 1)
            found.columns.append(span if first == last else f"{span} to {letter(last - 1)}")
        elif name == "mergeCell" and len(found.merged) < MOST_UNWORKED:
            found.merged.append(element.get("ref") or "")
    return found


def _unworked(row: Element) -> list[int]:
    columns = []
    for at, cell in enumerate(row):
        children = {MAIN.sub("", child.tag): child for child in cell}
        if "f" in children and ("v" not in children or children["v"].text is None):
            if cell.get("t") == "str" and "v" in children:
                continue  # a formula whose value is an empty text
            place = PLACE.fullmatch(cell.get("r") or "")
            columns.append(_number(place[1]) if place else at)
    return columns


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1
