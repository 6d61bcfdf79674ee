"""Days, moments and cases in every zone, held against slow and obvious definitions."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_dates_properties import parsed, texts

from answerable.domain.dates import by, precedes, wholly_before
from answerable.domain.edtf import moment, parse
from answerable.domain.zone.days import begins, ends
from answerable.domain.zone.zone import Zone, rules

NAMES = sorted(
    name for name in available_timezones() if name not in ("Factory", "localtime", "posixrules")
)
zones = st.sampled_from(NAMES).map(lambda name: Zone(name, "case"))
days = st.dates(date(1890, 1, 1), date(2040, 12, 31))
moments = st.datetimes(
    datetime(1890, 1, 1),  # noqa: DTZ001
    datetime(2040, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(zones, moments)
def test_a_moment_lies_in_the_day_that_its_clock_shows(zone: Zone, at: datetime) -> None:
    day = at.astimezone(zone.tz).date()
    assert begins(day, zone.tz) <= at <= ends(day, zone.tz)


@given(zones, days)
def test_days_follow_one_another_without_gap_or_overlap(zone: Zone, day: date) -> None:
    tick = timedelta(microseconds=1)
    after = begins(day + timedelta(days=1), zone.tz)
    assert ends(day, zone.tz) == max(after - tick, begins(day, zone.tz))
    assert begins(day, zone.tz) <= after
    assert (begins(day, zone.tz) - tick).astimezone(zone.tz).date() < day


@given(zones, texts)
def test_a_text_is_a_date_in_every_zone_and_keeps_its_days(zone: Zone, text: str) -> None:
    bare, placed = parsed(text), parse(text, zone)
    assert placed.text == text
    assert placed.precision == bare.precision
    assert placed.zoned
    assert (placed.earliest is None) == (bare.earliest is None)
    if placed.earliest and placed.latest:
        assert placed.earliest <= placed.latest
    if "T" not in text:
        assert (placed.first_day, placed.last_day) == (bare.first_day, bare.last_day)


@given(zones, days, days)
def test_plain_days_are_in_one_order_in_every_zone(zone: Zone, one: date, other: date) -> None:
    a, b = parse(one.isoformat(), zone), parse(other.isoformat(), zone)
    if wholly_before(a, b):
        assert one < other
    assert precedes(a, b) == ("yes" if one < other else "no" if other < one else "unknown") or (
        ends(min(one, other), zone.tz) == begins(min(one, other), zone.tz)  # a day that is none
    )


@given(zones, days, st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15), st.times())
@settings(max_examples=300)
def test_a_moment_is_before_a_day_ends_as_the_clock_of_the_zone_tells(
    zone: Zone, day: date, minutes: int, clock: time
) -> None:
    """What is recorded at 23:30 somewhere is on the day on which it is then in the case's zone."""
    offset = timezone(timedelta(minutes=minutes))
    at = datetime.combine(day, clock.replace(microsecond=0), offset)
    span = parse(at.isoformat(), zone)
    there = at.astimezone(ZoneInfo(zone.name)).date()
    assert span.first_day == span.last_day == there
    assert (by(span, moment(day.isoformat(), zone)) == "yes") == (there <= day)


@given(zones)
def test_names_are_zones(zone: Zone) -> None:
    assert rules(zone.name) is zone.tz
