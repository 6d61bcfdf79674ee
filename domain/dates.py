"""Ask of dates what they tell: what came first, what had happened by a moment, how long it took.

A date is known as bounds (`Span`), read from a text in EDTF (`answerable.domain.edtf`). A question
that its bounds do not settle is answered "unknown".
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from answerable.domain.language.saying import figures, say, say_count
from answerable.domain.zone.days import begins, ends, local
from answerable.domain.zone.zone import UNTOLD, Zone

Precision = Literal["instant", "day", "month", "year", "other"]
When = Literal["yes", "no", "unknown"]


class Rough(NamedTuple):
    """A mark of how roughly one end of a date is told: `~` about, `?` uncertain, `%` both.

    Attributes:
        precision: of what is marked, which may be coarser than the date: `2026~-01-05`.
        times: how often the margin is taken: twice where a date is both.
        clock: the time of day, where one is told.
    """

    precision: Precision
    times: int
    clock: time | None = None


class Margins(NamedTuple):
    """Margins that approximate and uncertain dates are read with, on either side.

    A season, a decade or any other date takes the days that it has.
    """

    year: timedelta = timedelta(days=366)
    month: timedelta = timedelta(days=31)
    day: timedelta = timedelta(days=1)
    moment: timedelta = timedelta(hours=1)

    def of(self, rough: Rough, days: int) -> timedelta:
        """Return the margin of a date that has so many days."""
        each = {
            "year": self.year,
            "month": self.month,
            "day": self.day,
            "instant": self.moment,
            "other": timedelta(days=days),
        }
        return each[rough.precision] * rough.times


MARGINS = Margins()
"""The margins that hold where nothing else is said."""


class Span(NamedTuple):
    """The bounds that a date text allows. They are inclusive; `None`: not bounded, or not known.

    A day is a day in the zone of the case, where one is told. Where none is, a date or a time
    without a zone is read as UTC, its zone is not known (`zoned` is false), and the days of a
    moment are those of the zone as written.
    """

    text: str
    earliest: datetime | None  # in UTC
    latest: datetime | None  # in UTC; a day ends at 23:59:59.999999
    first_day: date | None
    last_day: date | None
    precision: Precision  # of the coarser end; seasons, sets and unspecified digits are "other"
    qualified: bool  # approximate, uncertain or estimated; the bounds are not widened for it yet
    zoned: bool  # whether its zone is known: that of its case, or written, at either end
    early: Rough | None = None  # how roughly its beginning is told; None: it is as it says
    late: Rough | None = None  # the same of its end


class Days(NamedTuple):
    """A number of whole calendar days, known to lie from `least` to `most` (`None`: no limit)."""

    least: int | None
    most: int | None


def widened(span: Span, margins: Margins = MARGINS, zone: Zone = UNTOLD) -> Span:
    """Widen the bounds of a date by its margin, at each end that is told roughly.

    Args:
        span: the date, as it is told.
        margins: those of each precision.
        zone: where its days are days.
    """
    if span.early is None and span.late is None:
        return span
    days = (days_between(span.first_day, span.last_day) or 0) + 1
    low, first, high, last = span.earliest, span.first_day, span.latest, span.last_day
    if span.early and low and first:
        margin = -margins.of(span.early, days)
        low, first = _moved(low, margin), _day_moved(first, margin, span.early)
        if span.early.clock is None:
            low = begins(first, zone.tz)
        elif zone.known:
            first = local(low, zone.tz).date()
    if span.late and high and last:
        margin = margins.of(span.late, days)
        high, last = _moved(high, margin), _day_moved(last, margin, span.late)
        if span.late.clock is None:
            high = ends(last, zone.tz)
        elif zone.known:
            last = local(high, zone.tz).date()
    return span._replace(earliest=low, first_day=first, latest=high, last_day=last)


_FIRST = datetime.combine(date.min, time.min, UTC)
_LAST = datetime.combine(date.max, time.max, UTC)


def _moved(moment: datetime, margin: timedelta) -> datetime:
    try:
        return moment + margin
    except OverflowError:
        return _LAST if margin > timedelta(0) else _FIRST


def _day_moved(day: date, margin: timedelta, rough: Rough) -> date:
    clock = rough.clock or (time.max if margin > timedelta(0) else time.min)
    return _moved(datetime.combine(day, clock, UTC), margin).date()


def by(span: Span | None, moment: datetime) -> When:
    """Tell whether something dated by a span had happened by `moment`.

    Yes: all of it lies at or before. No: all of it lies after.
    """
    if span and span.latest and span.latest <= moment:
        return "yes"
    return "no" if span and span.earliest and span.earliest > moment else "unknown"


def precedes(a: Span | None, b: Span | None) -> When:
    """Tell whether `a` ended at or before `b` began. No: all of `a` lies after all of `b`.

    Two events of one day, known to the day, are "unknown". So are two of one calendar day as
    written where only one tells its zone.
    """
    if a is None or b is None:
        return "unknown"
    if wholly_before(a, b) or (a.latest and a.latest == b.earliest and a.zoned == b.zoned):
        return "yes"
    return "no" if wholly_before(b, a) else "unknown"


def elapsed(start: Span | None, end: Span | None) -> Days | None:
    """Count the whole calendar days from `start` to `end`; `None` where neither limit is known."""
    if start is None or end is None:
        return None
    days = Days(
        days_between(start.last_day, end.first_day), days_between(start.first_day, end.last_day)
    )
    return None if days == (None, None) else days


def describe(days: Days | None) -> str:
    """Say a number of days: "1 day", "2 to 5 days", "at least 3 days", "unknown"."""
    least, most = days or (None, None)
    if least is not None and most is not None:
        if least == most:
            return _count(most)
        return say("{least} to {days}", least=figures(least), days=_count(most))
    if least is not None:
        return say("at least {days}", days=_count(least))
    return say("unknown") if most is None else say("at most {days}", days=_count(most))


def days_between(start: date | None, end: date | None) -> int | None:
    """Count the days from one to another, where both are known."""
    return (end - start).days if start and end else None


def _count(days: int) -> str:
    return say_count("{days} day", "{days} days", abs(days), days=figures(days))


def wholly_before(a: Span, b: Span) -> bool:
    """Tell whether all of `a` is known to lie before all of `b`."""
    if a.latest is None or b.earliest is None or a.latest >= b.earliest:
        return False
    # Where one alone tells its zone, the other's may lie hours from UTC: the days must differ too.
    return a.zoned == b.zoned or (days_between(a.last_day, b.first_day) or 0) > 0
