"""CSV that a spreadsheet takes for data alone."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.output.csv import FORMULA, Cell, csv_lines, harmless


@pytest.mark.parametrize("sign", FORMULA)
def test_a_formula_is_made_a_text(sign: str) -> None:
    assert harmless(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


def test_numbers_are_left_and_what_is_not_told_is_empty() -> None:
    cells: list[Cell] = [-3, 4.5, None, "a - b", datetime(2026, 1, 5, tzinfo=UTC)]
    assert [harmless(each) for each in cells] == [-3, 4.5, "", "a - b", "2026-01-05T00:00:00Z"]


signs = st.characters(exclude_characters="\x00")
cells = st.text(signs) | st.builds(str.__add__, st.sampled_from(FORMULA), st.text(signs))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=4))
def test_every_row_reads_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    written = "".join(csv_lines(["title"], rows))
    titles, *read = csv.reader(StringIO(written, newline=""))
    assert titles == ["title"]
    assert read == [[harmless(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(FORMULA) for row in read for cell in row)
