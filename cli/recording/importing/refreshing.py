"""Going through a source that was imported before: what it tells anew, otherwise, and no more."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import to_json

from answerable.cli.recording.importing.comparing import Change, change_of, standings_of
from answerable.domain.errors import InvalidEvent
from answerable.ledger.store.sqlite.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from answerable.cli.recording.importing.comparing import Standing
    from answerable.domain.event import Event
    from answerable.domain.record import RecordedEvent
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.batches import Batch

AT_ONCE = 500
"""Events that are looked at in one go."""

TELL = "INSERT INTO told VALUES (?, ?) ON CONFLICT DO UPDATE SET line = line RETURNING line"

MOST = 1_000
"""The most changes, and the most events that are gone, that are kept to be told."""


class Retracted(NamedTuple):
    """An event that was retracted here, and that the source still tells."""

    line: int
    event: RecordedEvent


class Refreshing:
    """A refreshed source: its events that are on record are compared, and the rest is recorded.

    Args:
        ledger: the record.
        source: the name of the source.
        drafts: where to write the corrections as lines of JSON, if anywhere.
        unit: what it is made of: lines, or rows.

    Attributes:
        known: how many events are on record as the source tells them.
        changed: those that it tells otherwise, the first of them.
        changed_count: how many these are.
        retracted: those that were retracted here, the first of them.
        retracted_count: how many these are.
        gone: events on record that it tells no more, the first of them.
        gone_count: how many these are.
        drafted: how many corrections were written.
    """

    def __init__(
        self,
        ledger: Ledger,
        source: str,
        drafts: BinaryIO | None = None,
        *,
        unit: str = "line",
    ) -> None:
        self._ledger = ledger
        self._source = source
        self._drafts = drafts
        self.unit = unit
        # Which events it tells is kept in a database without a name: on disk, where they are many.
        self._told = scratch("CREATE TABLE told (event_id TEXT PRIMARY KEY, line INTEGER) STRICT")
        self.known = 0
        self.changed: list[Change] = []
        self.changed_count = 0
        self.retracted: list[Retracted] = []
        self.retracted_count = 0
        self.gone: list[RecordedEvent] = []
        self.gone_count = 0
        self.drafted = 0

    def new(self, source: Iterator[Batch]) -> Iterator[Batch]:
        """Yield the batches without what is on record, which is compared on the way."""
        for batch in source:
            told = [*zip(batch.events, batch.numbers, strict=True)]
            there = self._on_record(batch, told)
            standings = standings_of(self._ledger, [recorded for _, _, recorded in there])
            for event, line, recorded in there:
                self._compare(event, line, recorded, standings[recorded.event_id])
            wrong = {error.line for error in batch.flaws}
            new = [
                (event, line)
                for event, line in told
                if event.event_id not in standings and line not in wrong
            ]
            batch.events = [event for event, _ in new]
            batch.numbers = [line for _, line in new]
            yield batch

    def _on_record(
        self, batch: Batch, told: Iterable[tuple[Event, int]]
    ) -> list[tuple[Event, int, RecordedEvent]]:
        """Return the events that are on record, each with its line and how it was recorded.

        What has no id is new: a sheet registers a party so that nobody has registered yet.
        """
        there = []
        for event, line in told:
            if event.event_id is None:
                continue
            earlier = self._told.execute(TELL, (event.event_id, line)).fetchone()[0]
            if earlier != line:
                batch.flaws.append(_flaw(self.unit, line, earlier))
                continue
            recorded = self._ledger.event(event.event_id)
            if recorded is not None:
                there.append((event, line, recorded))
        return there

    def find_gone(self) -> None:
        """Find what the source told before and tells no more. To be called at its end."""
        from answerable.ledger.transfer.resolving.source_keys import ids_of

        told_before = self._ledger.events_between(*ids_of(self._source))
        while some := [*islice(told_before, AT_ONCE)]:
            gone = [event for event in some if not self._tells(event.event_id)]
            standings = standings_of(self._ledger, gone)
            standing = [event for event in gone if standings[event.event_id].stands]
            self.gone_count += len(standing)
            self.gone += standing[: MOST - len(self.gone)]

    def _tells(self, event_id: str) -> bool:
        found = self._told.execute("SELECT 1 FROM told WHERE event_id = ?", (event_id,))
        return found.fetchone() is not None

    def _compare(
        self, event: Event, line: int, recorded: RecordedEvent, standing: Standing
    ) -> None:
        if not standing.stands:
            self.retracted_count += 1
            if len(self.retracted) < MOST:
                self.retracted.append(Retracted(line, recorded))
            return
        reason = f"The source {self._source} tells it so now."
        change = change_of(line, event, recorded, standing, reason)
        if change is None:
            self.known += 1
            return
        self.changed_count += 1
        if len(self.changed) < MOST:
            self.changed.append(change)
        if self._drafts is not None and change.correction is not None:
            self._drafts.write(to_json(change.correction) + b"\n")
            self.drafted += 1


@contextmanager
def drafts_file(place: Path | None) -> Iterator[BinaryIO | None]:
    """Give the file that corrections are drafted in, if any. It appears whole or not at all."""
    if place is None:
        yield None
        return
    from answerable.ledger.system.atomic_file import new_file

    with new_file(place, force=False, private=True) as file:
        yield file


def _flaw(unit: str, line: int, earlier: int) -> InvalidEvent:
    error = InvalidEvent(
        f"{unit} {earlier:,} has the same key.",
        field="key",
        hint=f"Give each {unit} a key of its own.",
    )
    error.line, error.place = line, f"{unit} {line:,}"
    return error
