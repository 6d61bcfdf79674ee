"""Dates and moments in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from answerable.domain.record import ClockReading

if TYPE_CHECKING:
    from answerable.projections.facts.bounds import Bound


def date(edtf: str | None) -> str:
    """Say a date, where a word says more than a sign: "on or before 2026-01-05".

    Args:
        edtf: the date as recorded (EDTF); None where there is none.
    """
    if edtf is None:
        return "date not told"
    if edtf.startswith("../"):
        return f"on or before {edtf.removeprefix('../')}"
    if edtf.endswith("/.."):
        return f"on or after {edtf.removesuffix('/..')}"
    return edtf


def dated(what: str, edtf: str | None) -> str:
    """Say when something was: "lifted 2026-01-05"; "lifted, date not told"."""
    return f"{what}, {date(None)}" if edtf is None else f"{what} {date(edtf)}"


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


def minute(moment: datetime) -> str:
    """Say a moment to the minute, in UTC: "2026-01-05 23:59 UTC"."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def recorded_minute(recorded_at: str) -> str:
    """Say when something was recorded (RFC 3339, in UTC), to the minute."""
    return f"{recorded_at[:10]} {recorded_at[11:16]} UTC"


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
