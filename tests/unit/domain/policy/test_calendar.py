"""Which days are worked by a calendar that is data, and what such data may not say."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from answerable.domain.policy.calendar import DAY_NAMES, Calendar, is_working_day, knows


def calendar(**told: Any) -> Calendar:
    return Calendar.model_validate(told)


def test_what_is_told_is_read() -> None:
    read = calendar(
        zone="Asia/Shanghai",
        weekend=["sat", "sun"],
        holidays=[date(2026, 1, 2), "2026-01-01"],
        workdays=["2026-01-04"],
        known_until="2026-12-31",
        roll="next-working-day",
    )
    assert read.holidays == (date(2026, 1, 1), date(2026, 1, 2))
    assert not is_working_day(read, date(2026, 1, 1))
    assert not is_working_day(read, date(2026, 1, 3))
    assert is_working_day(read, date(2026, 1, 4))
    assert knows(read, date(2026, 12, 31))
    assert not knows(read, date(2027, 1, 1))
    assert read == calendar(**read.model_dump())


@pytest.mark.parametrize(
    ("told", "path", "said"),
    [
        ({"zone": "Europe/Brussel"}, ("zone",), "Europe/Brussels"),
        ({"weekends": ["sat"]}, ("weekends",), "Extra"),
        ({"weekend": ["saturday"]}, ("weekend", 0), "'sat'"),
        ({"weekend": ["sat", "sat"]}, ("weekend",), "sat is listed twice"),
        ({"weekend": list(DAY_NAMES)}, (), "name fewer"),
        ({"holidays": ["2026-02-30"]}, ("holidays", 0), "2026-01-01"),
        ({"holidays": [20260101]}, ("holidays", 0), "is no day: give a date without a time"),
        ({"holidays": ["2026-01-01", date(2026, 1, 1)]}, ("holidays",), "listed twice"),
        ({"workdays": ["2026-01-05"]}, (), "2026-01-05 is a mon"),
        ({"workdays": ["2026-01-04"], "holidays": ["2026-01-04"]}, (), "among the holidays"),
        ({"known_until": "2026-12-31", "holidays": ["2027-01-01"]}, (), "beyond"),
        ({"known_from": "2026-01-01", "holidays": ["2025-12-25"]}, (), "beyond"),
        ({"known_from": "2026-01-02", "known_until": "2026-01-01"}, (), "before known_from"),
        ({"roll": "next"}, ("roll",), "next-working-day"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(told: Any, path: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        calendar(**told)
    (error,) = raised.value.errors()
    assert error["loc"] == path
    assert said in error["msg"]
