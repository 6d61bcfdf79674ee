"""The reader through which every projection sees the record, so that none of them knows the store.

Nothing in it can write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from answerable.domain.documents import DocumentViews
    from answerable.domain.record import (
        CaseSummary,
        Disclosed,
        RecordedEvent,
        TreeHead,
    )
    from answerable.domain.search.request import (
        SearchRequest,
        SearchResult,
    )


class EventReader(Protocol):
    """How the events of the record are read."""

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Events in the order of the log: of one case, of some kinds, recorded by a moment."""
        ...


class Reader(EventReader, Protocol):
    """How projections read the record."""

    def head(self) -> TreeHead:
        """The size and the root of the log."""
        ...

    def cases(self) -> Iterator[CaseSummary]:
        """Every case, by its slug."""
        ...

    def events_by_case(
        self, *, kinds: Collection[str] | None = None, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """The whole log, a case at a time: the cases by slug, each in the order of its versions."""
        ...

    def event(self, event_id: str) -> RecordedEvent | None:
        """The event with this id, where there is one."""
        ...

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """What is sealed at these positions, as far as it is at hand."""
        ...

    def registrations(
        self, party: str, *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """The registrations that ever named a party, as recorded or as corrected, in order."""
        ...

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Some events with all that amends them, in the order of the log.

        What amends an event: corrections, retractions and disputes of it, and of these; and the end
        of a role or an authority.
        """
        ...

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        """The document of one key in a view, in its parts by case, as of all that is recorded.

        None where views cannot be kept: the file cannot be written.
        """
        ...

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]] | None:
        """Every document of a view: key, case and part, by key. None as above."""
        ...

    def found(self, wanted: SearchRequest) -> SearchResult:
        """The sealed texts at hand that have what is searched for.

        How they are looked for, by an index or one by one, is the store's to choose; the texts
        found are the same. `answerable.domain.search.query.matches` defines which.
        """
        ...

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """Registrations that may give a party this name, without regard to case: all that do.

        None where no index of names can be kept: the file cannot be written.
        """
        ...
