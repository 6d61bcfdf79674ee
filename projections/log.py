"""Events of the log one by one: when each happened, and whether it had by a moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent


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
    as_of: datetime | None = None,
    known_by: datetime | None = None,
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
    from answerable.projections.facts.time import happened

    date_of = occurred(reader, case=case, known_by=known_by)
    for event in events:
        date = date_of(event)
        by_then = happened(date, event.recorded_at, as_of)
        if by_then != "no":
            yield LoggedEvent(event, date, by_then)
