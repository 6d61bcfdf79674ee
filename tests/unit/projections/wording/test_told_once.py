"""Show what holds of many lines, said once."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.dates import Days
from answerable.projections.wording.leading.told_once import (
    lags_words,
    mostly,
    numbers,
    repeated_among,
    without_aside,
)

POSITIONS = st.lists(st.integers(0, 40), max_size=20)


@given(POSITIONS)
def test_runs_cite_each_event_once(positions: list[int]) -> None:
    cited: list[int] = []
    for part in filter(None, numbers(positions).split(", ")):
        ends = [int(end.removeprefix("#")) for end in part.split(" to ")]
        cited += range(ends[0], ends[-1] + 1)
    assert cited == sorted(set(positions))


def test_two_in_a_row_are_cited_each() -> None:
    assert numbers([6, 7, 9, 10, 11]) == "#6, #7, #9 to #11"


def test_what_is_said_above_is_taken_out_of_the_brackets() -> None:
    said = "announced by Ann on 2026-01-06"
    assert without_aside(f"Fine ({said})", said) == "Fine"
    assert without_aside(f"Fine ({said}; due 2026)", said) == "Fine (due 2026)"
    assert without_aside(f"Fine (due 2026; {said})", said) == "Fine (due 2026)"
    assert without_aside("Fine (announced by Ann on 2026-01-07)", said).endswith("-07)")


def test_only_what_is_said_of_several_is_said_once() -> None:
    assert repeated_among(["a", None, "b", "a", None]) == ("a",)
    assert (mostly(["a", "b", "b"]), mostly([])) == ("b", None)


def test_the_words_for_several_lags_hold_of_each() -> None:
    assert lags_words([Days(327, None), Days(328, 328)]) == "at least 327 days later"
    assert lags_words([Days(2, 2), Days(5, 5), None]) == "2 to 5 days later"
    assert lags_words([Days(0, 0)]) == "the same day"
    assert lags_words([Days(0, None)]) is None
    assert lags_words([Days(-3, -3), Days(1, 1)]) is None
    assert lags_words([None]) is None


def test_thousands_of_days_are_said_in_years() -> None:
    assert lags_words([Days(9_952, None)]) == "more than 27 years later"
    assert lags_words([Days(1_461, 1_461)]) == "4 years later"
    assert lags_words([Days(1_461, 1_500)]) == "4 years later"
    assert lags_words([Days(1_461, 9_952)]) == "4 to 27 years later"
    assert lags_words([Days(1_095, None)]) == "at least 1,095 days later"
