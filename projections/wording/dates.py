"""Dates and moments in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from answerable.domain.record import ClockReading
from answerable.domain.zone.day_end import Asked, DayEnd
from answerable.domain.zone.days import local
from answerable.domain.zone.zone import UNTOLD, Zone

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?")
"""A moment as it is written, with or without an offset."""

if TYPE_CHECKING:
    from answerable.projections.facts.bounds import Bound


def date(edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say a date, where a word says more than a sign: "on or before 2026-01-05".

    Args:
        edtf: the date as recorded (EDTF); None where there is none.
        zone: where moments are said: that of the case. A date without a time stays as it is.
    """
    if edtf is None:
        return "date not told"
    if edtf.startswith("../"):
        return f"on or before {in_zone(edtf.removeprefix('../'), zone)}"
    if edtf.endswith("/.."):
        return f"on or after {in_zone(edtf.removesuffix('/..'), zone)}"
    return "/".join(in_zone(end, zone) for end in edtf.split("/"))


def in_zone(text: str, zone: Zone) -> str:
    """Say a moment in a zone, with its offset; anything else, and where none is known, as it is."""
    if not zone.known or not MOMENT.fullmatch(text):
        return text
    from answerable.domain.edtf import parse

    moment = local(parse(text, zone).earliest or datetime.min.replace(tzinfo=UTC), zone.tz)
    return moment.isoformat(timespec="microseconds" if "." in text else "seconds")


def dated(what: str, edtf: str | None, zone: Zone = UNTOLD) -> str:
    """Say when something was: "lifted 2026-01-05"; "lifted, date not told"."""
    return f"{what}, {date(None)}" if edtf is None else f"{what} {date(edtf, zone)}"


def bound(told: Bound) -> str:
    """Say what bounds a date: "not before 2019-03-01, by #4, on which it rests"."""
    if told.reason == "announcement":
        said = f"{told.limit} {told.day}, when it was announced"
    else:
        link = {
            "basis": "on which it rests",
            "resting": "which rests on it",
            "case": "which tells the earliest day of the case",
        }[told.reason]
        said = f"{told.limit} {told.day}, by #{told.position}, {link}"
    return said if told.holds else f"{said}: not used, since the dates contradict it"


def interval(start: str | None, end: str | None) -> str:
    """Say how long something is to last: "from 2026-01-05 until 2026-06-30".

    Args:
        start: its beginning in words; None where that is not told.
        end: its end in words; None: "(end not stated)".
    """
    since = () if start is None else (f"from {start}",)
    return " ".join((*since, "(end not stated)" if end is None else f"until {end}"))


def minute(moment: datetime, zone: Zone = UNTOLD) -> str:
    """Say a moment to the minute: "2026-01-05 23:59 +08:00"; without a zone, "… UTC"."""
    said = local(moment, zone.tz)
    minutes = round((said.utcoffset() or timedelta(0)) / timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}" if zone.known else "UTC"
    return f"{said.replace(tzinfo=None).isoformat(' ', 'minutes')} {offset}"


def recorded_minute(recorded_at: str, zone: Zone = UNTOLD) -> str:
    """Say when something was recorded (RFC 3339, in UTC), to the minute."""
    if not zone.known:
        return f"{recorded_at[:10]} {recorded_at[11:16]} UTC"
    return minute(datetime.fromisoformat(recorded_at), zone)


def recorded_day(recorded_at: str, zone: Zone = UNTOLD) -> str:
    """Say on which day something was recorded (RFC 3339, in UTC)."""
    if not zone.known:
        return recorded_at[:10]
    return local(datetime.fromisoformat(recorded_at), zone.tz).date().isoformat()


def zone_words(zone: Zone) -> str:
    """Say which zone it is, and what told it: "Asia/Shanghai, the zone of the case"."""
    return {
        "case": f"{zone.name}, the zone of the case",
        "jurisdiction": f"{zone.name}, the zone of its jurisdiction",
        "asker": f"{zone.name}, as asked",
        "nothing": "no zone is told",
    }[zone.told_by]


def asked_words(asked: Asked, zone: Zone, *, several: bool = False) -> str:
    """Say which moment is asked about, and by which zone.

    Args:
        asked: the moment, or the end of a day.
        zone: that of the one case that is asked about; of several, that of who asks.
        several: whether several cases are asked about, each by its own zone.
    """
    if not isinstance(asked, DayEnd):
        return minute(asked, zone)
    words = "and in its own zone where a case tells one" if several else zone_words(zone)
    return f"{minute(asked.at(zone), zone)} ({words})"


def accepted_clock(fields: Mapping[str, Any]) -> str | None:
    """Say that an entry was recorded by a clock that was accepted by hand; None if it was not.

    Args:
        fields: the entry's.
    """
    try:
        reading = ClockReading.told_by(fields)
        if reading is None:
            return None
        return (
            f"recorded with a clock accepted by hand: it said {reading.said[:19]}Z, "
            f"{reading.distance}"
        )
    except ValueError:
        return "recorded with a clock accepted by hand, of which nothing can be read"
