"""Define a window: an event that calls for an answer, what may answer it, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.counting import Count
from answerable.domain.policy.monotone import ALWAYS, FOREVER, Monotone
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import ends, local


class Bounds(NamedTuple):
    """The first and the last moment at which something may have been, in UTC; None: no bound."""

    earliest: datetime | None = None
    latest: datetime | None = None

    @property
    def low(self) -> datetime:
        """Return the first moment; where there is no bound, the first of all."""
        return self.earliest or ALWAYS

    @property
    def high(self) -> datetime:
        """Return the last moment; where there is no bound, the last of all."""
        return self.latest or FOREVER

    @property
    def exact(self) -> bool:
        """Tell whether it is one moment."""
        return self.low == self.high


class Dated(NamedTuple):
    """An event: when it was, and whether it is one of those that are meant.

    Attributes:
        time: when it was.
        matches: `unknown` where a field that would tell is absent or sealed.
        follows: whether the record tells, by a reference, that it came no earlier than the event
            that the window is of.
    """

    time: Bounds
    matches: When = "yes"
    follows: bool = False


class Length(NamedTuple):
    """Tell how long a window lasts, as a monotone function of when it begins.

    Attributes:
        early: where it ends at the earliest.
        late: where it ends at the latest; these differ where a calendar does not know its days.
    """

    early: Monotone
    late: Monotone


class Beginning(NamedTuple):
    """Tell what a term runs from, where that is not the event that the window is of.

    Attributes:
        events: it runs from the first of these that is no earlier than the event.
        otherwise: when it begins where there is none of them yet; None: it does not run.
    """

    events: tuple[Dated, ...]
    otherwise: Length | None = None


class Hold(NamedTuple):
    """A stretch of time that suspends: a deadline within it becomes its last moment.

    Attributes:
        begins: from when.
        ends: its last moment, see `held_until`; None: it has not ended.
        applies: `unknown` where it may be another's.
    """

    begins: Bounds
    ends: Bounds | None = None
    applies: When = "yes"


class Window(NamedTuple):
    """A window: the deadline is the earliest of its term, its due date and what it is open until.

    With none of the three there is no deadline. Two exact, equal instants are in order, either way;
    where the record tells the order of the two, the caller leaves out what came before.

    Attributes:
        activation: the event that calls for an answer.
        candidates: the events that may answer it.
        term: how long one has.
        beginning: what the term runs from; None: the activation.
        due: the deadline as a field tells it; unbounded where the field is absent, and None where
            no field is asked. See `due_by`.
        until: it is open until the first of these at or after the activation.
        holds: what suspends it.
        tz: where days are days.
    """

    activation: Dated
    candidates: Sequence[Dated] = ()
    term: Length | None = None
    beginning: Beginning | None = None
    due: Bounds | None = None
    until: tuple[Dated, ...] = ()
    holds: tuple[Hold, ...] = ()
    tz: tzinfo = UTC


def length_of(term: Term, calendar: Calendar, tz: tzinfo) -> Length:
    """Return how long a term lasts by a calendar; what it runs from is not looked at.

    Args:
        term: how much time.
        calendar: the calendar of the policy.
        tz: where days are days.
    """
    early = Count(term, calendar, tz, "early")
    if calendar.known_from is None and calendar.known_until is None:
        return Length(early, early)
    return Length(early, Count(term, calendar, tz, "late"))


def due_by(span: Span | None, tz: tzinfo) -> Bounds:
    """Return the deadline that a date field tells: what is due on a day is due by its end.

    Args:
        span: the date, in the zone of its case; None: the field is absent, and may be any time.
        tz: where days are days.
    """
    if span is None:
        return Bounds()
    if span.precision == "instant":
        return Bounds(span.earliest, span.latest)
    return Bounds(_end(span.first_day, tz), _end(span.last_day, tz))


def held_until(ended: Bounds, tz: tzinfo) -> Bounds:
    """Return the last moment of a hold: the end of the day on which it ended.

    Args:
        ended: when it ended.
        tz: where days are days.
    """
    return Bounds(*(each and ends(local(each, tz).date(), tz) for each in ended))


def _end(day: date | None, tz: tzinfo) -> datetime | None:
    return None if day is None else ends(day, tz)
