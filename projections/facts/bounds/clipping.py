"""A span is narrowed by one end of another, and never to nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from answerable.domain.dates import Span

FARTHEST = timedelta(hours=14)
"""As far as a zone lies from UTC: how far a bound may be off where one alone tells its zone."""

DAY = timedelta(days=1)


def not_before(found: Span, bound: Span, *, far: bool) -> Span:
    """Narrow a span by the beginning of another; where that would leave nothing, leave it.

    Args:
        found: the span.
        bound: the other.
        far: whether one alone tells its zone.
    """
    low, first = bound.earliest, bound.first_day
    if far and low is not None and first is not None:
        low, first = low - FARTHEST, first - DAY
    if low and (found.earliest is None or found.earliest < low) and not _after(low, found.latest):
        found = found._replace(earliest=low)
    if first and first > (found.first_day or date.min) and first <= (found.last_day or date.max):
        found = found._replace(first_day=first)
    return found


def not_after(found: Span, bound: Span, *, far: bool) -> Span:
    """Narrow a span by the end of another; where that would leave nothing, leave it.

    Args:
        found: the span.
        bound: the other.
        far: whether one alone tells its zone.
    """
    high, last = bound.latest, bound.last_day
    if far and high is not None and last is not None:
        high, last = high + FARTHEST, last + DAY
    if high and (found.latest is None or found.latest > high) and not _after(found.earliest, high):
        found = found._replace(latest=high)
    if last and last < (found.last_day or date.max) and last >= (found.first_day or date.min):
        found = found._replace(last_day=last)
    return found


def _after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other
