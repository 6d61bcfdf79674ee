"""Rows of a sheet as drafts of events, and what of them does not fit."""

import csv
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from answerable.domain.parsing import parse
from answerable.ledger.transfer.sheet.files.cells import Sheet
from answerable.ledger.transfer.sheet.files.csv_file import csv_lines
from answerable.ledger.transfer.sheet.mapping import MappedRow, SheetMapping, names_by_id
from answerable.ledger.transfer.sheet.maps.columns import check_columns
from answerable.ledger.transfer.sheet.maps.reading import read_map
from answerable.ledger.transfer.sheet.parties import OnRecord

ALLEGED = """\
[[event]]
kind = "allegation-made"
subject = "p-1"
conduct = "{What}"
"""


UNREAD = ("ref", "key", "case")
"""Name what of a draft an import takes away."""


class Sheets:
    """Maps sheets of few rows."""

    def __init__(self, place: Path) -> None:
        self._place = place / "sheet.csv"
        self.on_record: dict[str, Sequence[str]] = {}
        self.registered: set[str] = set()
        self._drawn = count(1)

    def __call__(self, map_: str, *rows: Mapping[str, str]) -> list[MappedRow]:
        """Map rows, each by the headings of its columns."""
        columns = [*dict.fromkeys(column for row in rows for column in row)]
        with self._place.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([row.get(column, "") for column in columns] for row in rows)
        of = read_map(map_, "m.toml")
        sheet = Sheet(lambda: csv_lines(self._place), heading=of.heading, comment=of.comment)
        check_columns(of, sheet.columns)
        ledger = OnRecord(
            lambda name: self.on_record.get(name, ()),
            lambda party: party in self.registered,
            lambda: f"p-{next(self._drawn)}",
        )
        names = names_by_id(of, sheet.rows())
        mapping = SheetMapping(of, sheet.columns, ledger, names)
        return [*mapping.rows(sheet.rows())]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    return Sheets(tmp_path)


def told(row: MappedRow) -> list[dict[str, Any]]:
    assert row.misfits == []
    return [draft.fields for draft in row.drafts]


def wrong(row: MappedRow) -> list[str]:
    assert row.drafts == []
    return [str(each) for each in row.misfits]


def test_a_row_is_several_events_that_refer_to_one_another(sheets: Sheets) -> None:
    [row] = sheets(
        """
        case = "{No}"
        key = "{No}"
        [[event]]
        kind = "finding-made"
        ref = "finding"
        subject = "{Who}"
        outcome = "substantiated"
        responsibility = "direct"
        [[event]]
        kind = "sanction-imposed"
        subject = "{Who}"
        measure = { column = "Measures", split = "," }
        basis = ["$finding"]
        """,
        {"No": "2024/17 B", "Who": "p-7", "Measures": "Fine, Written warning,"},
    )
    assert told(row) == [
        {
            "ref": "r2.finding", "key": "2024/17 B/finding",
            "kind": "finding-made", "case_id": "2024-17-b", "subject": "p-7",
            "outcome": "substantiated", "responsibility": "direct",
        },
        {
            "key": "2024/17 B/sanction-imposed.1", "kind": "sanction-imposed",
            "case_id": "2024-17-b", "subject": "p-7", "measure": "fine", "basis": ["$r2.finding"],
        },
        {
            "key": "2024/17 B/sanction-imposed.2", "kind": "sanction-imposed",
            "case_id": "2024-17-b", "subject": "p-7", "measure": "written-warning",
            "basis": ["$r2.finding"],
        },
    ]  # fmt: skip


def test_a_row_is_an_event_only_where_its_conditions_hold(sheets: Sheets) -> None:
    map_ = """
        case = "c"
        blank = ["n/a"]
        [[event]]
        kind = "allegation-made"
        subject = "p-1"
        conduct = "{What}"
        when = [{ column = "State", not = ["Draft", "void"] }, "What"]
        """
    rows = sheets(
        map_,
        {"State": "open", "What": "gifts"},
        {"State": "DRAFT", "What": "gifts"},
        {"State": "", "What": "gifts"},
        {"State": "open", "What": "N/A"},
    )
    assert [len(row.drafts) for row in rows] == [1, 0, 1, 0]
    assert [row.misfits for row in rows] == [[], [], [], []]


