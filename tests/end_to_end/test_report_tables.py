"""The report as tables, by the installed command, read back by others' readers."""

from __future__ import annotations

import csv
import io

from openpyxl import load_workbook
from tests.end_to_end.conftest import Cli

from answerable.cli.reporting import report_all
from answerable.cli.reporting.formats import REGISTERS


def test_a_register_of_a_report_is_a_table_of_csv(story: Cli) -> None:
    told = story("report", "xiaomi-kol", "--format", "csv", "--register", "accountable").out
    rows = [*csv.DictReader(io.StringIO(told, newline=""))]
    assert [each["party_name"] for each in rows] == ["person-4", "Xu Fei", "Xu Jieyun"]
    assert {each["root"] for each in rows} == {story("verify", "--json").json["root"]}


def test_a_workbook_of_a_report_has_a_sheet_for_each_register_and_one_about_them(
    story: Cli,
) -> None:
    asked = ("report", "xiaomi-kol", "--for", "public", "--output")
    story(*asked, "r.xlsx")
    story(*asked, "again.xlsx")
    data = (story.folder / "r.xlsx").read_bytes()
    assert data == (story.folder / "again.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [
        "About",
        *(each.replace("_", " ").capitalize() for each in REGISTERS),
    ]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "answerable report xiaomi-kol, for the public" in cells
    assert not [each for each in cells if "Xu Fei" in each]
    assert book["Withheld"].max_row == 2


def test_what_cannot_be_asked_for_says_what_can(story: Cli) -> None:
    def refused(*options: str) -> str:
        return " ".join(story("report", *options, code=2).err.split())

    assert "--register (accountable, findings" in refused("xiaomi-kol", "--format", "csv")
    said = refused("xiaomi-kol", "--format", "json", "--register", "open")
    assert "--register chooses a table of --format csv or xlsx; json tells all." in said
    assert "--register (figures, parts" in refused("--all", "--format", "csv")
    asked = ("--format", "csv", "--register")
    assert "no register open: it has figures" in refused("--all", *asked, "open")
    assert "no register figures: it has accountable" in refused("xiaomi-kol", *asked, "figures")


def test_the_report_on_all_cases_is_a_workbook_that_tells_what_its_text_tells(story: Cli) -> None:
    asked = ("report", "--all", "--as-of", "2026-03-31")
    story(*asked, "--output", "all.xlsx")
    story(*asked, "--output", "again.xlsx")
    data = (story.folder / "all.xlsx").read_bytes()
    assert data == (story.folder / "again.xlsx").read_bytes()
    book = load_workbook(io.BytesIO(data))
    names = [each.replace("_", " ").capitalize() for each in report_all.REGISTERS]
    assert book.sheetnames == ["About", *names]
    about = {str(name.value): name.offset(0, 1).value for name in book["About"]["A"]}
    assert str(about["As of (UTC)"]) == "2026-03-31 23:59:59"
    found = story(*asked, "--format", "json").json
    sizes = {"Accountable": "people", "Groups": "groups", "Bars": "bars"}
    for sheet, key in sizes.items():
        assert book[sheet].max_row - 1 == len(found[key])
    told = story(*asked, "--format", "csv", "--register", "accountable").out
    rows = [*csv.DictReader(io.StringIO(told, newline=""))]
    assert [each["party"] for each in rows] == [each["person"]["party"] for each in found["people"]]
