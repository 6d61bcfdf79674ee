"""Define the reader through which projections see the record, so that none knows the store.

Nothing in it can write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from answerable.domain.documents import DocumentRows, DocumentViews
    from answerable.domain.record import (
        CaseRange,
        CaseSummary,
        Disclosed,
        Page,
        RecordedEvent,
        TreeHead,
    )
    from answerable.domain.search.query import Query
    from answerable.domain.search.request import FoundPage, SearchRequest, SearchResult
    from answerable.domain.zone.zone import Zone


class EventReader(Protocol):
    """A reader of the events of the record."""

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield events in log order: of one case, of some kinds, recorded by a moment."""
        ...


class Reader(EventReader, Protocol):
    """A reader of the record.

    Attributes:
        zone: where the days of a case are days that tells no zone: that of who asks, if they told.
    """

    zone: Zone

    def head(self) -> TreeHead:
        """Return the size and the root of the log."""
        ...

    def cases(self) -> Iterator[CaseSummary]:
        """Yield every case, by its slug."""
        ...

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the whole log, or a range of its cases, by slug, each in the order of versions."""
        ...

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        """Find the cases of which an event was recorded after a moment.

        Args:
            moment: the moment.
            most: the most events that are looked through; None is returned where more were
                recorded since.
        """
        ...

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, where there is one."""
        ...

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions, as far as it is at hand."""
        ...

    def altered(self, positions: Iterable[int] | None = None) -> Sequence[int]:
        """List those of some positions, or all, whose entries are not what the tree was made of."""
        ...

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the registrations that ever named some parties, recorded or corrected, in order."""
        ...

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some events with all that amends them, in the order of the log.

        What amends an event: corrections, retractions and disputes of it, and of these; and the end
        of a role or an authority.
        """
        ...

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        """Return the document of one key in a view: its parts by case, as of all that is recorded.

        None where views cannot be kept: the file cannot be written.
        """
        ...

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]] | None:
        """Yield every document of a view: key, case and part, by key. None as above."""
        ...

    def document_keys(self, views: DocumentViews, view: str) -> list[str] | None:
        """List the keys of a view, each once, by key. None as above."""
        ...

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        """Count the parts of one document by what they say, that of one case left out.

        The view is one of which parts are counted (`DocumentViews.counted`). It is read as it was
        last caught up: `document_keys` catches it up.
        """
        ...

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find the sealed texts at hand that have what is searched for.

        How they are looked for, by an index or one by one, is the store's to choose; the texts
        found are the same. `answerable.domain.search.query.matches` defines which.
        """
        ...

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """List registrations that may give a party this name: all that do, however it is written.

        None where no index of names can be kept: the file cannot be written.
        """
        ...

    def namesakes(self, words: Collection[str], but: Collection[str]) -> list[RecordedEvent]:
        """List registrations that may give a party a name which some words would tell.

        All is read that is on record; a name that was corrected since counts, too. Of each word so
        many are listed that somebody who is a person, and none of `but`, is among them, where
        there is one.

        Args:
            words: the words, as `answerable.domain.search.name_words` has those of a name.
            but: the parties, by pseudonym, who are not looked for, and may be listed.
        """
        ...


class PagingReader(Protocol):
    """A reader of lists, a page at a time: of the present.

    A page reads what is on it, however long its list is.
    """

    def cases_page(self, page: Page) -> list[CaseSummary]:
        """List cases by slug."""
        ...

    def parties_page(self, page: Page) -> list[str]:
        """List the pseudonyms that registrations give, as recorded or as corrected."""
        ...

    def keys_page(self, views: DocumentViews, view: str, page: Page) -> list[str] | None:
        """List the keys of a view; None where views cannot be kept."""
        ...

    def rows_page(
        self, views: DocumentViews, rows: DocumentRows, page: Page
    ) -> list[tuple[str, str, bytes]] | None:
        """List rows of a view: key, case and part; a page begins behind a case of the first key.

        None where views cannot be kept.
        """
        ...

    def case_events_page(self, case_id: str, page: Page) -> list[RecordedEvent]:
        """List events of a case; the key of each is its number within the case."""
        ...

    def events_at(self, positions: Iterable[int]) -> list[RecordedEvent]:
        """List the events at some positions, as far as there are any, in the order of the log."""
        ...

    def found_page(
        self, query: Query, *, without: Collection[str], skip: int, limit: int
    ) -> FoundPage | None:
        """Search the sealed texts at hand: the best of few, and of many those recorded last.

        None where no index of words can be kept.

        Args:
            query: what for.
            without: the sealed fields that are not searched, nor counted.
            skip: how many hits come before the page.
            limit: the most hits on it.
        """
        ...
