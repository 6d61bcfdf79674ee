"""Tell what an event of a case may move: which kinds of facts it makes, or makes read otherwise.

Most events add a fact, and leave every other as it was. Where more may follow - the date of another
is bounded by it, an act is undone, the case is closed - everything may have moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.kinds import AMENDING, FAMILY
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.withdrawals import WITHDRAWING
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact, day_told, facts_affected_by
from answerable.projections.facts.time import whole_day
from answerable.projections.replay.moving.sight import Sight

BROAD = frozenset(("case", "appeal", "house", "outside", "record"))
"""The families of events that bear upon facts of any kind, or tell of more than the case."""

NARROW = frozenset(("party-registered",))
"""The kinds of these families that do not."""

SETTLING = frozenset(("conflict-declared", "conflict-waived", "recused", *WITHDRAWING, *AMENDING))
"""The other kinds that do."""

EVENT_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Moved(NamedTuple):
    """Tell what may have moved since the step before.

    Attributes:
        kinds: the kinds of facts that are new or read otherwise; None: everything may have moved.
        clock: whether time went on by which deadlines are judged.
        outside: whether anything outside of the case came on record.
        abroad: whether the case names an event that is not in it.
    """

    kinds: frozenset[str] | None
    clock: bool
    outside: bool
    abroad: bool

    def reaches(self, sight: Sight, *, waiting: bool) -> bool:
        """Tell whether the verdict of a rule may have moved.

        Args:
            sight: what the rule sees.
            waiting: whether its verdict was open, so that time alone may settle it.
        """
        if self.kinds is None or sight.kinds is None or not sight.kinds.isdisjoint(self.kinds):
            return True
        if self.outside and (sight.outside or self.abroad):
            return True
        return sight.timed and self.clock and waiting


EVERYTHING = Moved(None, clock=True, outside=True, abroad=True)


class Moving:
    """Tell of the events of a case, one after the other, what each may have moved."""

    def __init__(self, reader: Reader, events: Sequence[RecordedEvent], *, timeless: bool) -> None:
        """Begin before the first event of a case.

        Args:
            reader: the record.
            events: all that is known of the case, in the order of recording.
            timeless: whether deadlines are judged by a moment that was asked about.
        """
        positions = [event.position for event in events]
        self._altered = frozenset(reader.altered(positions))
        self._outside = _with_others(events)
        self._timeless = timeless
        self._seen = 0
        self._at = ""
        self._absent: set[str] = set()

    def after(self, view: CaseView, event: RecordedEvent) -> Moved:
        """Tell what an event may have moved.

        Args:
            view: the case, with the event. Others may have come since this was last asked.
            event: the event.
        """
        one_more = len(view.facts) == self._seen + 1 and self._seen > 0
        clock = event.recorded_at != self._at
        self._seen, self._at = len(view.facts), event.recorded_at
        known = event.event_id in self._absent
        self._absent -= view.facts.keys()
        self._absent.update(each for each in _events_in(event.fields) if each not in view.facts)
        fact = view.facts[event.event_id]
        if not one_more or known or event.position in self._altered or _reaches_far(view, fact):
            return EVERYTHING
        return Moved(
            frozenset([each.event.kind for each in facts_affected_by(view.case, event)]),
            clock and not self._timeless,
            clock and event.recorded_at in self._outside,
            bool(self._absent),
        )


def _reaches_far(view: CaseView, fact: Fact) -> bool:
    """Tell whether a new fact may bear upon facts of kinds that it has no link to."""
    kind = fact.event.kind
    if kind in SETTLING or (FAMILY[kind] in BROAD and kind not in NARROW):
        return True
    return not _bounds_nothing(view, fact)


def _bounds_nothing(view: CaseView, fact: Fact) -> bool:
    """Tell whether a new fact leaves the bounds of all others as they were, and their order.

    It does where it rests on nothing, or has its day, as all that it rests on, none of which is a
    later one: a day that is told exactly is not narrowed, and whatever lies below is bounded by
    that. Of a time of day the order of others within days may hang.
    """
    if "T" in (fact.fields.get("occurred") or ""):
        return False
    under = [view.facts[each] for each in direct_basis(fact) if each in view.facts]
    if not under:
        return True
    day = day_told(fact)
    told = (fact.fields.get(field) for field in CATALOGUE[fact.event.kind].announced_in)
    later = [day, *(whole_day(each) for each in told if each)]
    earlier = [*map(day_told, under)]
    if day is None or None in later or None in earlier:
        return False
    return all(each <= day for each in filter(None, earlier)) and min(filter(None, later)) == day


def _events_in(told: Any) -> Iterator[str]:
    """Yield the ids of the events that fields name."""
    if isinstance(told, str):
        if EVENT_ID.fullmatch(told):
            yield told
    elif isinstance(told, Mapping):
        for each in told.values():
            yield from _events_in(each)
    elif isinstance(told, Iterable):
        for each in told:
            yield from _events_in(each)


def _with_others(events: Sequence[RecordedEvent]) -> frozenset[str]:
    """Find the times of recording by which more may have come on record than was of the case.

    The log only grows, and its clock never runs backwards: what came between two events of the case
    lies next to one of them. So it may be missed of none, and is told of some that had it before.
    """
    own = {event.position for event in events}
    return frozenset(
        event.recorded_at
        for event in events
        if not own.issuperset((max(event.position - 1, 0), event.position + 1))
    )
