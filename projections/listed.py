"""Tell what a case adds to lists over all cases, so that a page of one reads no more than it shows.

- `standing`: under one key, how each case stands: few cases differ in that, so they are counted
  (`answerable.domain.documents.DocumentViews.counted`).
- `due`: under each day, what is open and was to be done by then. What was done, or fell due on
  another day after all, leaves nothing there: who reads what falls due passes over nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from answerable.domain import edtf
from answerable.domain.documents import NO_PART, DocumentPart
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.facts.lifecycle import CaseStatus

STANDING = "standing"
"""Name the view of how each case stands."""

ALL = "all"
"""The one key of that view."""

DUE = "due"
"""Name the view of what falls due on each day."""

NO_DAY = "9999-12-31"
"""The day of what has a due date without an end."""


class Standing(NamedTuple):
    """Hold how a case stands, in so few words that many cases share them.

    Attributes:
        state: open, closed or indeterminate; None where it was never opened.
        accountable: whether somebody is accountable in it, or may be.
        open: whether something is open in it, or may be.
        barred: whether somebody is barred in it, or may be.
    """

    state: CaseStatus | None
    accountable: bool
    open: bool
    barred: bool


def listed(
    case_id: str, events: Iterable[RecordedEvent], standing: Standing, owed: Sequence[Obligation]
) -> Iterator[DocumentPart]:
    """Yield the parts that a case has in the lists.

    Args:
        case_id: the case.
        events: all of it: on each day that they ever told, something was due.
        standing: how it stands.
        owed: what is open in it.
    """
    yield DocumentPart(STANDING, ALL, to_json(standing))
    days: dict[str, list[Obligation]] = {day: [] for day in _days_told(events)}
    for each in owed:
        if each.due is not None:
            days.setdefault(last_day(each.due), []).append(each)
    for day, own in days.items():
        yield DocumentPart(DUE, day, to_json(own) if own else NO_PART)


def read_standing(body: bytes) -> Standing:
    """Read how a case stands."""
    return Standing(*from_json(body))


@lru_cache(maxsize=4096)
def last_day(due: str) -> str:
    """Return the last day that something may be due, in ISO 8601."""
    last = edtf.parse(due).last_day
    return NO_DAY if last is None else last.isoformat()


def _days_told(events: Iterable[RecordedEvent]) -> Iterator[str]:
    """Yield the days that due dates ever told, as recorded or as corrected."""
    for event in events:
        fields: Any = event.fields.get("fields") if event.kind == "correction" else event.fields
        due = (fields or {}).get("due")
        if isinstance(due, str):
            yield last_day(due)
