"""Test how late something was, between which days its deadline lies, and how nearly it was kept."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from answerable.domain.dates import Days
from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.counting import Count
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import begins, ends
from answerable.projections.conformance.windows.outcome import nearly, outcome_of
from answerable.projections.conformance.windows.window import Bounds, Dated, Length, Window, due_by

FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def days(first: int, last: int) -> Bounds:
    return Bounds(begins(day(first), UTC), ends(day(last), UTC))


def noon(number: int) -> Bounds:
    at = datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12)
    return Bounds(at, at)


def window(activation: Bounds, number: int, *answers: Bounds) -> Window:
    term = Count(Term(days=number), Calendar(), UTC, "early")
    return Window(Dated(activation), [Dated(each) for each in answers], Length(term, term))


def as_of(number: int) -> datetime:
    return ends(day(number), UTC)


def test_late_is_told_in_days_to_the_first_answer_after() -> None:
    late = outcome_of(window(noon(0), 7, noon(12), noon(9)), as_of(20))
    assert late.values == {"failed"}
    assert late.deadline == Bounds(as_of(7), as_of(7))
    assert late.late == Days(2, 2)
    assert late.answers == ()


def test_overdue_is_told_in_days_so_far() -> None:
    assert outcome_of(window(noon(0), 7), as_of(10)).late == Days(3, 3)
    assert outcome_of(window(noon(0), 7), None).late == Days(0, None)


def test_a_loose_date_leaves_bounds() -> None:
    found = outcome_of(window(days(0, 2), 7, days(10, 14)), as_of(20))
    assert found.values == {"failed"}
    assert found.deadline == Bounds(as_of(7), as_of(9))
    assert found.late == Days(1, 7)


def test_an_unknown_due_date_has_no_bounds() -> None:
    due = due_by(None, UTC)
    found = outcome_of(Window(Dated(noon(0)), [Dated(noon(3))], due=due), as_of(20))
    assert found.values == {"answered", "failed"}
    assert found.deadline == Bounds(None, None)
    assert found.late is not None
    assert found.late.most is None


def test_an_undated_activation_leaves_no_earliest_deadline() -> None:
    undated = Bounds(None, as_of(3))
    assert outcome_of(window(undated, 700), as_of(20)).deadline == Bounds(None, as_of(703))
    due = Window(Dated(undated), due=Bounds(as_of(9), as_of(9)))
    assert outcome_of(due, as_of(5)).deadline == Bounds(as_of(9), as_of(9))


def test_what_answers_in_every_world_is_named_alone() -> None:
    assert outcome_of(window(noon(0), 7, noon(3), noon(2)), as_of(20)).answers == (0,)
    assert outcome_of(window(noon(0), 7, days(6, 9), days(5, 8)), as_of(20)).answers == (0, 1)
    assert outcome_of(window(noon(9), 7), as_of(3)).deadline == Bounds()


@pytest.mark.parametrize(
    ("answered", "within", "near"),
    [(7, 1, "yes"), (6, 1, "no"), (6, 2, "yes"), (0, 2, "no")],
)
def test_an_answer_on_one_of_the_last_days_is_a_near_miss(
    answered: int, within: int, near: str
) -> None:
    assert nearly(window(noon(0), 7, noon(answered)), as_of(20), within) == near


def test_a_deadline_of_the_next_days_is_near() -> None:
    assert nearly(window(noon(0), 7), as_of(5), 1) == "no"
    assert nearly(window(noon(0), 7), as_of(7), 1) == "yes"
    assert nearly(window(noon(0), 7, days(6, 7)), as_of(20), 1) == "unknown"


spans = st.tuples(st.integers(0, 10), st.integers(0, 3)).map(lambda t: (t[0], t[0] + t[1]))


@given(spans, st.integers(1, 6), st.lists(spans, max_size=2), st.integers(0, 20))
def test_late_lies_between_the_least_and_the_most_of_all_worlds(
    activation: tuple[int, int], number: int, answers: list[tuple[int, int]], moment: int
) -> None:
    of = window(days(*activation), number, *(days(*each) for each in answers))
    found = outcome_of(of, as_of(moment))
    assume(found.late is not None)
    late = []
    for start, *times in product(*(range(low, high + 1) for low, high in (activation, *answers))):
        end = start + number
        if start > moment or end >= moment or any(start <= t <= end for t in times):
            continue
        after = [t for t in times if end < t <= moment]
        late.append(min(after, default=moment) - end)
    assume(late)
    assert found.late is not None
    assert found.late.least is not None
    assert found.late.most is not None
    assert found.late.least <= min(late)
    assert found.late.most >= max(late)
    if found.values == {"failed"} and activation[0] == activation[1] and len(answers) < 2:
        assert found.late == (min(late), max(late))


few = st.integers(0, 3)


@given(spans, st.tuples(few, few), few, st.lists(spans, max_size=1), st.integers(1, 3))
def test_near_is_said_only_where_each_world_has_it(
    activation: tuple[int, int],
    first: tuple[int, int],
    more: int,
    others: list[tuple[int, int]],
    near: int,
) -> None:
    # From the day after the activation on, and by the deadline wherever both lie.
    low = activation[1] + 1 + first[0]
    answers = [(low, low + first[1]), *others]
    number = low + first[1] - activation[0] + more
    of = window(days(*activation), number, *(days(*each) for each in answers))
    assert outcome_of(of, as_of(40)).values == {"answered"}
    spare = []
    for start, *times in product(*(range(low, high + 1) for low, high in (activation, *answers))):
        end = start + number
        spare.append(end - min(t for t in times if start <= t <= end))
    told = nearly(of, as_of(40), near)
    if told == "yes":
        assert max(spare) < near
    if told == "no":
        assert min(spare) >= near
