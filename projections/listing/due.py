"""List what was to be done by a day that events tell, the longest overdue first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from answerable.domain.documents import DocumentRows, beyond
from answerable.domain.record import Page
from answerable.projections import documents as views
from answerable.projections.accountability.obligations import Obligation
from answerable.projections.listed import DUE, NO_DAY
from answerable.projections.listing.record import Listed

MOST = 10
"""The most things that are listed of what is overdue, and of what falls due."""


class Due(NamedTuple):
    """Hold what is overdue, and what falls due next.

    Attributes:
        overdue: things whose last day has passed, the longest ago first.
        next: things whose last day is today or later, the soonest first.
        more_overdue: whether more are overdue than are listed.
        more_next: whether more fall due than are listed.
    """

    overdue: tuple[Obligation, ...]
    next: tuple[Obligation, ...]
    more_overdue: bool
    more_next: bool


def due_by_events(listed: Listed, today: date) -> Due | None:
    """List what is open and has a due date on record; None where no views are kept.

    Args:
        listed: the record.
        today: the day on which it is asked.
    """
    yesterday = today - timedelta(days=1)
    overdue = _read(listed, "", beyond(yesterday.isoformat()))
    following = _read(listed, today.isoformat(), NO_DAY)
    if overdue is None or following is None:
        return None
    return Due(
        tuple(overdue[:MOST]),
        tuple(following[:MOST]),
        len(overdue) > MOST,
        len(following) > MOST,
    )


def _read(listed: Listed, first: str, end: str) -> list[Obligation] | None:
    rows = DocumentRows(DUE, first, end)
    found = listed.pages.rows_page(views.VIEWS, rows, Page(MOST + 1))
    if found is None:
        return None
    return [
        each
        for _, _, body in found
        for each in views.read_part(body, lambda told: views.records_of(Obligation, told))
    ]
