"""Values of a window by brute force: each world on a grid of whole numbers, one after another."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

from answerable.domain.policy.monotone import TICK
from answerable.projections.conformance.windows.window import Bounds, Dated, Hold, Length, Window

ZERO = datetime(2026, 1, 1, tzinfo=UTC)
NEVER = 10**9


def at(number: int) -> datetime:
    """Return the moment of a number of the grid, whose step is the shortest time there is."""
    return ZERO + number * TICK


def number(moment: datetime) -> int:
    return round((moment - ZERO) / TICK)


def bounds(low: int, high: int) -> Bounds:
    return Bounds(at(low), at(high))


class Steps(NamedTuple):
    """A term on the grid: of so many days, each of so many numbers; the first is not counted."""

    days: int
    length: int

    def at(self, moment: datetime) -> datetime:
        if moment > ZERO + timedelta(days=1):
            return moment  # no end
        return at((number(moment) // self.length + self.days + 1) * self.length - 1)

    def since(self, value: datetime) -> datetime | None:
        if value > ZERO + timedelta(days=1):
            return value
        return at((number(value) // self.length - self.days) * self.length)


class World(NamedTuple):
    """One world: numbers for moments; of what does not match, or is not, None."""

    activation: int | None
    candidates: tuple[int | None, ...]
    begins: tuple[int | None, ...]
    until: tuple[int | None, ...]
    due: int
    holds: tuple[tuple[int, int] | None, ...]
    late: bool
    otherwise_late: bool


def _numbers(time: Bounds) -> range:
    return range(number(time.low), number(time.high) + 1)


def _dated(event: Dated) -> list[int | None]:
    """List the moments that an event may have had, also as one that is not meant (None)."""
    found: list[int | None] = [] if event.matches == "no" else [*_numbers(event.time)]
    return found if event.matches == "yes" else [*found, None]


def _held(hold: Hold) -> list[tuple[int, int] | None]:
    ends = [NEVER] if hold.ends is None else [*_numbers(hold.ends)]
    found: list[tuple[int, int] | None] = [
        (start, end) for start, end in product(_numbers(hold.begins), ends) if start <= end
    ]
    return found if hold.applies == "yes" else [*found, None]


def worlds(window: Window) -> Iterator[tuple[int, World]]:
    """Yield each world, with when the activation was, also if it is none."""
    events = (*window.candidates, *(window.beginning.events if window.beginning else ()))
    events = (*events, *window.until)
    least = [number(each.time.high) for each in events if each.follows]
    k, n = len(window.candidates), len(events) - len(window.until)
    for start in _numbers(window.activation.time):
        if any(start > each for each in least):
            continue
        after = [[t for t in _dated(e) if t is None or not e.follows or t >= start] for e in events]
        for chosen in product(
            [start] if window.activation.matches == "yes" else [start, None],
            product(*after),
            _numbers(window.due) if window.due else [NEVER],
            product(*(_held(each) for each in window.holds)),
            [False, True],
            [False, True],
        ):
            activation, times, due, holds, late, other = chosen
            yield (
                start,
                World(activation, times[:k], times[k:n], times[n:], due, holds, late, other),
            )


def _ended(length: Length, start: int, late: bool) -> int:
    return number((length.late if late else length.early).at(at(start)))


def deadline(window: Window, world: World, moment: int) -> int:
    """Find the deadline in a world in which there is an activation."""
    assert world.activation is not None
    told = [world.due]
    if window.term:
        start: int | None = world.activation
        if window.beginning:
            begun = [t for t in world.begins if t is not None and world.activation <= t <= moment]
            otherwise = window.beginning.otherwise
            if begun:
                start = min(begun)
            else:
                start = otherwise and _ended(otherwise, world.activation, world.otherwise_late)
        if start is not None:
            told.append(_ended(window.term, start, world.late))
    told.extend(t for t in world.until if t is not None and t >= world.activation)
    found = min(told)
    for _ in window.holds:
        found = max([found, *(h[1] for h in world.holds if h and h[0] <= found <= h[1])])
    return found


def value(window: Window, world: World, moment: int) -> str:
    """Find the value of one world at a moment."""
    if world.activation is None or world.activation > moment:
        return "none"
    end = deadline(window, world, moment)
    if any(t is not None and world.activation <= t <= min(end, moment) for t in world.candidates):
        return "answered"
    return "failed" if end < moment else "pending"


def values(window: Window, moment: int | None) -> frozenset[Any]:
    """Find the values of all worlds at a moment; None: at the end of time."""
    now = NEVER if moment is None else moment
    return frozenset(value(window, world, now) for _, world in worlds(window))
