"""Find where days begin and end in a zone, in UTC.

A day may have 23 or 25 hours, may begin at one o'clock, and may not be at all: Samoa went from
29 to 31 December 2011. Of what the calendar of `datetime` cannot hold, its own ends are taken.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

_LEAST = datetime.min.replace(tzinfo=UTC)
_MOST = datetime.max.replace(tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def begins(day: date, tz: tzinfo) -> datetime:
    """Find the first moment at which it is that day, or a later one, in a zone."""
    midnight = datetime.combine(day, time.min)
    if tz is UTC:
        return midnight.replace(tzinfo=UTC)
    early, late = readings(midnight, tz)
    if early == late or local(early, tz).replace(tzinfo=None) == midnight:
        return early  # of two midnights, the first
    # No clock showed that midnight: it was passed over, at a moment between the two readings.
    while late - early > _TICK:
        middle = early + (late - early) // 2
        early, late = (middle, late) if local(middle, tz).date() < day else (early, middle)
    return late


def ends(day: date, tz: tzinfo) -> datetime:
    """Find the last microsecond of a day in a zone; of a day that is none, where it would be."""
    if tz is UTC:
        return datetime.combine(day, time.max, UTC)
    if day == date.max:
        return max(readings(datetime.combine(day, time.max), tz))
    return max(begins(day + timedelta(days=1), tz) - _TICK, begins(day, tz))


def readings(clock: datetime, tz: tzinfo) -> tuple[datetime, datetime]:
    """Find the moments that a clock's time may mean in a zone, the earlier first.

    They are two where clocks were set back over that time, and where they were set over it: then
    one is what it would have been before, the other after.
    """
    first, second = (in_utc(clock.replace(tzinfo=tz, fold=fold)) for fold in (0, 1))
    return min(first, second), max(first, second)


def in_utc(moment: datetime) -> datetime:
    """Say a moment in UTC, or the nearest that the calendar holds."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _LEAST if moment.year < _MOST.year else _MOST


def local(moment: datetime, tz: tzinfo) -> datetime:
    """Say a moment in a zone, or, where the calendar does not hold that, in UTC."""
    try:
        return moment.astimezone(tz)
    except OverflowError:
        return moment.astimezone(UTC)
