"""Define monotone functions of time, with their inverses: the later the start, the later the end.

A term, a fixed day, the least of two deadlines: each is such a function, and so is what is put
together of them. With its inverse a question about all starts becomes one about a few moments. (The
two are a Galois connection: `at(t) >= h` just where `t >= since(h)`.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Stands for no beginning: the first moment that there is."""

FOREVER = datetime.max.replace(tzinfo=UTC)
"""Stands for no end: the last moment that there is."""

TICK = timedelta(microseconds=1)
"""The shortest time that is told apart."""


class Monotone(Protocol):
    """A function from moments to moments that never falls, in UTC."""

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""


class Constant(NamedTuple):
    """The same moment, whatever is asked."""

    value: datetime

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""
        return self.value

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""
        return ALWAYS if value <= self.value else None


class Least(NamedTuple):
    """The least of several; of none, no end at all."""

    of: tuple[Monotone, ...]

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""
        return min((each.at(moment) for each in self.of), default=FOREVER)

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""
        latest = ALWAYS
        for each in self.of:
            start = each.since(value)
            if start is None:
                return None
            latest = max(latest, start)
        return latest


class Most(NamedTuple):
    """The greatest of several; of none, no beginning at all."""

    of: tuple[Monotone, ...]

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""
        return max((each.at(moment) for each in self.of), default=ALWAYS)

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""
        if value == ALWAYS:
            return ALWAYS
        starts = (each.since(value) for each in self.of)
        return min((start for start in starts if start is not None), default=None)


class Then(NamedTuple):
    """One function after another: the term that runs from the end of a term."""

    first: Monotone
    second: Monotone

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""
        return self.second.at(self.first.at(moment))

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""
        start = self.second.since(value)
        return None if start is None else self.first.since(start)


class Delayed(NamedTuple):
    """The moment itself; where it lies in one of some stretches of time, the end of that.

    Attributes:
        stretches: each with its first and its last moment; ascending, and apart.
    """

    stretches: tuple[tuple[datetime, datetime], ...]

    def at(self, moment: datetime) -> datetime:
        """Return its value at a moment."""
        for first, last in self.stretches:
            if first <= moment <= last:
                return last
        return moment

    def since(self, value: datetime) -> datetime | None:
        """Find the earliest moment at which its value is not before another; None: at none."""
        for first, last in self.stretches:
            if first <= value <= last:
                return first
        return value


def merged(
    stretches: Iterable[tuple[datetime, datetime]],
) -> tuple[tuple[datetime, datetime], ...]:
    """Return stretches of time ascending and apart: those that overlap or touch as one."""
    found: list[tuple[datetime, datetime]] = []
    for first, last in sorted(each for each in stretches if each[0] <= each[1]):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def following(moment: datetime) -> datetime:
    """Return the moment that follows at once; of the last one, itself."""
    return moment if moment == FOREVER else moment + TICK


def preceding(moment: datetime) -> datetime:
    """Return the moment just before; of the first one, itself."""
    return moment if moment == ALWAYS else moment - TICK
