"""`answerable import --csv` and `--xlsx`: sheets of cases, by a map."""

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from tests.end_to_end.conftest import Cli, Unchanged

MAP = """\
case = "{Case no}"
key = "{Case no}"
source = "hr-cases"
dates = ["DD.MM.YYYY", "MM/YYYY"]
decimal = ","

[tables.measures]
"Written warning" = "written-warning"
Fine = "fine"
"*" = "other"

[values]
person = { column = "Person", party = "person", id = "staff-{Staff no}" }

[[event]]
kind = "case-opened"
title = "Case {Case no}"

[[event]]
kind = "finding-made"
ref = "finding"
when = { column = "Finding", is = "proven" }
subject = "{person}"
outcome = "substantiated"
responsibility = "direct"
occurred = "{Date}"

[[event]]
kind = "sanction-imposed"
subject = "{person}"
measure = { column = "Measures", split = ",", table = "measures" }
measure_text = "{Measures}"
basis = ["$finding"]
occurred = "{Date}"
reason = "{Note}"
"""
ROWS = [
    ["Case no", "Person", "Staff no", "Date", "Measures", "Finding", "Note", "Room"],
    ["2024/17", "Jörg Müller", "17", "05.03.2024", "Fine, Written warning", "proven", "two\nlines",
     ""],
    ["2024/18", "Li Wei", "18", "03/2024", "Talk", "proven", "", "3"],
    ["", "", "", "", "", "", "", ""],
    ["2024/19", "Li Wei", "18", "2024", "", "proven", "", ""],
]  # fmt: skip


