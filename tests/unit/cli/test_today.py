"""`--as-of today`: the day that it is now, where the case is."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.clock import set_clock
from tests.unit.cli.conftest import Here

from answerable.domain.zone.day_end import DayEnd, asked_by_now
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone

NOW = partial(datetime, 2026, 11, 1, 11, 30, tzinfo=UTC)
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "America/Havana", "UTC")
MOMENTS = st.integers(0, 130 * 366 * 24 * 60).map(
    lambda minutes: datetime(1970, 1, 3, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.fixture
def two(here: Here, monkeypatch: pytest.MonkeyPatch) -> Here:
    """Two cases: in Kiritimati it is the 2nd of November now, in Pago Pago the 1st."""
    here("init")
    set_clock(monkeypatch, NOW)
    lines = [
        {"kind": "case-opened", "case_id": case, "title": case, "zone": zone, "occurred": "2026-10"}
        for case, zone in (("east", ZONES[0]), ("west", ZONES[1]))
    ]
    file = here.folder / "two.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    here("import", str(file))
    return here


def as_of(two: Here, case: str, word: str) -> str:
    told: str = two("timeline", case, "--as-of", word, "--json").json["as_of"]
    return told


def test_today_is_the_day_that_it_is_where_the_case_is(two: Here) -> None:
    assert as_of(two, "east", "today") == "2026-11-02T09:59:59.999999Z"
    assert as_of(two, "west", "today") == "2026-11-02T10:59:59.999999Z"
    assert as_of(two, "east", "yesterday") == "2026-11-01T09:59:59.999999Z"
    assert as_of(two, "west", "Yesterday") == "2026-11-01T10:59:59.999999Z"


def test_now_is_one_moment_everywhere(two: Here) -> None:
    assert as_of(two, "east", "now") == as_of(two, "west", "now") == "2026-11-01T11:30:00Z"


def test_what_was_recorded_just_now_is_known_by_now_and_by_today(two: Here) -> None:
    for word, known in (("now", 2), ("today", 2), ("2026-10-31", 0)):
        assert len(two("cases", "--known-by", word, "--json").lines) == known, word
    assert len(two("cases", "--known-by", "yesterday", "--json").lines) == 0
    assert "s known by 2026-11-01" in two("status", "--known-by", "today").out


def test_the_log_is_read_from_a_day_on(two: Here) -> None:
    """In Kiritimati today is the 2nd; it began at ten in the morning of the 1st by UTC."""
    for word, case, events in (("today", "east", 1), ("yesterday", "west", 1), ("now", "east", 1)):
        assert len(two("log", "--case", case, "--since", word, "--json").lines) == events, word
    two.append("contact", "--case", "east", "--counterparty", "p-1")
    assert len(two("log", "--since", "#2", "--json").lines) == 1


def test_a_period_of_metrics_ends_today(two: Here) -> None:
    """By UTC it is the 1st; in the zone of who asks, it is the 2nd already."""
    for zone, day in (("UTC", "2026-11-01"), ("Pacific/Kiritimati", "2026-11-02")):
        told = two("metrics", "--to", "today", "--zone", zone, "--json").json["period"]
        assert (told["from"], told["to"]) == (None, day)


def test_another_word_is_no_date(two: Here) -> None:
    assert "'tomorrow' is not a date" in two("status", "--as-of", "tomorrow", code=2).err


@given(MOMENTS, st.sampled_from(ZONES))
def test_now_lies_within_today_and_after_yesterday(now: datetime, name: str) -> None:
    zone = Zone(name, "case")
    today, yesterday = asked_by_now("today", now), asked_by_now("yesterday", now)
    assert isinstance(today, DayEnd)
    assert isinstance(yesterday, DayEnd)
    assert yesterday.at(zone) < now <= today.at(zone) <= today.at_last()
    assert local(today.at(zone), zone.tz).date() == local(now, zone.tz).date()
    assert yesterday.at(zone) < today.at(zone) <= yesterday.at(zone) + timedelta(hours=25)


def test_where_no_zone_is_told_the_day_is_that_of_utc() -> None:
    (today,) = (asked_by_now("today", NOW()),)
    assert isinstance(today, DayEnd)
    assert today.at(UNTOLD).date() == date(2026, 11, 1)
