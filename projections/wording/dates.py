"""Dates and moments in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from answerable.domain.language.saying import say, say_as, spoken, to_say
from answerable.domain.record import ClockReading
from answerable.domain.zone.day_end import Asked, DayEnd
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?")
"""A moment as it is written, with or without an offset."""

PLAIN = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d([T ].*)?)?)?")
"""Match a date that English says as it is recorded: one with no sign that a word says better."""

if TYPE_CHECKING:
    from answerable.projections.facts.bounds.bound import Bound


def date(edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say a date, where a word says more than a sign: "on or before 2026-01-05".

    Args:
        edtf: the date as recorded (EDTF); None where there is none.
        zone: where moments are said: that of the case. A date without a time stays as it is.
    """
    if edtf is None:
        return say("date not told")
    if edtf.startswith("../"):
        return say("on or before {date}", date=_written(edtf.removeprefix("../"), zone))
    if edtf.endswith("/.."):
        return say("on or after {date}", date=_written(edtf.removesuffix("/.."), zone))
    start, *others = (_written(end, zone) for end in edtf.split("/"))
    if not others:
        return start
    (end,) = others
    if not start:
        return say_as("date", "until {end}, beginning not told", end=end)
    if not end:
        return say_as("date", "from {start}, end not told", start=start)
    return say_as("date", "between {start} and {end}", start=start, end=end)


def as_recorded(edtf: str | None) -> str | None:
    """Write a date as it is recorded (EDTF); in another language than English, in its words."""
    return edtf if edtf is None or spoken() is None else date(edtf)


def _written(text: str, zone: Zone) -> str:
    """Write one date, or a moment in its zone; nothing of one that is not told."""
    said, language = in_zone(text, zone), spoken()
    if not said or (language is None and PLAIN.fullmatch(said)):
        return said
    from answerable.domain.language.dates import date_words

    return date_words(language, said)


def in_zone(text: str, zone: Zone) -> str:
    """Say a moment in a zone, with its offset; anything else, and where none is known, as it is."""
    if not zone.known or not MOMENT.fullmatch(text):
        return text
    from answerable.domain.edtf import parse

    moment = local(parse(text, zone).earliest or datetime.min.replace(tzinfo=UTC), zone.tz)
    return moment.isoformat(timespec="microseconds" if "." in text else "seconds")


DUE = to_say("due {date}")
"""Says by when something is to be done."""


def dated(what: str, edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say when something was: "lifted 2026-01-05"; "lifted, date not told"."""
    if edtf is None:
        return say("{what}, {date}", what=what, date=date(None))
    return say("{what} {date}", what=what, date=date(edtf, zone))


def bound(told: Bound) -> str:
    """Say what bounds a date: "not before 2019-03-01, by #4, on which it rests"."""
    limit = say(LIMITS[told.limit], day=as_recorded(told.day))
    said = say(BOUNDS[told.reason], limit=limit, position=told.position)
    return said if told.holds else say("{said}: not used, since the dates contradict it", said=said)


LIMITS = {
    "not before": to_say("not before {day}"),
    "not after": to_say("not after {day}"),
}
BOUNDS = {
    "announcement": to_say("{limit}, when it was announced"),
    "basis": to_say("{limit}, by #{position}, on which it rests"),
    "resting": to_say("{limit}, by #{position}, which rests on it"),
    "case": to_say("{limit}, by #{position}, which tells the earliest day of the case"),
}
"""Says what bounds a date, and why it does."""


def interval(start: str | None, end: str | None) -> str:
    """Say how long something is to last: "from 2026-01-05 until 2026-06-30".

    Args:
        start: its beginning in words; None where that is not told.
        end: its end in words; None: "(end not stated)".
    """
    if start is None:
        return say("(end not stated)") if end is None else say("until {end}", end=end)
    if end is None:
        return say("from {start} (end not stated)", start=start)
    return say("from {start} until {end}", start=start, end=end)


def minute(moment: datetime, zone: Zone = UNTOLD) -> str:
    """Say a moment to the minute: "2026-01-05 23:59 +08:00"; without a zone, "… UTC"."""
    said = local(moment, zone.tz).replace(tzinfo=None)
    return moment_words(said.isoformat(" ", "minutes"), moment, zone)


def moment_words(clock: str, moment: datetime, zone: Zone) -> str:
    """Say a moment as its clock shows it, with its distance from UTC: "… +08:00"; "… UTC".

    Args:
        clock: the day and the time, as precisely as they are to be said.
        moment: the same moment.
        zone: where the clock stands.
    """
    said = local(moment, zone.tz)
    minutes = round((said.utcoffset() or timedelta(0)) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if zone.known else "UTC"
    return _written(f"{clock} {offset}", UNTOLD)


def recorded_minute(recorded_at: str, zone: Zone = UNTOLD) -> str:
    """Say when something was recorded (RFC 3339, in UTC), to the minute."""
    if not zone.known:
        return _written(f"{recorded_at[:10]} {recorded_at[11:16]} UTC", UNTOLD)
    return minute(datetime.fromisoformat(recorded_at), zone)


def recorded_second(recorded_at: str, zone: Zone = UNTOLD) -> str:
    """Say when something was recorded (RFC 3339, in UTC), to the second."""
    moment = datetime.fromisoformat(recorded_at)
    clock = local(moment, zone.tz).replace(tzinfo=None).isoformat(" ", "seconds")
    return moment_words(clock, moment, zone)


def recorded_day(recorded_at: str, zone: Zone = UNTOLD) -> str:
    """Say on which day something was recorded (RFC 3339, in UTC)."""
    if not zone.known:
        return _written(recorded_at[:10], UNTOLD)
    day = local(datetime.fromisoformat(recorded_at), zone.tz).date().isoformat()
    return _written(day, UNTOLD)


def zone_words(zone: Zone) -> str:
    """Say which zone it is, and what told it: "Asia/Shanghai, the zone of the case"."""
    return say(ZONES[zone.told_by], zone=zone.name)


ZONES = {
    "case": to_say("{zone}, the zone of the case"),
    "jurisdiction": to_say("{zone}, the zone of its jurisdiction"),
    "asker": to_say("{zone}, as asked"),
    "nothing": to_say("no zone is told"),
}
"""Says which zone it is, by what told it."""


def asked_words(asked: Asked, zone: Zone, *, several: bool = False) -> str:
    """Say which moment is asked about, and by which zone.

    Args:
        asked: the moment, or the end of a day.
        zone: that of the one case that is asked about; of several, that of who asks.
        several: whether several cases are asked about, each by its own zone.
    """
    if not isinstance(asked, DayEnd):
        return minute(asked, zone)
    moment = minute(asked.at(zone), zone)
    if several:
        return in_zones(moment)
    return say("{moment} ({zone})", moment=moment, zone=zone_words(zone))


def in_zones(moment: str) -> str:
    """Say of the end of a day that it is another moment in cases that tell a zone.

    Args:
        moment: it, in words, in the zone of who asks.
    """
    return say("{moment} (and in its own zone where a case tells one)", moment=moment)


def accepted_clock(fields: Mapping[str, Any]) -> str | None:
    """Say that an entry was recorded by a clock that was accepted by hand; None if it was not.

    Args:
        fields: the entry's.
    """
    try:
        reading = ClockReading.told_by(fields)
        if reading is None:
            return None
        return say(
            "recorded with a clock accepted by hand: it said {moment}, {distance}",
            moment=_written(f"{reading.said[:19]}Z", UNTOLD),
            distance=reading.distance,
        )
    except ValueError:
        return say("recorded with a clock accepted by hand, of which nothing can be read")
