"""A reader that withholds sealed texts, so that nothing that is made of the record tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from answerable.domain.kinds import AMENDING
from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed, RecordedEvent
from answerable.domain.search.request import SearchRequest, SearchResult
from answerable.projections.facts.known_by.passing import PassingReader

Allows = Callable[[RecordedEvent, str, Any], bool]
"""Tells whether a text may be shown: by the event that it is of, its field, and what it says."""

CORRECTED = "sealed_fields"
"""The sealed field of a correction that holds the texts of others."""


class GatedReader(PassingReader):
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
        super().__init__(reader)
        self._allows = allows
        self._events: dict[int, RecordedEvent] = {}
        self.withheld: set[tuple[int, str]] = set()

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
        self.withheld.update((position, name) for name in gone)
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

    def _passed(
        self, events: Iterable[RecordedEvent], known_by: datetime | None
    ) -> Iterator[RecordedEvent]:
        for event in events:
            self._events[event.position] = event
            yield event

    def found(self, wanted: SearchRequest) -> SearchResult:
        """Find no text: what is searched for would tell what is withheld."""
        return self._reader.found(wanted)._replace(hits=iter(()), total=0)