def test_a_word_that_no_table_has_is_told_with_those_that_it_has(sheets: Sheets) -> None:
    map_ = """
        case = "c"
        [tables.parts]
        "Did it" = "direct"
        Boss = "managerial"
        unclear = ""
        [[event]]
        kind = "finding-made"
        subject = "p-1"
        outcome = "substantiated"
        responsibility = { column = "Part", table = "parts" }
        """
    rows = sheets(map_, {"Part": " did  IT "}, {"Part": "bos"}, {"Part": "unclear"}, {"Part": ""})
    assert told(rows[0])[0]["responsibility"] == "direct"
    assert wrong(rows[1]) == [
        "row 3, Part: 'bos' is not in [tables.parts]. Allowed: Did it, Boss, unclear."
    ]
    needs = "row 4, Part: is blank, and finding-made needs responsibility."
    assert wrong(rows[2]) == [needs]
    assert len(rows) == 3, "a blank row is none"
    other = map_.replace('unclear = ""', '"*" = "none"')
    [row] = sheets(other, {"Part": "whatever"})
    assert told(row)[0]["responsibility"] == "none"
    assert row.guessed == [("parts", "whatever")]


def test_a_name_is_one_party_registered_once(sheets: Sheets) -> None:
    sheets.on_record = {"Ann Lee": ["p-ann"], "Bo": ["p-bo", "p-bob"]}
    map_ = """
        case = "c"
        [[event]]
        kind = "step-taken"
        term = "talk"
        who = { column = "Who", split = ";", party = "person" }
        """
    rows = sheets(
        map_,
        {"Who": "Cy Ray; Ann Lee"},
        {"Who": "Bo;Di"},
        {"Who": "CY  ＲＡＹ; Di"},
        {"Who": "Di"},
    )
    registered = {"kind": "party-registered", "case_id": "house", "type": "person"}
    assert told(rows[0]) == [
        {**registered, "party": "p-1", "name": "Cy Ray"},
        {"kind": "step-taken", "case_id": "c", "term": "talk", "who": ["p-1", "p-ann"]},
    ]
    assert wrong(rows[1]) == [
        "row 3, Who: 'Bo' is the name of several parties on record: p-bo, p-bob. Allowed: `id`, a "
        "column that says which of them is meant."
    ]
    assert told(rows[2])[0]["name"] == "Di", "the row that named them first was not recorded"
    assert told(rows[3])[0]["who"] == [told(rows[2])[0]["party"]]


def test_an_id_tells_parties_of_one_name_apart_and_gathers_their_names(sheets: Sheets) -> None:
    sheets.registered = {"person-9"}
    map_ = """
        case = "c"
        [[event]]
        kind = "allegation-made"
        subject = { column = "Who", party = "person", id = "person-{No}", aliases = true }
        conduct = "gifts"
        """
    rows = sheets(
        map_,
        {"Who": "Adams", "No": "1"},
        {"Who": "Adams", "No": "2"},
        {"Who": "J. Adams", "No": "1"},
        {"Who": "Old", "No": "9"},
        {"Who": "Nobody"},
    )
    first = told(rows[0])[0]
    assert (first["party"], first["name"], first["aliases"]) == ("person-1", "Adams", ["J. Adams"])
    assert told(rows[1])[0]["party"] == "person-2"
    assert [len(told(row)) for row in rows[2:4]] == [1, 1]
    assert [row.strange for row in rows[:4]] == [[], [], [], [("person-9", "Old")]]
    assert wrong(rows[4]) == [
        "row 6, Who: 'Nobody' is named, and what its pseudonym is made of is blank.",
    ]


def test_what_is_told_once_is_told_by_the_first_row_and_must_not_differ(sheets: Sheets) -> None:
    map_ = """
        case = "{No}"
        key = "{Row}"
        [[event]]
        kind = "case-opened"
        ref = "case"
        once = "{No}"
        title = "{Title}"
        [[event]]
        kind = "allegation-made"
        subject = "p-1"
        conduct = "{What}"
        basis = ["$case"]
        """
    rows = sheets(
        map_,
        {"No": "a", "Row": "1", "Title": "Gifts", "What": "x"},
        {"No": "a", "Row": "2", "Title": "Gifts", "What": "y"},
        {"No": "a", "Row": "3", "Title": "Gift", "What": "z"},
        {"No": "b", "Row": "2", "Title": "Gift", "What": "z"},
    )
    assert [each["kind"] for each in told(rows[0])] == ["case-opened", "allegation-made"]
    assert told(rows[0])[0]["key"] == "a/case"
    assert told(rows[1])[0]["basis"] == ["$r2.case"]
    assert [each["kind"] for each in told(rows[1])] == ["allegation-made"]
    assert wrong(rows[2]) == [
        "row 4, Title: 'Gift' is not what row 2 says of title, which case tells once. Allowed: "
        "Gifts."
    ]
    assert wrong(rows[3]) == ["row 5, Row: '2' is the key of row 3 already."]


