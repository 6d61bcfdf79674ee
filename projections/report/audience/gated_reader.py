"""A reader that withholds sealed texts, so that nothing that is made of the record tells them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from answerable.domain.documents import DocumentViews
from answerable.domain.kinds import AMENDING
from answerable.domain.reader import Reader
from answerable.domain.record import CaseRange, CaseSummary, Disclosed, RecordedEvent, TreeHead
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.domain.zone.zone import Zone

Allows = Callable[[RecordedEvent, str, Any], bool]
"""Tells whether a text may be shown: by the event that it is of, its field, and what it says."""

CORRECTED = "sealed_fields"
"""The sealed field of a correction that holds the texts of others."""


class GatedReader:
    """A reader of the record in which some texts are not at hand.

    A text of an event that amends another is judged as one of that other. Where a correction holds
    a text that may not be shown, none of it is: what it corrects would read as it did before.

    Args:
        reader: the record.
        allows: tells which texts may be shown.

    Attributes:
        withheld: the texts that were withheld, each by position and field.
    """

    def __init__(self, reader: Reader, allows: Allows) -> None:
        self._reader = reader
        self._allows = allows
        self._events: dict[int, RecordedEvent] = {}
        self.withheld: set[tuple[int, str]] = set()
        self.zone: Zone = reader.zone

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions and may be shown, and which is not."""
        found = self._reader.opened(positions)
        return {position: self._gated(position, told) for position, told in found.items()}

    def _gated(self, position: int, told: Disclosed) -> Disclosed:
        event = self._events.get(position)
        gone = [
            name
            for name, value in told.fields.items()
            if event is None or not self._may_show(event, name, value)
        ]
        if not gone:
            return told
        for name in gone:
            inner = told.fields[name] if name == CORRECTED else (name,)
            self.withheld.update((position, each) for each in inner)
        kept = {name: value for name, value in told.fields.items() if name not in gone}
        return told._replace(fields=kept, withheld=(*told.withheld, *gone))

    def _may_show(self, event: RecordedEvent, name: str, value: Any) -> bool:
        origin = self._origin(event)
        if name == CORRECTED:
            return all(self._allows(origin, field, text) for field, text in value.items())
        return self._allows(origin, name, value)

    def _origin(self, event: RecordedEvent) -> RecordedEvent:
        """Return the event that another amends in the end; itself where it amends none."""
        while event.kind in AMENDING:
            target = self._reader.event(event.fields["target"])
            if target is None:
                break
            event = target
        return event

    def _noted(self, events: Iterable[RecordedEvent]) -> Iterator[RecordedEvent]:
        for event in events:
            self._events[event.position] = event
            yield event

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield events in log order."""
        return self._noted(self._reader.events(case=case, kinds=kinds, known_by=known_by))

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the whole log, or a range of its cases, by slug."""
        found = self._reader.events_by_case(kinds=kinds, known_by=known_by, among=among)
        return self._noted(found)

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, where there is one."""
        found = self._reader.event(event_id)
        return None if found is None else next(self._noted((found,)))

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the registrations that ever named some parties."""
        return self._noted(self._reader.registrations(parties, known_by=known_by))

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some events with all that amends them."""
        return list(self._noted(self._reader.amended(events, known_by=known_by)))

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """List registrations that may give a party this name."""
        found = self._reader.registered_as(name, known_by=known_by)
        return None if found is None else list(self._noted(found))

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
        """Return the document of one key in a view; no view holds a text."""
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
        """Find no text: what is searched for would tell what is withheld."""
        return self._reader.found(wanted)._replace(hits=iter(()), total=0)
