"""Find what a window turns on: the dates and the fields by which its worlds differ.

Each loose thing is taken as known, at either end of its bounds and amidst them, or as matching and
not: where that changes what comes of the window, it turns on it; and where each leaves an answer,
knowing it would settle the matter alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, TypeVar

from answerable.domain.dates import When
from answerable.projections.conformance.windows.values import ordered, values_of
from answerable.projections.conformance.windows.window import Bounds, Dated, Hold, Length, Window
from answerable.projections.conformance.worlds import Value, judgement_of

Part = Literal["activation", "candidate", "beginning", "due", "until", "hold", "calendar"]
"""Names a part of a window."""

Aspect = Literal["time", "match", "end"]
"""Names what is loose of a part: its time, whether it is meant, or, of a hold, its end."""

MOST_TRIED = 100
"""The most loose things that are tried; of more, none is told apart."""

_T = TypeVar("_T")


class Turn(NamedTuple):
    """Something loose that a window turns on.

    Attributes:
        part: what it is of; the calendar where it does not know its days.
        place: which of several, in the order given.
        aspect: what is loose of it.
        settles: whether knowing it alone leaves no doubt, whatever it is.
    """

    part: Part
    place: int
    aspect: Aspect
    settles: bool


def turns_of(window: Window, moments: Sequence[datetime | None]) -> tuple[Turn, ...]:
    """Find what a window turns on, in the order of its parts; those that settle it among them.

    Args:
        window: the activation, what may answer it, and the deadline.
        moments: of judgement, each as `values_of` takes it; what holds at one of them may hold.
    """
    tight = ordered(window)
    loose = list(_loose(tight, window.candidates))
    if len(loose) > MOST_TRIED:
        return ()
    whole = _values(tight, moments)
    found = []
    for part, place, aspect, known in loose:
        each = [_values(one, moments) for one in known]
        if any(values != whole for values in each):
            settles = all(judgement_of(values) != "indeterminate" for values in each)
            found.append(Turn(part, place, aspect, settles))
    return tuple(found)


def _values(window: Window, moments: Sequence[datetime | None]) -> frozenset[Value]:
    return frozenset(value for moment in moments for value in values_of(window, moment))


_Loose = tuple[Part, int, Aspect, list[Window]]
"""Something loose: its part and place, what of it, and the window with each that it may be."""


def _loose(window: Window, given: Sequence[Dated]) -> Iterator[_Loose]:
    """Yield what is loose of a window that is `ordered`."""
    start = window.activation
    for aspect, events in _known(start, start.time):
        yield "activation", 0, aspect, [window._replace(activation=each) for each in events]
    # Candidates that cannot match were taken out: places are those among the candidates given.
    places = [place for place, each in enumerate(given) if each.matches != "no"]
    for at, (place, one) in enumerate(zip(places, window.candidates, strict=True)):
        for aspect, events in _known(one, start.time):
            known = [
                window._replace(candidates=_with(window.candidates, at, each)) for each in events
            ]
            yield "candidate", place, aspect, known
    beginning = window.beginning
    for at, one in enumerate(beginning.events if beginning else ()):
        for aspect, events in _known(one, start.time):
            known = [
                window._replace(
                    beginning=beginning
                    and beginning._replace(events=_with(beginning.events, at, each))
                )
                for each in events
            ]
            yield "beginning", at, aspect, known
    if window.due and not window.due.exact:
        yield "due", 0, "time", [window._replace(due=each) for each in _moments(window.due)]
    for at, one in enumerate(window.until):
        for aspect, events in _known(one, start.time):
            known = [window._replace(until=_with(window.until, at, each)) for each in events]
            yield "until", at, aspect, known
    for at, hold in enumerate(window.holds):
        for aspect, holds in _known_hold(hold):
            known = [window._replace(holds=_with(window.holds, at, each)) for each in holds]
            yield "hold", at, aspect, known
    if window.term and window.term.early is not window.term.late:
        lengths = (Length(each, each) for each in window.term)
        yield "calendar", 0, "time", [window._replace(term=each) for each in lengths]


def _known(event: Dated, start: Bounds) -> Iterator[tuple[Aspect, list[Dated]]]:
    """Yield what is loose of an event, and the event with each that it may be."""
    if not event.time.exact:
        time = event.time
        if event.follows:
            time = Bounds(max(time.low, start.low), time.high)
        yield "time", [event._replace(time=each) for each in _moments(time)]
    if event.matches == "unknown":
        told: tuple[When, ...] = ("yes", "no")
        yield "match", [event._replace(matches=each) for each in told]


def _known_hold(hold: Hold) -> Iterator[tuple[Aspect, list[Hold]]]:
    if not hold.begins.exact:
        yield "time", [hold._replace(begins=each) for each in _moments(hold.begins)]
    if hold.ends and not hold.ends.exact:
        yield "end", [hold._replace(ends=each) for each in _moments(hold.ends)]
    if hold.applies == "unknown":
        told: tuple[When, ...] = ("yes", "no")
        yield "match", [hold._replace(applies=each) for each in told]


def _moments(time: Bounds) -> list[Bounds]:
    """List both ends of some bounds, and their midst, each as the one moment."""
    midst = time.low + (time.high - time.low) / 2
    return [Bounds(each, each) for each in (time.low, midst, time.high)]


def _with(several: Sequence[_T], place: int, one: _T) -> tuple[_T, ...]:
    return (*several[:place], one, *several[place + 1 :])
