"""A reader of what is given away and of nothing else: some entries, and some texts of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed, RecordedEvent, TreeHead
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.projections.facts.known_by.at_hand import AtHandReader
from answerable.projections.facts.known_by.passing import PassingReader


class GivenReader(AtHandReader, PassingReader):
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
        in_order = sorted(events, key=lambda event: event.position)
        AtHandReader.__init__(self, in_order, given_head)
        PassingReader.__init__(self, reader)
        self._given = given

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        return (event for event in events if event.position in self._given)

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions and given, and which is not."""
        found = self._reader.opened([each for each in positions if each in self._given])
        return {position: self._narrowed(position, told) for position, told in found.items()}

    def _narrowed(self, position: int, told: Disclosed) -> Disclosed:
        given = self._given[position]
        kept = {name: value for name, value in told.fields.items() if name in given}
        gone = (name for name in told.fields if name not in given)
        return told._replace(fields=kept, withheld=(*told.withheld, *gone))

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find no text: what is searched for would tell what is not given."""
        return self._reader.found(wanted)._replace(hits=iter(()), total=0)
