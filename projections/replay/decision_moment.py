"""An event held against the time at which a decision of its case was taken, or another's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import chain
from operator import getitem
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


class Materials(dict[When, Material | None]):
    """An event as material, by whether it had happened; each is made once.

    What had not happened is none.

    Args:
        stood: the event as it stood.
        on_record: whether it was on record.
    """

    def __init__(self, stood: EventThen, on_record: When) -> None:
        super().__init__()
        self["no"] = None
        self._stood, self._on_record = stood, on_record

    def __missing__(self, happened: When) -> Material:
        """Make it as it is first asked for."""
        made = self[happened] = Material(self._stood, happened, self._on_record)
        return made


class Dated(NamedTuple):
    """Hold an event as it stood, and from when it happened.

    Attributes:
        began: from when it happened (EDTF); None where that is not told.
        settled: the event as material, where it was on record when a decision was taken.
        unsettled: the same, where it is not told whether it was.
        after: the same, where it was not.
    """

    stood: EventThen
    began: str | None
    settled: Materials
    unsettled: Materials
    after: Materials

    @classmethod
    def of(cls, stood: EventThen) -> Dated:
        """Date an event."""
        began = beginning(stood.kind, stood.occurred)
        on_record: tuple[When, ...] = ("yes", "unknown", "no")
        return cls(stood, began, *(Materials(stood, each) for each in on_record))


class Happenings(dict[str | None, When]):
    """Tell of the dates of a case whether what is of them had happened when a decision was taken.

    A case has fewer dates than events, and each is held against the decision's once.

    Args:
        zone: where the days of the case are days.
        taken: when the decision was taken.
    """

    def __init__(self, zone: Zone, taken: dates.Span | None) -> None:
        super().__init__()
        self._zone, self._taken = zone, taken

    def __missing__(self, day: str | None) -> When:
        """Hold a date against the decision's, as it is first asked for."""
        found = self[day] = dates.precedes(read(day, self._zone), self._taken)
        return found


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
        self._happened: dict[str, Happenings] = {}

    def material(self, stood: EventThen) -> Material:
        """Return an event as material that could bear the decision."""
        on_record: When
        if stood.case_id != self.case_id:
            on_record = recorded_by(stood.recorded_at, self.span)
        elif stood.position < self.settled:
            on_record = "yes"
        else:
            on_record = "unknown" if stood.position < self.after else "no"
        happened = self._happenings(stood.case_id)[beginning(stood.kind, stood.occurred)]
        return Material(stood, happened, on_record)

    def may_have_come_first(self, among: Sequence[Dated]) -> list[Material]:
        """Return as material those of some events of its case that had happened, or may have.

        Args:
            among: the events, in the order of recording.
        """
        if not among:
            return []
        first, last = (
            bisect_left(among, place, key=_position) for place in (self.settled, self.after)
        )
        # They are many, once for each decision of a large case, so each is looked at in no code.
        _, began, settled, unsettled, after = zip(*among, strict=True)
        happened = map(self._happenings(self.case_id).__getitem__, began)
        materials = chain(settled[:first], unsettled[first:last], after[last:])
        return list(filter(None, map(getitem, materials, happened)))

    def _happenings(self, case_id: str) -> Happenings:
        """Tell what of a case had happened when the decision was taken, by its date."""
        found = self._happened.get(case_id)
        if found is None:
            found = self._happened[case_id] = Happenings(self._zone_of(case_id), self.span)
        return found


def _position(dated: Dated) -> int:
    return dated.stood.position


def recorded_by(recorded_at: str, taken: dates.Span | None) -> When:
    """Tell whether an entry was on record when something happened."""
    return dates.precedes(recorded(recorded_at), taken)
