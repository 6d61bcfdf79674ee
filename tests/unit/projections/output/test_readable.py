"""What of a register is shown to people: what tells them something, and once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.projections.output.readable import shown
from answerable.projections.output.register import Cell, Column, Register, Row

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


def test_what_each_row_would_say_again_is_said_once_but_for_what_goes_without_saying() -> None:
    told = rows(("acme", 1, "no", "asserted", "a"), ("acme", 2, False, "asserted", "b"))
    found = shown(REGISTER, told, whole=True)
    assert [column.name for _, column in found.columns] == ["position", "disputed"]
    told = rows(("acme", 1, "no", "asserted", "a"), ("acme", 2, "no", "asserted", "b"))
    found = shown(REGISTER, told, whole=True)
    assert [column.name for _, column in found.columns] == ["position"]
    assert [(column.name, cell) for column, cell in found.always] == [("case", "acme")]
    told = rows(("acme", 1, "yes", "alleged", "a"), ("acme", 2, "yes", "alleged", "b"))
    always = shown(REGISTER, told, whole=True).always
    assert [column.name for column, _ in always] == ["case", "disputed", "standing"]


def test_of_a_register_that_goes_on_nothing_is_left_out_but_ids() -> None:
    told = rows(("acme", 1, None, "asserted", "a"), ("acme", 2, None, "asserted", "b"))
    found = shown(REGISTER, told, whole=False)
    assert [column.name for _, column in found.columns] == [
        "case", "position", "disputed", "standing"
    ]  # fmt: skip
    assert found.always == ()


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(*[st.sampled_from([None, "a", "b"])] * 4, st.none()), max_size=4))
def test_what_is_shown_tells_every_row_apart_from_what_it_says_of_all(
    told: list[tuple[Cell, ...]],
) -> None:
    found = shown(REGISTER, rows(*told), whole=True)
    always = {column.name: cell for column, cell in found.always}
    shown_at = {at for at, _ in found.columns}
    for at, column in enumerate(COLUMNS[:4]):
        for cells in told:
            cell = cells[at]
            if at not in shown_at and cell is not None:
                assert len({each[at] for each in told}) == 1
                assert always.get(column.name, column.usual) == cell
