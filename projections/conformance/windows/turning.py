"""Find what a window turns on: the dates and the fields by which its worlds differ.

Each loose thing is taken as known, at either end of its bounds and amidst them, or as matching and
not: where that changes what comes of the window, it turns on it. Where each leaves an answer, and
so does each moment at which something else may begin or end, knowing it settles the matter alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, pairwise
from typing import Any, Literal, NamedTuple, TypeVar

from answerable.domain.policy.monotone import ALWAYS, FOREVER, Monotone
from answerable.domain.zone.days import ends, local
from answerable.projections.conformance.windows.deadline import deadlines_of
from answerable.projections.conformance.windows.values import ordered, values_of
from answerable.projections.conformance.windows.window import Bounds, Dated, Hold, Length, Window
from answerable.projections.conformance.worlds import Value, judgement_of

Part = Literal["activation", "candidate", "beginning", "due", "until", "hold", "calendar"]
"""Names a part of a window."""

Aspect = Literal["time", "match", "end"]
"""Names what is loose of a part: its time, whether it is meant, or, of a hold, its end."""

MOST_TRIED = 100
"""The most loose things that are tried; of more, none is told apart."""

MOST_CRITICAL = 250
"""The most moments at which it is tried whether a thing settles the matter; of more, none does."""

_T = TypeVar("_T")

_Known = Callable[[_T], Window]
"""Gives a window in which something loose is known."""


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


class _Loose(NamedTuple):
    """Something loose of a window.

    Attributes:
        may_be: what it is tried as.
        known: gives the window, where it is one of these.
        time: between which moments it lies, where it is a time.
    """

    part: Part
    place: int
    aspect: Aspect
    may_be: Sequence[Any]
    known: Callable[[Any], Window]
    time: Bounds | None = None


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
    for each in loose:
        tried = [_values(each.known(one), moments) for one in each.may_be]
        if any(values != whole for values in tried):
            sure = all(_settled(each.known(one), moments) for one in each.may_be)
            settles = sure and _leaves_no_doubt(each, tight, moments)
            found.append(Turn(each.part, each.place, each.aspect, settles))
    return tuple(found)


def _values(window: Window, moments: Sequence[datetime | None]) -> frozenset[Value]:
    return frozenset(value for moment in moments for value in values_of(window, moment))


def _settled(window: Window, moments: Sequence[datetime | None]) -> bool:
    """Tell whether there is an answer at each moment of judgement, which may differ."""
    return all(judgement_of(values_of(window, each)) != "indeterminate" for each in moments)


def _leaves_no_doubt(loose: _Loose, window: Window, moments: Sequence[datetime | None]) -> bool:
    """Tell whether something loose settles the matter at each moment at which it may lie."""
    if loose.time is None:
        return True
    critical = _critical(window, moments)
    inner = sorted(each for each in critical if loose.time.low < each < loose.time.high)
    if len(inner) > MOST_CRITICAL:
        return False
    around = [loose.time.low, *inner, loose.time.high]
    between = (one + (other - one) / 2 for one, other in pairwise(around))
    tried: Iterable[datetime] = chain(inner, between)
    if loose.part == "due" or loose.aspect == "end":
        # What is due, or lasts, to a day does to its end: no moment amidst it is possible.
        tried = {min(ends(local(at, window.tz).date(), window.tz), loose.time.high) for at in tried}
    return all(_settled(loose.known(Bounds(at, at)), moments) for at in tried)


def _critical(window: Window, moments: Sequence[datetime | None]) -> set[datetime]:
    """List the moments at which something of a window begins or ends, or is due."""
    found = {each for time in _times(window) for each in time if each is not None}
    found.update(each for each in moments if each is not None)
    lengths: list[Monotone] = [*(window.term or ())]
    for moment in moments:
        lengths += deadlines_of(window, moment or FOREVER)
    turned = set[datetime | None]()
    for length in lengths:
        turned.update(length.at(each) for each in found)
        turned.update(length.since(each) for each in found)
    return {each for each in found | turned if each is not None and ALWAYS < each < FOREVER}


def _times(window: Window) -> Iterator[Bounds]:
    yield window.activation.time
    beginning = window.beginning.events if window.beginning else ()
    yield from (each.time for each in (*window.candidates, *beginning, *window.until))
    if window.due:
        yield window.due
    for hold in window.holds:
        yield hold.begins
        if hold.ends:
            yield hold.ends


def _loose(window: Window, given: Sequence[Dated]) -> Iterator[_Loose]:
    """Yield what is loose of a window that is `ordered`."""
    start = window.activation

    def of_event(part: Part, place: int, event: Dated, known: _Known[Dated]) -> Iterator[_Loose]:
        return _of_event(part, place, event, start.time, known)

    yield from of_event("activation", 0, start, lambda each: window._replace(activation=each))
    # Candidates that cannot match were taken out: places are those among the candidates given.
    places = [place for place, each in enumerate(given) if each.matches != "no"]
    for at, (place, one) in enumerate(zip(places, window.candidates, strict=True)):
        yield from of_event("candidate", place, one, partial(_candidate, window, at))
    beginning = window.beginning
    for at, one in enumerate(beginning.events if beginning else ()):
        yield from of_event("beginning", at, one, partial(_begun, window, at))
    if window.due and not window.due.exact:
        yield _of_time("due", 0, "time", window.due, lambda each: window._replace(due=each))
    for at, one in enumerate(window.until):
        yield from of_event("until", at, one, partial(_until, window, at))
    for at, hold in enumerate(window.holds):
        yield from _of_hold(at, hold, partial(_held, window, at))
    if window.term and window.term.early is not window.term.late:
        lengths = [Length(each, each) for each in window.term]
        yield _Loose("calendar", 0, "time", lengths, lambda each: window._replace(term=each))


def _candidate(window: Window, at: int, each: Dated) -> Window:
    return window._replace(candidates=_with(window.candidates, at, each))


def _begun(window: Window, at: int, each: Dated) -> Window:
    of = window.beginning
    return window._replace(beginning=of and of._replace(events=_with(of.events, at, each)))


def _until(window: Window, at: int, each: Dated) -> Window:
    return window._replace(until=_with(window.until, at, each))


def _held(window: Window, at: int, each: Hold) -> Window:
    return window._replace(holds=_with(window.holds, at, each))


def _of_event(
    part: Part, place: int, event: Dated, start: Bounds, known: _Known[Dated]
) -> Iterator[_Loose]:
    """Yield what is loose of an event of a window."""
    if not event.time.exact:
        time = event.time
        if event.follows:
            time = Bounds(max(time.low, start.low), time.high)
        yield _of_time(part, place, "time", time, lambda each: known(event._replace(time=each)))
    if event.matches == "unknown":
        yield _Loose(
            part, place, "match", ("yes", "no"), lambda each: known(event._replace(matches=each))
        )


def _of_hold(place: int, hold: Hold, known: _Known[Hold]) -> Iterator[_Loose]:
    """Yield what is loose of a hold of a window."""
    if not hold.begins.exact:
        yield _of_time(
            "hold", place, "time", hold.begins, lambda each: known(hold._replace(begins=each))
        )
    if hold.ends and not hold.ends.exact:
        yield _of_time(
            "hold", place, "end", hold.ends, lambda each: known(hold._replace(ends=each))
        )
    if hold.applies == "unknown":
        yield _Loose(
            "hold", place, "match", ("yes", "no"), lambda each: known(hold._replace(applies=each))
        )


def _of_time(part: Part, place: int, aspect: Aspect, time: Bounds, known: _Known[Bounds]) -> _Loose:
    """Return a time that is loose, to be tried at both ends of its bounds, and amidst them."""
    midst = time.low + (time.high - time.low) / 2
    tried = [Bounds(each, each) for each in (time.low, midst, time.high)]
    return _Loose(part, place, aspect, tried, known, time)


def _with(several: Sequence[_T], place: int, one: _T) -> tuple[_T, ...]:
    return (*several[:place], one, *several[place + 1 :])
