"""Hold what a sheet shows: cells as texts, rows by the headings of their columns.

A number, a date and what a spreadsheet could not work out are texts that know what they are, so
that the same sheet reads the same from CSV and from XLSX.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple
from unicodedata import normalize

from answerable.ledger.transfer.sheet.errors import SheetUnreadable


class Number(str):
    """A number that a spreadsheet holds as one, with a point before its decimals."""

    __slots__ = ()


class Day(str):
    """A date, or a date and time, that a spreadsheet holds as one: in EDTF, as far as it shows."""

    __slots__ = ()


class Broken(str):
    """Stand for what is no value: an error of the spreadsheet, a formula without a value."""

    __slots__ = ()


class Line(NamedTuple):
    """A row as it stands in the file: its number, as a spreadsheet shows it, and its cells."""

    number: int
    cells: Sequence[str]


class Row(NamedTuple):
    """A row of a sheet.

    Attributes:
        number: as a spreadsheet shows it; the heading is row 1, or wherever it stands.
        cells: what stands in it by the heading of the column, stripped; blank ones are left out.
    """

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return what stands in a column; "" for nothing."""
        return self.cells.get(column, "")


class Sheet:
    """A sheet: the headings of its columns, and its rows, as often as they are asked for.

    Attributes:
        columns: the headings; a column without one goes by its letter, as `column H`.
        remarks: what the sheet hides, a sentence each.
    """

    def __init__(
        self,
        lines: Callable[[], Generator[Line, None, None]],
        *,
        heading: int = 1,
        remarks: Sequence[str] = (),
        comment: str = "",
    ) -> None:
        """Read the heading.

        Args:
            lines: reads the file from its start.
            heading: the row of the heading.
            remarks: what the file hides.
            comment: the sign by which a row says, in its first column, that it is none.

        Raises:
            SheetUnreadable: it has no such row, or two columns are called alike.
        """
        self._lines = lines
        self._heading = heading
        self._comment = comment
        self.remarks = tuple(remarks)
        self.comments = 0
        with closing(lines()) as read:
            self.columns = _headings(read, heading)

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the heading that have anything in them."""
        self.comments = 0
        columns = self.columns
        with closing(self._lines()) as lines:
            for number, cells in lines:
                if number <= self._heading:
                    continue
                held = {
                    (columns[at] if at < len(columns) else unnamed(at)): stripped
                    for at, cell in enumerate(cells)
                    if (stripped := _stripped(cell))
                }
                if self._comment and cells and _stripped(cells[0]).startswith(self._comment):
                    self.comments += 1
                elif held:
                    yield Row(number, held)


def _headings(lines: Iterable[Line], heading: int) -> tuple[str, ...]:
    cells = next((line.cells for line in lines if line.number == heading), ())
    names = [heading_of(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SheetUnreadable(
            f"row {heading} has no headings.",
            hint="Give columns their names in the first row, or say in the map which row has them: "
            "`heading = 3`.",
        )
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            letters = " and ".join(letter(at) for at, each in enumerate(names) if each == name)
            raise SheetUnreadable(
                f"columns {letters} are both called {name!r}, so that a map cannot tell them "
                "apart.",
                hint="Rename one of them.",
            )
    return tuple(name or unnamed(at) for at, name in enumerate(names))


def _stripped(cell: str) -> str:
    bare = cell.strip()
    # A subclass of str is stripped to str: what needs no stripping stays what it is.
    return cell if len(bare) == len(cell) else bare


def heading_of(text: str) -> str:
    """Return a heading as it is compared: with single spaces, and letters composed (NFC)."""
    return normalize("NFC", " ".join(text.split()))


def unnamed(at: int) -> str:
    """Return what a column without a heading is called; the first is 0."""
    return f"column {letter(at)}"


def letter(at: int) -> str:
    """Return the letters that a spreadsheet has above a column; the first is 0."""
    name = ""
    at += 1
    while at:
        at, digit = divmod(at - 1, 26)
        name = chr(ord("A") + digit) + name
    return name
