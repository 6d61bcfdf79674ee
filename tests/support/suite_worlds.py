"""Lay out every world of a case of the published suite, on a grid of moments.

Each day has three moments; of a long span, those days are tried that anything in the case can turn
on. Where there are too many worlds, some thousands are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from math import prod
from random import Random
from typing import Any, NamedTuple

from tests.support.suite_reading import DAY, EVER, CaseRead, Happening, days_told

MOST = 8_000
DRAWN = 2_000


class World(NamedTuple):
    """When everything happened, and what is not told besides."""

    times: Mapping[int, datetime]
    due: Mapping[int, date]
    unknown: Mapping[Any, bool]
    late_calendar: bool


class Worlds(CaseRead):
    """The worlds of a case.

    Attributes:
        drawn: whether only some of them were laid out last: what they have not, others may.
    """

    drawn = False

    def _moments(self, event: Happening) -> list[datetime]:
        if event.exact:
            return [event.first]
        bounds = {self.day_of(each) for other in self.events for each in (other.first, other.last)}
        reach = [0, *(n for rule in self._terms() for n in (rule, -rule))]
        turning = {
            day + (n + k) * DAY
            for day in {*bounds, self.day_of(self.moment)}
            for n in reach
            for k in (-1, 0, 1)
        }
        last = self.day_of(event.last)
        first = max(self.day_of(event.first), last - 70 * DAY)
        days = [first + n * DAY for n in range((last - first).days + 1)]
        if len(days) > 12:
            days = [day for day in days if day in turning or day in (first, last)]
        # Each event has minutes of its own, so that no two of them are at once.
        slots = [
            self.start_of(day) + timedelta(hours=h, minutes=event.at)
            for day in days
            for h in (5, 12, 19)
        ]
        if event.first == EVER:
            slots.append(EVER + timedelta(minutes=event.at))
        return [each for each in slots if event.first <= each <= event.last]

    def _terms(self) -> Iterator[int]:
        for rules in self.rules.values():
            for rule in rules:
                yield from (n for n in rule.told.get("within", {}).values() if isinstance(n, int))

    def _dues(self) -> dict[int, list[date]]:
        found: dict[int, list[date]] = {}
        for rules in self.rules.values():
            field = rules[0].told.get("due", {}).get("field")
            for each in self.events if field else ():
                if each.kind == rules[0].told["when"]:
                    told = each.fields.get(field)
                    day = self.day_of(self.moment)
                    first, last = (day - DAY, day + DAY) if told is None else days_told(told)
                    assert first is not None
                    assert last is not None
                    found[each.at] = [first + n * DAY for n in range((last - first).days + 1)]
        return found

    def worlds(self, unknown: Sequence[Any]) -> Iterator[World]:
        """Yield every world, or some thousands of them."""
        dues = self._dues()
        axes: list[Sequence[Any]] = [self._moments(each) for each in self.events]
        axes += [*dues.values(), *([[True, False]] * len(unknown)), [True, False]]
        places = [each.at for each in self.events]
        self.drawn = prod(map(len, axes)) > MOST
        if not self.drawn:
            chosen: Iterator[tuple[Any, ...]] = product(*axes)
        else:
            random = Random(13)
            chosen = (tuple(map(random.choice, axes)) for _ in range(DRAWN))
        for values in chosen:
            times = dict(zip(places, values, strict=False))
            if all(times[below] <= times[above] for below, above in self.edges):
                rest = values[len(places) :]
                due = dict(zip(dues, rest, strict=False))
                told = dict(zip(unknown, rest[len(dues) :], strict=False))
                yield World(times, due, told, rest[-1])
