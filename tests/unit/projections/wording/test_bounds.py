"""A bound in words: which day, by which event, and how the two are linked."""

import pytest

from answerable.projections.facts.bounds.bound import Bound
from answerable.projections.wording.dates import bound


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            Bound("not before", "2019-03-01", "e", 4, "basis"),
            "not before 2019-03-01, by #4, on which it rests",
        ),
        (
            Bound("not after", "2026-01-06", "e", 9, "resting"),
            "not after 2026-01-06, by #9, which rests on it",
        ),
        (
            Bound("not before", "2019-01-01", "e", 0, "case"),
            "not before 2019-01-01, by #0, which tells the earliest day of the case",
        ),
        (
            Bound("not after", "2026-01-06", "e", 9, "announcement"),
            "not after 2026-01-06, when it was announced",
        ),
        (
            Bound("not before", "2026-01-10", "e", 4, "basis", holds=False),
            "not before 2026-01-10, by #4, on which it rests: not used, since the dates contradict "
            "it",
        ),
    ],
)
def test_a_bound_in_words(told: Bound, words: str) -> None:
    assert bound(told) == words
