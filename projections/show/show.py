"""One event whole: as first recorded, as it reads now, and what was recorded of it later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import model
from answerable.domain.reader import Reader
from answerable.domain.record import Disclosed, RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.errors import NotFound
from answerable.projections.facts.bounds.bound import Bound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.disclosed import DisclosedTexts, disclose
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.names import NameOf
from answerable.projections.facts.record_view import RecordView

Bearing = Literal["corrected by", "retracted by", "disputed by", "followed by"]
"""The bearing of a later event on an earlier one."""


class LaterEvent(NamedTuple):
    """A later event that bears on the one shown.

    Attributes:
        bearing: how it bears on the event.
        fact: the later event.
        as_of: whether it had happened by the moment asked about.
    """

    bearing: Bearing
    fact: Fact
    as_of: When


class ShownEvent(NamedTuple):
    """An event with all that the record says of it.

    Attributes:
        view: its case, as known and as of the moments asked about.
        fact: the event as it stood then.
        first: what was sealed in it, as first recorded.
        now: the same as it read then.
    """

    view: CaseView
    fact: Fact
    first: Disclosed
    now: DisclosedTexts

    @property
    def happened(self) -> When:
        """Tell whether the event had happened by the moment asked about."""
        return self.view.when(self.fact)

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """Return what bounds its date beside itself."""
        return self.view.bounds.told(self.fact)

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the parties that the event's public fields name, by pseudonym."""
        values = (self.fact.fields.get(name, ()) for name in model(self.fact.kind).parties)
        return tuple(
            party for value in values for party in ([value] if isinstance(value, str) else value)
        )

    @property
    def later(self) -> Iterator[LaterEvent]:
        """Yield what was recorded later, and had or may have happened by the moment asked about.

        A correction or a retraction says how the record reads, whatever the moment asked about.
        """
        bearings: tuple[tuple[Bearing, tuple[str | None, ...]], ...] = (
            ("corrected by", self.fact.corrections),
            ("retracted by", (self.fact.retracted_by,)),
            ("disputed by", self.fact.disputes),
            ("followed by", self.fact.upon),
        )
        for bearing, event_ids in bearings:
            for event_id in filter(None, event_ids):
                later = self.view.facts[event_id]
                reads = bearing in ("corrected by", "retracted by")
                when: When = "yes" if reads else self.view.when(later)
                if when != "no":
                    yield LaterEvent(bearing, later, when)

    def absence(self, name: str) -> Literal["erased", "withheld", "not told"]:
        """Say why a sealed field cannot be read: it was erased, is withheld, or never was told."""
        if name in self.first.erased:
            return "erased"
        withheld = self.first.missing or name in self.first.withheld
        return "withheld" if withheld else "not told"


def show(
    reader: Reader,
    event: RecordedEvent,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    name_of: NameOf = str,
) -> ShownEvent:
    """Show an event as it stood at the two times asked about.

    Args:
        reader: the record.
        event: which.
        as_of: tells whether it had happened by then.
        known_by: reads the record as it was known by then.
        name_of: what to call a party.

    Raises:
        NotFound: it was recorded only later than `known_by`.
    """
    view = RecordView(reader, as_of, known_by, name_of=name_of).case(event.case_id)
    fact = view.facts.get(event.event_id)
    if fact is None:
        raise NotFound(
            f"the event {event.event_id} was not on record by then: it was recorded at "
            f"{event.recorded_at}.",
            hint="Ask as known by a later moment, or by none.",
            cli_hint="Give a later --known-by, or leave it out.",
        )
    position = fact.event.position
    texts = disclose(reader, view.case, [fact])[fact.event_id]
    return ShownEvent(view, fact, reader.opened([position])[position], texts)
