"""Find the values that one activation of a window has over all worlds.

A world is a moment for each event within its bounds, one answer to each unknown match, and one
reading of what the calendar does not know. Of k candidates it takes k log k steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from answerable.domain.policy.monotone import ALWAYS, FOREVER, Monotone, following, preceding
from answerable.projections.conformance.windows.deadline import Deadlines, deadlines_of
from answerable.projections.conformance.windows.errors import MOST_CANDIDATES, TooManyCandidates
from answerable.projections.conformance.windows.window import Bounds, Dated, Window
from answerable.projections.conformance.worlds import Value


class Judging(NamedTuple):
    """A window made ready to be judged.

    Attributes:
        window: with bounds no wider than what follows the activation allows.
        deadlines: the earliest and the latest, by when the activation was.
        now: the moment of judgement.
    """

    window: Window
    deadlines: Deadlines
    now: datetime

    @property
    def starts(self) -> Bounds:
        """Return when the activation was, if it was by now."""
        time = self.window.activation.time
        return Bounds(time.low, min(time.high, self.now))

    @property
    def sure(self) -> list[Dated]:
        """Return the candidates that certainly match."""
        return [each for each in self.window.candidates if each.matches == "yes"]


def judging(window: Window, moment: datetime | None) -> Judging:
    """Make a window ready to be judged.

    Args:
        window: the activation, what may answer it, and the deadline.
        moment: of judgement, in UTC: what came later does not exist. None: the end of time, so
            that only what has no deadline is pending.

    Raises:
        TooManyCandidates: more than 10,000 events may answer.
    """
    now = moment or FOREVER
    if len(window.candidates) > MOST_CANDIDATES:
        raise TooManyCandidates(len(window.candidates))
    tight = ordered(window)
    return Judging(tight, deadlines_of(tight, now), now)


def values_of(window: Window, moment: datetime | None) -> frozenset[Value]:
    """Find the values that an activation has, over all worlds; see `judging`."""
    return values(judging(window, moment))


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


def values(of: Judging) -> frozenset[Value]:
    """Find the values that an activation has, over all worlds."""
    return frozenset(_values(of))


def _values(of: Judging) -> Iterator[Value]:
    activation, now = of.window.activation, of.now
    start, early = activation.time, of.deadlines.early
    if activation.matches != "yes" or start.high > now:
        yield "none"
    if activation.matches == "no" or start.low > now:
        return
    if of.starts.exact:
        yield from _at_one_moment(of)
        return
    if any(answers(of, each) for each in of.window.candidates):
        yield "answered"
    if not covered(past(of), _in_time(of.sure, of.starts, early)):
        yield "failed"
    by_now = (_cover(each, ALWAYS) for each in of.sure if each.time.high <= now)
    if not covered(_open(of), by_now):
        yield "pending"


def _at_one_moment(of: Judging) -> Iterator[Value]:
    """Yield the values of an activation of which the moment is known, as most are."""
    start, now, (early, late) = of.starts.low, of.now, of.deadlines
    end = early.at(start)
    last = end if late is early else late.at(start)
    if any(
        max(each.time.low, start) <= min(each.time.high, now, last) for each in of.window.candidates
    ):
        yield "answered"
    after = [each.time.high for each in of.sure if each.follows or each.time.low >= start]
    answered = min(after, default=None)
    if end < now and (answered is None or answered > end):
        yield "failed"
    if last >= now and (answered is None or answered > now):
        yield "pending"


def answers(of: Judging, candidate: Dated) -> bool:
    """Tell whether a candidate answers by the deadline in some world.

    It does as early as it can; the activation was then as late as can be.
    """
    start = of.window.activation.time
    at = max(candidate.time.low, start.low)
    end = of.deadlines.late.at(min(start.high, at))
    return at <= min(candidate.time.high, of.now, end)


def always_answers(of: Judging, candidate: Dated) -> bool:
    """Tell whether a candidate alone answers by the deadline in every world."""
    if candidate.matches != "yes" or candidate.time.high > of.now:
        return False
    cover = list(_in_time([candidate], of.starts, of.deadlines.early))
    return covered(of.starts, cover)


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


def past(of: Judging) -> Bounds | None:
    """Return the activations whose deadline may be past by now; None: none's is."""
    starts, early, now = of.starts, of.deadlines.early, of.now
    if early.at(starts.high) < now:
        return starts
    since = early.since(now)
    if since is None or since > starts.high:
        return starts
    return None if since <= starts.low else Bounds(starts.low, preceding(since))


def _open(of: Judging) -> Bounds | None:
    """Return the activations whose deadline may not be past by now; None: each one's is."""
    starts, late, now = of.starts, of.deadlines.late, of.now
    if late.at(starts.low) >= now:
        return starts
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
