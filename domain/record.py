"""An event as the ledger keeps it, and the reader through which every projection sees the record.

The record has two layers. The *structure* is what the chain contains: kinds, dates, pseudonyms,
references. What is *sealed* (names, titles, narratives) is opened apart, by position, so that a
fold pays for no seal that it does not need, and reads the same whether or not the text is still
there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from answerable.domain.documents import DocumentViews

if TYPE_CHECKING:
    from answerable.domain.search.request import (
        SearchRequest,
        SearchResult,
    )


SEALED_BESIDE = frozenset(("recorded_by", "signature"))
"""What the ledger seals beside what an event tells: on every event, and no part of its story."""


class RecordedEvent(NamedTuple):
    """One entry of the log.

    `fields` is the entry as it was hashed, decoded: `event_id`, `case_id`, `version` (the event's
    number within its case, from 1), `kind`, `standing`, `recorded_at` (UTC, RFC 3339), and the
    kind's own public fields. What the source did not tell is absent.
    """

    position: int
    kind: str
    fields: Mapping[str, Any]

    @property
    def event_id(self) -> str:
        """The event's UUID."""
        value: str = self.fields["event_id"]
        return value

    @property
    def case_id(self) -> str:
        """The case it belongs to."""
        value: str = self.fields["case_id"]
        return value

    @property
    def version(self) -> int:
        """Its number within the case, from 1."""
        value: int = self.fields["version"]
        return value

    @property
    def occurred(self) -> str | None:
        """When it happened (EDTF), where that is known."""
        return self.fields.get("occurred")

    @property
    def recorded_at(self) -> str:
        """When it was recorded: UTC, RFC 3339, microseconds."""
        value: str = self.fields["recorded_at"]
        return value


class Disclosed(NamedTuple):
    """What is sealed in one entry, as far as this reader may see it.

    `fields` holds what is open. `missing` counts the commitments in the entry whose text is not at
    hand; `erased` names the fields whose text was destroyed.
    """

    fields: Mapping[str, Any]
    erased: tuple[str, ...] = ()
    missing: int = 0


class TreeHead(NamedTuple):
    """The state of the whole log: how many entries, and the root of the tree over them."""

    size: int
    root: bytes


class CaseSummary(NamedTuple):
    """A case as the store sees it: how many events, at which positions the first and last are."""

    case_id: str
    events: int
    first: int
    last: int


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
    """How projections read the record. Nothing in it can write."""

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
        found are the same. `answerable.domain.search.query.meets` defines which.
        """
        ...

    def registered_as(
        self, name: str, *, known_by: datetime | None = None
    ) -> list[RecordedEvent] | None:
        """Registrations that may give a party this name, without regard to case: all that do.

        None where no index of names can be kept: the file cannot be written.
        """
        ...
