"""Registers as CSV, XLSX and Markdown: hostile texts are inert, and nothing is lost unsaid."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from tests.support.lengths import examples

from answerable.projections.errors import NotFound
from answerable.projections.output.csv import FORMULA
from answerable.projections.output.register import (
    About,
    Cell,
    Column,
    Kind,
    Money,
    Party,
    Register,
    Registers,
    Row,
)
from answerable.projections.output.register_csv import register_csv
from answerable.projections.output.register_markdown import register_markdown
from answerable.projections.output.register_xlsx import register_xlsx
from answerable.projections.output.sheet_cells import CUT, MOST

AS_OF = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
ABOUT = About("status --open", AS_OF, None, 28, b"\x01\x02", AS_OF, "1.2.3", ("generic@1",))

HOSTILE = {
    "a formula": "=HYPERLINK(\"https://evil.example\",\"open\")",
    "a formula of old": "+cmd|' /C calc'!A0",
    "one with a tab": "\t=1+1",
    "one in full width": "＝1+1",
    "markup of the writer": "<r><t>bold</t></r>",
    "markup of XML": "]]></t></is></c><c t=\"str\"><f>1+1</f></c>&amp;",
    "a link": "https://evil.example/",
    "lines": "one\ntwo\r\nthree\rfour",
    "control characters": "a\x00b\x07c\x1b[31m\x0b",
    "an escape of Excel's": "_x0007_ and _x000D_",
    "right to left": "\u202egnp.exe‬ שלום مرحبا",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "Chinese": "徐飞，纪律处分",
    "a pipe": "a | b ~~c~~ <script>alert(1)</script> [x](javascript:y)",
    "an error": "#REF!",
    "a number": "007",
    "a noncharacter": "a\ufffe\uffffb",
}  # fmt: skip


def one(kind: Kind, *values: Cell, many: bool = False) -> Registers:
    """A register of one column."""
    register = Register("things", "Things", (Column("thing", "Thing", kind, many),))
    return Registers((register,), [Row("things", (value,)) for value in values])


def in_csv(registers: Registers) -> list[dict[str, str]]:
    text = "".join(register_csv(registers, ABOUT))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def in_xlsx(registers: Registers) -> Any:
    file = io.BytesIO()
    register_xlsx(registers, ABOUT, file)
    return load_workbook(file)


def cells(registers: Registers) -> list[Any]:
    (sheet,) = in_xlsx(registers).worksheets[1:]
    return [row[0] for row in sheet.iter_rows(min_row=2)]


@pytest.fixture(scope="module")
def hostile() -> dict[str, Any]:
    return dict(zip(HOSTILE, cells(one("text", *HOSTILE.values())), strict=True))


@pytest.mark.parametrize("which", HOSTILE)
def test_no_text_is_anything_but_a_text_in_a_sheet(hostile: dict[str, Any], which: str) -> None:
    text, cell = HOSTILE[which], hostile[which]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(unescape(cell.value).split())
    if all(sign.isprintable() or sign in "\n\u200d" for sign in plain):
        assert seen == "".join(plain.split())
    else:
        assert "[U+" in seen


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_a_formula_or_a_further_cell_in_csv(text: str) -> None:
    (row,) = in_csv(one("text", text))
    assert not row["thing"].startswith(FORMULA)
    assert row["thing"].removeprefix("'") == text
    assert list(row) == ["thing", "as_of", "known_by", "tree_size", "root"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_is_markup_or_a_further_row_in_markdown(text: str) -> None:
    lines = list(register_markdown(one("text", text), ABOUT))
    assert lines[:4] == ["## Things", "", "| Thing |", "| --- |"]
    assert lines[5:] == ["", "As of 2026-03-31 15:59 UTC, 28 entries, root 0102"]
    assert lines[4].replace("\\|", "").count("|") == 2
    assert not {"<script>", "://", "\x1b", "\x00"} & set(lines[4])
    assert "<script" not in lines[4]


DATES = ("2026-01-05", "2026-01", "../2026-01-05", "1850-01-01", "2026-02-30", "1900-02-29")


def test_a_date_is_a_day_in_a_sheet_only_where_it_is_one() -> None:
    found = cells(one("date", *DATES))
    assert found[0].is_date
    assert found[0].value.date() == date(2026, 1, 5)
    assert [each.value for each in found[1:]] == [*DATES[1:]]
    assert [each["thing"] for each in in_csv(one("date", *DATES))] == [*DATES]


def test_a_number_is_one_in_a_sheet_only_where_all_its_digits_stay() -> None:
    values = ("1200.50", "-3", "0.1", "1234567890123456.78", "not told", "NaN", "1e400")
    found = [each.value for each in cells(one("decimal", *values))]
    assert found == [1200.5, -3, 0.1, *values[3:]]
    assert [each["thing"] for each in in_csv(one("decimal", "1200.50", "-3"))] == ["1200.50", "-3"]
    assert [each.value for each in cells(one("whole", 7, 10**15))] == [7, str(10**15)]


def test_an_amount_takes_two_columns_and_its_currency_one_of_them() -> None:
    registers = one("money", Money("1200.50", "CNY"), None)
    (sheet,) = in_xlsx(registers).worksheets[1:]
    assert [*sheet.values] == [("Thing", "Thing, currency"), (1200.5, "CNY")]
    told = in_csv(one("money", Money("1200.50", "CNY"), None))
    assert [(each["thing"], each["thing_currency"]) for each in told] == [
        ("1200.50", "CNY"), ("", "")
    ]  # fmt: skip
    assert "| 1,200.50 CNY |" in [*register_markdown(one("money", Money("1200.50", "CNY")), ABOUT)]


def test_what_stands_in_three_values_is_said_to_people_in_words() -> None:
    assert [each.value for each in cells(one("truth", "unknown", True))] == ["indeterminate", "yes"]
    assert [each["thing"] for each in in_csv(one("truth", "unknown", True))] == ["unknown", "yes"]
    assert "| indeterminate |" in [*register_markdown(one("truth", "unknown"), ABOUT)]


def test_several_values_are_one_text() -> None:
    (cell,) = cells(one("event", (3, 5), many=True))
    assert cell.value == "#3 #5"
    (row,) = in_csv(one("text", ("no decision", "no evidence"), (), many=True))[:1]
    assert row["thing"] == "no decision; no evidence"


def test_a_moment_is_told_in_utc() -> None:
    (cell,) = cells(one("moment", "2026-01-05T23:00:00.250000+08:00"))
    assert cell.value.isoformat() == "2026-01-05T15:00:00.250000"
    assert in_csv(one("moment", AS_OF))[0]["thing"] == "2026-03-31T15:59:59Z"


def test_a_text_too_long_for_a_cell_is_cut_and_the_first_sheet_says_so() -> None:
    book = in_xlsx(one("text", "徐" * 40_000, "👍" * 20_000, "a" * MOST))
    found = [row[0].value for row in book["Things"].iter_rows(min_row=2)]
    assert [len(each.encode("utf-16-le")) // 2 for each in found[1:]] == [MOST - 1, MOST]
    assert found[0].endswith(CUT)
    assert found[1].startswith("👍👍")
    assert found[2] == "a" * MOST
    told = dict(book["About"].values)
    assert told["Sheet Things"] == "Things: 3 rows; texts cut, since a cell holds no more: 2"


def test_the_first_sheet_tells_what_the_answer_holds_for() -> None:
    book = in_xlsx(one("text", "a"))
    assert book.sheetnames == ["About", "Things"]
    assert dict(book["About"].values) == {
        "Question": "answerable status --open",
        "As of (UTC)": AS_OF.replace(tzinfo=None),
        "As known by (UTC)": "all that is on record",
        "Entries of the log": "28",
        "Root of its tree": "0102",
        "Last recorded (UTC)": AS_OF.replace(tzinfo=None),
        "Policies that judge": "generic@1",
        "Version of answerable": "1.2.3",
        "Sheet Things": "Things: 1 row",
    }
    sheet = book["Things"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:A2")


def test_the_same_answer_makes_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for file in (first, second):
        register_xlsx(one("text", *HOSTILE.values()), ABOUT, file)
    assert first.getvalue() == second.getvalue()
    made = load_workbook(first).properties.created
    assert made.replace(tzinfo=UTC) == AS_OF


def test_a_sheet_that_is_full_goes_on_upon_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerable.projections.output.register_xlsx.MOST_ROWS", 3)
    book = in_xlsx(one("whole", *range(5)))
    assert book.sheetnames[1:] == ["Things", "Things 2", "Things 3"]
    assert [row[0] for sheet in book.worksheets[1:] for row in [*sheet.values][1:]] == [
        0,
        1,
        2,
        3,
        4,
    ]
    assert all(sheet["A1"].value == "Thing" for sheet in book.worksheets[1:])


TWO = (
    Register("open", "What is open", (Column("what", "What"),)),
    Register("barred", "Who is barred", (Column("who", "Who"), Column("count", "Count", "whole"))),
)
MIXED = [Row("barred", ("org-1", 1)), Row("open", ("a",)), Row("barred", ("org-2", 1200))]


def test_several_registers_are_a_sheet_or_a_table_each_whatever_the_order_of_rows() -> None:
    book = in_xlsx(Registers(TWO, MIXED))
    assert [*book["Barred"].values] == [("Who", "Count"), ("org-1", 1), ("org-2", 1200)]
    assert [*book["Open"].values] == [("What",), ("a",)]
    lines = list(register_markdown(Registers(TWO, MIXED), ABOUT))
    assert lines[:6] == ["## What is open", "", "| What |", "| --- |", "| a |", ""]
    assert lines[6:12] == [
        *("## Who is barred", "", "| Who | Count |", "| --- | ---: |"),
        *("| org-1 | 1 |", "| org-2 | 1,200 |"),
    ]
    assert in_csv(Registers(TWO, MIXED).only("open"))[0]["what"] == "a"
    with pytest.raises(NotFound, match="there are open, barred"):
        Registers(TWO, MIXED).only("shut")


def test_a_register_without_rows_says_so() -> None:
    assert next(register_markdown(one("text"), ABOUT)) == "None: Things."
    assert [*in_xlsx(one("text"))["Things"].values] == [("Thing",)]
    assert in_csv(one("text")) == []


def test_a_party_takes_two_columns_and_is_one_to_people() -> None:
    registers = one("party", Party("person-2", "Xu Fei"), Party("person-4", "person-4"), None)
    told = [(each["thing"], each["thing_name"]) for each in in_csv(registers)]
    assert told == [("person-2", "Xu Fei"), ("person-4", "person-4"), ("", "")]
    (sheet,) = in_xlsx(registers).worksheets[1:]
    assert [*sheet.values][:2] == [("Thing", "Thing, by name"), ("person-2", "Xu Fei")]
    lines = [*register_markdown(registers, ABOUT)]
    assert lines[4:7] == ["| Xu Fei (person-2) |", "| person-4 |", "|  |"]
    several = one("party", (Party("person-2", "Xu Fei"), Party("org-1", "org-1")), many=True)
    assert [each["thing_name"] for each in in_csv(several)] == ["Xu Fei; org-1"]
    assert "| Xu Fei (person-2); org-1 |" in [*register_markdown(several, ABOUT)]


def test_markdown_leaves_out_ids_and_columns_in_which_nothing_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns = (
        Column("position", "Event", "event"),
        Column("note", "Note"),
        Column("event_id", "Event id", "id"),
        Column("count", "Count", "whole"),
    )
    rows = [Row("things", (place, None, "019b", place)) for place in range(3)]

    def lines() -> list[str]:
        register = Register("things", "Things", columns)
        return [*register_markdown(Registers((register,), iter(rows)), ABOUT)]

    assert lines()[2:7] == [
        *("| Event | Count |", "| --- | ---: |", "| #0 | 0 |", "| #1 | 1 |", "| #2 | 2 |"),
    ]
    monkeypatch.setattr("answerable.projections.output.register_markdown.MOST_LOOKED_AT", 2)
    assert lines()[2] == "| Event | Note | Count |"
    assert lines()[6] == "| #2 |  | 2 |"


@settings(max_examples=examples(15), deadline=None)
@given(
    st.lists(st.text(max_size=40) | st.decimals(allow_nan=False, allow_infinity=False), max_size=5)
)
def test_whatever_stands_in_a_register_can_be_read_back(values: list[str | Decimal]) -> None:
    texts = [each for each in values if isinstance(each, str)]
    numbers = [each for each in values if isinstance(each, Decimal)]
    told = [each["thing"] for each in in_csv(one("text", *texts))]
    assert [each.removeprefix("'") if each[1:].startswith(FORMULA) else each for each in told] == [
        each.removeprefix("'") if each[1:].startswith(FORMULA) else each for each in texts
    ]
    assert [Decimal(each["thing"]) for each in in_csv(one("decimal", *numbers))] == numbers
    found = [each.value for each in cells(one("text", *texts))]
    assert len(found) == len(texts)
    for back, number in zip(cells(one("decimal", *numbers)), numbers, strict=True):
        assert Decimal(str(back.value)) == number
