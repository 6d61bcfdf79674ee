"""Lines on a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.shared.terminal.screen import beside, columns, fold

WORDS = st.text("ab `é王́", max_size=120).map(lambda text: " ".join(text.split()))
WIDTHS = st.integers(40, 120)


@given(WORDS, WIDTHS, st.integers(0, 12))
def test_no_line_is_wider_than_the_screen_and_no_letter_is_lost(
    text: str, width: int, indent: int
) -> None:
    lines = [*fold(" " * indent + text, width)]
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5), st.none() | WIDTHS)
def test_a_row_has_its_name_and_what_is_said_of_it(
    rows: list[tuple[str, str]], width: int | None
) -> None:
    laid_out = [*beside(rows, width)]
    assert len(laid_out) == len(rows)
    for (name, said), lines in zip(rows, laid_out, strict=True):
        assert "".join("".join(lines).split()) == "".join((name + said).split())
        assert width is None or all(columns(line) <= width for line in lines)
        assert width is not None or len(lines) == 1


def test_what_is_said_stands_under_what_was_said_before() -> None:
    rows = [("Ann", "accountable " * 8), ("王小明", "accountable")]
    (ann, other) = beside(rows, 60)
    assert ann[0].startswith("  Ann     accountable")
    assert all(line.startswith(" " * 10 + "accountable") for line in ann[1:])
    assert other == ("  王小明  accountable",)


def test_a_command_is_kept_whole_where_it_fits() -> None:
    text = "See what is behind it and what is missing: `answerable why person-2`, now."
    assert any("`answerable why person-2`," in line for line in fold(text, 50))


@pytest.mark.parametrize("width", [None, 200])
def test_what_fits_or_is_in_a_pipe_stays_as_it_is(width: int | None) -> None:
    assert [*fold("  a  b", width)] == ["  a  b"]
