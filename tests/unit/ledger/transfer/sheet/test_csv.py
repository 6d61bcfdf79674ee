"""CSV as spreadsheets write it, with rows numbered as they show them."""

from pathlib import Path

import pytest

from answerable.ledger.transfer.sheet.errors import SheetUnreadable
from answerable.ledger.transfer.sheet.files import csv_file
from answerable.ledger.transfer.sheet.files.cells import Row, Sheet
from answerable.ledger.transfer.sheet.files.csv_file import csv_lines


def rows(place: Path, content: bytes, *, heading: int = 1, **options: str) -> list[Row]:
    file = place / "sheet.csv"
    file.write_bytes(content)
    return [*Sheet(lambda: csv_lines(file, **options), heading=heading).rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_heading(tmp_path: Path, delimiter: str) -> None:
    content = delimiter.join(['"a,;|x"', "b", "c"]) + "\n" + delimiter.join(['"1,5;"', "2", "3"])
    told = rows(tmp_path, content.encode())
    assert told == [Row(2, {"a,;|x": "1,5;", "b": "2", "c": "3"})]


def test_what_excel_says_of_its_delimiter_is_no_row(tmp_path: Path) -> None:
    assert rows(tmp_path, b"sep=;\r\na;b\r\n1;2\r\n") == [Row(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize(
    "content",
    ["a,b\né,ü\n".encode("utf-8-sig"), "a,b\né,ü\n".encode("utf-16"), "a,b\né,ü\n".encode()],
)
def test_an_encoding_that_the_file_tells_needs_no_telling(tmp_path: Path, content: bytes) -> None:
    assert rows(tmp_path, content) == [Row(2, {"a": "é", "b": "ü"})]


def test_another_encoding_is_named(tmp_path: Path) -> None:
    content = "name\nJosé\n".encode("cp1252")
    assert rows(tmp_path, content, encoding="cp1252") == [Row(2, {"name": "José"})]
    with pytest.raises(SheetUnreadable, match=r"line 2 of the file has .* not utf-8") as raised:
        rows(tmp_path, content)
    assert "--encoding cp1252" in raised.value.cli_text()


def test_a_quoted_line_feed_and_a_blank_row_count_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    told = rows(tmp_path, b'a,b\n"one\ntwo",2\n\n , \n3,4\n')
    assert told == [Row(2, {"a": "one\ntwo", "b": "2"}), Row(5, {"a": "3", "b": "4"})]


def test_a_quote_that_is_never_closed_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable, match="row 3 is not CSV"):
        rows(tmp_path, b'a\n1\n"2\n3\n')


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetUnreadable, match="columns A and C are both called 'a'"):
        rows(tmp_path, b"a,b,a\n")


def test_a_heading_may_stand_further_down_and_a_column_lack_one(tmp_path: Path) -> None:
    told = rows(tmp_path, b"Cases of 2024,,\n\na,,c\n1,2,3,4\n", heading=3)
    assert told == [Row(4, {"a": "1", "column B": "2", "c": "3", "column D": "4"})]


def test_a_sheet_without_headings_is_told(tmp_path: Path) -> None:
    for content in (b"", b"\n", b" , \n1,2\n"):
        with pytest.raises(SheetUnreadable, match="row 1 has no headings"):
            rows(tmp_path, content)


def test_a_line_that_never_ends_is_told_and_not_cut_in_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "LONGEST_LINE", 20)
    with pytest.raises(SheetUnreadable, match="row 2 is not CSV: a line has more than 20"):
        rows(tmp_path, b"a,b\n" + b"1," * 30 + b"\n")
