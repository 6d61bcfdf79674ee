"""Hold registers, as people read them, to what tells something, said once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.domain.language.loading import language
from answerable.domain.language.saying import in_language
from answerable.projections.output.readable import Shown, shown
from answerable.projections.output.register import Cell, Column, Register, Row
from answerable.projections.registers.columns import limits

COLUMNS = (
    Column("case", "Case"),
    Column("position", "Event", "event"),
    Column("disputed", "Disputed", "truth"),
    Column("standing", "Standing", usual="asserted"),
    Column("event_id", "Event id", "id"),
)
REGISTER = Register("things", "Things", COLUMNS)


def rows(*cells: tuple[Cell, ...]) -> list[Row]:
    """Make rows of the register."""
    return [Row("things", each) for each in cells]


def titles(found: Shown) -> list[str]:
    """Return the heads of the table."""
    return [each.title for each in found.columns]


def test_what_each_row_would_say_again_is_said_once_but_for_what_goes_without_saying() -> None:
    told = rows(("acme", 1, "no", "asserted", "a"), ("acme", 2, "yes", "asserted", "b"))
    found = shown(REGISTER, told, whole=True)
    assert (titles(found), found.always_words(told[0])) == (["Event", "Disputed"], "Case: acme")
    told = rows(("acme", 1, "no", "asserted", "a"), ("acme", 2, "no", "asserted", "b"))
    found = shown(REGISTER, told, whole=True)
    assert (titles(found), found.always_words(told[0])) == (["Event"], "Case: acme")
    told = rows(("acme", 1, "yes", "alleged", "a"), ("acme", 2, "yes", "alleged", "b"))
    said = shown(REGISTER, told, whole=True).always_words(told[0])
    assert said == "Case: acme; Disputed: yes; Standing: alleged"


def test_a_single_row_says_all_but_what_goes_without_saying() -> None:
    found = shown(REGISTER, rows(("acme", 1, "no", "asserted", "a")), whole=True)
    assert (titles(found), found.always) == (["Case", "Event"], ())


def test_of_a_register_that_goes_on_nothing_is_left_out_but_ids() -> None:
    told = rows(("acme", 1, None, "asserted", "a"), ("acme", 2, None, "asserted", "b"))
    found = shown(REGISTER, told, whole=False)
    assert titles(found) == ["Case", "Event", "Disputed", "Standing"]
    assert found.always == ()


def test_what_lies_between_a_least_and_a_most_is_one_column_to_people() -> None:
    register = Register("spans", "Spans", (Column("what", "What"), *limits("days", "Days")))
    told = rows(("a", 3, 3), ("b", 2, 5), ("c", 1_000, None), ("d", None, 4), ("e", None, None))
    found = shown(register, told, whole=True)
    assert titles(found) == ["What", "Days"]
    days = found.columns[1]
    assert [days.said(each) for each in told] == ["3", "2 to 5", "at least 1,000", "at most 4", ""]
    dated = Register(
        "due",
        "Due",
        (
            Column("due_earliest", "Due at the earliest", "date"),
            Column("due_latest", "Due at the latest", "date"),
        ),
    )
    (due,) = shown(dated, rows(("2026-01-05", None)), whole=True).columns
    assert (due.title, due.said(rows(("2026-01-05", None))[0])) == (
        "Due", "at the earliest 2026-01-05"
    )  # fmt: skip


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b"])] * 4, st.none()), min_size=1))
def test_all_is_told_in_the_table_or_above_it_or_goes_without_saying(
    cells: list[tuple[Cell, ...]],
) -> None:
    told = rows(*cells)
    found = shown(REGISTER, told, whole=True)
    places = {each.at for each in found.columns}
    above = {each.at: told[0].cells[each.at] for each in found.always}
    for at, column in enumerate(COLUMNS[:4]):
        for each in told:
            cell = each.cells[at]
            if at not in places and cell is not None:
                assert above.get(at, column.usual) == cell


def test_why_a_text_cannot_be_read_is_said_in_the_language_of_the_answer() -> None:
    register = Register("texts", "Texts", (Column("text", "Text"),))
    withheld, quoted = rows(("(withheld)",), ("(withheld) they said",))
    (read,) = shown(register, (withheld, quoted), whole=True).columns
    assert read.said(withheld) == "(withheld)"
    with in_language(language("zh-Hans")):
        assert read.said(withheld) == "（未披露）"
        assert read.said(quoted) == "(withheld) they said"
