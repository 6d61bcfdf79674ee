"""The record as it was known by the end of a day: in each case, of the day there.

What was on record by a moment is the beginning of the log. What was by the end of a day is not:
that day ends in Kiritimati before it begins in Pago Pago. So all is read that was recorded by when
the day had ended everywhere, and what came later in its own case is left out. The zone of a case
is the one told by then, so that what is recorded afterwards changes no answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.domain.zone.day_end import Asked, DayEnd
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.facts import zone_of_case
from answerable.projections.facts.known_by.passing import PassingReader


class KnownByDay(PassingReader):
    """A reader of what was known by the end of a day. Whoever asks it by a moment asks by that day.

    Args:
        reader: the record.
        day: the day.
    """

    def __init__(self, reader: Reader, day: DayEnd) -> None:
        super().__init__(reader)
        self._day = day
        self._ends: dict[str, datetime] = {}
        self.at_last = day.at_last()

    def zone_of(self, case_id: str) -> Zone:
        """Tell the zone of a case, as it was told by when the day had ended everywhere."""
        return zone_of_case(self._reader, case_id, known_by=self.at_last)

    def knew(self, event: RecordedEvent) -> bool:
        """Tell whether an event was on record by the end of the day in its case."""
        end = self._ends.get(event.case_id)
        if end is None:
            end = self._ends[event.case_id] = self._day.at(self.zone_of(event.case_id))
        return datetime.fromisoformat(event.recorded_at) <= end

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        """Find the cases of which an event was recorded since the day ended somewhere."""
        return self._reader.cases_since(self._day.at_first(), most)

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        return iter(events) if known_by is None else filter(self.knew, events)

    def _moment(self, known_by: datetime | None) -> datetime | None:
        return known_by and self.at_last

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find the sealed texts at hand that have what is searched for.

        How many texts were not at hand is told as of when the day had ended everywhere.
        """
        if wanted.known_by is None:
            return self._reader.found(wanted)
        result = self._reader.found(wanted._replace(known_by=self.at_last))
        hits = [hit for hit in result.hits if self.knew(hit.event)]
        return result._replace(hits=iter(hits), total=len(hits))


def known_by_then(reader: Reader, known_by: Asked | None) -> tuple[Reader, datetime | None]:
    """Return a reader, and by which moment to ask it, of what was known by a moment or a day."""
    if isinstance(known_by, DayEnd):
        by_day = KnownByDay(reader, known_by)
        return by_day, by_day.at_last
    return reader, known_by


def zone_then(reader: Reader, case_id: str, *, known_by: datetime | None = None) -> Zone:
    """Tell the zone of a case: as it told by then, else as who asks does.

    By the end of a day: as it told by when that day had ended everywhere, since by that zone it is
    known what was on record by the end of it.
    """
    if isinstance(reader, KnownByDay):
        return reader.zone_of(case_id)
    return zone_of_case(reader, case_id, known_by=known_by)
