"""Count terms: the last moment of a term that begins with an event, and back.

By Regulation (EEC, Euratom) No 1182/71, art. 3, as far as a policy does not say otherwise:

- the day of the event is not counted;
- a term of days, weeks, months or years ends with the last hour of its last day;
- one of weeks ends on the same day of the week, one of months or years on the same date, or on the
  last day of a month that has no such date;
- where the calendar has it roll, a last day that is no working day moves to the next one. It may
  move to the previous one instead, but not to the day of the event or before it: then it stays.

A term of hours counts from the instant of the event, not from its next full hour, and never moves.
What the calendar does not know leaves a term two ends, the earliest and the latest possible.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from answerable.domain.policy.calendar import Calendar, is_working_day, knows
from answerable.domain.policy.monotone import ALWAYS, FOREVER, following
from answerable.domain.policy.term import Term
from answerable.domain.policy.working_days import NO_DAY, Reading, working_days
from answerable.domain.zone.days import begins, ends, local

_MONTHS = {"months": 1, "years": 12}
_DAYS = {"days": 1, "weeks": 7}

_SOON = 14
"""Within so many days there nearly always is a working day: they are looked at one by one."""


class Deadline(NamedTuple):
    """The last moment of a term, as far as the calendar tells it.

    Attributes:
        earliest: where the term ends at the earliest, in UTC; a day ends with its last microsecond.
        latest: where it ends at the latest; None: the calendar does not know.
    """

    earliest: datetime
    latest: datetime | None

    @property
    def known(self) -> bool:
        """Tell whether the calendar knows where the term ends."""
        return self.earliest == self.latest


class Count:
    """Count a term by one reading of what its calendar does not know; it is monotone.

    What was counted once is kept, by day: cases share their days.

    Attributes:
        term: how much time; what it runs from is not looked at here.
        calendar: says which days are worked.
        tz: where days are days.
        reading: early, for where the term ends at the earliest; late, for the latest.
    """

    __slots__ = ("_ends", "_hours", "_starts", "calendar", "reading", "term", "tz")

    def __init__(self, term: Term, calendar: Calendar, tz: tzinfo, reading: Reading) -> None:
        self.term = term
        self.calendar = calendar
        self.tz = tz
        self.reading: Reading = reading
        self._hours = timedelta(hours=term.hours) if term.hours is not None else None
        self._ends: dict[int, datetime] = {}
        self._starts: dict[int, datetime] = {}

    def at(self, moment: datetime) -> datetime:
        """Find the last moment of the term that begins at a moment; `FOREVER`: not known.

        What has no beginning (`ALWAYS`) has no end that is known, either: `ALWAYS`.
        """
        if moment in (ALWAYS, FOREVER):
            return moment
        if self._hours is not None:
            return _moved(moment, self._hours)
        day = local(moment, self.tz).toordinal()
        found = self._ends.get(day)
        if found is None:
            last = self.last_day(day)
            found = FOREVER if last >= NO_DAY else ends(date.fromordinal(last), self.tz)
            self._ends[day] = found
        return found

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest start by which the term does not end before a moment."""
        if value == ALWAYS:
            return ALWAYS
        if self._hours is not None:
            return max(_moved(value, -self._hours), following(ALWAYS))
        beyond = value == FOREVER and ends(date.max, self.tz) < FOREVER
        day = NO_DAY if beyond else local(value, self.tz).toordinal()
        if day not in self._starts:
            first = self.first_day(day)
            start = ALWAYS if first < 1 else begins(date.fromordinal(first), self.tz)
            self._starts[day] = max(start, following(ALWAYS))
        return self._starts[day]

    def last_day(self, day: int) -> int:
        """Find the last day of the term of an event on a day, by ordinals; `NO_DAY`: not known."""
        if self.term.unit == "working_days":
            return working_days(self.calendar, self.reading).nth_after(day, self.term.number)
        last = _calendar_days(self.term, day)
        return last if last >= NO_DAY else _rolled(self.calendar, self.reading, day, last)

    def first_day(self, last: int) -> int:
        """Find the first day whose term does not end before a day, by ordinals; 0: any does."""
        if self.term.unit == "working_days":
            return working_days(self.calendar, self.reading).earliest_start(last, self.term.number)
        # Every term ends after the day that it begins on, so that the day before `last` will do;
        # and nearly always it is found near the day that lies as long before.
        guess = 2 * (last - 1) - self._from_first(last - 1)
        low, back = max(0, guess - 4), 4
        while low > 0 and self.last_day(low) >= last:
            low, back = max(0, low - back), back * 2
        near = min(guess + 8, last - 1)
        high = near if near > low and self.last_day(near) >= last else last
        return bisect_left(range(last), last, low, high, key=self._from_first)

    def _from_first(self, day: int) -> int:
        return 0 if day < 1 else self.last_day(day)


def deadline(term: Term, calendar: Calendar, moment: datetime, tz: tzinfo) -> Deadline:
    """Find the last moment of a term that begins at a moment.

    Args:
        term: how much time.
        calendar: the calendar of the policy.
        moment: of the event, in UTC.
        tz: where days are days: the zone of the case, else that of the calendar.
    """
    late = Count(term, calendar, tz, "late").at(moment)
    return Deadline(
        Count(term, calendar, tz, "early").at(moment), None if late == FOREVER else late
    )


def _calendar_days(term: Term, day: int) -> int:
    """Find the last day of a term of days, weeks, months or years, wherever it falls."""
    if each := _DAYS.get(term.unit):
        return min(day + each * term.number, NO_DAY)
    start = date.fromordinal(day)
    years, month = divmod(start.year * 12 + start.month - 1 + _MONTHS[term.unit] * term.number, 12)
    if years > date.max.year:
        return NO_DAY
    following = NO_DAY if (years, month) == (date.max.year, 11) else _first(years, month + 1)
    return min(_first(years, month) + start.day, following) - 1


def _first(years: int, month: int) -> int:
    """Find the first day of a month, which is counted from 0 and may be the 12th."""
    return date(years + month // 12, month % 12 + 1, 1).toordinal()


def _rolled(calendar: Calendar, reading: Reading, start: int, last: int) -> int:
    """Move a last day that is no working day, as the calendar has it; all by ordinals."""
    if calendar.roll == "none":
        return last
    if calendar.roll == "previous-working-day":
        return _rolled_back(calendar, reading, start, last)
    for ordinal in range(last, min(last + _SOON, NO_DAY)):
        day = date.fromordinal(ordinal)
        if not knows(calendar, day):
            break
        if is_working_day(calendar, day):
            return ordinal
    return working_days(calendar, reading).nth_after(last - 1, 1)


def _rolled_back(calendar: Calendar, reading: Reading, start: int, last: int) -> int:
    """Move a last day back to a working day after the start; where none is, it stays."""
    until = (calendar.known_until or date.max).toordinal()
    day, stays = last, last
    if last > until:
        day, stays = until, max(until, start) + 1
        if reading == "late":
            return last
    while day > start:
        if not knows(calendar, date.fromordinal(day)):
            return last if reading == "late" else start + 1
        if is_working_day(calendar, date.fromordinal(day)):
            return day
        day -= 1
    return stays


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return FOREVER if by > timedelta(0) else ALWAYS
