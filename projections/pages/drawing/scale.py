"""A scale of time, on which long stretches without anything are drawn short, and marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from answerable.projections.output.folding import columns
from answerable.projections.wording.dates import as_recorded

LONG = 0.25
"""The part of the whole time from which on a stretch without anything is drawn short."""

SHORT = 0.06
"""The part of the scale that such a stretch takes."""

EDGE = 2.0
"""Leave so much of the scale free at either end, in per cent."""

STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000, 24_000)
"""The months that may lie between two ticks."""

LETTER = 2.3
"""The room of a letter below the narrowest scale, of 280 pixels, in per cent."""

YEAR = 12
"""The months of a year."""

TICKS = 6
"""The most ticks on a scale."""


class Stretch(NamedTuple):
    """Hold a stretch of time between two neighbours on a scale, and where it is drawn.

    Attributes:
        left: where it begins on the scale, in per cent.
        right: where it ends.
        short: whether it is drawn shorter than it was.
    """

    start: datetime
    end: datetime
    left: float
    right: float
    short: bool


class Scale(NamedTuple):
    """Map moments to per cents of a width.

    Attributes:
        stretches: in order, without gaps; none where there is no more than one moment.
        starts: where each begins.
    """

    stretches: tuple[Stretch, ...]
    starts: tuple[datetime, ...]

    def at(self, moment: datetime) -> float:
        """Return where a moment is drawn, in per cent; at an end what lies beyond it."""
        if not self.stretches:
            return 50.0
        found = self.stretches[max(0, bisect_right(self.starts, moment) - 1)]
        part = (moment - found.start) / (found.end - found.start)
        return found.left + (found.right - found.left) * min(1.0, max(0.0, part))

    @property
    def breaks(self) -> Iterator[Stretch]:
        """Yield the stretches that are drawn short."""
        return (each for each in self.stretches if each.short)

    @property
    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield where months or years begin on the scale, and what they are called."""
        if not self.stretches:
            return
        first, last = self.stretches[0].start, self.stretches[-1].end
        step = next(step for step in STEPS if _months_between(first, last) <= step * (TICKS - 1))
        found = [each for each in _months(first, last, step) if not self._in_break(each)]
        named = [
            (self.at(each), _called(f"{each.date()}"[: 4 if step >= YEAR else 7])) for each in found
        ]
        apart = [*_apart(named)]
        if len(apart) < 2:
            apart = [(self.at(each), _called(f"{each.date()}")) for each in (first, last)]
        yield from apart

    def _in_break(self, moment: datetime) -> bool:
        return any(each.start < moment < each.end for each in self.breaks)


def anchor(at: float) -> Literal["start", "middle", "end"]:
    """Say on which side of its tick a name stands, so that it does not leave the drawing."""
    return "start" if at < 10 else "end" if at > 90 else "middle"


ASIDE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""The part of a name that stands to the left of its tick, by its anchor."""


def _apart(named: Iterable[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Leave out the names that would stand upon another, as in a stretch that is drawn short."""
    end = -LETTER
    for at, name in named:
        room = columns(name) * LETTER
        start = at - room * ASIDE[anchor(at)]
        if start >= end + LETTER:
            yield at, name
            end = start + room


def _called(day: str) -> str:
    """Call a tick by its day, its month or its year."""
    return as_recorded(day) or day


def scale(moments: Iterable[datetime]) -> Scale:
    """Make the scale on which all of these moments lie."""
    distinct = sorted({moment.astimezone(UTC) for moment in moments})
    if len(distinct) < 2:
        return Scale((), ())
    whole = distinct[-1] - distinct[0]
    gaps = [end - start for start, end in pairwise(distinct)]
    drawn = [_drawn(gap, whole) for gap in gaps]
    shorts = [gap is None for gap in drawn]
    usual = sum(gap for gap in drawn if gap is not None) or 1.0
    width = 100 - 2 * EDGE
    free = width * (1 - SHORT * sum(shorts)) if not all(shorts) else 0.0
    each_short = width * SHORT if free else width / len(gaps)
    stretches, left = [], EDGE
    for (start, end), gap in zip(pairwise(distinct), drawn, strict=True):
        right = left + (each_short if gap is None else free * gap / usual)
        stretches.append(Stretch(start, end, left, right, gap is None))
        left = right
    return Scale(tuple(stretches), tuple(each.start for each in stretches))


def _drawn(gap: timedelta, whole: timedelta) -> float | None:
    """Return the seconds that a gap is drawn as; None where it is drawn short."""
    return None if gap > whole * LONG and gap > timedelta(days=60) else gap.total_seconds()


def _months_between(first: datetime, last: datetime) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month


def _months(first: datetime, last: datetime, step: int) -> Iterator[datetime]:
    """Yield the beginnings of every so many months between two moments, counted from year 0."""
    start = first.year * YEAR + first.month - 1
    for number in range(start + -start % step, last.year * YEAR + last.month, step):
        at = datetime(number // YEAR, number % YEAR + 1, 1, tzinfo=UTC)
        if first <= at <= last:
            yield at
