"""Tell by which month what a case adds to its like ones is settled, and before which day it is not.

As of a day behind the last date that a case tells, its findings and measures are those of the
present; as of a day before the first finding, there are none. So whoever compares findings as of a
day folds the cases alone that were under way then.

What is told here is cautious: dates count as they were recorded and as they were ever corrected.
What it says of an earlier state of a case therefore never has to be taken back, only moved on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from answerable.domain import edtf
from answerable.domain.dates import widened
from answerable.domain.documents import NO_PART, DocumentPart
from answerable.domain.kinds import FAMILIES
from answerable.domain.record import RecordedEvent
from answerable.projections.consistency.comparators import key_of
from answerable.projections.consistency.units import DecidedFinding, Likeness

NEVER = "9999-12"
"""The month of what is never settled, since it depends on the day that is asked about."""

ALWAYS = "0000-00-00"
"""The day of what may have begun on any day."""

FINDING = "finding-made"

SLACK = timedelta(days=2)
"""The most by which a day of one zone lies beside that of another, and a margin for its ends."""

REGISTERS = frozenset(FAMILIES["house"])
"""The kinds of what a house registers beside a case: findings and measures do not turn on it."""

LASTING = frozenset(("sanction-suspended",))
"""The kinds of which the effect may end by itself, on a day that nothing else tells."""


def settled_months(events: Iterable[RecordedEvent]) -> list[str]:
    """List the months by which what a case comes to was settled, as it grew; the last holds now.

    Args:
        events: all of the case.

    Returns:
        Ascending, in ISO 8601 (`2026-03`): as of a day of a later month, all that happened is as it
        is at present. `NEVER`, where no month is.
    """
    found: list[str] = []
    for event in events:
        if event.kind in REGISTERS:
            continue
        month = _month(event)
        if not found or month > found[-1]:
            found.append(month)
    return found or [ALWAYS[: len(NEVER)]]


def first_day(events: Iterable[RecordedEvent]) -> str:
    """Return a day before which a case had no finding; `ALWAYS`, where none can be told."""
    made, corrected = False, list[str]()
    for event in events:
        told = _told(event)
        if event.kind == FINDING:
            made = True
            corrected.append(_earliest(told.get("occurred")))
        elif event.kind == "correction" and "occurred" in told:
            corrected.append(_earliest(told["occurred"]))
    return min(corrected) if made else ALWAYS


def _told(event: RecordedEvent) -> Mapping[str, Any]:
    """Return the fields that an event tells, of another event where it corrects one."""
    fields: Mapping[str, Any] = event.fields
    return fields.get("fields") or {} if event.kind == "correction" else fields


def _month(event: RecordedEvent) -> str:
    """Return the month by which an event had happened, and whatever it tells was past."""
    told = _told(event)
    if event.kind in LASTING or "until" in told:
        return NEVER
    days = [_recorded(event)]
    days += [_latest(text) for text in _dates(event, told)]
    return max(days)[: len(NEVER)]


def _dates(event: RecordedEvent, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield when an event happened or has effect, and when it says that another did."""
    for date_ in (event.fields.get("occurred"), told.get("occurred"), told.get("effective")):
        if isinstance(date_, str):
            yield date_


def _recorded(event: RecordedEvent) -> str:
    """Return the day of an event that tells none: that of its recording, by which it happened."""
    if isinstance(event.fields.get("occurred"), str):
        return ""
    return _moved(date.fromisoformat(event.recorded_at[:10]), SLACK, NEVER)


@lru_cache(maxsize=8_192)
def _latest(text: str) -> str:
    """Return a day after the last one that a date allows."""
    last = widened(edtf.parse(text)).last_day
    return f"{NEVER}-31" if last is None else _moved(last, SLACK, NEVER)


def _earliest(told: object) -> str:
    """Return a day before the first one that a date allows."""
    if not isinstance(told, str):
        return ALWAYS
    first = widened(edtf.parse(told)).first_day
    return ALWAYS if first is None else _moved(first, -SLACK, ALWAYS)


def _moved(day: date, by: timedelta, beyond: str) -> str:
    try:
        return (day + by).isoformat()
    except OverflowError:
        return beyond


def settled_parts(
    told: Sequence[RecordedEvent],
    likenesses: Iterable[Likeness],
    held: Mapping[Likeness, Sequence[DecidedFinding]],
) -> Iterator[DocumentPart]:
    """Yield where the findings of a case stand, by the month by which that was settled."""
    first, months = first_day(told), settled_months(told)
    for likeness in likenesses:
        key = key_of(likeness)
        shapes = [each.shape for each in held.get(likeness, ()) if each.shape is not None]
        for month in months[:-1]:
            yield DocumentPart("settled", f"{month}{key}", NO_PART)
        yield DocumentPart("settled", f"{months[-1]}{key}", to_json((first, sorted(shapes))))
