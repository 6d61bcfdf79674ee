"""Days, moments and cases in every zone, held against slow and obvious definitions."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_dates_properties import parsed, texts
from tests.property.test_worlds import told
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.domain.dates import by, precedes, wholly_before
from answerable.domain.edtf import moment, parse
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import DayEnd
from answerable.domain.zone.days import begins, ends
from answerable.domain.zone.zone import UNTOLD, Zone, rules
from answerable.projections.facts.facts import fold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.status.cases import each_in_short

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
@settings(max_examples=examples(90))
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


@settings(max_examples=examples(20), deadline=None)
@given(records(moves=6, imprecise=6), zones, st.integers(1, 4))
def test_a_case_is_answered_alike_wherever_it_is(log: Memory, zone: Zone, day: int) -> None:
    """Moved to another zone as a whole, with what is asked, a case has the same answers."""
    asked = DayEnd(f"2026-01-0{day}", datetime(2026, 1, day, 23, 59, 59, 999999))  # noqa: DTZ001
    here = Zone("UTC", "case")
    answers = told(fold("c", log.log, here), asked.at(here))
    assert told(fold("c", log.log, zone), asked.at(zone)) == answers


@st.composite
def in_zones(draw: st.DrawFn) -> Memory:
    """Cases in zones of their own or in none, and when each of their events was recorded."""
    log = Memory(draw(st.just(UNTOLD) | zones.map(lambda zone: zone._replace(told_by="asker"))))
    at = datetime(2026, 1, 4, 8, tzinfo=UTC)
    for number in range(draw(st.integers(1, 12))):
        at += timedelta(minutes=draw(st.integers(0, 400)))
        case = draw(st.sampled_from("abc"))
        began = any(each.case_id == case for each in log.log)
        zone = {} if began else draw(st.just({}) | st.sampled_from(NAMES).map(_named))
        kind = {"kind": "contact-made", "counterparty": f"p-{number}"}
        opened = {"kind": "case-opened", "title": "t", **zone}
        recorded_at = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
        log.add(case, recorded_at=recorded_at, **(kind if began else opened))
    return log


def _named(zone: str) -> dict[str, str]:
    return {"zone": zone}


@settings(max_examples=examples(45), deadline=None)
@given(in_zones(), st.dates(date(2026, 1, 3), date(2026, 1, 8)))
def test_known_by_a_day_is_what_clocks_of_each_case_showed_that_day_or_before(
    log: Memory, day: date
) -> None:
    def known(event: RecordedEvent) -> bool:
        opening = next(each for each in log.log if each.case_id == event.case_id)
        name = opening.fields.get("zone") or log.zone.name
        return datetime.fromisoformat(event.recorded_at).astimezone(ZoneInfo(name)).date() <= day

    expected = [event.event_id for event in log.log if known(event)]
    asked = DayEnd(day.isoformat(), datetime.combine(day, time.max))
    record = RecordView(log, known_by=asked)
    assert [event.event_id for event in record.events()] == expected
    by_case = {event_id for view in record.each_case() for event_id in view.facts}
    assert by_case == set(expected)
    for case in "abc":
        own = {each.event_id for each in log.log if each.case_id == case} & set(expected)
        assert set(record.case(case).facts) == own
    assert {each.case_id for each in each_in_short(log, known_by=asked)} == {
        each.case_id for each in log.log if each.event_id in expected
    }
