"""Find the values that one activation of a window has over all worlds.

A world is a moment for each event within its bounds, one answer to each unknown match, and one
reading of what the calendar does not know. Of k candidates it takes k log k steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from answerable.domain.policy.monotone import ALWAYS, FOREVER, Monotone, following, preceding
from answerable.projections.conformance.windows.deadline import Ahead, Deadlines, deadlines_of
from answerable.projections.conformance.windows.errors import MOST_CANDIDATES, TooManyCandidates
from answerable.projections.conformance.windows.window import Bounds, Dated, Window

Value = Literal["T", "F", "P", "N"]
"""Names what an activation amounts to in one world: answered, failed, pending, or none at all."""


def values_of(window: Window, moment: datetime | None, *, ahead: int = 0) -> frozenset[Value]:
    """Find the values that an activation has, over all worlds.

    Args:
        window: the activation, what may answer it, and the deadline.
        moment: of judgement, in UTC: what came later does not exist. None: the end of time, so
            that only what has no deadline is pending.
        ahead: by how many days before its deadline to judge, instead of by the deadline itself.

    Returns:
        T: answered by the deadline. F: the deadline is past, and it was not. P: it is not past.
        N: there is no activation. A deadline is past after it, not at it.

    Raises:
        TooManyCandidates: more than 10,000 events may answer.
    """
    now = moment or FOREVER
    if len(window.candidates) > MOST_CANDIDATES:
        raise TooManyCandidates(len(window.candidates))
    window = ordered(window)
    deadlines = deadlines_of(window, now)
    if ahead:
        early, late = (Ahead(each, ahead, window.tz) for each in deadlines)
        deadlines = Deadlines(early, late)
    return frozenset(_values(window, deadlines, now))


def ordered(window: Window) -> Window:
    """Return a window with bounds no wider than what follows the activation allows.

    What is said to follow and lies wholly before is taken as if nothing were said.
    """
    start = window.activation.time
    candidates, until = _told(window.candidates, start), _told(window.until, start)
    beginning = window.beginning
    begun = _told(beginning.events, start) if beginning else ()
    after = (each for each in (*candidates, *until, *begun) if each.follows)
    last = min((each.time.high for each in after), default=FOREVER)
    return window._replace(
        activation=window.activation._replace(time=Bounds(start.low, min(start.high, last))),
        candidates=[each for each in candidates if each.matches != "no"],
        beginning=beginning and beginning._replace(events=begun),
        until=until,
    )


def _told(events: Iterable[Dated], start: Bounds) -> tuple[Dated, ...]:
    return tuple(
        each._replace(follows=False) if each.follows and each.time.high < start.low else each
        for each in events
    )


def _values(window: Window, deadlines: Deadlines, now: datetime) -> Iterator[Value]:
    """Yield the values; the bounds of the window are `ordered`."""
    activation = window.activation
    start = activation.time
    if activation.matches != "yes" or start.high > now:
        yield "N"
    if activation.matches == "no" or start.low > now:
        return
    if any(_answers(each, start, deadlines.late, now) for each in window.candidates):
        yield "T"
    sure = [each for each in window.candidates if each.matches == "yes"]
    starts = Bounds(start.low, min(start.high, now))
    if not covered(_past(starts, deadlines.early, now), _in_time(sure, starts, deadlines.early)):
        yield "F"
    by_now = (_cover(each, ALWAYS) for each in sure if each.time.high <= now)
    if not covered(_open(starts, deadlines.late, now), by_now):
        yield "P"


def _answers(candidate: Dated, start: Bounds, late: Monotone, now: datetime) -> bool:
    """Tell whether a candidate answers in some world.

    It does as early as it can; the activation was then as late as can be.
    """
    at = max(candidate.time.low, start.low)
    return at <= min(candidate.time.high, now) and at <= late.at(min(start.high, at))


def _in_time(
    sure: list[Dated], starts: Bounds, early: Monotone
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the activations that each candidate answers by the deadline, wherever they lie.

    It does from `early.since(its latest)` on, up to its earliest; where it is known to follow, on.
    """
    if starts.exact:
        end = early.at(starts.low)
        yield from (_cover(each, ALWAYS) for each in sure if each.time.high <= end)
        return
    known: dict[datetime, datetime | None] = {}
    for each in sure:
        last = each.time.high
        if last not in known:
            known[last] = early.since(last)
        since = known[last]
        if since is not None:
            yield _cover(each, since)


def _cover(candidate: Dated, since: datetime) -> tuple[datetime, datetime]:
    return since, FOREVER if candidate.follows else candidate.time.low


def _past(starts: Bounds, early: Monotone, now: datetime) -> Bounds | None:
    """Return the activations whose deadline may be past by now; None: none's is."""
    since = early.since(now)
    if since is None:
        return starts
    if since <= starts.low:
        return None
    return Bounds(starts.low, min(starts.high, preceding(since)))


def _open(starts: Bounds, late: Monotone, now: datetime) -> Bounds | None:
    """Return the activations whose deadline may not be past by now; None: each one's is."""
    since = late.since(now)
    if since is None or since > starts.high:
        return None
    return Bounds(max(starts.low, since), starts.high)


def covered(whole: Bounds | None, parts: Iterable[tuple[datetime, datetime]]) -> bool:
    """Tell whether stretches of time together cover another; nothing is covered by anything."""
    if whole is None:
        return True
    need = whole.low
    for first, last in sorted(parts):
        if first > need:
            return False
        if last >= whole.high:
            return True
        if last >= need:
            need = following(last)
    return False
