"""Say what came of a window: its values, its deadline, how late it was, and how nearly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from answerable.domain.dates import Days, When
from answerable.domain.policy.monotone import ALWAYS, FOREVER, following, preceding
from answerable.domain.zone.days import local
from answerable.projections.conformance.windows.deadline import Ahead, Deadlines
from answerable.projections.conformance.windows.values import (
    Judging,
    always_answers,
    answers,
    judging,
    past,
    values,
)
from answerable.projections.conformance.windows.window import Bounds, Dated, Window
from answerable.projections.conformance.worlds import Value


class Outcome(NamedTuple):
    """Tell what came of a window, as far as the record tells.

    Attributes:
        values: what the activation amounts to, over all worlds.
        deadline: the earliest and the latest that its deadline may be, in UTC.
        late: where it may have failed, by how many days it is late: until the first answer after
            the deadline, or, without one, until the moment of judgement.
        answers: the candidates that answer in time in some world, by their places among those
            given; where one does in every world, that one alone.
    """

    values: frozenset[Value]
    deadline: Bounds
    late: Days | None
    answers: tuple[int, ...]


def outcome_of(window: Window, moment: datetime | None) -> Outcome:
    """Say what came of a window.

    Args:
        window: the activation, what may answer it, and the deadline.
        moment: of judgement, in UTC: what came later does not exist; None: the end of time.

    Raises:
        TooManyCandidates: more than 10,000 events may answer.
    """
    of = judging(window, moment)
    found = values(of)
    deadline = Bounds()
    if found != {"none"}:
        low, high = (
            of.deadlines.early.at(of.starts.low),
            of.deadlines.late.at(of.starts.high),
        )
        deadline = Bounds(None if low == ALWAYS else low, None if high == FOREVER else high)
        deadline = Bounds(None if low == FOREVER else deadline.earliest, deadline.latest)
    late = _late(of) if "failed" in found else None
    return Outcome(found, deadline, late, tuple(_named(of, window) if "answered" in found else ()))


def nearly(window: Window, moment: datetime | None, days: int) -> When:
    """Tell whether an answer came, or the moment is, on one of the last days before the deadline.

    Args:
        window: the activation, what may answer it, and the deadline.
        moment: of judgement, in UTC; None: the end of time.
        days: how many days; with one, the last day of all.

    Raises:
        TooManyCandidates: more than 10,000 events may answer.
    """
    of = judging(window, moment)
    early, late = (Ahead(each, days, window.tz) for each in of.deadlines)
    found = values(of._replace(deadlines=Deadlines(early, late))) - {"none"}
    if not found & {"answered", "pending"}:
        return "yes" if found else "no"
    return "unknown" if "failed" in found else "no"


def _named(of: Judging, window: Window) -> Iterator[int]:
    """Yield the places of the candidates that answer."""
    told = {
        place: each._replace(follows=each.follows and of.starts.low <= each.time.high)
        for place, each in enumerate(window.candidates)
        if each.matches != "no"
    }
    for place, each in told.items():
        if always_answers(of, each):
            yield place
            return
    yield from (place for place, each in told.items() if answers(of, each))


def _late(of: Judging) -> Days:
    """Count the days from the deadline to the first answer after it, or to now."""
    failing = past(of) or of.starts
    low = of.deadlines.early.at(failing.low)
    high = min(of.deadlines.late.at(failing.high), preceding(of.now))
    tz = of.window.tz
    least = [_days(high, of.now, tz)]
    least.extend(_after(each, low, high, of) for each in of.window.candidates)
    told = [days for days in least if days is not None]
    last = min((each.time.high for each in of.sure if _must_be_late(each, failing)), default=of.now)
    return Days(max(0, min(told, default=0)), _days(low, min(last, of.now), tz))


def _after(candidate: Dated, low: datetime, high: datetime, of: Judging) -> int | None:
    """Count the days from the latest deadline that a candidate may miss to when it may then be."""
    last = min(candidate.time.high, of.now)
    if last <= low:
        return None
    end = min(high, preceding(last))
    return _days(end, max(candidate.time.low, following(end)), of.window.tz)


def _must_be_late(candidate: Dated, failing: Bounds) -> bool:
    """Tell whether a candidate, where it did not answer in time, must have come too late."""
    return candidate.follows or candidate.time.low >= failing.high


def _days(start: datetime, end: datetime, tz: tzinfo) -> int | None:
    if start == ALWAYS or end == FOREVER:
        return None
    return (local(end, tz).date() - local(start, tz).date()).days
