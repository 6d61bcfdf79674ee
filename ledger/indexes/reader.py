"""The whole reader of a ledger: what the store holds, and what its indexes find quickly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from answerable.domain.documents import DocumentViews
from answerable.domain.record import RecordedEvent
from answerable.ledger.store.reader import StoreReader

if TYPE_CHECKING:
    from answerable.domain.search.request import SearchRequest, SearchResult


class IndexedReader(StoreReader):
    """The record and its indexes, to be read. Implements `answerable.domain.record.Reader`."""

    def document(self, views: DocumentViews, view: str, key: str) -> Mapping[str, bytes] | None:
        """The document of one key in a view, in its parts by case, as of all that is recorded.

        None where views cannot be kept: the file cannot be written.
        """
        from answerable.ledger.indexes.documents import document, make_ready

        return document(self, view, key) if make_ready(self, views) else None

    def documents(self, views: DocumentViews, view: str) -> Iterator[tuple[str, str, bytes]] | None:
        """Every document of a view: key, case and part, by key. None as above."""
        from answerable.ledger.indexes.documents import make_ready

        if not make_ready(self, views):
            return None
        rows = self._scan(
            "SELECT key, case_id, body FROM documents WHERE view = ? ORDER BY key, case_id", (view,)
        )
        return ((key, case_id, body) for key, case_id, body in rows)

    def found(self, wanted: SearchRequest) -> SearchResult:
        """The sealed texts at hand that have what is searched for."""
        from answerable.ledger.indexes.full_text import search

        return search(self, wanted)

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """Registrations that may give a party this name, without regard to case: all that do.

        None where no index of names can be kept: the file cannot be written.
        """
        from answerable.ledger.indexes.names import registered_as

        return registered_as(self, name, self.limit(known_by))
