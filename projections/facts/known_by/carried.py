"""A reader of entries at hand and of nothing else: those that a bundle or a page carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from answerable.domain.kinds import TARGETS
from answerable.domain.record import Disclosed, RecordedEvent, TreeHead
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.known_by.at_hand import AtHandReader

REGISTRATION = "party-registered"

AMENDED = {
    kind: field
    for kind, field in TARGETS.items()
    if field == "target" or kind in ("role-ended", "authority-revoked")
}
"""The field of each amending kind that tells which event it amends."""


class CarriedReader(AtHandReader):
    """A reader of the record in which nothing is on record but some entries at hand.

    Args:
        events: the entries, in the order of the log.
        texts: what is sealed in each, by position.
        head: the head of the log under which they are read.
        zone: where the days of a case are days that tells no zone.
    """

    def __init__(
        self,
        events: Iterable[RecordedEvent],
        texts: Mapping[int, Disclosed],
        head: TreeHead,
        zone: Zone,
    ) -> None:
        super().__init__(events, head)
        self.zone = zone
        self._by_id = {each.event_id: each for each in self._events}
        self._texts = texts

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the entry with this id, where it is at hand."""
        return self._by_id.get(event_id)

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions, as far as it is at hand."""
        return {each: self._texts[each] for each in positions if each in self._texts}

    def altered(self, positions: Iterable[int] | None = None) -> Sequence[int]:
        """List no entry: whoever reads them verified them first."""
        return ()

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the registrations that ever named some parties, recorded or corrected."""
        known, wanted = list(self.events(known_by=known_by)), set(parties)
        corrected = {
            each.fields["target"]
            for each in known
            if each.kind == "correction" and each.fields.get("fields", {}).get("party") in wanted
        }
        for each in known:
            named = each.fields.get("party") in wanted or each.event_id in corrected
            if each.kind == REGISTRATION and named:
                yield each

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some entries with all at hand that amends them."""
        known = list(self.events(known_by=known_by))
        wanted = {each.event_id for each in events}
        for each in known:
            field = AMENDED.get(each.kind)
            if field is not None and each.fields.get(field) in wanted:
                wanted.add(each.event_id)
        return [each for each in known if each.event_id in wanted]

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find no text: nothing is searched for in what is carried."""
        return SearchResult(0, iter(()), 0, 0, ranked=False)

    def registered_as(self, name: str, *, known_by: datetime | None = None) -> None:
        """List no registration: there is no index of names."""

    def namesakes(self, words: Collection[str], but: Collection[str]) -> list[RecordedEvent]:
        """List the registrations at hand of other parties: there is no index to choose by."""
        return [
            each for each in self.events(kinds={REGISTRATION}) if each.fields["party"] not in but
        ]
