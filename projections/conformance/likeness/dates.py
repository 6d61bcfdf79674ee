"""Say of dates what comes before what, and how each is told: nothing else of them.

Rules that count no days turn on no more than that. A moment is a number of microseconds, a day is
its number; among others that matter, either is told by its place alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from answerable.domain.dates import Span
from answerable.domain.zone.days import begins, ends
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.time import read
from answerable.projections.facts.time import recorded as recorded_span

EPOCH = datetime(1, 1, 1, tzinfo=UTC)

DIGIT = re.compile("[0-9]")

UNLIKE_ANY = re.compile("[T~?%]")
"""Match a time of day, or a margin: these are held against more than an order tells."""

AS_FAR = timedelta(hours=14)
"""As far as bounds are put off where one alone tells its zone."""


class Ends(NamedTuple):
    """Hold by what a date may be held against others.

    Attributes:
        form: how it is told, its digits left out.
        moments: the moments by which it is bounded, and those just after.
        days: the days by which it is.
    """

    form: tuple[object, ...]
    moments: tuple[int | None, ...]
    days: tuple[int | None, ...]


@lru_cache(maxsize=8_192)
def ends_told(text: str, zone: Zone) -> Ends | None:
    """Return what a date is held against others by; None where that is more than an order tells.

    Args:
        text: the date (EDTF).
        zone: where its days are days.
    """
    if UNLIKE_ANY.search(text):
        return None
    parts = [text, *(each for each in text.split("/") if "/" in text and each[:1].isdigit())]
    spans = [span for each in parts if (span := read(each, zone)) is not None]
    form = (DIGIT.sub("0", text), *((span.precision, span.zoned) for span in spans))
    return _together(form, [ends_of(span) for span in spans])


def ends_of(span: Span) -> Ends:
    """Return what a date that was read is held against others by."""
    last = _moment(span.latest)
    moments = (_moment(span.earliest), last, None if last is None else last + 1)
    return Ends((), moments, (_day(span.first_day), _day(span.last_day)))


def ends_at(moment: datetime) -> Ends:
    """Return what a moment is held against dates by: itself, and the day on which it is."""
    return Ends((), (_moment(moment),), (_day(moment.date()),))


@lru_cache(maxsize=1_024)
def ends_recorded(text: str, zone: Zone) -> Ends:
    """Return what the time of a recording is held against dates by, of an event without one.

    Args:
        text: it, as the ledger writes it.
        zone: where its days are days.
    """
    span = recorded_span(text, zone)
    own = ends_of(span)
    if span.earliest is None or span.first_day is None:
        return own
    day, tz = span.first_day, zone.tz
    beside = (
        span.earliest - AS_FAR,
        span.earliest + AS_FAR,
        begins(day, tz),
        ends(day, tz),
        ends(day, tz) + timedelta(microseconds=1),
    )
    last = day.toordinal()
    return Ends((), (*own.moments, *map(_moment, beside)), (*own.days, last - 1, last + 1))


def in_order(found: Sequence[Ends], fixed: Ends) -> tuple[object, ...]:
    """Tell what comes before what, of what some dates are held against others by.

    Args:
        found: the dates.
        fixed: what all of them are held against, whatever the case: the moment of judgement.
    """
    moments = _places((*(each.moments for each in found), fixed.moments))
    days = _places((*(each.days for each in found), fixed.days))
    told = [
        (each.form, *[moments[at] for at in each.moments], *[days[at] for at in each.days])
        for each in found
    ]
    return (*told, *[moments[at] for at in fixed.moments], *[days[at] for at in fixed.days])


def _places(found: Iterable[Iterable[int | None]]) -> dict[int | None, int]:
    """Number what is told, in its order; what is not told comes before all."""
    told = {each for some in found for each in some if each is not None}
    places: dict[int | None, int] = {each: at for at, each in enumerate(sorted(told))}
    places[None] = -1
    return places


def together(found: Iterable[Ends]) -> Ends:
    """Put what several dates are held against others by into one."""
    return _together((), list(found))


def _together(form: tuple[object, ...], found: Sequence[Ends]) -> Ends:
    return Ends(
        form,
        tuple(moment for each in found for moment in each.moments),
        tuple(day for each in found for day in each.days),
    )


def _moment(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
