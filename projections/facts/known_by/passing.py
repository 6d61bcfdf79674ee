"""A reader that asks another, and changes nothing of what that tells.

Readers that narrow the record - to a day, to those who may read it - are made of it, and say only
what they tell otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from answerable.domain.documents import DocumentViews
from answerable.domain.reader import Reader
from answerable.domain.record import CaseRange, CaseSummary, Disclosed, RecordedEvent, TreeHead
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.domain.zone.zone import Zone


class PassingReader:
    """A reader of the record that passes each question on.

    Whatever yields events gives them through `_passed`, and asks by the moment of `_moment`.

    Args:
        reader: the record.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.zone: Zone = reader.zone

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        """Yield those of some events that are told, as they are told."""
        return iter(events)

    def _moment(self, known_by: datetime | None) -> datetime | None:
        """Return the moment by which the record is asked, where this reader is asked by another."""
        return known_by

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield events in log order."""
        found = self._reader.events(case=case, kinds=kinds, known_by=self._moment(known_by))
        return self._passed(found, known_by)

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the whole log, or a range of its cases, by slug."""
        found = self._reader.events_by_case(
            kinds=kinds, known_by=self._moment(known_by), among=among
        )
        return self._passed(found, known_by)

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        """Find the cases of which an event was recorded after a moment; None of more than most."""
        return self._reader.cases_since(moment, most)

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, where there is one."""
        found = self._reader.event(event_id)
        return None if found is None else next(self._passed((found,), None), None)

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the registrations that ever named some parties."""
        found = self._reader.registrations(parties, known_by=self._moment(known_by))
        return self._passed(found, known_by)

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some events with all that amends them."""
        found = self._reader.amended(events, known_by=self._moment(known_by))
        return list(self._passed(found, known_by))

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """List registrations that may give a party this name."""
        found = self._reader.registered_as(name, known_by=self._moment(known_by))
        return None if found is None else list(self._passed(found, known_by))

    def namesakes(self, words: Collection[str], but: Collection[str]) -> list[RecordedEvent]:
        """List registrations that may give a party a name which some words would tell."""
        return list(self._passed(self._reader.namesakes(words, but), None))

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions."""
        return self._reader.opened(positions)

    def head(self) -> TreeHead:
        """Return the size and the root of the log."""
        return self._reader.head()

    def cases(self) -> Iterator[CaseSummary]:
        """Yield every case, by its slug."""
        return self._reader.cases()

    def altered(self, positions: Iterable[int] | None = None) -> Sequence[int]:
        """List those of some positions, or all, whose entries are not what the tree was made of."""
        return self._reader.altered(positions)

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        """Return the document of one key in a view."""
        return self._reader.document(views, view, key)

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]] | None:
        """Yield every document of a view."""
        return self._reader.documents(views, view)

    def document_keys(self, views: DocumentViews, view: str) -> list[str] | None:
        """List the keys of a view."""
        return self._reader.document_keys(views, view)

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        """Count the parts of one document by what they say."""
        return self._reader.document_parts(views, view, key, but=but)

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find the sealed texts at hand that have what is searched for."""
        return self._reader.found(wanted)
