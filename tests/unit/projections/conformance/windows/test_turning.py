"""Test what an open verdict turns on, and what alone would settle it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import begins, ends
from answerable.projections.conformance.windows.turning import MOST_TRIED, Turn, turns_of
from answerable.projections.conformance.windows.values import values_of
from answerable.projections.conformance.windows.window import (
    Beginning,
    Bounds,
    Dated,
    Hold,
    Window,
    due_by,
    length_of,
)
from answerable.projections.conformance.worlds import judgement_of

FIRST = date(2026, 1, 5)  # a Monday
NOW = ends(FIRST + timedelta(100), UTC)
WEEK = length_of(Term(days=7), Calendar(), UTC)


def days(first: int, last: int | None = None) -> Bounds:
    until = first if last is None else last
    return Bounds(begins(FIRST + timedelta(first), UTC), ends(FIRST + timedelta(until), UTC))


def noon(number: int) -> Bounds:
    at = begins(FIRST + timedelta(number), UTC) + timedelta(hours=12)
    return Bounds(at, at)


def turns(window: Window) -> tuple[Turn, ...]:
    return turns_of(window, [NOW])


def test_a_settled_window_turns_on_nothing() -> None:
    assert turns(Window(Dated(noon(0)), [Dated(days(2, 5))], WEEK)) == ()


def test_the_date_of_the_one_answer_settles_it() -> None:
    of = Window(Dated(noon(0)), [Dated(days(5, 9))], WEEK)
    assert turns(of) == (Turn("candidate", 0, "time", settles=True),)


def test_two_loose_dates_of_which_neither_settles_it_alone() -> None:
    """A report of some day from the 1st to the 10th, acknowledged by the 12th."""
    report, answer = Dated(days(-4, 4)), Dated(days(-4, 7), follows=True)
    assert turns(Window(report, [answer], WEEK)) == (
        Turn("activation", 0, "time", settles=False),
        Turn("candidate", 0, "time", settles=False),
    )


def test_what_can_make_no_difference_is_not_named() -> None:
    of = Window(Dated(noon(0)), [Dated(days(20, 30)), Dated(days(5, 9)), Dated(days(-9, -3))], WEEK)
    assert turns(of) == (Turn("candidate", 1, "time", settles=True),)


def test_a_field_settles_it_and_places_are_those_given() -> None:
    of = Window(Dated(noon(0)), [Dated(noon(1), "no"), Dated(noon(1), "unknown")], WEEK)
    assert turns(of) == (Turn("candidate", 1, "match", settles=True),)


def test_each_part_of_a_deadline_can_be_what_it_turns_on() -> None:
    answer = [Dated(noon(10))]
    due = Window(Dated(noon(0)), answer, due=due_by(None, UTC))
    assert turns(due) == (Turn("due", 0, "time", settles=True),)
    until = Window(Dated(noon(0)), answer, until=(Dated(days(8, 12)),))
    assert turns(until) == (Turn("until", 0, "time", settles=True),)
    start = Beginning((Dated(days(1, 6)),))
    assert turns(Window(Dated(noon(0)), answer, WEEK, start)) == (
        Turn("beginning", 0, "time", settles=True),
    )
    hold = Hold(days(5), days(8, 12), "unknown")
    assert turns(Window(Dated(noon(0)), answer, WEEK, holds=(hold,))) == (
        Turn("hold", 0, "end", settles=False),
        Turn("hold", 0, "match", settles=False),
    )
    calendar = Calendar(known_until=FIRST + timedelta(4))
    beyond = length_of(Term(working_days=6), calendar, UTC)
    assert turns(Window(Dated(noon(0)), answer, beyond)) == (
        Turn("calendar", 0, "time", settles=True),
    )


def test_of_too_many_none_is_told_apart() -> None:
    many = [Dated(days(5, 9))] * (MOST_TRIED + 1)
    assert turns(Window(Dated(noon(0)), many, WEEK)) == ()


spans = st.tuples(st.integers(0, 10), st.integers(0, 3)).map(lambda t: days(t[0], t[0] + t[1]))
events = st.builds(Dated, spans, st.sampled_from(["yes", "yes", "unknown"]))


@given(events, st.lists(events, max_size=3), st.none() | spans, st.integers(0, 14 * 24))
def test_what_settles_it_alone_does_whatever_it_is(
    activation: Dated, candidates: list[Dated], due: Bounds | None, hours: int
) -> None:
    of = Window(activation, candidates, WEEK, due=due)
    at = days(0).low + timedelta(hours=hours)
    for turn in turns(of):
        if not turn.settles or turn.aspect != "time":
            continue
        if turn.part == "due":
            told = of._replace(due=_known(due or days(0), ends(at.date(), UTC)))
        elif turn.part == "activation":
            told = of._replace(activation=activation._replace(time=_known(activation.time, at)))
        else:
            one = candidates[turn.place]
            each = one._replace(time=_known(one.time, at))
            told = of._replace(
                candidates=[*candidates[: turn.place], each, *candidates[turn.place + 1 :]]
            )
        assert judgement_of(values_of(told, NOW)) != "indeterminate"


def _known(time: Bounds, at: datetime) -> Bounds:
    moment = min(max(time.low, at), time.high)
    return Bounds(moment, moment)


def test_a_date_that_leaves_a_doubt_on_one_day_of_many_settles_nothing() -> None:
    """A report of the 2nd to the 11th, due in 4 days, was answered on some day from 8th to 10th."""
    of = Window(
        Dated(days(-3, 6)),
        [Dated(days(3, 5), follows=True)],
        length_of(Term(days=4), Calendar(), UTC),
    )
    assert turns(of) == (Turn("activation", 0, "time", settles=False),)
