"""Orders for the tests of templates: one that is total, and one with gaps and all its worlds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from tests.support.ltlf import Trace

from answerable.projections.conformance.templates.order import Candidate, Match


class Total:
    """Events that have happened, one after the other."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def before(self, one: int, other: int) -> bool:
        return one < other

    def happened(self, event: int) -> bool:
        return True


class Event(NamedTuple):
    """An event between two moments, and whether it is an a, and a b; None is no."""

    low: int
    high: int
    a: Match | None = None
    b: Match | None = None

    def letters(self) -> list[str]:
        """Tell what it may be in some world: "", "a", "b", "ab"."""
        choices = [
            {None: ("",), "yes": (name,), "unknown": ("", name)}[match]
            for name, match in (("a", self.a), ("b", self.b))
        ]
        return ["".join(each) for each in product(*choices)]


World = tuple[Trace, tuple[int, ...]]
"""The letters of what happened in turn, and which events these are."""


class Gaps:
    """Events between bounds, in an order that edges add to, some of which may not have happened.

    Of equal instants, the lower index comes first. What cannot have happened by `now` is left out,
    as is an edge that contradicts what is before it.
    """

    def __init__(self, events: Sequence[Event], edges: Sequence[tuple[int, int]], now: int) -> None:
        self.events = [each for each in events if each.low <= now]
        self._now = len(self.events)
        moments = [*((each.low, each.high) for each in self.events), (now, now)]
        spans = [(low * 100 + i, high * 100 + i) for i, (low, high) in enumerate(moments)]
        ids = range(len(spans))
        self._before = {(i, j) for i in ids for j in ids if spans[i][1] < spans[j][0]}
        for i, j in edges:
            if max(i, j) < self._now and i != j and (j, i) not in self._before:
                self._before |= {
                    (x, y)
                    for x in ids
                    for y in ids
                    if (x == i or (x, i) in self._before) and (y == j or (j, y) in self._before)
                }

    def __len__(self) -> int:
        return self._now

    def before(self, one: int, other: int) -> bool:
        return (one, other) in self._before

    def happened(self, event: int) -> bool:
        return (event, self._now) in self._before

    def of(self, letter: str) -> list[Candidate]:
        matches = [(i, each.a if letter == "a" else each.b) for i, each in enumerate(self.events)]
        return [Candidate(i, match) for i, match in matches if match is not None]

    def _turns(self, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """Every linear extension of the order, cut at the moment."""
        left = [i for i in range(len(self) + 1) if i not in taken]
        for each in left:
            if not any((other, each) in self._before for other in left):
                if each == self._now:
                    yield taken
                else:
                    yield from self._turns((*taken, each))

    def worlds(self) -> Iterator[World]:
        """Every turn that the events may have taken, with every choice of what is unknown."""
        for turn in set(self._turns(())):
            for letters in product(*(self.events[i].letters() for i in turn)):
                yield letters, turn
