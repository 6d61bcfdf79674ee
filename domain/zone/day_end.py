"""Define a moment asked about by a day: its end, in each case by the zone of that case."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from answerable.domain.zone.days import ends, readings
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


Asked: TypeAlias = datetime | DayEnd
"""A moment asked about: one for all, or the end of a day by the zone of each case."""


def moment_in(asked: Asked | None, zone: Zone) -> datetime | None:
    """Find the moment that is asked about in a case of some zone."""
    return asked.at(zone) if isinstance(asked, DayEnd) else asked
