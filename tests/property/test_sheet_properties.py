"""Sheets: what is written by a template is read as it was told, from CSV as from XLSX."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.support.lengths import examples

from answerable.domain.kinds import FAMILY
from answerable.ledger.transfer.sheet.files.cells import Sheet
from answerable.ledger.transfer.sheet.files.csv_file import csv_lines
from answerable.ledger.transfer.sheet.files.xlsx_file import XlsxFile
from answerable.ledger.transfer.sheet.mapping import MappedRow, SheetMapping
from answerable.ledger.transfer.sheet.maps.columns import check_columns
from answerable.ledger.transfer.sheet.maps.fields import FieldOf, fields_of
from answerable.ledger.transfer.sheet.maps.reading import read_map
from answerable.ledger.transfer.sheet.parties import OnRecord
from answerable.ledger.transfer.sheet.template import (
    CASE,
    KEY,
    LEFT_OUT,
    UNSUITED,
    Template,
    template_of,
)

KINDS = sorted(set(FAMILY) - set(UNSUITED))
NOBODY = OnRecord(lambda _: (), lambda _: False, lambda: "p-drawn")

LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
"""Tell what a cell of either sort of sheet can hold, but for spaces and control characters."""

WORDS = st.text(LETTERS, min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join).filter(lambda text: "_x" not in text)
DATES = st.sampled_from(["2026-01-05", "2026-01", "2026", "../2026-01-05", "2025~", "2026-01/.."])
PARTIES = st.from_regex(r"[a-z]-[a-z0-9]{1,6}", fullmatch=True)
EVENTS = st.uuids().map(str)
SOURCES = st.one_of(
    st.fixed_dictionaries({"title": TEXTS}),
    st.just({"url": "https://example.com/1"}),
    st.fixed_dictionaries({"title": TEXTS, "url": st.just("https://example.com/2")}),
)


def one_of(field: FieldOf) -> st.SearchStrategy[Any]:
    """One value of a field."""
    if field.choices:
        return st.sampled_from(field.choices)
    by_holds: dict[str, st.SearchStrategy[Any]] = {
        "date": DATES,
        "party": PARTIES,
        "event": EVENTS,
        "source": SOURCES,
        "number": st.integers(0, 10**6),
    }
    return by_holds.get(field.holds, TEXTS)


@st.composite
def events(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """An event of a kind, as a line of JSON has it; of its fields, those that it needs at least."""
    event: dict[str, Any] = {}
    for name, field in fields_of(kind).items():
        if name in LEFT_OUT or (not field.required and not draw(st.booleans())):
            continue
        value = st.lists(one_of(field), min_size=1, max_size=3) if field.many else one_of(field)
        event[name] = draw(value)
    return event


def cell_of(value: Any, split: str) -> str:
    """Write a value as one would into a cell."""
    if isinstance(value, list):
        return split.join(cell_of(each, "") for each in value)
    if isinstance(value, dict):
        text = next(iter(value.values()))
        plain = len(value) == 1 and ("url" in value) == ("://" in text)
        return text if plain and not text.startswith("{") else json.dumps(value)
    return str(value)


def rows_of(template: Template, told: Sequence[dict[str, Any]]) -> list[list[str]]:
    rows = [*template.rows()]
    for number, event in enumerate(told, 1):
        own = {CASE: f"case-{number}", KEY: str(number)}
        rows.append(
            [
                own[column.heading]
                if column.heading in own and not column.field
                else cell_of(event.get(column.field, ""), column.split)
                for column in template.columns
            ]
        )
    return rows


def write_csv(place: Path, rows: Sequence[Sequence[str]]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_xlsx(place: Path, rows: Sequence[Sequence[str]]) -> None:
    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(number, at, text)
                cell.data_type = "s"  # also where it begins as a formula does
    book.save(place)


def mapped(map_: str, sheet: Sheet) -> list[MappedRow]:
    of = read_map(map_, "map.toml")
    check_columns(of, sheet.columns)
    return [*SheetMapping(of, sheet.columns, NOBODY).rows(sheet.rows())]


@settings(max_examples=examples(30))
@given(st.data())
def test_a_sheet_filled_in_by_its_template_gives_the_events_told(
    data: st.DataObject,
) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    told = data.draw(st.lists(events(kind), min_size=1, max_size=3))
    template = template_of([kind])
    rows = rows_of(template, told)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "sheet.csv"
        write_csv(place, rows)
        found = mapped(template.map, Sheet(lambda: csv_lines(place), comment="#"))
    assert [row.misfits for row in found] == [[] for _ in told]
    assert [draft.fields for row in found for draft in row.drafts] == [
        {"kind": kind, "case_id": f"case-{number}", **event, "key": f"{number}/{kind}"}
        for number, event in enumerate(told, 1)
    ]


@settings(max_examples=examples(25))
@given(st.data())
def test_a_workbook_and_csv_of_the_same_cells_give_the_same(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    template = template_of([kind])
    rows = rows_of(template, data.draw(st.lists(events(kind), min_size=1, max_size=3)))
    for row in rows[2:]:  # now and then, something that does not fit
        at = data.draw(st.integers(0, len(row) - 1))
        row[at] = data.draw(st.one_of(st.just(row[at]), TEXTS))
    with TemporaryDirectory() as folder:
        place, book = Path(folder) / "sheet.csv", Path(folder) / "sheet.xlsx"
        write_csv(place, rows)
        write_xlsx(book, rows)
        as_csv = mapped(template.map, Sheet(lambda: csv_lines(place, delimiter=","), comment="#"))
        as_xlsx = mapped(template.map, Sheet(XlsxFile(book).lines, comment="#"))
    assert as_xlsx == as_csv


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5, unique=True))
def test_the_map_of_any_template_is_one_of_its_sheet(kinds: list[str]) -> None:
    template = template_of(kinds)
    headings, explained = template.rows()
    check_columns(read_map(template.map, "map.toml"), headings)
    assert len(headings) == len(explained) == len({*headings})
