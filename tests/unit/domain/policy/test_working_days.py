"""Working days are counted as one would on paper: day after day, by the lists."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.policy.calendar import DAY_NAMES, Calendar, is_working_day
from answerable.domain.policy.working_days import NO_DAY, nth_working_day, working_days

FIRST = date(2026, 1, 1)

days = st.integers(0, 60).map(lambda n: FIRST + timedelta(n))


def test_the_day_after_the_last_is_none() -> None:
    assert nth_working_day(Calendar(), date.max, 1) is None
    assert nth_working_day(Calendar(), date.min, 5) == date(1, 1, 8)


def test_a_day_is_counted_only_where_each_day_up_to_it_is_known() -> None:
    read = Calendar(known_from=date(2026, 1, 1), known_until=date(2026, 1, 30))
    assert nth_working_day(read, date(2026, 1, 29), 1) == date(2026, 1, 30)
    assert nth_working_day(read, date(2026, 1, 30), 1) is None
    assert nth_working_day(read, date(2025, 12, 31), 1) == date(2026, 1, 1)
    assert nth_working_day(read, date(2025, 12, 30), 1) is None


@given(st.sets(st.sampled_from(DAY_NAMES), max_size=6), st.sets(days), days, st.integers(1, 12))
def test_working_days_are_those_of_the_lists(
    weekend: set[str], holidays: set[date], day: date, n: int
) -> None:
    told = {"weekend": sorted(weekend), "holidays": sorted(holidays)}
    calendar = Calendar.model_validate(told)
    after = (day + timedelta(each) for each in range(1, 400))
    worked = [each for each in after if is_working_day(calendar, each)]
    assert all(DAY_NAMES[each.weekday()] not in weekend for each in worked)
    assert nth_working_day(calendar, day, n) == worked[n - 1]


@given(st.sets(days), st.integers(0, 30), st.integers(0, 30), days, st.integers(1, 30))
def test_a_number_of_working_days_has_an_inverse(
    holidays: set[date], start: int, length: int, day: date, n: int
) -> None:
    first, last = FIRST + timedelta(start), FIRST + timedelta(start + length)
    told = {
        "holidays": [each for each in holidays if first <= each <= last],
        "known_from": first,
        "known_until": last,
    }
    calendar = Calendar.model_validate(told)
    early, late = working_days(calendar, "early"), working_days(calendar, "late")
    for count in (early, late):
        for each in range(day.toordinal() - 90, day.toordinal() + 90):
            reached = count.nth_after(each, n) >= day.toordinal()
            assert reached == (each >= count.earliest_start(day.toordinal(), n))
    assert early.nth_after(day.toordinal(), n) <= late.nth_after(day.toordinal(), n)
    assert late.nth_after(last.toordinal(), n) == NO_DAY
