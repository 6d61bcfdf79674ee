"""Which findings lie outside: held against each finding's comparators, one by one, and every world.

Between its ends, a finding's step can be any; what may not have been made counts or does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.projections.consistency.outliers import FEWEST, Shape, band_places

exact = st.integers(0, 10).map(lambda step: (step, step, True))
loose = st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()).map(
    lambda each: (min(each[:2]), max(each[:2]), each[2])
)


def is_outside(step: int, others: list[int]) -> bool:
    """Tukey's fences, by the textbook; a range of less than a step counts as one."""
    if len(others) < FEWEST:
        return False
    first, third = (sorted(others)[ceil(share * len(others)) - 1] for share in (0.25, 0.75))
    reach = 1.5 * max(1, third - first)
    return step < first - reach or step > third + reach


@given(st.lists(exact, max_size=14))
def test_exact_findings_lie_where_the_textbook_says(shapes: list[Shape]) -> None:
    found = band_places(Counter(shapes))
    for at, shape in enumerate(shapes):
        others = [each[0] for each in shapes[:at] + shapes[at + 1 :]]
        assert (found[shape].outside == "yes") == is_outside(shape[0], others)
        assert found[shape].outside != "unknown"


def worlds(shapes: list[Shape]) -> Iterator[list[int]]:
    choices = [({low, high} if sure else {low, high, None}) for low, high, sure in shapes]
    for world in product(*choices):
        yield [step for step in world if step is not None]


@settings(max_examples=examples(20))
@given(loose, st.lists(exact | loose, min_size=4, max_size=6))
def test_a_verdict_holds_in_every_world(one: Shape, others: list[Shape]) -> None:
    place = band_places(Counter([one, *others]))[one]
    low, high, sure = one
    verdicts = {
        is_outside(step, world) for world in worlds(others) for step in range(low, high + 1)
    }
    if place.outside == "yes":
        assert sure
        assert verdicts == {True}
    if place.outside == "no":
        assert verdicts == {False}
