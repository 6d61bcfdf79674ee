"""Tell of things that happened once: whether they had by then, and between which days.

Days are ordinals (`date.toordinal`), so that what is kept of a case is plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

from answerable.domain.dates import Days, When
from answerable.domain.kinds import TARGETS
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.timeline.durations import step_span
from answerable.projections.timeline.premature import outruns


class Dated(NamedTuple):
    """Something that had happened by then, or may have, or had not.

    Attributes:
        happened: whether it had.
        first: the first day, as an ordinal, on which it may have happened; None: not bounded.
        last: the last such day.
    """

    happened: When
    first: int | None = None
    last: int | None = None


NEVER = Dated("no")
"""Tells of something that is not on record."""

UNDATED = Dated("yes")
"""Tells of something that happened on a day of which nothing is told."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Pick = Callable[[Sequence[int]], int]


def first_of(view: CaseView, facts: Iterable[Fact]) -> Dated:
    """Tell when the first of some facts happened.

    One whose date cannot be, since it acts upon something that is dated later, has no date.
    """
    found = list(facts)
    if not found:
        return NEVER
    if len(found) == 1:
        return Dated(view.when(found[0]), *_days(view, found[0]))
    days = [_days(view, fact) for fact in found]
    return Dated(
        any_of(view.when(fact) for fact in found),
        every(min, [first for first, _ in days]),
        some(min, [last for _, last in days]),
    )


def one_of(view: CaseView, facts: Iterable[Fact], happened: When) -> Dated:
    """Tell when something happened that is one of some facts, whichever it is."""
    days = [_days(view, fact) for fact in facts]
    return Dated(
        happened,
        every(min, [first for first, _ in days]),
        every(max, [last for _, last in days]),
    )


def elapsed(start: Dated, end: Dated) -> Days:
    """Count the whole calendar days from one thing to another; None: no limit at that end."""
    return Days(
        None if end.first is None or start.last is None else end.first - start.last,
        None if end.last is None or start.first is None else end.last - start.first,
    )


def _days(view: CaseView, fact: Fact) -> tuple[int | None, int | None]:
    told = fact.fields.get("occurred")
    day = None if told is None or "announced" in fact.fields else exact_day(told)
    if day is None or (fact.kind in TARGETS and outruns(view, fact) is not None):
        return ordinals(step_span(view, fact))
    return day, day


@lru_cache(maxsize=4096)
def exact_day(text: str) -> int | None:
    """Read a date that is one day, the same in any zone, as an ordinal; None: it is another."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return None if day is None else day.toordinal()


class Limits(Protocol):
    """Two days between which something lies; None: no limit at that end."""

    @property
    def first_day(self) -> date | None:
        """Return the first day."""

    @property
    def last_day(self) -> date | None:
        """Return the last day."""


def ordinals(span: Limits | None) -> tuple[int | None, int | None]:
    """Write the first and the last day of a span as ordinals; None where it has none."""
    first, last = (None, None) if span is None else (span.first_day, span.last_day)
    return (
        None if first is None else first.toordinal(),
        None if last is None else last.toordinal(),
    )


def every(pick: Pick, days: Sequence[int | None]) -> int | None:
    """Find a bound that holds only where each of the days is known."""
    known = [day for day in days if day is not None]
    return pick(known) if known and len(known) == len(days) else None


def some(pick: Pick, days: Sequence[int | None]) -> int | None:
    """Find a bound that one known day is enough for."""
    known = [day for day in days if day is not None]
    return pick(known) if known else None
