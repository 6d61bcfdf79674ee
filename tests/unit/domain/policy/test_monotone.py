"""Each monotone function, and whatever is put together of them, has the inverse that it tells."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.counting import Count
from answerable.domain.policy.monotone import (
    ALWAYS,
    FOREVER,
    TICK,
    Constant,
    Delayed,
    Least,
    Monotone,
    Most,
    Then,
    following,
    merged,
    preceding,
)
from answerable.domain.policy.term import Term
from answerable.projections.conformance.windows.deadline import Ahead, AtLast, Soonest
from answerable.projections.conformance.windows.window import Bounds

ZERO = datetime(2026, 1, 5, tzinfo=UTC)

moments = st.integers(-400, 400).map(lambda hours: ZERO + timedelta(hours=hours))
pairs = st.tuples(moments, moments).map(lambda two: (min(two), max(two)))
bounds = pairs.map(lambda two: Bounds(*two))

single: st.SearchStrategy[Monotone] = st.one_of(
    moments.map(Constant),
    st.sampled_from([ALWAYS, FOREVER]).map(Constant),
    st.lists(pairs, max_size=3).map(lambda several: Delayed(merged(several))),
    bounds.map(Soonest),
    bounds.map(AtLast),
    st.builds(
        lambda days, roll: Count(Term(days=days), Calendar(roll=roll), UTC, "early"),
        st.integers(1, 9),
        st.sampled_from(["none", "next-working-day", "previous-working-day"]),
    ),
    st.integers(1, 99).map(lambda hours: Count(Term(hours=hours), Calendar(), UTC, "early")),
)


def together(parts: st.SearchStrategy[Monotone]) -> st.SearchStrategy[Monotone]:
    return st.one_of(
        st.lists(parts, max_size=3).map(lambda several: Least(tuple(several))),
        st.lists(parts, max_size=3).map(lambda several: Most(tuple(several))),
        st.builds(Then, parts, parts),
        st.builds(Ahead, parts, st.integers(1, 3), st.just(UTC)),
    )


functions = st.recursive(single, together, max_leaves=4)


@given(functions, moments, st.one_of(moments, st.sampled_from([ALWAYS, FOREVER])))
def test_a_value_is_reached_from_its_inverse_on_and_not_before(
    function: Monotone, moment: datetime, value: datetime
) -> None:
    since = function.since(value)
    tried = [moment, following(moment), ALWAYS]
    if since is not None:
        tried += [since, preceding(since)]
    for each in tried:
        reached = function.at(each) >= value
        assert reached == (since is not None and each >= since)


@given(functions, moments, st.integers(0, 50))
def test_it_never_falls(function: Monotone, moment: datetime, hours: int) -> None:
    assert function.at(moment) <= function.at(moment + timedelta(hours=hours))


def test_stretches_that_touch_are_one() -> None:
    one, two, three = ZERO, ZERO + TICK, ZERO + 2 * TICK
    assert merged([(two, three), (one, two)]) == ((one, three),)
    assert merged([(three, one)]) == ()
    assert (following(FOREVER), preceding(ALWAYS)) == (FOREVER, ALWAYS)
