"""Read XLSX (ECMA-376) with openpyxl: values as they are shown, and what a sheet hides.

A date is given as precisely as its cell shows it: a cell that shows `Mar 2025` holds a day, which
nobody told. Of a formula the value is read that it had when the file was saved.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from answerable.ledger.transfer.sheet.errors import SheetUnreadable
from answerable.ledger.transfer.sheet.files.cells import Broken, Day, Line, Number
from answerable.ledger.transfer.sheet.files.xlsx_hidden import Hidden, hidden_in

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

LARGEST = 512 * 1024 * 1024
"""The most bytes that the parts of a workbook may unpack to."""

UNPACKED_PER_BYTE, UNPACKED_BESIDE = 200, 16 * 1024 * 1024
"""The most bytes that a byte of it may unpack to, and how many more the whole may: sheets of like
rows are packed to a fiftieth, what is made to fill memory to a thousandth."""

LARGEST_TABLE = 64 * 1024 * 1024
"""The most bytes of a part that is read as a whole: the texts that cells share, the styles."""

READ_IN_ROWS = ("xl/worksheets/", "xl/media/")
"""The parts that are read row by row, or not at all."""

MOST_PARTS = 10_000
"""The most parts of a workbook."""

WIDEST = 2_000
"""The most columns of a sheet that are read."""

OPTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Match what stands in a number format beside its signs: texts, colours, widths."""


class XlsxFile:
    """A workbook, and the one sheet of it that is read.

    Attributes:
        remarks: what is hidden in the sheet, a sentence each.
    """

    def __init__(self, place: Path, sheet: str | None = None) -> None:
        """Look the workbook over.

        Args:
            place: the file.
            sheet: the name of the sheet; None: its only one that can be seen.

        Raises:
            SheetUnreadable: it is no workbook, unpacks to too much, or has no such sheet.
        """
        self._place = place
        _check_zip(place)
        book = _opened(place)
        try:
            name = _chosen(book, sheet)
            self.name = name
            hidden = _hidden(place, book[name])
        finally:
            book.close()
        self._hidden = hidden
        self.remarks = tuple(hidden.sentences())

    def lines(self) -> Generator[Line, None, None]:
        """Yield the rows of the sheet."""
        book = _opened(self._place)
        try:
            sheet: Any = book[self.name]
            # What a sheet says of its own size may be anything, and rows would be filled up to it.
            sheet.reset_dimensions()
            unworked = self._hidden.unworked
            for number, cells in enumerate(sheet.iter_rows(), 1):
                if len(cells) > WIDEST:
                    raise SheetUnreadable(f"row {number:,} has more than {WIDEST:,} columns.")
                shown = [_shown(cell) for cell in cells]
                for at in unworked.get(number, ()):
                    shown += [""] * (at + 1 - len(shown))
                    shown[at] = Broken("a formula without a value")
                yield Line(number, shown)
        except (ValueError, KeyError, SyntaxError, BadZipFile, zlib.error, EOFError) as error:
            raise _unreadable(self._place, error) from None
        finally:
            book.close()


def _check_zip(place: Path) -> None:
    """Check how much a workbook unpacks to, before any of it is unpacked.

    A reader takes of a part no more bytes than the directory says it has.
    """
    try:
        with ZipFile(place) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise SheetUnreadable(
            f"{place.name} is not a workbook (XLSX): {error}.",
            hint="Save it as XLSX, or as CSV. An older .xls is none.",
        ) from None
    packed = place.stat().st_size
    unpacked = sum(part.file_size for part in parts)
    allowed = min(LARGEST, UNPACKED_PER_BYTE * packed + UNPACKED_BESIDE)
    if unpacked > allowed or len(parts) > MOST_PARTS:
        raise SheetUnreadable(
            f"{place.name} would unpack to {unpacked / 1024**2:,.0f} MiB in {len(parts):,} parts, "
            f"and {allowed / 1024**2:,.0f} MiB in {MOST_PARTS:,} parts are the most that is read.",
            hint="Save the sheet alone, or as CSV.",
        )
    for part in parts:
        if part.file_size > LARGEST_TABLE and not part.filename.startswith(READ_IN_ROWS):
            raise SheetUnreadable(
                f"{part.filename} in {place.name} would unpack to "
                f"{part.file_size / 1024**2:,.0f} MiB, and {LARGEST_TABLE / 1024**2:,.0f} MiB are "
                "the most that is read.",
                hint="Save the sheet alone, or as CSV.",
            )
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise SheetUnreadable(f"{place.name} is packed in a way that no workbook is.")


def _opened(place: Path) -> Workbook:
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # Of styles and extensions that it does not know, which say nothing of values.
            warnings.simplefilter("ignore")
            return load_workbook(place, read_only=True, data_only=True, keep_links=False)
    except (
        *(InvalidFileException, KeyError, ValueError, TypeError, AttributeError),
        *(SyntaxError, BadZipFile, zlib.error, EOFError, NotImplementedError),
    ) as error:
        raise _unreadable(place, error) from None


def _unreadable(place: Path, error: Exception) -> SheetUnreadable:
    return SheetUnreadable(
        f"{place.name} is not a workbook (XLSX) that can be read: {error!s:.200}",
        hint="Open it in a spreadsheet program and save it again, as XLSX or as CSV.",
    )


def _chosen(book: Workbook, sheet: str | None) -> str:
    names = [each.title for each in book.worksheets]
    if sheet is not None:
        if sheet in names:
            return sheet
        raise SheetUnreadable(
            f"there is no sheet {sheet!r} in it.", hint=f"It has: {', '.join(names)}."
        )
    seen = [each.title for each in book.worksheets if each.sheet_state == "visible"]
    if len(seen) == 1:
        return seen[0]
    raise SheetUnreadable(
        f"it has {len(seen)} sheets: {', '.join(seen)}." if seen else "it shows no sheet.",
        hint="Name the one to read.",
        cli_hint="Name the one to read: --sheet NAME.",
    )


def _hidden(place: Path, sheet: Any) -> Hidden:
    try:
        with ZipFile(place) as archive, archive.open(sheet._worksheet_path) as part:
            return hidden_in(part)
    except (KeyError, SyntaxError, ValueError, BadZipFile, zlib.error, EOFError) as error:
        raise _unreadable(place, error) from None


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return Broken(f"the error {value}") if cell.data_type == "e" else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return Number(_digits(value))
    if isinstance(value, datetime | date):
        return Day(_as_shown(value, cell.number_format or ""))
    if isinstance(value, time):
        return value.isoformat()
    return Broken(f"the length of time {value}")


def _digits(value: float) -> str:
    """Write a number as a spreadsheet shows it: with 15 digits, and no exponent."""
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _as_shown(value: datetime | date, form: str) -> str:
    """Write a date in EDTF, as far as its cell shows it."""
    signs = OPTED.sub("", form.split(";")[0]).lower()
    day = value.date() if isinstance(value, datetime) else value
    text = day.isoformat()
    if "d" not in signs and "y" in signs:
        return text[:7] if "m" in signs.replace("mm:", "").replace(":mm", "") else text[:4]
    if isinstance(value, datetime) and value.time() != time.min:
        return value.isoformat(timespec="seconds")
    return text
