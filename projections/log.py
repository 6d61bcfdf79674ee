"""Events of the log one by one: when each happened, and whether it had by a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked, moment_in

KEPT = 32
"""The number of cases in memory at a time, of those whose dates bound one another."""


class LoggedEvent(NamedTuple):
    """An event, when it happened as corrected, and whether it had by the moment asked about."""

    event: RecordedEvent
    occurred: str | None
    as_of: When


def logged(
    reader: Reader,
    events: Iterable[RecordedEvent],
    *,
    case: str | None = None,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Iterator[LoggedEvent]:
    """Leave out the events that had not happened by a moment, and mark those that may not have.

    Args:
        reader: the record.
        events: those asked about.
        case: the case that they are of, if they are of one.
        as_of: the moment; without one, every event stays, with its date as first recorded.
        known_by: leaves out corrections that were recorded later.
    """
    if as_of is None:
        yield from (LoggedEvent(event, event.occurred, "yes") for event in events)
        return
    from answerable.projections.facts.corrected_dates import occurred
    from answerable.projections.facts.known_by.day import known_by_then, zone_then
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.facts.time import beginning, happened

    record = RecordView(reader, as_of, known_by, keep=KEPT)
    date_of = occurred(reader, case=case, known_by=known_by)
    by, moment = known_by_then(reader, known_by)
    zone_of = lru_cache(partial(zone_then, by, known_by=moment))
    for event in events:
        date, zone = date_of(event), zone_of(event.case_id)
        began, by_when = beginning(event.kind, date), moment_in(as_of, zone)
        by_then = record.settled(event, happened(began, event.recorded_at, by_when, zone))
        if by_then != "no":
            yield LoggedEvent(event, date, by_then)
