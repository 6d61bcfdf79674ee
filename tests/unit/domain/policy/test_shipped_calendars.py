"""The calendars that come with this program, held against lists made by hand."""

from datetime import date, timedelta

import pytest

from answerable.domain.policy.calendar import Calendar, is_working_day
from answerable.domain.policy.shipped import CALENDARS, calendar
from answerable.domain.policy.working_days import nth_working_day


def days(text: str) -> list[date]:
    return [date.fromisoformat(each) for each in text.split()]


def worked_in(of: Calendar, year: int) -> int:
    each = (date(year, 1, 1) + timedelta(n) for n in range(365))
    return sum(is_working_day(of, day) for day in each)


@pytest.mark.parametrize("name", CALENDARS)
def test_each_can_be_read(name: str) -> None:
    assert calendar(name).weekend == ("sat", "sun")


# Days counted on a printed calendar with the State Council's notice beside it.
CHINA = [
    # Thursday 1 to Saturday 3 January are off; Sunday the 4th is worked.
    ("2025-12-30", 1, None),
    ("2025-12-31", 1, "2026-01-04"),
    ("2026-01-01", 1, "2026-01-04"),
    ("2026-01-01", 5, "2026-01-08"),
    ("2026-01-01", 10, "2026-01-15"),
    ("2026-01-01", 30, "2026-02-12"),
    # Friday 13 February; Saturday the 14th is worked, the 15th to the 23rd are off.
    ("2026-02-13", 1, "2026-02-14"),
    ("2026-02-14", 1, "2026-02-24"),
    ("2026-02-14", 5, "2026-02-28"),
    ("2026-02-14", 10, "2026-03-06"),
    ("2026-02-14", 30, "2026-04-03"),
    # Thursday 30 April; off to Tuesday 5 May; Saturday the 9th is worked.
    ("2026-04-30", 1, "2026-05-06"),
    ("2026-04-30", 5, "2026-05-11"),
    ("2026-04-30", 10, "2026-05-18"),
    ("2026-04-30", 30, "2026-06-15"),
    # Friday 18 September; Sunday the 20th is worked; off 25 to 27; 1 to 7 October; 10th worked.
    ("2026-09-18", 1, "2026-09-20"),
    ("2026-09-18", 5, "2026-09-24"),
    ("2026-09-18", 10, "2026-10-09"),
    ("2026-09-18", 30, "2026-11-05"),
    # Thursday 31 December is the last day that is known.
    ("2026-12-30", 1, "2026-12-31"),
    ("2026-12-30", 5, None),
]


@pytest.mark.parametrize(("start", "number", "found"), CHINA)
def test_working_days_in_china_in_2026(start: str, number: int, found: str | None) -> None:
    expected = None if found is None else date.fromisoformat(found)
    assert nth_working_day(calendar("cn-2026"), date.fromisoformat(start), number) == expected


def test_china_had_248_working_days_in_2026() -> None:
    """261 weekdays, 19 of them off, 6 days of weekends worked."""
    of = calendar("cn-2026")
    assert len(of.holidays) == 33
    assert sum(day.weekday() < 5 for day in of.holidays) == 19
    assert worked_in(of, 2026) == 261 - 19 + 6


def test_bank_holidays_in_england_and_wales() -> None:
    of = calendar("gb-eaw-2025-2027")
    for year in (2025, 2026, 2027):
        assert sum(day.year == year for day in of.holidays) == 8
        assert worked_in(of, year) == 261 - 8
    assert nth_working_day(of, date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert nth_working_day(of, date(2027, 12, 24), 1) == date(2027, 12, 29)
    assert nth_working_day(of, date(2026, 4, 2), 1) == date(2026, 4, 7)
