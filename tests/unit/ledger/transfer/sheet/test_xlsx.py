"""XLSX as it is shown, and what it hides."""

import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from answerable.ledger.transfer.sheet.errors import SheetUnreadable
from answerable.ledger.transfer.sheet.files import xlsx_file
from answerable.ledger.transfer.sheet.files.cells import Broken, Day, Number, Sheet
from answerable.ledger.transfer.sheet.files.xlsx_file import XlsxFile


@pytest.fixture
def book() -> Workbook:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "Cases"
    sheet.append(["what", "value"])
    return made


def saved(book: Workbook, place: Path) -> Path:
    book.save(place / "cases.xlsx")
    return place / "cases.xlsx"


def values(file: XlsxFile) -> list[str]:
    return [row.get("value") for row in Sheet(file.lines).rows()]


@pytest.mark.parametrize(
    ("value", "form", "shown", "kind"),
    [
        (30, None, "30", Number),
        (30.0, None, "30", Number),
        (0.1 + 0.2, None, "0.3", Number),
        (1e15, None, "1000000000000000", Number),
        (-1200.5, None, "-1200.5", Number),
        (True, None, "TRUE", str),
        ("2024-1", None, "2024-1", str),
        (date(2024, 3, 5), None, "2024-03-05", Day),
        (datetime(2024, 3, 5, 14, 3), None, "2024-03-05T14:03:00", Day),  # noqa: DTZ001
        (date(2024, 3, 1), "mmm yyyy", "2024-03", Day),
        (date(2024, 1, 1), "yyyy", "2024", Day),
        (date(2024, 3, 5), "[$-407]d. mmmm yyyy;@", "2024-03-05", Day),
        (date(2024, 3, 1), '"day of "mm/yyyy', "2024-03", Day),
        (time(14, 3), None, "14:03:00", str),
        (timedelta(days=3), None, "the length of time 3 days, 0:00:00", Broken),
        ("#N/A", None, "the error #N/A", Broken),
    ],
)
def test_a_cell_is_what_it_shows(
    book: Workbook, tmp_path: Path, value: Any, form: str | None, shown: str, kind: type[str]
) -> None:
    sheet: Any = book.active
    sheet.append(["x", value])
    if form:
        sheet["B2"].number_format = form
    told = values(XlsxFile(saved(book, tmp_path)))
    assert told == [shown]
    assert type(told[0]) is kind


def test_a_formula_without_a_value_is_not_blank(book: Workbook, tmp_path: Path) -> None:
    sheet: Any = book.active
    sheet.append(["x", "=1+1"])
    sheet.append(["y", None, None, "=2+2"])
    file = XlsxFile(saved(book, tmp_path))
    told = [row.cells for row in Sheet(file.lines).rows()]
    assert told[0]["value"] == told[1]["column D"] == "a formula without a value"
    assert type(told[0]["value"]) is Broken


def test_what_is_hidden_or_merged_is_told_and_read(book: Workbook, tmp_path: Path) -> None:
    sheet: Any = book.active
    for number in range(2, 6):
        sheet.append([f"row {number}", number])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A4:A5")
    file = XlsxFile(saved(book, tmp_path))
    assert values(file) == ["2", "3", "4", "5"]
    assert file.remarks == (
        "Hidden rows are read, too: 3.",
        "Hidden columns are read, too: B.",
        "Merged cells hold their value in the first row and column alone: A4:A5.",
    )


def test_of_several_sheets_one_is_named(book: Workbook, tmp_path: Path) -> None:
    book.create_sheet("Notes").append(["value"])
    hidden = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    place = saved(book, tmp_path)
    with pytest.raises(SheetUnreadable, match="2 sheets: Cases, Notes") as raised:
        XlsxFile(place)
    assert "--sheet NAME" in raised.value.cli_text()
    assert XlsxFile(place, "Notes").name == "Notes"
    with pytest.raises(SheetUnreadable, match=r"no sheet 'notes'.*It has: Cases, Notes, Lists"):
        XlsxFile(place, "notes")


@pytest.mark.parametrize("content", [b"", b"what,value\n", b"PK\3\4" + bytes(40)])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "x.xlsx"
    place.write_bytes(content)
    with pytest.raises(SheetUnreadable, match=r"x\.xlsx is not a workbook"):
        XlsxFile(place)


def test_a_zip_of_something_else_is_told(tmp_path: Path) -> None:
    place = tmp_path / "x.xlsx"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SheetUnreadable, match="not a workbook"):
        XlsxFile(place)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(
    book: Workbook, tmp_path: Path
) -> None:
    place = saved(book, tmp_path)
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/nothing.bin", bytes(64 * 1024 * 1024))
    with pytest.raises(SheetUnreadable, match="would unpack to 64 MiB"):
        XlsxFile(place)


def test_texts_that_cells_share_are_not_read_without_bound(
    book: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = saved(book, tmp_path)
    monkeypatch.setattr(xlsx_file, "LARGEST_TABLE", 300)
    with pytest.raises(SheetUnreadable, match=r"would unpack to .* the most that is read"):
        XlsxFile(place)


def test_a_part_that_is_longer_than_it_says_is_not_read_on(book: Workbook, tmp_path: Path) -> None:
    place = saved(book, tmp_path)
    data = bytearray(place.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\1\2"
    data[at + 24 : at + 28] = struct.pack("<L", 50)  # the unpacked size in the directory
    place.write_bytes(bytes(data))
    with pytest.raises(SheetUnreadable, match="not a workbook"):
        values(XlsxFile(place))


def test_a_damaged_workbook_is_told(book: Workbook, tmp_path: Path) -> None:
    place = saved(book, tmp_path)
    data = place.read_bytes()
    for at in range(0, len(data), 97):
        place.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with suppress(SheetUnreadable):  # no other error, that is
            values(XlsxFile(place))


def test_a_sheet_that_says_it_is_vast_is_read_as_it_is(book: Workbook, tmp_path: Path) -> None:
    sheet: Any = book.active
    sheet.append(["x", 1])
    place = saved(book, tmp_path)
    with zipfile.ZipFile(place) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    vast = parts[name].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert vast != parts[name]
    with zipfile.ZipFile(place, "w") as archive:
        for each, content in {**parts, name: vast}.items():
            archive.writestr(each, content)
    assert values(XlsxFile(place)) == ["1"]
