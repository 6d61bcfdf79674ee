"""Write registers as a workbook (Office Open XML): a sheet each, behind one that tells about them.

The same answer makes the same bytes: the time that the file tells of itself is that of the last
entry on record. No cell is a formula or a link. Rows go to temporary files as they come, so that
memory does not follow their number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from answerable.projections.output.register import About, Plain, Register, Registers, plain_columns
from answerable.projections.output.sheet_cells import Text, Value, sheet_value, text_in

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_ROWS = 1_048_576
"""The most rows of a sheet, the titles among them; what follows goes on upon another sheet."""

FIRST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
"""The time that a workbook about an empty ledger tells of itself."""

NARROWEST, WIDEST = 8, 60
"""The fewest and the most characters that a column is wide."""

MOST_OF_NAME = 31
"""The most characters of a sheet's name."""

OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "use_zip64": True,
}


def register_xlsx(registers: Registers, about: About, file: BinaryIO) -> None:
    """Write a workbook of all registers.

    Args:
        registers: an answer.
        about: what it holds for.
        file: where to; it must know how to seek.

    Raises:
        ModuleNotFoundError: XlsxWriter is not installed.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    with Workbook(file, OPTIONS) as book:
        made = _Made(book, about)
        first = book.add_worksheet("About")
        sheets = {each.name: _Sheets(book, made, each) for each in registers.every}
        for row in registers.rows:
            sheets[row.register].add(row.cells)
        for each in sheets.values():
            each.finish()
        _tell_about(first, made, about, list(sheets.values()))


class _Made:
    """The formats of a workbook, and what it tells of itself."""

    def __init__(self, book: Workbook, about: About) -> None:
        top = {"valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top})
        self.text = book.add_format({"text_wrap": True, **top})
        self.plain = book.add_format(top)
        self.event = book.add_format({"num_format": '"#"0', **top})
        self.whole = book.add_format({"num_format": "#,##0", **top})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", **top})
        book.set_properties(
            {
                "title": f"answerable {about.question}",
                "comments": f"{about.size} entries, root {about.root.hex()}",
                "created": (about.recorded or FIRST_MOMENT).astimezone(UTC).replace(tzinfo=None),
            }
        )

    def of(self, column: Plain, value: Value) -> Format:
        """Choose the format of a cell."""
        if isinstance(value, Text):
            return self.text
        if isinstance(value, datetime):
            return self.moment
        if isinstance(value, date):
            return self.day
        return {"event": self.event, "whole": self.whole}.get(column.column.kind, self.plain)


class _Sheets:
    """The sheet of a register, and those that it goes on upon where it has too many rows.

    Attributes:
        rows: the number of rows written.
        cut: the number of texts that were longer than a cell may be.
    """

    def __init__(self, book: Workbook, made: _Made, register: Register) -> None:
        self.register = register
        self.rows = self.cut = 0
        self._book, self._made = book, made
        self._columns = [*plain_columns(register.columns)]
        self._number = 0
        self._sheet = self._begin()

    @property
    def name(self) -> str:
        """Return the name of the first sheet."""
        return _sheet_name(self.register, 1)

    def add(self, cells: Sequence[Any]) -> None:
        """Write a row."""
        if self._line == MOST_ROWS:
            self.finish()
            self._sheet = self._begin()
        for place, column in enumerate(self._columns):
            value = sheet_value(column.column, column.value(cells))
            if value is not None:
                self._write(place, value, self._made.of(column, value))
        self._line += 1
        self.rows += 1

    def finish(self) -> None:
        """Set how wide the columns are, and what may be filtered: all that was written."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(max(width, NARROWEST) + 2, WIDEST))
        self._sheet.autofilter(0, 0, self._line - 1, len(self._columns) - 1)

    def _begin(self) -> Worksheet:
        self._number += 1
        sheet = self._book.add_worksheet(_sheet_name(self.register, self._number))
        sheet.freeze_panes(1, 0)
        titles = [_title(each) for each in self._columns]
        for place, title in enumerate(titles):
            sheet.write_string(0, place, title, self._made.head)
        self._widths = [len(title) for title in titles]
        self._line = 1
        return sheet

    def _write(self, place: int, value: Value, form: Format) -> None:
        write_value(self._sheet, self._line, place, value, form)
        self.cut += isinstance(value, Text) and value.cut
        if self._widths[place] < WIDEST:
            self._widths[place] = max(self._widths[place], _width(value))


def _title(column: Plain) -> str:
    return f"{column.column.title}{' (UTC)' if column.column.kind == 'moment' else ''}"


def _sheet_name(register: Register, number: int) -> str:
    """Name a sheet: no register's name has a sign that a sheet's must not."""
    name = register.name.replace("_", " ")
    behind = "" if number == 1 else f" {number}"
    return f"{name[: MOST_OF_NAME - len(behind)].capitalize()}{behind}"


def _width(value: Value) -> int:
    """Return how many characters a value takes: of a text, its longest line."""
    if isinstance(value, Text):
        lines = value.text[: 4 * WIDEST].split("\n")
        return max(map(_columns, lines))
    return 19 if isinstance(value, datetime) else 10


def _columns(line: str) -> int:
    return len(line) if line.isascii() else sum(1 if sign.isascii() else 2 for sign in line)


def write_value(sheet: Worksheet, line: int, place: int, value: Value, form: Format) -> None:
    """Write a value into a cell; a text never as anything but a text."""
    if isinstance(value, Text):
        if value.text.startswith("<r>") and value.text.endswith("</r>"):
            # XlsxWriter takes such a text for markup of its own, and would write it as it is.
            sheet.write_rich_string(line, place, "<", form, value.text[1:], form)
        else:
            sheet.write_string(line, place, value.text, form)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, form)
    elif value is not None:
        sheet.write_number(line, place, value, form)


def _tell_about(sheet: Worksheet, made: _Made, about: About, sheets: Sequence[_Sheets]) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 72)
    for line, (what, value) in enumerate(_about_lines(about, sheets)):
        sheet.write_string(line, 0, what, made.head)
        form = made.moment if isinstance(value, date) else made.text
        write_value(sheet, line, 1, value, form)


def _about_lines(about: About, sheets: Sequence[_Sheets]) -> Iterator[tuple[str, Value]]:
    yield "Question", text_in(f"answerable {about.question}")
    yield "As of (UTC)", _when(about.as_of, "the present")
    yield "As known by (UTC)", _when(about.known_by, "all that is on record")
    if about.times_in is not None:
        yield "Days asked about", text_in("each ends in its own zone where a case tells one")
    yield "Entries of the log", text_in(f"{about.size:,}")
    yield "Root of its tree", text_in(about.root.hex())
    yield "Last recorded (UTC)", _when(about.recorded, "nothing")
    yield "Policies that judge", text_in(", ".join(about.policies) or "none")
    yield "Version of answerable", text_in(about.version)
    for each in sheets:
        cut = f"; texts cut, since a cell holds no more: {each.cut:,}" if each.cut else ""
        yield f"Sheet {each.name}", text_in(f"{each.register.title}: {_rows(each.rows)}{cut}")


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def _when(moment: datetime | None, else_: str) -> Value:
    if moment is None:
        return text_in(else_)
    # A day asked about ends a microsecond before the next, to which a sheet would round it.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
