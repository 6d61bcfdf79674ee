"""The material that a decision could have rested on, and the material recorded only later.

The record tells what was *on record*, and not what anybody *knew*. Three questions are kept apart:

- was it on record when the decision was *recorded*? The order of the log tells. What was recorded
  in one go with it bears the same time, and of such entries the order tells nothing;
- was it on record when the decision was *taken*? The time of its recording is held against the
  date of the decision;
- had it *happened* when the decision was taken? The two dates are held against each other.

The last two are `unknown` where the dates do not tell. The date of the decision is read as the
record has it now; all else as it stood just before the decision was recorded, and what was
recorded later as it stands now.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact, facts_affected_by, fold, initial
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.time import read, recorded
from answerable.projections.replay.decision_moment import Dated, DecisionMoment, Material
from answerable.projections.replay.material import (
    BEARING,
    EventThen,
    basis_and_authority,
    event_then,
    named_by,
)
from answerable.projections.replay.subsequent import (
    Erasures,
    OtherCases,
    Subsequent,
    what_became_of,
)

BEYOND = 2**63
"""A position that no entry has."""


class DecisionContext(NamedTuple):
    """The material that a decision could have rested on.

    Whatever could bear it lies in one of the lists from `named` to `indeterminate`, or is counted
    in `afterwards`.

    Attributes:
        taken: when it was taken (EDTF), as the record has it now; None where that is not told.
        recorded_at: when it was recorded.
        after_the_fact: whether nothing of its case was on record yet when it was taken.
        named: on record before it, and named by it as its basis, whether or not it still stood.
        behind: on record before it, and named in turn by what it names.
        not_named: on record before it and standing, but neither; it had or may have happened.
        together: recorded in one go with it, below it; it had or may have happened.
        hindsight: recorded later, though it had happened before.
        indeterminate: recorded later; whether it had happened before is not told.
        afterwards: how much else could bear it, but happened after it, or follows from it.
        named_later: what only a later correction names as its basis, by event id.
        absent: what it names as its basis, and no event on record is, by id.
        since: what became of it, and of what it rests on, after it was recorded.
        zone: where the days of its case are days.
    """

    taken: str | None
    recorded_at: str
    after_the_fact: bool
    named: tuple[Material, ...]
    behind: tuple[Material, ...]
    not_named: tuple[Material, ...]
    together: tuple[Material, ...]
    hindsight: tuple[Material, ...]
    indeterminate: tuple[Material, ...]
    afterwards: int
    named_later: tuple[str, ...]
    absent: tuple[str, ...]
    since: tuple[Subsequent, ...]
    zone: Zone = UNTOLD

    @property
    def at_once(self) -> int:
        """Count the material on record before the decision, but recorded in one go with it."""
        grounds = (*self.named, *self.behind)
        # The clock of the log never runs backwards: what was recorded with it comes last.
        earlier = bisect_left(self.not_named, self.recorded_at, key=_recorded_at)
        beside = len(self.not_named) - earlier + len(self.together)
        return beside + sum(each.stood.recorded_at == self.recorded_at for each in grounds)

    @property
    def on_record_late(self) -> tuple[Material, ...]:
        """List the material on record when the decision was recorded, but not when it was taken.

        What was recorded in one go with it is left out: the order of such entries tells nothing.
        """
        late = bisect_left(self.not_named, True, key=lambda each: each.on_record == "no")
        return tuple(
            [
                each
                for each in (*self.named, *self.behind, *self.not_named[late:])
                if each.on_record == "no" and each.stood.recorded_at != self.recorded_at
            ]
        )

    @property
    def dated_later(self) -> tuple[Material, ...]:
        """List the material that the decision names as its basis, and is dated later than it."""
        return tuple(each for each in self.named if each.happened == "no")


class DecisionContexts:
    """The material each decision of a case could have rested on, as the case goes on."""

    def __init__(self, record: RecordView, case_id: str, events: Sequence[RecordedEvent]) -> None:
        """Begin before the first event of a case.

        Args:
            record: the record, for what lies in other cases and for what was erased.
            case_id: the case.
            events: all that is known of the case, in the order of recording.
        """
        self._others = OtherCases(record)
        self._zone_of = record.zone_of
        self._erasures = Erasures(record)
        self._erasures.read(event.position for event in events)
        self._positions = [event.position for event in events]
        self._recorded = [recorded(event.recorded_at) for event in events]
        zone = record.zone_of(case_id)
        self._so_far = record.look_at(initial(case_id, zone))
        self._now = record.look_at(fold(case_id, events, zone))
        self._follows = named_by(self._now.case)
        self._bearing: dict[str, Dated] = {}
        self._last = -1
        self._late = [
            Dated.of(event_then(self._now, fact)) for fact in self._now.standing(*BEARING)
        ]

    def take_in(self, view: CaseView, event: RecordedEvent) -> None:
        """Go on by one event.

        Args:
            view: the case, with this event.
            event: the event.
        """
        self._take_in(view, facts_affected_by(view.case, event))

    def take_in_all(self, view: CaseView) -> None:
        """Go on to the point of the record where a view has the case."""
        self._take_in(view, view.facts.values())

    def of(self, event: RecordedEvent) -> DecisionContext:
        """Gather what the next event of the case could have rested on, before that is taken in."""
        now = self._now.facts[event.event_id]
        at_first = dict.fromkeys(basis_and_authority(Fact(event, event.fields)))
        reached, absent = self._reached(event, at_first)
        moment = self._moment(event, now.fields.get("occurred"))
        bearing = self._bearing.copy()
        for event_id in reached:
            bearing.pop(event_id, None)
        outside = [*bearing.values()]
        not_named = tuple(moment.may_have_come_first(outside))
        later = self._later(moment)
        return DecisionContext(
            taken=moment.taken,
            recorded_at=event.recorded_at,
            after_the_fact=dates.precedes(self._recorded[0], moment.span) == "no",
            named=tuple(moment.material(reached[each]) for each in at_first if each in reached),
            behind=tuple(
                moment.material(each)
                for event_id, each in reached.items()
                if event_id not in at_first
            ),
            not_named=not_named,
            together=later.together,
            hindsight=later.hindsight,
            indeterminate=later.indeterminate,
            afterwards=len(outside) - len(not_named) + later.afterwards,
            named_later=tuple(each for each in basis_and_authority(now) if each not in at_first),
            absent=absent,
            since=tuple(self._since(event, now, reached.values())),
            zone=self._now.zone,
        )

    def _take_in(self, view: CaseView, changed: Iterable[Fact]) -> None:
        self._so_far = view
        for fact in changed:
            if fact.kind not in BEARING:
                continue
            if not fact.stands or view.when(fact) == "no":
                self._bearing.pop(fact.event_id, None)
                continue
            new = fact.event_id not in self._bearing
            self._bearing[fact.event_id] = Dated.of(event_then(view, fact))
            if new and fact.event.position < self._last:  # a correction brought it into the time
                self._bearing = dict(sorted(self._bearing.items(), key=_position))
            self._last = max(self._last, fact.event.position)

    def _moment(self, event: RecordedEvent, taken: str | None) -> DecisionMoment:
        """Return a decision, and from which positions on its case was recorded after it."""
        span = read(taken, self._now.zone)

        def by(at: dates.Span) -> When:
            return dates.precedes(at, span)

        first_not = bisect_left(self._recorded, True, key=lambda at: by(at) != "yes")
        first_after = bisect_left(self._recorded, True, key=lambda at: by(at) == "no")
        return DecisionMoment(
            event,
            taken,
            self._place(first_not),
            self._place(first_after),
            self._zone_of,
        )

    def _place(self, index: int) -> int:
        return self._positions[index] if index < len(self._positions) else BEYOND

    def _reached(
        self, event: RecordedEvent, at_first: dict[str, None]
    ) -> tuple[dict[str, EventThen], tuple[str, ...]]:
        """Find what an event names as its basis, and what that names in turn, as it stood then.

        What was retracted carries nothing. Named ids that are not on record come second.
        """
        found: dict[str, EventThen] = {}
        absent: list[str] = []
        waiting = list(reversed(at_first))
        while waiting:
            event_id = waiting.pop()
            if event_id in found:
                continue
            placed = self._then(event_id, event.position)
            if placed is None:
                if event_id in at_first:
                    absent.append(event_id)
                continue
            view, fact = placed
            if view.when(fact) == "no":
                continue
            dated = self._bearing.get(event_id)
            found[event_id] = event_then(view, fact) if dated is None else dated.stood
            if fact.stands:
                waiting.extend(reversed(basis_and_authority(fact)))
        return found, tuple(absent)

    def _then(self, event_id: str, position: int) -> FactInCase | None:
        fact = self._so_far.facts.get(event_id)
        if fact is not None:
            return FactInCase(self._so_far, fact)
        return self._others.then(event_id, position)

    def _later(self, moment: DecisionMoment) -> _Later:
        """Find the material of a decision that was recorded in one go with it or later."""
        event = moment.event
        beginning = bisect_right(self._late, event.position, key=lambda each: each.stood.position)
        coming = self._late[beginning:]
        following = self._following(event.event_id)
        listed = moment.may_have_come_first(coming)
        if following:
            listed = [each for each in listed if each.stood.event_id not in following]
        # The clock of the log never runs backwards: what was recorded in one go comes first.
        at_once = bisect_right(listed, event.recorded_at, key=_recorded_at)
        later = listed[at_once:]
        return _Later(
            together=tuple(listed[:at_once]),
            hindsight=tuple([each for each in later if each.happened == "yes"]),
            indeterminate=tuple([each for each in later if each.happened == "unknown"]),
            afterwards=len(coming) - len(listed),
        )

    def _following(self, event_id: str) -> set[str]:
        """Find the events that rest on a decision in the end, and so cannot have come before it."""
        found: set[str] = set()
        waiting = [event_id]
        while waiting:
            for each in self._follows.get(waiting.pop(), ()):
                if each not in found:
                    found.add(each)
                    waiting.append(each)
        return found

    def _since(
        self, event: RecordedEvent, now: Fact, reached: Iterable[EventThen]
    ) -> Iterator[Subsequent]:
        own = Fact(event, event.fields)
        for then in (event_then(self._so_far, own), *reached):
            view = self._now
            if then.case_id != view.case_id:
                view = self._others.now(then.case_id)
            fact = now if then.event_id == event.event_id else view.facts[then.event_id]
            yield from what_became_of(then, view, fact)
            erased = self._erasures.since(then, event.position)
            if erased is not None:
                yield erased


class _Later(NamedTuple):
    together: tuple[Material, ...]
    hindsight: tuple[Material, ...]
    indeterminate: tuple[Material, ...]
    afterwards: int


def _recorded_at(material: Material) -> str:
    return material.stood.recorded_at


def _position(item: tuple[str, Dated]) -> int:
    return item[1].stood.position
