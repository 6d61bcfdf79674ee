"""Events by their numbers, those in a row as a range."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.wording.counts import number_words


@pytest.mark.parametrize(
    ("positions", "said"),
    [
        ([], ""),
        ([6], "#6"),
        ([6, 7], "#6, #7"),
        ([8, 6, 7], "#6 to #8"),
        ([6, 6, 9, 10, 11, 12, 18], "#6, #9 to #12, #18"),
    ],
)
def test_three_in_a_row_are_a_range(positions: list[int], said: str) -> None:
    assert number_words(positions) == said


@given(st.lists(st.integers(0, 60)))
def test_what_is_said_is_what_is_meant(positions: list[int]) -> None:
    meant: list[int] = []
    for each in filter(None, number_words(positions).split(", ")):
        first, last = re.fullmatch(r"#(\d+)(?: to #(\d+))?", each).groups()  # type: ignore[union-attr]
        meant += range(int(first), int(last or first) + 1)
    assert meant == sorted(set(positions))
