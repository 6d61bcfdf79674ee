"""A reader of some entries at hand, in which nothing else is on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from answerable.domain.documents import DocumentViews
from answerable.domain.record import CaseRange, CaseSummary, RecordedEvent, TreeHead
from answerable.projections.facts.known_by.recorded import recorded_by


class AtHandReader:
    """Read the entries at hand, under the head of a log of which nothing else is told.

    Args:
        events: the entries, in the order of the log.
        head: the head of the log.
    """

    def __init__(self, events: Iterable[RecordedEvent], head: TreeHead) -> None:
        self._events = tuple(events)
        self._head = head

    def head(self) -> TreeHead:
        """Return the head of the log under which the entries are read."""
        return self._head

    def cases(self) -> Iterator[CaseSummary]:
        """Yield no case: how many events each has is not told."""
        return iter(())

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the entries in log order."""
        return (
            each
            for each in recorded_by(self._events, known_by)
            if case in (None, each.case_id) and (kinds is None or each.kind in kinds)
        )

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the entries, or those of a range of cases, by slug."""
        found = self.events(kinds=kinds, known_by=known_by)
        own = (each for each in found if among is None or each.case_id in among)
        return iter(sorted(own, key=lambda each: (each.case_id, each.version)))

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        """Find the cases of which an entry was recorded after a moment; None of more than most."""
        known = sum(1 for _ in recorded_by(self._events, moment))
        found = self._events[known:]
        return None if len(found) > most else {each.case_id for each in found}

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
