"""Windows in closed form, against every world of their dates on a grid."""

from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st
from tests.support.window_worlds import Steps, at, bounds, number, values

from answerable.projections.conformance.windows.values import values_of
from answerable.projections.conformance.windows.window import (
    Beginning,
    Bounds,
    Dated,
    Hold,
    Length,
    Window,
)

MATCHES: st.SearchStrategy[Any] = st.sampled_from(["yes", "yes", "yes", "unknown"])
times = st.builds(
    lambda low, length: bounds(low, low + length),
    st.integers(0, 9),
    st.sampled_from([0, 0, 1, 2, 4]),
)
short = st.builds(
    lambda low, length: bounds(low, low + length),
    st.integers(0, 9),
    st.sampled_from([0, 0, 1, 2]),
)
moments = st.none() | st.integers(0, 14)


def lengths(most: int) -> st.SearchStrategy[Length]:
    return st.builds(
        lambda days, more, length: Length(Steps(days, length), Steps(days + more, length)),
        st.integers(0, most),
        st.sampled_from([0, 0, 0, 1, 2]),
        st.integers(1, 3),
    )


dated = st.builds(Dated, times, MATCHES, st.sampled_from([False, False, True]))
dated_shortly = st.builds(Dated, short, MATCHES, st.sampled_from([False, False, True]))


@given(st.builds(Dated, times, MATCHES), st.lists(dated, max_size=3), lengths(4), moments)
def test_a_term_is_kept_in_as_many_ways_as_there_are_worlds(
    activation: Dated, candidates: list[Dated], term: Length, moment: int | None
) -> None:
    check(Window(activation, candidates, term), moment)


@given(
    st.builds(Dated, times, MATCHES),
    st.lists(dated, max_size=2),
    st.none() | lengths(4),
    st.none() | short,
    st.lists(dated_shortly, max_size=2).map(tuple),
    moments,
)
def test_the_earliest_of_several_deadlines_is_the_deadline(
    activation: Dated,
    candidates: list[Dated],
    term: Length | None,
    due: Bounds | None,
    until: tuple[Dated, ...],
    moment: int | None,
) -> None:
    check(Window(activation, candidates, term, due=due, until=until), moment)


holds = st.builds(
    lambda begins, ends, applies: Hold(
        begins, ends and Bounds(max(ends.low, begins.low), max(ends.high, begins.high)), applies
    ),
    short,
    st.none() | short,
    MATCHES,
)


@given(
    st.builds(Dated, short, MATCHES),
    st.lists(dated_shortly, max_size=2),
    st.none() | lengths(4),
    st.none() | short,
    st.lists(holds, max_size=2).map(tuple),
    moments,
)
def test_a_hold_delays_the_deadlines_that_lie_within_it(
    activation: Dated,
    candidates: list[Dated],
    term: Length | None,
    due: Bounds | None,
    held: tuple[Hold, ...],
    moment: int | None,
) -> None:
    check(Window(activation, candidates, term, due=due, holds=held), moment)


@given(
    st.builds(Dated, short, MATCHES),
    st.lists(dated_shortly, max_size=2),
    lengths(3),
    st.lists(dated_shortly, max_size=2).map(tuple),
    st.none() | lengths(2),
    moments,
)
def test_a_term_runs_from_the_first_of_what_it_runs_from(
    activation: Dated,
    candidates: list[Dated],
    term: Length,
    begins: tuple[Dated, ...],
    otherwise: Length | None,
    moment: int | None,
) -> None:
    check(Window(activation, candidates, term, Beginning(begins, otherwise)), moment)


def check(window: Window, moment: int | None) -> None:
    expected = values(window, moment)
    if not expected:
        return  # What follows is said to follow what lies after it: there is no such world.
    event(", ".join(sorted(expected)))
    assert values_of(window, None if moment is None else at(moment)) == expected


@given(
    st.builds(Dated, times, MATCHES),
    st.lists(dated, max_size=3),
    st.none() | lengths(4),
    st.none() | times,
    st.lists(dated, max_size=2).map(tuple),
    moments,
    st.data(),
)
def test_knowing_more_of_a_date_or_a_field_never_moves_between_pass_and_fail(
    activation: Dated,
    candidates: list[Dated],
    term: Length | None,
    due: Bounds | None,
    until: tuple[Dated, ...],
    moment: int | None,
    data: st.DataObject,
) -> None:
    # What follows is told by edges: with these a narrower date may contradict the record.
    plain = [each._replace(follows=False) for each in candidates]
    ends = tuple(each._replace(follows=False) for each in until)
    wide = Window(activation, plain, term, due=due, until=ends)
    narrow = wide._replace(
        activation=narrowed(activation, data),
        candidates=[narrowed(each, data) for each in plain],
        due=due and within(due, data),
        until=tuple(narrowed(each, data) for each in ends),
    )
    now = None if moment is None else at(moment)
    assert values_of(narrow, now) <= values_of(wide, now)


def narrowed(event: Dated, data: st.DataObject) -> Dated:
    matches = event.matches
    if matches == "unknown":
        matches = data.draw(st.sampled_from(["yes", "no", "unknown"]))
    return event._replace(time=within(event.time, data), matches=matches)


def within(time: Bounds, data: st.DataObject) -> Bounds:
    inside = st.integers(number(time.low), number(time.high))
    return bounds(*sorted((data.draw(inside), data.draw(inside))))
