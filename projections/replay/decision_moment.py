"""An event held against the time at which a decision of its case was taken, or another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.zone import Zone
from answerable.projections.facts.time import beginning, read, recorded
from answerable.projections.replay.material import EventThen


class Material(NamedTuple):
    """Hold something that could bear a decision.

    Attributes:
        stood: how it stood when the decision was recorded; what came later, how it stands now.
        happened: whether it had happened when the decision was taken.
        on_record: whether it was on record when the decision was taken.
    """

    stood: EventThen
    happened: When
    on_record: When


class Dated(NamedTuple):
    """Hold an event as it stood, and from when it happened, in whose case's days.

    Attributes:
        materials: the event as material, by whether it had happened and was on record.
    """

    stood: EventThen
    began: tuple[str, str | None]
    materials: dict[When, dict[When, Material]]

    @classmethod
    def of(cls, stood: EventThen) -> Dated:
        """Date an event."""
        began = (stood.case_id, beginning(stood.kind, stood.occurred))
        return cls(stood, began, {"yes": {}, "unknown": {}, "no": {}})


class DecisionMoment:
    """Hold a decision, and tell which entries of its case were on record when it was taken.

    Below the position `settled` they were; from `after` on they were not; in between it is not
    told.
    """

    __slots__ = (
        "_happened",
        "_zone_of",
        "after",
        "case_id",
        "event",
        "settled",
        "span",
        "taken",
    )

    def __init__(
        self,
        event: RecordedEvent,
        taken: str | None,
        settled: int,
        after: int,
        zone_of: Callable[[str], Zone],
    ) -> None:
        self.event, self.case_id, self.taken = event, event.case_id, taken
        self.settled, self.after = settled, after
        self.span, self._zone_of = read(taken, zone_of(event.case_id)), zone_of
        # A case has fewer dates than events, and each is held against the decision's once.
        self._happened: dict[tuple[str, str | None], When] = {}

    def material(self, stood: EventThen) -> Material:
        """Return an event as material that could bear the decision."""
        on_record: When
        if stood.case_id != self.case_id:
            on_record = recorded_by(stood.recorded_at, self.span)
        elif stood.position < self.settled:
            on_record = "yes"
        else:
            on_record = "unknown" if stood.position < self.after else "no"
        return Material(stood, self._when(Dated.of(stood).began), on_record)

    def may_have_come_first(self, among: Iterable[Dated]) -> list[Material]:
        """Return as material those of some events of its case that had happened, or may have."""
        happenings, settled, after = self._happened, self.settled, self.after
        found: list[Material] = []
        on_record: When
        for stood, began, materials in among:  # many, once for each decision of a large case
            happened = happenings.get(began) or self._when(began)
            if happened == "no":
                continue
            at = stood.position
            on_record = "yes" if at < settled else "unknown" if at < after else "no"
            made = materials[happened].get(on_record)
            if made is None:
                made = materials[happened][on_record] = Material(stood, happened, on_record)
            found.append(made)
        return found

    def _when(self, began: tuple[str, str | None]) -> When:
        """Tell whether what happened then had happened when the decision was taken."""
        found = self._happened.get(began)
        if found is None:
            case_id, day = began
            came = read(day, self._zone_of(case_id))
            found = self._happened[began] = dates.precedes(came, self.span)
        return found


def recorded_by(recorded_at: str, taken: dates.Span | None) -> When:
    """Tell whether an entry was on record when something happened."""
    return dates.precedes(recorded(recorded_at), taken)
