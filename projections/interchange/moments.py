"""Tell the one time that process mining takes of an event, whose date may be a month, or not told.

It is the moment nearest to when the event was recorded that its dates allow. Of what is past, that
is the end of what its date allows: by then it had certainly happened. What tells no date had
happened when it was recorded. Of what is planned it is the beginning. The dates of what it rests
on, and of what rests on it, bound it too, so nothing comes before what it rests on; and a log cut
at a moment holds of the past what `--as-of` that moment answers for certain.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from answerable.domain.zone.days import local
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact

UNDATED = "undated"
"""The precision of what tells no date."""

_MINUTE = timedelta(minutes=1)


class Dated(NamedTuple):
    """The time of an event, and what is told of it, each said in the zone of its case.

    Attributes:
        at: the moment nearest to when it was recorded that its dates allow.
        recorded_at: when it was recorded.
        not_before: from when it can have happened; None where that is open.
        not_after: by when it had happened by its own date, and by those that bound it; where no
            date is told, when it was recorded; None where its date is open.
        precision: instant, day, month, year or other, or undated: of its own date.
    """

    at: datetime
    recorded_at: datetime
    not_before: datetime | None
    not_after: datetime | None
    precision: str


def dated(view: CaseView, fact: Fact) -> Dated:
    """Tell the time of an event of a case.

    Args:
        view: the case.
        fact: the event, one of the case's.
    """
    own, span = fact.span(margins=view.margins), view.bounds.span(fact)
    recorded = datetime.fromisoformat(fact.event.recorded_at)
    early, late = (None, None) if span is None else (span.earliest, span.latest)
    if own is None and (late is None or recorded < late):
        late = recorded
    at = recorded if late is None else min(recorded, late)
    at = at if early is None else max(at, early)
    return Dated(
        _said(at, view.zone),
        _said(recorded, view.zone),
        early and _said(early, view.zone),
        late and _said(late, view.zone),
        UNDATED if own is None else own.precision,
    )


def _said(moment: datetime, zone: Zone) -> datetime:
    """Say a moment in a zone, or in UTC where the zone was not whole minutes from it."""
    if zone.tz is UTC:
        return moment
    here = local(moment, zone.tz)
    offset = here.utcoffset()
    return here if offset is not None and not offset % _MINUTE else moment.astimezone(UTC)


def time_text(moment: datetime) -> str:
    """Write a moment as RFC 3339 and XML Schema both read it: `2026-01-05T23:59:59+08:00`."""
    parts = "microseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=parts).replace("+00:00", "Z")