def write_csv(folder: Path, rows: list[list[str]] = ROWS, **options: Any) -> None:
    with (folder / "cases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, **options).writerows(rows)


def write_xlsx(folder: Path, rows: list[list[str]] = ROWS) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(folder / "cases.xlsx")


@pytest.fixture
def house(cli: Cli) -> Cli:
    """A folder with an empty ledger, a sheet and its map."""
    cli("init")
    write_csv(cli.folder)
    (cli.folder / "cases.toml").write_text(MAP, encoding="utf-8")
    return cli


IMPORT = ("import", "--csv", "cases.csv", "--map", "cases.toml")


def test_a_trial_shows_rows_as_events_in_words_and_records_nothing(
    house: Cli, unchanged: Unchanged
) -> None:
    with unchanged(house):
        tried = house(*IMPORT, "--dry-run")
    assert tried.out == (
        "Nothing is recorded; it would be: 11 events from 3 rows; on record already: 0\n"
        "  2  party-registered\n"
        "  3  case-opened\n"
        "  3  finding-made\n"
        "  3  sanction-imposed\n"
        "Row 2:\n"
        "  Registered staff-17 as Jörg Müller (person)\n"
        "  date not told  Case opened\n"
        "    title: Case 2024/17\n"
        "  2024-03-05  Finding about Jörg Müller: substantiated, direct responsibility\n"
        "  2024-03-05  Sanction against Jörg Müller: fine\n"
        "    measure text: Fine, Written warning\n"
        "    reason: two lines\n"
        "  2024-03-05  Sanction against Jörg Müller: written warning\n"
        "    measure text: Fine, Written warning\n"
        "    reason: two lines\n"
        "Row 3:\n"
        "  Registered staff-18 as Li Wei (person)\n"
        "  date not told  Case opened\n"
        "    title: Case 2024/18\n"
        "  2024-03  Finding about Li Wei: substantiated, direct responsibility\n"
        "  2024-03  Sanction against Li Wei: another measure\n"
        "    measure text: Talk\n"
        "Row 5:\n"
        "  date not told  Case opened\n"
        "    title: Case 2024/19\n"
        "  2024  Finding about Li Wei: substantiated, direct responsibility\n"
    )
    assert tried.err == (
        "Not mapped, so not recorded: Room. (`ignore` in the map says so.)\n"
        "Taken for `*` in [tables.measures]: 'Talk'.\n"
    )


def test_a_sheet_is_recorded_once_however_often_it_is_imported(house: Cli) -> None:
    first = house(*IMPORT)
    assert first.out.startswith("Recorded: 11 events from 3 rows; on record already: 0\n")
    again = house(*IMPORT, "--json").json
    assert (again["recorded"], again["known"], again["size"]) == (0, 9, 11)
    write_csv(house.folder, [*ROWS, ["2024/20", "Li Wei", "18", "2024", "", "", "", ""]])
    more = house(*IMPORT, "--json").json
    assert (more["recorded"], more["known"]) == (1, 9)
    assert more["names_not_on_record"] == []
    write_csv(house.folder, [ROWS[0], ["2024/21", "W. Li", "18", "2024", "", "", "", ""]])
    further = MAP.replace('{Staff no}"', '{Staff no}", aliases = true')
    (house.folder / "cases.toml").write_text(further, encoding="utf-8")
    told = "Names of parties on record that are not, and are not recorded: W. Li (staff-18).\n"
    assert told in house(*IMPORT).err
    registered = [each for each in house("export").lines if each["kind"] == "party-registered"]
    assert [each["party"] for each in registered] == ["staff-17", "staff-18"]


def test_without_keys_the_same_sheet_adds_nothing_either(house: Cli) -> None:
    map_ = house.folder / "cases.toml"
    map_.write_text(MAP.replace('key = "{Case no}"\n', ""), encoding="utf-8")
    assert house(*IMPORT, "--json").json["recorded"] == 11
    again = house(*IMPORT, "--json").json
    assert (again["recorded"], again["known"]) == (0, 9)


def test_xlsx_and_csv_with_other_signs_give_the_same_events(house: Cli, tmp_path: Path) -> None:
    house(*IMPORT)
    expected = house("export").lines
    write_csv(house.folder, delimiter=";", quoting=csv.QUOTE_ALL)
    text = (house.folder / "cases.csv").read_text(encoding="utf-8")
    (house.folder / "cases.csv").write_bytes(text.encode("cp1252"))
    write_xlsx(house.folder)
    for name, asked in (
        ("signs", (*IMPORT, "--encoding", "cp1252")),
        ("xlsx", ("import", "--xlsx", "cases.xlsx", "--map", "cases.toml")),
    ):
        environment = {"ANSWERABLE_LEDGER": f"{name}.db"}
        house("init", env=environment)
        house(*asked, env=environment)
        assert house("export", env=environment).lines == [
            event | {"event_id": other["event_id"]} if "key" not in event else event
            for event, other in zip(expected, house("export", env=environment).lines, strict=True)
        ]


WRONG = [
    ["2024/21", "A", "1", "31.02.2024", "Fine", "", "", ""],
    ["2024/22", "A", "1", "yesterday", "Fine", "", "", ""],
    ["2024/23", "A", "", "2024", "Fine", "", "", ""],
]


def test_all_that_does_not_fit_is_told_and_nothing_recorded(
    house: Cli, unchanged: Unchanged
) -> None:
    write_csv(house.folder, ROWS + WRONG)
    told = (
        "3 things do not fit, in 3 rows of 6:\n"
        "  row 6, Date: '31.02.2024' is no date: February 2024 has 29 days. Allowed: DD.MM.YYYY, "
        "MM/YYYY, EDTF: 2026-01-05, 2026-01, 2026, ../2026-01-05.\n"
        "  row 7, Date: 'yesterday' is no date in a form that the map names. Allowed: DD.MM.YYYY, "
        "MM/YYYY, EDTF: 2026-01-05, 2026-01, 2026, ../2026-01-05.\n"
        "  row 8, Person: 'A' is named, and what its pseudonym is made of is blank.\n"
    )
    with unchanged(house):
        refused = house(*IMPORT, code=3)
        assert told in refused.err
        assert refused.out == ""
        tried = house(*IMPORT, "--dry-run", code=3)
        assert tried.out.startswith("Nothing would be recorded: " + told)
        as_json = house(*IMPORT, "--dry-run", "--json", code=3).json
    assert as_json["rows_that_do_not_fit"] == [6, 7, 8]
    assert as_json["misfits"][1] == {
        "row": 7, "column": "Date", "value": "yesterday",
        "what": "is no date in a form that the map names",
        "allowed": "DD.MM.YYYY, MM/YYYY, EDTF: 2026-01-05, 2026-01, 2026, ../2026-01-05",
    }  # fmt: skip


def test_rows_that_do_not_fit_are_written_where_they_can_be_mended(house: Cli) -> None:
    write_csv(house.folder, ROWS + WRONG)
    result = house(*IMPORT, "--misfits", "left.csv")
    assert result.out.startswith("Recorded: 11 events from 3 rows")
    assert "The rows that do not fit are written to left.csv." in result.err
    with (house.folder / "left.csv").open(encoding="utf-8-sig", newline="") as file:
        left = [*csv.DictReader(file)]
    assert [row["row"] for row in left] == ["6", "7", "8"]
    assert [row["Case no"] for row in left] == ["2024/21", "2024/22", "2024/23"]
    assert "February 2024 has 29 days" in left[0]["does not fit"]
    mended = [[*row[:2], "1", "2024", *row[4:]] for row in WRONG]
    write_csv(house.folder, [ROWS[0], *mended])
    assert house(*IMPORT).out.startswith("Recorded: 7 events from 3 rows")


def test_what_the_ledger_refuses_is_told_with_its_row(house: Cli, unchanged: Unchanged) -> None:
    house("append", "case-opened", "--case", "2024-18", "--title", "Other", "--new-case")
    house("append", "case-closed", "--case", "2024-18", "--disposition", "other")
    with unchanged(house):
        refused = house(*IMPORT, code=3)
    assert "row 3: " in refused.err
    assert refused.out == ""


def test_names_that_the_ledger_does_not_know_are_told_with_their_column(house: Cli) -> None:
    map_ = house.folder / "cases.toml"
    map_.write_text(MAP.replace("person = { column", "who = { column").replace(
        'subject = "{person}"', 'subject = "{Person}"'), encoding="utf-8")  # fmt: skip
    refused = house(*IMPORT, code=3)
    assert "row 2, Person: no party is registered under the name 'Jörg Müller'" in refused.err


def test_two_names_of_one_number_pin_nothing_on_anybody(house: Cli, unchanged: Unchanged) -> None:
    head, first, second, *_ = ROWS
    write_csv(house.folder, [head, first, [*second[:2], "17", *second[3:]]])
    with unchanged(house):
        refused = house(*IMPORT, code=3)
    allowed = "Allowed: one name for an id, or `aliases = true` in the map: names of one party."
    said = " ".join(refused.err.split())
    for row, name, other, of in ((2, "Jörg Müller", "Li Wei", 3), (3, "Li Wei", "Jörg Müller", 2)):
        told = f"row {row}, Person: {name!r} is called staff-17, and so is {other!r} in row {of}."
        assert f"{told} {allowed}" in said

    write_csv(house.folder, [head, first])
    house(*IMPORT)
    write_csv(house.folder, [head, [*second[:2], "17", *second[3:]]])
    refused = house(*IMPORT, code=3)
    told = "row 2, Person: 'Li Wei' is called staff-17, which is 'Jörg Müller' on record."
    assert told in " ".join(refused.err.split())

    map_ = house.folder / "cases.toml"
    map_.write_text(MAP.replace('no}" }', 'no}", aliases = true }'), encoding="utf-8")
    assert house(*IMPORT).out.startswith("Recorded: 3 events")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--csv", "cases.csv"), "Missing option '--map'"),
        (("--map", "cases.toml"), "--map is for a sheet"),
        (("--csv", "cases.csv", "--xlsx", "cases.csv", "--map", "cases.toml"), "two sheets"),
        (("--csv", "cases.csv", "--map", "cases.toml", "--continue"), "--continue is for JSON"),
        (("--csv", "cases.csv", "--map", "cases.toml", "--sheet", "A"), "--sheet is for XLSX"),
        (("--csv", "cases.csv", "--map", "cases.toml", "--encoding", "x"), "'x' is not known"),
        (("--csv", "cases.csv", "--map", "cases.toml", "--delimiter", "ab"), "not one sign"),
        (("cases.csv", "--csv", "cases.csv", "--map", "cases.toml"), "is JSON lines"),
        (("--csv", "cases.csv", "--map", "cases.toml", "--misfits", "cases.csv"), "overwrites no"),
        (("--csv", "none.csv", "--map", "cases.toml"), "there is no file none.csv"),
        ((), "Missing argument 'FILE|-'"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    house: Cli, arguments: tuple[str, ...], told: str
) -> None:
    assert told in " ".join(house("import", *arguments, code=2).err.split())


def test_a_map_that_is_not_of_the_sheet_is_told_with_its_lines(house: Cli) -> None:
    map_ = house.folder / "cases.toml"
    map_.write_text(MAP.replace('"{Date}"', '"{Day}"').replace('"fine"', '"fein"'), "utf-8")
    refused = house(*IMPORT, code=3)
    assert (
        "cases.toml: line 9: tables.measures.Fine: 'fein' is not allowed in measure. Did you "
        in (refused.err)
    )
    map_.write_text(MAP.replace('"{Date}"', '"{Day}"'), "utf-8")
    refused = house(*IMPORT, code=3)
    assert "line 26: event 2 (finding).occurred: there is no column 'Day'" in refused.err


def fill_in(place: Path, **cells: str) -> None:
    """Add a row to a sheet that a template wrote, by the headings of its columns."""
    with place.open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(file))
    assert set(cells) <= {*headings}
    with place.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, headings).writerow(cells)


