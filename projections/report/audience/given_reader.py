"""A reader of what is given away and of nothing else: some entries, and some texts of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from answerable.domain.documents import DocumentViews
from answerable.domain.reader import Reader
from answerable.domain.record import CaseRange, CaseSummary, Disclosed, RecordedEvent, TreeHead
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.projections.facts.known_by.passing import PassingReader
from answerable.projections.facts.known_by.recorded import recorded_by


class GivenReader(PassingReader):
    """A reader of the record in which nothing is on record but what is given away.

    Args:
        reader: the record.
        events: the events that are given.
        given: the sealed fields of theirs that are given, by position.
        given_head: the head of the log under which they are given.
    """

    def __init__(
        self,
        reader: Reader,
        events: Iterable[RecordedEvent],
        given: Mapping[int, Collection[str]],
        given_head: TreeHead,
    ) -> None:
        super().__init__(reader)
        self._events = sorted(events, key=lambda event: event.position)
        self._given = given
        self._head = given_head

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        return (event for event in events if event.position in self._given)

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield events in log order; the record is not read for them."""
        return (
            event
            for event in recorded_by(self._events, known_by)
            if case in (None, event.case_id) and (kinds is None or event.kind in kinds)
        )

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield what is given of the log, or of a range of its cases, by slug."""
        found = self.events(kinds=kinds, known_by=known_by)
        own = (event for event in found if among is None or event.case_id in among)
        return iter(sorted(own, key=lambda event: (event.case_id, event.version)))

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions and given, and which is not."""
        found = self._reader.opened([each for each in positions if each in self._given])
        return {position: self._narrowed(position, told) for position, told in found.items()}

    def _narrowed(self, position: int, told: Disclosed) -> Disclosed:
        given = self._given[position]
        kept = {name: value for name, value in told.fields.items() if name in given}
        gone = (name for name in told.fields if name not in given)
        return told._replace(fields=kept, withheld=(*told.withheld, *gone))

    def head(self) -> TreeHead:
        """Return the head of the log under which entries are given."""
        return self._head

    def cases(self) -> Iterator[CaseSummary]:
        """Yield no case: how many events each has is not given."""
        return iter(())

    def document(self, views: DocumentViews, view: str, key: str) -> None:
        """Return no document: views are made of all that is on record."""

    def documents(self, views: DocumentViews, view: str) -> None:
        """Yield no document."""

    def document_keys(self, views: DocumentViews, view: str) -> None:
        """List no key."""

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        """Count no part."""
        return {}

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find no text: what is searched for would tell what is not given."""
        return self._reader.found(wanted)._replace(hits=iter(()), total=0)
