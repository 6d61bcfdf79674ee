"""Define a moment asked about by a day: its end, in each case by the zone of that case."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from answerable.domain.zone.days import begins, ends, local, readings
from answerable.domain.zone.zone import Zone

_FARTHEST = timedelta(hours=26)
"""More than any two zones were ever apart, so that each day has ended by then everywhere."""


class DayEnd(NamedTuple):
    """The end of a day (month, year), or a time of day, that tells no zone.

    Attributes:
        text: as it was asked (EDTF).
        clock: what a clock shows then, without a zone: of a day, its last microsecond.
    """

    text: str
    clock: datetime

    def at(self, zone: Zone) -> datetime:
        """Find the moment, in UTC, in a zone."""
        if self.clock.time() == time.max:
            return ends(self.clock.date(), zone.tz)
        return readings(self.clock, zone.tz)[1]

    def at_last(self) -> datetime:
        """Find a moment, in UTC, at which it is past in every zone."""
        latest = datetime.max.replace(tzinfo=UTC)
        clock = self.clock.replace(tzinfo=UTC)
        return latest if latest - clock < _FARTHEST else clock + _FARTHEST

    def at_first(self) -> datetime:
        """Find a moment, in UTC, at which it is to come in every zone."""
        earliest = datetime.min.replace(tzinfo=UTC)
        clock = self.clock.replace(tzinfo=UTC)
        return earliest if clock - earliest < _FARTHEST else clock - _FARTHEST


DAYS_BACK = {"today": 0, "yesterday": 1}
"""The words that ask about a day by today's, each with how many days it lies before that."""


class DayByNow(DayEnd):
    """The end of today, or of yesterday: of the day that it is now in the zone of each case.

    `text` is the word, and `clock` what a clock shows now in UTC.
    """

    __slots__ = ()

    def at(self, zone: Zone) -> datetime:
        """Find the moment, in UTC, in a zone."""
        return ends(self.day(zone), zone.tz)

    def begin(self, zone: Zone) -> datetime:
        """Find the moment, in UTC, at which the day begins in a zone."""
        return begins(self.day(zone), zone.tz)

    def day(self, zone: Zone) -> date:
        """Find which day it is in a zone."""
        today = local(self.clock.replace(tzinfo=UTC), zone.tz).date()
        return today - timedelta(days=DAYS_BACK[self.text])


def asked_by_now(text: str, now: datetime) -> Asked | None:
    """Return what is asked about by a word: now, today or yesterday; None by anything else.

    Args:
        text: the word.
        now: what time it is.
    """
    word = text.strip().casefold()
    if word == "now":
        return now.astimezone(UTC)
    if word in DAYS_BACK:
        return DayByNow(word, now.astimezone(UTC).replace(tzinfo=None))
    return None


Asked: TypeAlias = datetime | DayEnd
"""A moment asked about: one for all, or the end of a day by the zone of each case."""


def moment_in(asked: Asked | None, zone: Zone) -> datetime | None:
    """Find the moment that is asked about in a case of some zone."""
    return asked.at(zone) if isinstance(asked, DayEnd) else asked