@pytest.mark.parametrize(
    ("cell", "spec", "date"),
    [
        ("05.03.2024", "", "2024-03-05"),
        ("2024-03", "", "2024-03"),
        ("../2024", "", "../2024"),
        ("3/2024", "", "2024-03"),
        ("ca. 2024", "", "2024~"),
        ("05.03.2024", ', margin = "on-or-before"', "../2024-03-05"),
        ("05.03.2024", ', margin = { column = "How", table = { maybe = "uncertain" } }',
         "2024-03-05?"),
        ("05.03.2024 - 3/2025", ', interval = " - "', "2024-03-05/2025-03"),
        ("05.03.2024 - ", ', interval = " -"', "2024-03-05/.."),
        ("", "", None),
    ],
)  # fmt: skip
def test_dates_are_as_precise_as_they_are_told(
    sheets: Sheets, cell: str, spec: str, date: str | None
) -> None:
    map_ = f"""
        case = "c"
        dates = ["DD.MM.YYYY", "MM/YYYY", {{ form = "'ca. 'YYYY", margin = "about" }}]
        {ALLEGED}
        occurred = {{ column = "Date"{spec} }}
        """
    [row] = sheets(map_, {"What": "x", "Date": cell, "How": "maybe"})
    assert told(row)[0].get("occurred") == date


def test_a_date_that_is_none_or_may_be_two_is_told(sheets: Sheets) -> None:
    map_ = f"""
        case = "c"
        dates = ["DD/MM/YYYY", "MM/DD/YYYY"]
        {ALLEGED}
        occurred = "{{Date}}"
        """
    rows = sheets(
        map_,
        {"What": "x", "Date": "05/03/2024"},
        {"What": "x", "Date": "30/02/2024"},
        {"What": "x", "Date": "soon"},
        {"What": "x", "Date": "05/05/2024"},
    )
    assert "is 2024-03-05 or 2024-05-03, by which form of the map is not told" in wrong(rows[0])[0]
    assert "'soon' is no date in a form that the map names" in wrong(rows[2])[0]
    assert told(rows[3])[0]["occurred"] == "2024-05-05"


@pytest.mark.parametrize(
    ("cell", "decimal", "amount"),
    [
        ("1200", ".", "1200 EUR"),
        ("€ 1,200.50", ".", "1200.50 EUR"),
        ("1.200,50 €", ",", "1200.50 EUR"),
        ("1'200", ".", "1200 EUR"),
        ("1.200", ",", "1200 EUR"),
        ("12.5", ",", None),
        ("1,20", ".", None),
        ("some", ".", None),
        ("-5", ".", None),
    ],
)
def test_amounts_as_people_write_them(
    sheets: Sheets, cell: str, decimal: str, amount: str | None
) -> None:
    map_ = f"""
        case = "c"
        decimal = "{decimal}"
        [[event]]
        kind = "sanction-imposed"
        subject = "p-1"
        measure = "fine"
        amount = {{ column = "Fine", currency = "EUR" }}
        """
    [row] = sheets(map_, {"Fine": cell})
    if amount is None:
        assert "is no amount" in wrong(row)[0]
    else:
        assert told(row)[0]["amount"] == amount


def test_sources_lists_numbers_and_fields_of_a_correction(sheets: Sheets) -> None:
    [row] = sheets(
        """
        case = "c"
        [[event]]
        kind = "sanction-imposed"
        subject = "p-1"
        measure = "suspension"
        days = "{Days}"
        sources = [{ title = "{Title}", url = "{Link}" }, "{Other}", "Sheet of {{HR}}"]
        [[event]]
        kind = "correction"
        target = "{Event}"
        reason = "told wrongly"
        fields = { occurred = "{Date}" }
        """,
        {"Days": "30", "Title": "Minutes", "Link": "", "Other": "https://a.test/1", "Event": "#3",
         "Date": "2024"},
    )  # fmt: skip
    sanction, correction = told(row)
    assert sanction["days"] == 30
    assert sanction["sources"] == [
        {"title": "Minutes"}, {"url": "https://a.test/1"}, {"title": "Sheet of {HR}"},
    ]  # fmt: skip
    assert correction["fields"] == {"occurred": "2024"}
    assert correction["target"] == "#3"


def test_what_fits_no_field_is_told_of_each_cell(sheets: Sheets) -> None:
    map_ = """
        case = "{No}"
        [[event]]
        kind = "sanction-imposed"
        subject = "{Who}"
        measure = ["{Measure}", "{More}"]
        days = "{Days}"
        """
    [row, other, third] = sheets(
        map_,
        {"No": "1", "Who": "p-1", "Measure": "hanging", "Days": "2.5"},
        {"No": "1", "Who": "p-1", "Measure": "fine", "More": "censure", "Days": ""},
        {"No": "--", "Who": "p-1", "Measure": "fine", "Days": ""},
    )
    assert [each.split(" Allowed")[0] for each in wrong(row)] == [
        "row 2, Measure: 'hanging' is none of what measure may say.",
        "row 2, Days: '2.5' is no whole number.",
    ]
    assert wrong(other) == [
        "row 3, Measure: 'fine' says several things, and measure of sanction-imposed holds one. "
        'Allowed: one, or `each = "measure"` in the map: an event for each.'
    ]
    assert "makes no slug" in wrong(third)[0]


