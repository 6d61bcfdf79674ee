"""A median of what is known within limits holds the median of every world that they allow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil, inf
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from answerable.projections.intervals import Range, Sample, in_words

FAR = 1_000
"""What stands for no limit: it is further than any limit that is drawn."""

Item = tuple[int | None, int | None, bool]

ends = st.none() | st.integers(-5, 5)


def in_order(low: int | None, high: int | None, sure: bool) -> Item:
    if low is None or high is None:
        return low, high, sure
    return min(low, high), max(low, high), sure


items = st.lists(st.builds(in_order, ends, ends, st.booleans()), min_size=1, max_size=6)


def sample(given: list[Item]) -> Sample:
    made = Sample()
    for low, high, sure in given:
        made.add(low, high, sure=sure)
    return made


def worlds(given: list[Item]) -> Iterator[list[int]]:
    """Every list of values at the ends of their limits, with and without what may not count."""
    choices: list[tuple[int | None, ...]] = [
        (-FAR if low is None else low, FAR if high is None else high, *(() if sure else (None,)))
        for low, high, sure in given
    ]
    for world in product(*choices):
        counted = [value for value in world if value is not None]
        if counted:
            yield counted


def by_rank(values: list[int], quarter: int) -> int:
    """Nearest rank, as textbooks have it: the value at the rank ceil(p n)."""
    return sorted(values)[ceil(Fraction(quarter, 4) * len(values)) - 1]


def held(found: Range[float] | None) -> tuple[float, float]:
    assert found is not None
    least, most = found
    return (-inf if least is None else least), (inf if most is None else most)


def _far(value: float) -> float:
    """A value that an end far away has a part in has no limit."""
    return -inf if value < -FAR / 4 else inf if value > FAR / 4 else value


@given(items)
def test_the_median_is_exactly_as_wide_as_the_worlds(given: list[Item]) -> None:
    found = [_far(median(world)) for world in worlds(given)]
    assert held(sample(given).median) == (min(found), max(found))


@given(items, st.sampled_from((1, 2, 3)))
def test_a_quartile_is_exactly_as_wide_as_the_worlds(given: list[Item], quarter: int) -> None:
    found = [_far(by_rank(world, quarter)) for world in worlds(given)]
    assert held(sample(given).quartile(quarter)) == (min(found), max(found))


@given(items)
def test_smallest_and_largest_are_exactly_as_wide_as_the_worlds(given: list[Item]) -> None:
    smallest = [_far(min(world)) for world in worlds(given)]
    largest = [_far(max(world)) for world in worlds(given)]
    assert held(sample(given).smallest) == (min(smallest), max(smallest))
    assert held(sample(given).largest) == (min(largest), max(largest))


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_of_exact_numbers_the_median_is_the_median(values: list[int]) -> None:
    made = Sample()
    for value in values:
        made.add(value, value)
    assert made.median == Range(median(values), median(values))


@given(items, st.permutations(range(6)))
def test_the_order_does_not_matter(given: list[Item], order: list[int]) -> None:
    shuffled = [given[at] for at in order if at < len(given)]
    assert sample(shuffled).median == sample(given).median
    assert sample(shuffled).quartile(1) == sample(given).quartile(1)


def test_of_nothing_there_is_nothing() -> None:
    empty = Sample()
    assert (empty.median, empty.quartile(2), empty.smallest, empty.largest) == (None,) * 4


def test_half_of_them_may_be_unknown_and_the_median_still_has_a_limit() -> None:
    made = sample([(3, 3, True), (5, 5, True), (4, 4, True), (None, None, True)])
    assert made.median == Range(3.5, 4.5)
    assert made.smallest == Range(None, 3)


def test_in_words() -> None:
    told = {
        "unknown": None,
        "3": Range(3, 3),
        "2 to 5": Range(2, 5),
        "at least 1,000": Range(1_000, None),
        "at most 4.5": Range(None, 4.5),
    }
    assert [in_words(each) for each in told.values()] == list(told)
    assert in_words(Range(None, None)) == "unknown"
