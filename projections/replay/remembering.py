"""A reader that is asked the same of one moment after another, and reads it once.

A replay judges a case as it was known after each of its steps. What the house's registers told by
then is the beginning of what they tell now: the log only grows, and its clock never runs backwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from answerable.domain.documents import DocumentViews
from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed, RecordedEvent
from answerable.projections.facts.known_by.passing import PassingReader
from answerable.projections.facts.known_by.recorded import recorded_by


class RememberingReader(PassingReader):
    """Read the record, and remember what was read for as long as one replay takes.

    What is remembered is whole registers, by their kinds, what amends their entries, single
    events, texts, which entries are as the tree was made of, and what views tell of the present.
    Anything else is asked anew.

    Args:
        reader: the record.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._registers: dict[frozenset[str], list[RecordedEvent]] = {}
        self._amended: dict[tuple[int, ...], list[RecordedEvent]] = {}
        self._events: dict[str, RecordedEvent | None] = {}
        self._opened: dict[int, Disclosed] = {}
        self._altered: dict[int, bool] = {}
        self._keys: dict[str, list[str] | None] = {}
        self._parts: dict[tuple[str, str, str], Mapping[bytes, int]] = {}

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield events in log order."""
        if case is not None or kinds is None:
            return self._reader.events(case=case, kinds=kinds, known_by=known_by)
        asked = frozenset(kinds)
        if asked not in self._registers:
            self._registers[asked] = list(self._reader.events(kinds=kinds))
        return recorded_by(self._registers[asked], known_by)

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some events with all that amends them."""
        asked = list(recorded_by(events, known_by))
        places = tuple(event.position for event in asked)
        if places not in self._amended:
            self._amended[places] = self._reader.amended(asked)
        return list(recorded_by(self._amended[places], known_by))

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, where there is one."""
        if event_id not in self._events:
            self._events[event_id] = self._reader.event(event_id)
        return self._events[event_id]

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions."""
        asked = list(positions)
        new = [each for each in asked if each not in self._opened]
        if new:
            self._opened.update(self._reader.opened(new))
        return {each: self._opened[each] for each in asked if each in self._opened}

    def document_keys(self, views: DocumentViews, view: str) -> list[str] | None:
        """List the keys of a view."""
        if view not in self._keys:
            self._keys[view] = self._reader.document_keys(views, view)
        return self._keys[view]

    def document_parts(
        self, views: DocumentViews, view: str, key: str, *, but: str
    ) -> Mapping[bytes, int]:
        """Count the parts of one document by what they say."""
        asked = (view, key, but)
        if asked not in self._parts:
            self._parts[asked] = self._reader.document_parts(views, view, key, but=but)
        return self._parts[asked]

    def altered(self, positions: Iterable[int] | None = None) -> Sequence[int]:
        """List those of some positions, or all, whose entries are not what the tree was made of."""
        if positions is None:
            return self._reader.altered()
        asked = sorted(positions)
        new = [each for each in asked if each not in self._altered]
        if new:
            found = frozenset(self._reader.altered(new))
            self._altered.update((each, each in found) for each in new)
        return [each for each in asked if self._altered[each]]
