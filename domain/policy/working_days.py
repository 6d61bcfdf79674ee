"""Count the working days of a calendar, between any two days in the same few steps.

Of days that a calendar does not know, two readings are kept: by the early one all of them are
worked, so that a number of working days is over as early as can be; by the late one none is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from answerable.domain.policy.calendar import Calendar

Reading = Literal["early", "late"]
"""Names how days that a calendar does not know are read."""

NO_DAY = date.max.toordinal() + 1
"""Stands for a day later than any: the ordinal after the last."""


class WorkingDays(NamedTuple):
    """The number of working days up to each day, by one reading of a calendar.

    Attributes:
        week: how many of the first so many days of a week, from Monday, are worked.
        told: the ordinals of the days told one by one that the week tells otherwise, ascending.
        shifts: by how much the first so many of them move the number.
        first: the ordinal of the first day that the calendar knows.
        last: that of the last.
        unknown: what an unknown day counts.
    """

    week: tuple[int, ...]
    told: tuple[int, ...]
    shifts: tuple[int, ...]
    first: int
    last: int
    unknown: int

    def through(self, day: int) -> int:
        """Count the working days from the first day of all through a day, by its ordinal."""
        before = min(day, self.first - 1) * self.unknown
        if day < self.first:
            return before
        after = max(0, day - self.last) * self.unknown
        return before + self._listed(min(day, self.last)) - self._listed(self.first - 1) + after

    def nth_after(self, day: int, n: int) -> int:
        """Find the n-th working day after a day, by ordinals; `NO_DAY`: none is known."""
        wanted = self.through(day) + n
        # Nearly always within so many days: the years to come are searched only where it is not.
        near = min(day + 3 * n + 14, NO_DAY)
        high = near if self.through(near) >= wanted else NO_DAY
        return bisect_left(range(NO_DAY), wanted, min(day + n, high), high, key=self.through)

    def earliest_start(self, day: int, n: int) -> int:
        """Find the first day whose n-th working day is not before a day, by ordinals."""
        wanted = self.through(day - 1) - n + 1
        near = max(0, day - 3 * n - 14)
        low = near if self.through(near) < wanted else 0
        return bisect_left(range(NO_DAY), wanted, low, day, key=self.through)

    def _listed(self, day: int) -> int:
        """Count by the lists alone. The first day of all, 0001-01-01, is a Monday."""
        weeks, rest = divmod(day, 7)
        shift = self.shifts[bisect_right(self.told, day)]
        return weeks * self.week[7] + self.week[rest] + shift


@lru_cache(maxsize=256)
def working_days(calendar: Calendar, reading: Reading) -> WorkingDays:
    """Return the numbers of working days of a calendar, by a reading of what it does not know."""
    worked = [weekday not in calendar.rest_days for weekday in range(7)]
    told = {
        day: works - worked[day.weekday()]
        for day, works in sorted(calendar.exceptions.items())
        if works != worked[day.weekday()]
    }
    return WorkingDays(
        (0, *accumulate(int(each) for each in worked)),
        tuple(day.toordinal() for day in told),
        (0, *accumulate(told.values())),
        (calendar.known_from or date.min).toordinal(),
        (calendar.known_until or date.max).toordinal(),
        int(reading == "early"),
    )


def nth_working_day(calendar: Calendar, day: date, n: int) -> date | None:
    """Find the n-th working day after a day, which is not counted itself.

    Args:
        calendar: says which days are worked.
        day: the day to count from.
        n: how many working days to count, from 1.

    Returns:
        The day; None where the calendar does not know each day counted, or the years end.
    """
    early, late = (
        working_days(calendar, reading).nth_after(day.toordinal(), n)
        for reading in ("early", "late")
    )
    return date.fromordinal(early) if early == late < NO_DAY else None
