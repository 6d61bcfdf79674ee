"""Zones by name, by jurisdiction, and where their days begin and end."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from answerable.domain.edtf import asked, moment, parse
from answerable.domain.terms.jurisdiction import CODES
from answerable.domain.zone.day_end import DayEnd, moment_in
from answerable.domain.zone.days import begins, ends, readings
from answerable.domain.zone.jurisdictions import _zones, zone_of
from answerable.domain.zone.zone import UNTOLD, UnknownZone, Zone, check_zone, rules

KIRITIMATI, PAGO = Zone("Pacific/Kiritimati", "case"), Zone("Pacific/Pago_Pago", "case")


def hours(day: date, name: str) -> float:
    tz = rules(name)
    return (ends(day, tz) + timedelta(microseconds=1) - begins(day, tz)) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "name", "expected"),
    [
        (date(2026, 3, 29), "Europe/Berlin", 23),
        (date(2026, 10, 25), "Europe/Berlin", 25),
        (date(2026, 7, 1), "Europe/Berlin", 24),
        (date(2018, 11, 4), "America/Sao_Paulo", 23),  # begins at one o'clock
        (date(2018, 2, 17), "America/Sao_Paulo", 25),  # ends twice
        (date(2026, 11, 1), "America/Havana", 25),  # begins twice
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(1919, 3, 31), "America/Toronto", 23.5),  # begins at half past midnight
    ],
)
def test_a_day_is_as_long_as_its_zone_makes_it(day: date, name: str, expected: float) -> None:
    assert hours(day, name) == expected


def test_a_day_that_is_none_is_the_moment_at_which_it_would_be() -> None:
    """Samoa went over the date line from 29 to 31 December 2011."""
    tz = rules("Pacific/Apia")
    at = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert begins(date(2011, 12, 30), tz) == ends(date(2011, 12, 30), tz) == at
    assert begins(date(2011, 12, 31), tz) == at


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("name", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_calendars_own_ends_are_days_in_every_zone(day: date, name: str) -> None:
    assert begins(day, rules(name)) <= ends(day, rules(name))
    assert parse(day.isoformat(), Zone(name, "case")).first_day == day


def test_days_at_both_date_lines() -> None:
    there, here = parse("2026-01-05", KIRITIMATI), parse("2026-01-05", PAGO)
    assert there.earliest == datetime(2026, 1, 4, 10, tzinfo=UTC)
    assert here.latest == datetime(2026, 1, 6, 10, 59, 59, 999999, tzinfo=UTC)
    assert there.latest is not None
    assert here.earliest is not None
    assert there.latest < here.earliest, "the same day, and one is over when the other begins"
    assert there.first_day == here.first_day == date(2026, 1, 5)


def test_a_clock_that_is_set_back_shows_a_time_twice() -> None:
    berlin = Zone("Europe/Berlin", "case")
    twice = parse("2026-10-25T02:30:00", berlin)
    assert twice.earliest == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert twice.latest == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    first, last = readings(datetime(2026, 7, 1, 2, 30), rules("Europe/Berlin"))  # noqa: DTZ001
    assert first == last


def test_the_day_of_a_moment_is_that_of_the_case() -> None:
    """A moment keeps its offset; the day on which it was is told by the zone of the case."""
    text = "2026-01-05T23:30:00+01:00"
    assert parse(text).first_day == date(2026, 1, 5)
    assert parse(text, KIRITIMATI).first_day == date(2026, 1, 6)
    assert parse(text, KIRITIMATI).earliest == parse(text).earliest


def test_without_a_zone_days_are_those_of_utc_and_not_certain() -> None:
    assert parse("2026-01-05") == parse("2026-01-05", UNTOLD)
    assert not parse("2026-01-05").zoned
    assert parse("2026-01-05", Zone("UTC", "asker")).zoned


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Europe/Berlim", "Europe/Berlin"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("Shanghai", "Asia/Shanghai"),
        ("new york", "America/New_York"),
        ("../../etc/passwd", "Europe/Berlin, Asia/Shanghai or UTC"),
        ("localtime", "Europe/Berlin, Asia/Shanghai or UTC"),
        ("Factory", "Europe/Berlin, Asia/Shanghai or UTC"),
        ("", "Europe/Berlin, Asia/Shanghai or UTC"),
        ("Zürich", "Europe/Zurich"),
    ],
)
def test_a_name_of_no_zone_is_refused_with_those_spelled_alike(name: str, offered: str) -> None:
    with pytest.raises(ValueError, match="IANA") as refused:
        check_zone(name)
    assert offered in str(refused.value)
    with pytest.raises(UnknownZone):
        rules(name)


def test_every_zone_of_the_table_is_one_and_is_that_of_zone_tab() -> None:
    """The table is made of `zone.tab`: one zone, or several that tell the same time since 2000."""
    told: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, name = line.split("\t")[:3]
            told.setdefault(code.lower(), []).append(name)
    moments = [
        datetime(2000, 1, 1, tzinfo=UTC) + timedelta(days=each) for each in range(0, 9500, 7)
    ]

    def clocks(name: str) -> list[timedelta | None]:
        return [each.astimezone(ZoneInfo(name)).utcoffset() for each in moments]

    for code in {code for code in CODES if "-" not in code} & told.keys():
        names = told[code]
        alike = len(names) == 1 or all(clocks(each) == clocks(names[0]) for each in names[1:])
        found = zone_of((code,))
        assert (found in names) if alike else (found is None), code
    assert set(_zones().values()) <= available_timezones()


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("us",), None),
        (("cn",), None),
        (("us-ny",), "America/New_York"),
        (("us-tx",), None),
        (("de-by",), "Europe/Berlin"),
        (("uk",), "Europe/London"),
        (("eu",), None),
        ((), None),
        (("us-ny", "us-nj"), "America/New_York"),
        (("us-ny", "us-ca"), None),
        (("de", "us"), None),
    ],
)
def test_a_jurisdiction_tells_the_zone_that_all_of_it_has(
    codes: tuple[str, ...], expected: str | None
) -> None:
    assert zone_of(codes) == expected


def test_the_end_of_a_day_is_that_of_the_case_else_of_who_asks() -> None:
    day = DayEnd("2026-01-05", datetime(2026, 1, 5, 23, 59, 59, 999999))  # noqa: DTZ001
    assert moment_in(day, KIRITIMATI) == datetime(2026, 1, 5, 9, 59, 59, 999999, tzinfo=UTC)
    assert moment_in(day, PAGO) == moment("2026-01-05", PAGO)
    for one, other in pairwise((KIRITIMATI, Zone("UTC", "case"), PAGO)):
        assert day.at(one) < day.at(other) < day.at_last()
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    assert moment_in(at, KIRITIMATI) == at
    assert moment_in(None, KIRITIMATI) is None


def test_what_is_asked_is_a_moment_where_it_tells_its_offset() -> None:
    assert asked("2026-01-05T12:00:00+01:00") == datetime(2026, 1, 5, 11, tzinfo=UTC)
    for text in ("2026-01-05", "2026-01", "2026", "2026-01-05T12:00:00"):
        day = asked(text)
        assert isinstance(day, DayEnd)
        for zone in (KIRITIMATI, PAGO):
            assert day.at(zone) == moment(text, zone)


def test_a_time_of_day_asked_about_is_its_last_reading() -> None:
    clock = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    twice = DayEnd("2026-10-25T02:30:00", clock)
    berlin = Zone("Europe/Berlin", "case")
    assert twice.at(berlin) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