def test_a_template_is_filled_in_and_imported(cli: Cli) -> None:
    cli("init")
    kinds = ("--template", "case-opened", "--template", "finding-made", "--template", "sanction")
    written = cli("import", *kinds, "--csv", "past.csv")
    assert written.out.startswith("Written: past.csv, with ")
    assert "`answerable import --csv past.csv --map past.toml --dry-run`" in written.err
    row = {
        "case": "2019-4", "key": "4", "case-opened: title": "Gifts",
        "finding-made: subject": "p-7", "finding-made: outcome": "Substantiated",
        "finding-made: responsibility": "direct", "finding-made: occurred": "2019-03",
        "sanction-imposed: subject": "p-7", "sanction-imposed: measure": "fine",
        "sanction-imposed: sources": "Minutes of 3 March\nhttps://example.com/4",
    }  # fmt: skip
    fill_in(cli.folder / "past.csv", **row)
    asked = ("import", "--csv", "past.csv", "--map", "past.toml")
    tried = cli(*asked, "--dry-run")
    assert "  2019-03  Finding about p-7: substantiated, direct responsibility\n" in tried.out
    assert "Passed over, as the map has it by `comment`: 1 row.\n" in tried.err
    cli(*asked)
    opened, finding, sanction = cli("export").lines
    assert [each["kind"] for each in (opened, finding)] == ["case-opened", "finding-made"]
    assert sanction["basis"] == [finding["event_id"]]
    assert sanction["sources"] == [
        {"title": "Minutes of 3 March"}, {"url": "https://example.com/4"},
    ]  # fmt: skip
    assert cli(*asked, "--json").json["recorded"] == 0


def test_a_template_as_a_workbook_on_stdout_and_never_over_a_file(cli: Cli) -> None:
    cli("import", "--template", "finding-made", "--xlsx", "past.xlsx")
    cli("init")
    asked = ("import", "--xlsx", "past.xlsx", "--map", "past.toml", "--dry-run", "--json")
    assert cli(*asked).json["rows"] == 0
    told = cli("import", "--template", "finding-made")
    assert told.out.startswith("case,key,occurred,subject,")
    refused = cli("import", "--template", "finding-made", "--xlsx", "past.xlsx", code=3)
    assert "there is something at past.xlsx already" in refused.err
    for kind, why in (("correction", "no sheet is made for correction"), ("findng", "no kind")):
        assert why in cli("import", "--template", kind, code=3).err
