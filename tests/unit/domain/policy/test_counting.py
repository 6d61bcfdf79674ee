"""Terms end as Regulation (EEC, Euratom) 1182/71 has it, and where a calendar ends, it shows."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.policy.calendar import Calendar, Roll
from answerable.domain.policy.counting import Count, deadline
from answerable.domain.policy.monotone import ALWAYS, FOREVER, following
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import ends
from answerable.domain.zone.zone import rules

WEEKDAYS = Calendar(roll="next-working-day")
FIRST = date(2026, 1, 1)


def last_day(within: dict[str, Any], start: str, calendar: Calendar) -> str:
    """Count from noon of a day, in UTC, to the day whose last microsecond ends the term."""
    noon = datetime.fromisoformat(f"{start}T12:00:00+00:00")
    found = deadline(Term.model_validate(within), calendar, noon, UTC)
    if found.latest is None:
        return f"{found.earliest.date()} or later"
    assert found.latest == ends(found.latest.date(), UTC)
    earliest, latest = str(found.earliest.date()), str(found.latest.date())
    return latest if found.known else f"{earliest} to {latest}"


@pytest.mark.parametrize(
    ("within", "start", "last"),
    [
        # 5 January 2026 is a Monday.
        ({"days": 7}, "2026-01-05", "2026-01-12"),
        ({"weeks": 1}, "2026-01-05", "2026-01-12"),
        ({"days": 5}, "2026-01-05", "2026-01-12"),  # a Saturday, then
        ({"days": 6}, "2026-01-05", "2026-01-12"),
        ({"working_days": 5}, "2026-01-05", "2026-01-12"),
        ({"working_days": 1}, "2026-01-10", "2026-01-12"),
        ({"months": 1}, "2026-01-30", "2026-03-02"),  # 28 February is a Saturday
        ({"months": 1}, "2026-03-31", "2026-04-30"),
        ({"months": 3}, "2026-11-30", "2027-03-01"),  # 28 February 2027 is a Sunday
        ({"months": 11}, "2026-01-15", "2026-12-15"),
        ({"years": 1}, "2024-02-29", "2025-02-28"),
        ({"years": 4}, "2024-02-29", "2028-02-29"),
    ],
)
def test_a_term_ends_on_its_last_day(within: Any, start: str, last: str) -> None:
    assert last_day(within, start, WEEKDAYS) == last


def test_a_last_day_moves_only_as_the_calendar_has_it() -> None:
    saturday = ({"days": 5}, "2026-01-05")
    assert last_day(*saturday, Calendar()) == "2026-01-10"
    assert last_day(*saturday, WEEKDAYS) == "2026-01-12"
    back = Calendar(roll="previous-working-day")
    assert last_day(*saturday, back) == "2026-01-09"
    assert last_day({"days": 1}, "2026-01-09", back) == "2026-01-10", "not to the day it began"


def test_hours_count_from_the_instant_and_never_move() -> None:
    term = Term(hours=72)
    friday = datetime(2026, 1, 9, 12, 30, tzinfo=UTC)
    found = deadline(term, WEEKDAYS, friday, UTC)
    assert found == (friday + timedelta(hours=72),) * 2


def test_days_are_those_of_the_zone() -> None:
    shanghai = rules("Asia/Shanghai")
    evening = datetime(2026, 1, 5, 20, tzinfo=UTC)  # the 6th in Shanghai
    found = deadline(Term(days=7), Calendar(), evening, shanghai)
    assert found.latest == ends(date(2026, 1, 13), shanghai)
    assert found.latest == datetime(2026, 1, 13, 15, 59, 59, 999_999, tzinfo=UTC)


def test_where_the_calendar_ends_only_the_earliest_end_is_known() -> None:
    known = Calendar(known_until=date(2026, 1, 9), roll="next-working-day")
    assert last_day({"working_days": 4}, "2026-01-05", known) == "2026-01-09"
    assert last_day({"working_days": 5}, "2026-01-05", known) == "2026-01-10 or later"
    assert last_day({"days": 4}, "2026-01-05", known) == "2026-01-09"
    assert last_day({"days": 7}, "2026-01-05", known) == "2026-01-12 or later"
    plain = known.model_copy(update={"roll": "none"})
    assert last_day({"days": 7}, "2026-01-05", plain) == "2026-01-12", "no working day is asked"
    back = known.model_copy(update={"roll": "previous-working-day"})
    assert last_day({"days": 7}, "2026-01-05", back) == "2026-01-09 to 2026-01-12"


def test_before_the_calendar_begins_an_end_is_known_within_bounds() -> None:
    known = Calendar(known_from=date(2026, 1, 5))
    assert last_day({"working_days": 2}, "2026-01-03", known) == "2026-01-05 to 2026-01-06"


def test_the_last_years_have_an_end() -> None:
    for within in ({"days": 1}, {"months": 1}, {"years": 1}, {"working_days": 1}):
        assert last_day(within, "9999-12-31", WEEKDAYS) == "9999-12-31 or later"
    assert last_day({"months": 1}, "9999-11-30", Calendar()) == "9999-12-30"


def test_what_has_no_beginning_has_no_end_that_is_known() -> None:
    for within in ({"hours": 1}, {"days": 1}, {"months": 60}, {"working_days": 1}):
        count = Count(Term.model_validate(within), WEEKDAYS, UTC, "early")
        assert count.at(ALWAYS) == ALWAYS


units = st.sampled_from(["days", "weeks", "months", "years", "working_days"])
rolls: st.SearchStrategy[Roll] = st.sampled_from(get_args(Roll))
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(n))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    first, last = sorted(draw(st.tuples(days, days)))
    holidays = draw(st.sets(days, max_size=8))
    bounded = draw(st.booleans())
    return Calendar(
        weekend=draw(st.sampled_from([("sat", "sun"), (), ("fri",)])),
        holidays=tuple(each for each in holidays if not bounded or first <= each <= last),
        known_from=first if bounded else None,
        known_until=last if bounded else None,
        roll=draw(rolls),
    )


@given(calendars(), units, st.integers(1, 12), days, st.sampled_from(["early", "late"]))
def test_the_later_the_start_the_later_the_end(
    calendar: Calendar, unit: str, number: int, day: date, reading: Any
) -> None:
    term = Term.model_validate({unit: number})
    count = Count(term, calendar, rules("Europe/Brussels"), reading)
    value = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    since = count.since(value)
    assert since is not None
    assert value <= count.at(since)
    assert since <= following(ALWAYS) or count.at(since - timedelta(microseconds=1)) < value
    for hours in range(-400, 400, 7):
        moment = value + timedelta(hours=hours)
        assert (count.at(moment) >= value) == (moment >= since)
        assert count.at(moment) <= count.at(moment + timedelta(hours=7))


def by_hand(worked: dict[int, bool], term: Term, roll: str, start: int) -> int:
    """Count day after day, where each day is known to be worked or not."""
    if term.unit == "working_days":
        left, day = term.number, start
        while left:
            day += 1
            left -= worked[day]
        return day
    last = start + term.number
    if roll == "next-working-day":
        while not worked[last]:
            last += 1
    if roll == "previous-working-day":
        back = next((d for d in range(last, start, -1) if worked[d]), None)
        last = last if back is None else back
    return last


@given(
    st.sets(st.integers(0, 8)),
    st.integers(0, 4),
    st.integers(3, 8),
    st.integers(-2, 8),
    st.sampled_from(["days", "working_days"]),
    st.integers(1, 4),
    rolls,
)
def test_an_end_is_as_early_and_as_late_as_the_unknown_days_allow(
    holidays: set[int], first: int, last: int, start: int, unit: str, number: int, roll: Any
) -> None:
    last = max(first, last)
    calendar = Calendar(
        weekend=(),
        holidays=tuple(FIRST + timedelta(n) for n in sorted(holidays) if first <= n <= last),
        known_from=FIRST + timedelta(first),
        known_until=FIRST + timedelta(last),
        roll=roll,
    )
    known = {n: n not in holidays for n in range(first, last + 1)}
    near = [n for n in range(start + 1, start + 7) if n not in known]
    term = Term.model_validate({unit: number})
    # Days beyond those tried are worked, so that each world ends somewhere.
    rest = dict.fromkeys(range(-10, 60), True)
    ended = {
        by_hand({**rest, **dict(zip(near, chosen, strict=True)), **known}, term, roll, start)
        for chosen in product([True, False], repeat=len(near))
    }
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(start)
    found = deadline(term, calendar, noon, UTC)
    assert (found.earliest.date() - FIRST).days == min(ended)
    if found.latest is None:
        assert max(ended) > last
        assert Count(term, calendar, UTC, "late").at(noon) == FOREVER
    else:
        assert (found.latest.date() - FIRST).days == max(ended)