def test_two_ways_of_writing_a_case_that_make_one_slug_are_told(sheets: Sheets) -> None:
    map_ = f'case = "{{No}}"\n{ALLEGED}'
    rows = sheets(
        map_, {"No": "A/1", "What": "x"}, {"No": "a-1", "What": "x"}, {"No": "a/1", "What": "x"}
    )
    assert "makes the case 'a-1', and so does 'A/1'" in wrong(rows[1])[0]
    assert told(rows[2])[0]["case_id"] == "a-1"


def test_a_cell_under_no_heading_and_a_row_without_a_key_are_told(tmp_path: Path) -> None:
    place = tmp_path / "sheet.csv"
    place.write_text("No,What\n1,x,stray\n,y\n# a remark\n", encoding="utf-8")
    of = read_map(f'case = "c"\nkey = "{{No}}"\ncomment = "#"\n{ALLEGED}', "m.toml")
    sheet = Sheet(lambda: csv_lines(place), comment=of.comment)
    mapping = SheetMapping(of, sheet.columns, OnRecord(lambda _: (), lambda _: False, lambda: ""))
    rows = [*mapping.rows(sheet.rows())]
    assert wrong(rows[0]) == ["row 2, column C: 'stray' stands under no heading."]
    assert wrong(rows[1]) == ["row 3: has no key, by which it would be known again."]
    assert (len(rows), sheet.comments) == (2, 1)


def test_a_link_to_what_the_row_does_not_tell_is_left_out_or_told(sheets: Sheets) -> None:
    map_ = """
        case = "c"
        [[event]]
        kind = "sanction-imposed"
        ref = "sanction"
        when = "Fine"
        subject = "p-1"
        measure = "fine"
        [[event]]
        kind = "sanction-executed"
        when = "Paid"
        sanction = "$sanction"
        occurred = "{Paid}"
        [[event]]
        kind = "step-taken"
        term = "talk"
        basis = ["$sanction"]
        """
    rows = sheets(map_, {"Fine": "yes", "Paid": "2024"}, {"Fine": "", "Paid": "2024"}, {"X": "1"})
    assert told(rows[0])[1]["sanction"] == "$r2.sanction"
    assert wrong(rows[1]) == [
        "row 3: sanction-executed needs sanction, and this row has no such event."
    ]
    assert told(rows[2]) == [{"kind": "step-taken", "case_id": "c", "term": "talk"}]


def test_headings_and_words_are_the_same_however_their_letters_are_composed(
    sheets: Sheets,
) -> None:
    map_ = """
        case = "c"
        [[event]]
        kind = "finding-made"
        subject = "p-1"
        outcome = { column = "Ergebnis für", table = { "bestätigt" = "substantiated" } }
        responsibility = "direct"
        """
    composed, apart = "Ergebnis für", normalize("NFD", "Ergebnis für")
    for heading in (composed, apart):
        [row] = sheets(map_, {heading: normalize("NFD", "Bestätigt")})
        assert told(row)[0]["outcome"] == "substantiated"


def test_a_party_of_which_a_row_tells_nothing_is_not_registered(sheets: Sheets) -> None:
    map_ = """
        case = "c"
        [values]
        person = { column = "Who", party = "person" }
        [[event]]
        kind = "sanction-imposed"
        when = "person"
        subject = "{person}"
        measure = { column = "Measures", split = ";" }
        """
    rows = sheets(map_, {"Who": "Ann"}, {"Who": "Ann", "Measures": "fine"}, {"Who": "Bo"})
    assert [[draft.name for draft in row.drafts] for row in rows] == [
        [], ["party", "sanction-imposed"], [],
    ]  # fmt: skip


def test_a_clause_in_a_cell_may_tell_the_version_of_its_policy(sheets: Sheets) -> None:
    map_ = 'case = "c"\n' + ALLEGED + 'clause = "{Clause}"\n'
    (row,) = sheets(map_, {"What": "took two watches", "Clause": "conduct@2 4.2"})
    assert not row.misfits
    fields = {name: each for name, each in row.drafts[-1].fields.items() if name not in UNREAD}
    told = parse({**fields, "case_id": "c"}).model_dump()["clause"]
    assert told == {"policy": "conduct", "version": "2", "number": "4.2"}
