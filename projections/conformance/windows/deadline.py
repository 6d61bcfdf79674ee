"""Work out the deadline of a window: the earliest that it may be, and the latest.

Both are monotone functions of when the activation was. In any world the dates of what a deadline
is made of can be chosen freely within their bounds, so that these two are attained.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from answerable.domain.policy.monotone import (
    ALWAYS,
    FOREVER,
    Constant,
    Delayed,
    Least,
    Monotone,
    Most,
    Then,
    following,
    merged,
)
from answerable.domain.zone.days import begins, ends, local
from answerable.projections.conformance.windows.window import Beginning, Bounds, Dated, Window


class Deadlines(NamedTuple):
    """The earliest and the latest deadline, each as a function of when the activation was."""

    early: Monotone
    late: Monotone


class Soonest(NamedTuple):
    """The earliest that an event can be which is no earlier than the activation."""

    time: Bounds

    def at(self, moment: datetime) -> datetime:
        """Return it for an activation; `FOREVER`: the event was before."""
        return max(self.time.low, moment) if moment <= self.time.high else FOREVER

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest activation for which it is not before another."""
        if value <= self.time.low:
            return ALWAYS
        return value if value <= self.time.high else _beyond(self.time.high)


class AtLast(NamedTuple):
    """The latest that an event can be, if it cannot be before the activation."""

    time: Bounds

    def at(self, moment: datetime) -> datetime:
        """Return it for an activation; `FOREVER`: the event may have been before."""
        return self.time.high if moment <= self.time.low else FOREVER

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest activation for which it is not before another."""
        return ALWAYS if value <= self.time.high else _beyond(self.time.low)


class Ahead(NamedTuple):
    """A deadline by so many days earlier: the end of the day that is so long before it."""

    of: Monotone
    days: int
    tz: tzinfo

    def at(self, moment: datetime) -> datetime:
        """Return it for an activation."""
        value = self.of.at(moment)
        if value in (ALWAYS, FOREVER):
            return value
        day = local(value, self.tz).toordinal() - self.days
        return ALWAYS if day < 1 else ends(date.fromordinal(day), self.tz)

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest activation for which it is not before another."""
        if value in (ALWAYS, FOREVER):
            return self.of.since(value)
        day = local(value, self.tz).date()
        if date.max - day < timedelta(self.days):
            return self.of.since(FOREVER)
        return self.of.since(begins(day + timedelta(self.days), self.tz))


def deadlines_of(window: Window, moment: datetime) -> Deadlines:
    """Work out the deadlines of a window, of which what had happened by a moment is known."""
    if window.term and not (window.beginning or window.due or window.until or window.holds):
        return Deadlines(*window.term)
    if window.due and not (window.term or window.until or window.holds):
        return Deadlines(Constant(window.due.low), Constant(window.due.high))
    early: list[Monotone] = []
    late: list[Monotone] = []
    if window.term:
        start = begin(window.beginning, moment) if window.beginning else None
        early.append(Then(start.early, window.term.early) if start else window.term.early)
        late.append(Then(start.late, window.term.late) if start else window.term.late)
    if window.due:
        early.append(Constant(window.due.low))
        late.append(Constant(window.due.high))
    early.extend(Soonest(each.time) for each in window.until if each.matches != "no")
    ended = (each for each in window.until if each.time.high <= moment)
    late.extend(_at_last(each) for each in ended if each.matches == "yes")
    return Deadlines(
        Then(Least(tuple(early)), held(window, certainly=True)),
        Then(Least(tuple(late)), held(window, certainly=False)),
    )


def begin(beginning: Beginning, moment: datetime) -> Deadlines:
    """Work out when a term begins to run, at the earliest and at the latest.

    Args:
        beginning: what it runs from.
        moment: of judgement: what came later does not exist.
    """
    possible = [each for each in beginning.events if each.matches != "no"]
    possible = [each for each in possible if each.time.low <= moment]
    certain = [each for each in possible if each.matches == "yes" and each.time.high <= moment]
    capped = [Bounds(each.time.low, min(each.time.high, moment)) for each in possible]
    otherwise = beginning.otherwise or Deadlines(Constant(FOREVER), Constant(FOREVER))
    early: Monotone = otherwise.early
    if any(each.follows for each in certain):
        early = Constant(FOREVER)
    elif certain:
        # Only an activation after the beginnings of all of these can be without any.
        after = max(each.time.low for each in certain)
        early = Then(Most((_SAME, Constant(after))), early)
    last = Constant(max((each.high for each in capped), default=ALWAYS))
    return Deadlines(
        Least((*map(Soonest, capped), early)),
        Least((*map(_at_last, certain), Most((otherwise.late, last)))),
    )


def held(window: Window, *, certainly: bool) -> Delayed:
    """Return what the holds of a window make of a deadline.

    Args:
        window: the window.
        certainly: whether as short as each can be, or as long.
    """
    stretches = []
    for each in window.holds:
        end = each.ends or Bounds(FOREVER, FOREVER)
        if certainly and each.applies == "yes":
            stretches.append((each.begins.high, end.low))
        elif not certainly and each.applies != "no":
            stretches.append((each.begins.low, end.high))
    return Delayed(merged(stretches))


_SAME = Delayed(())


def _at_last(event: Dated) -> Monotone:
    return Constant(event.time.high) if event.follows else AtLast(event.time)


def _beyond(moment: datetime) -> datetime | None:
    return None if moment == FOREVER else following(moment)
