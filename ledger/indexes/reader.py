"""Reading a ledger whole: the record from the store, and answers from its indexes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from answerable.domain.documents import DocumentViews
from answerable.domain.record import RecordedEvent
from answerable.ledger.store.reader import StoreReader

if TYPE_CHECKING:
    from answerable.domain.documents import DocumentRows
    from answerable.domain.record import CaseSummary, Page
    from answerable.domain.search.query import Query
    from answerable.domain.search.request import FoundPage, SearchRequest, SearchResult


class IndexedReader(StoreReader):
    """The record and its indexes, to be read.

    Implements `answerable.domain.reader.Reader` and `answerable.domain.reader.PagingReader`.
    """

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        """Return the document of one key in a view, in its parts by case, as of now.

        None where views cannot be kept: the file cannot be written.
        """
        from answerable.ledger.indexes.documents import document

        return document(self, views, view, key)

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]] | None:
        """Return every document of a view: key, case and part, by key. None as for one."""
        from answerable.ledger.indexes.documents import make_ready

        if not make_ready(self, views):
            return None
        rows = self._scan(
            "SELECT key, case_id, body FROM documents WHERE view = ? ORDER BY key, case_id", (view,)
        )
        return ((key, case_id, body) for key, case_id, body in rows)

    def document_keys(self, views: DocumentViews, view: str) -> list[str] | None:
        """List the keys of a view, each once. None as for one document."""
        from answerable.ledger.indexes.documents import keys, make_ready

        return keys(self, view) if make_ready(self, views) else None

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        """Count the parts of one document by what they say, that of one case left out."""
        from answerable.ledger.indexes.documents import count_parts

        return count_parts(self, view, key, but)

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Search the sealed texts at hand."""
        from answerable.ledger.indexes.full_text import search

        return search(self, wanted)

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """Return registrations that may give a party this name, however it is written.

        None where no index of names can be kept: the file cannot be written.
        """
        from answerable.ledger.indexes.names import registered_as

        return registered_as(self, name, self.size_known_by(known_by))

    def namesakes(self, words: Collection[str], but: Collection[str]) -> list[RecordedEvent]:
        """Return registrations that may give a party a name which some words would tell."""
        from answerable.ledger.indexes.names import registered_by_words

        return registered_by_words(self, words, but)

    def cases_page(self, page: Page) -> list[CaseSummary]:
        """List cases by slug, a page of them."""
        from answerable.ledger.indexes.paging import cases_page

        return cases_page(self, page)

    def parties_page(self, page: Page) -> list[str]:
        """List the pseudonyms that registrations give, a page of them."""
        from answerable.ledger.indexes.paging import parties_page

        return parties_page(self, page)

    def keys_page(self, views: DocumentViews, view: str, page: Page) -> list[str] | None:
        """List the keys of a view, a page of them. None where views cannot be kept."""
        from answerable.ledger.indexes.documents import make_ready
        from answerable.ledger.indexes.paging import keys_page

        return keys_page(self, view, page) if make_ready(self, views) else None

    def rows_page(
        self, views: DocumentViews, rows: DocumentRows, page: Page
    ) -> list[tuple[str, str, bytes]] | None:
        """List rows of a view, a page of them. None where views cannot be kept."""
        from answerable.ledger.indexes.documents import make_ready
        from answerable.ledger.indexes.paging import rows_page

        return rows_page(self, rows, page) if make_ready(self, views) else None

    def case_events_page(self, case_id: str, page: Page) -> list[RecordedEvent]:
        """List events of a case, a page of them, by their numbers within it."""
        from answerable.ledger.indexes.paging import case_events_page

        return case_events_page(self, case_id, page)

    def events_at(self, positions: Iterable[int]) -> list[RecordedEvent]:
        """List the events at some positions, as far as there are any, in the order of the log."""
        from answerable.ledger.indexes.paging import events_at

        return events_at(self, positions)

    def found_page(
        self, query: Query, *, without: Collection[str], skip: int, limit: int
    ) -> FoundPage | None:
        """Search the sealed texts at hand, a page of them. None where no index can be kept."""
        from answerable.ledger.indexes.found_page import found_page

        return found_page(self, query, without, skip, limit)
