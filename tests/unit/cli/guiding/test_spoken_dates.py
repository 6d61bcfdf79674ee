"""Dates as people write them, where they can mean one thing only."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.guiding.spoken_dates import MONTHS, spoken_date
from answerable.domain.edtf import DateError

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))


def spellings(day: date) -> list[str]:
    month = MONTHS[day.month - 1]
    return [
        day.isoformat(),
        f"{day.day} {month.title()} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day:02}. {month[:3].upper()} {day.year}",
    ]


@given(DAYS)
def test_a_day_reads_the_same_however_it_is_written(day: date) -> None:
    assert {spoken_date(each) for each in spellings(day)} == {day.isoformat()}


@given(DAYS)
def test_the_ends_of_a_time_are_read(day: date) -> None:
    for each in spellings(day):
        assert spoken_date(f"by {each}") == spoken_date(f"On or  before {each}")
        assert spoken_date(f"by {each}") == f"../{day.isoformat()}"
        assert spoken_date(f"since {each}") == f"{day.isoformat()}/.."
        assert spoken_date(f"about {each}") == f"{day.isoformat()}~"


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("January 2026", "2026-01"),
        ("jan 2026", "2026-01"),
        ("2026", "2026"),
        ("2026-01/2026-03", "2026-01/2026-03"),
        ("2026-01-05T14:03:00+08:00", "2026-01-05T14:03:00+08:00"),
        ("1st of May 2026", "2026-05-01"),
    ],
)
def test_other_forms_are_read(told: str, read: str) -> None:
    assert spoken_date(told) == read


@pytest.mark.parametrize(
    "told", ["5/1/2026", "05.01.2026", "31 June 2026", "ju 2026", "yesterweek", "by", "5 Foo 2026"]
)
def test_what_can_mean_several_things_or_none_is_not_read(told: str) -> None:
    with pytest.raises(DateError):
        spoken_date(told)
