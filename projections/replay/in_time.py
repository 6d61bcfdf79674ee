"""What could bear the decisions of a case, in the order of recording, as far as time settles it.

A large case is held against each of its decisions. Most of what is on record by then had surely
happened, and most of what is recorded later surely had not: up to which place, and from which place
on, is kept beside, so that only what lies between is looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from answerable.domain.zone.zone import Zone
from answerable.projections.facts.time import read
from answerable.projections.replay.decision_moment import Columns, Dated, DecisionMoment, Material

APART = timedelta(days=3)
"""How far apart moments are that lie on different days, in whatever zones they are told."""

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class SoFar:
    """What is on record so far and could bear a decision, in the order of recording."""

    def __init__(self, zone: Zone) -> None:
        """Begin with nothing.

        Args:
            zone: where the days of the case are days.
        """
        self._zone = zone
        self._dated: dict[str, Dated] = {}
        self._last = -1
        self._places: dict[str, int] = {}
        self._listed = Columns.of(())
        self._sure: list[Material] = []
        self._latest: list[datetime] = []

    def get(self, event_id: str) -> Dated | None:
        """Return the event with this id; None where it bears nothing."""
        return self._dated.get(event_id)

    def put(self, dated: Dated) -> None:
        """Take in an event, or how it stands from now on."""
        event_id, place = dated.stood.event_id, dated.stood.position
        known = self._dated.get(event_id)
        self._dated[event_id] = dated
        if known is not None and known.began == dated.began and event_id in self._places:
            at = self._places[event_id]
            self._listed.replace(at, dated)
            self._sure[at] = _surely(dated)
        elif known is None and place > self._last and len(self._sure) == len(self._dated) - 1:
            self._append(dated)
        else:
            self._forget_order()
        self._last = max(self._last, place)

    def drop(self, event_id: str) -> None:
        """Leave out an event, if it is here."""
        if self._dated.pop(event_id, None) is not None:
            self._forget_order()

    def before(
        self, moment: DecisionMoment, but: Collection[str]
    ) -> tuple[tuple[Material, ...], int]:
        """Return what had happened, or may have, when a decision was taken.

        Args:
            moment: the decision.
            but: the events that are left out, by id.

        Returns:
            The material, in the order of recording, and how many events had not happened.
        """
        self._put_in_order()
        span = moment.span
        bound = FIRST if span is None or span.earliest is None else _moved(span.earliest, -APART)
        end = min(
            self._listed.first_from(moment.settled),
            bisect_right(self._latest, bound) if bound > FIRST else 0,
        )
        left_out = {self._places[each] for each in but if each in self._places}
        sure = self._sure[:end]
        for place in sorted((each for each in left_out if each < end), reverse=True):
            del sure[place]
        others = self._listed.part(end, but=[each for each in left_out if each >= end])
        found = (*sure, *moment.may_have_come_first(others))
        return found, len(self._sure) - len(left_out) - len(found)

    def _append(self, dated: Dated) -> None:
        self._places[dated.stood.event_id] = len(self._sure)
        self._listed.append(dated)
        self._sure.append(_surely(dated))
        span = read(dated.began, self._zone)
        latest = LAST if span is None or span.latest is None else span.latest
        self._latest.append(max(latest, self._latest[-1]) if self._latest else latest)

    def _forget_order(self) -> None:
        self._places, self._sure, self._latest = {}, [], []
        self._listed = Columns.of(())

    def _put_in_order(self) -> None:
        if len(self._sure) < len(self._dated):
            self._forget_order()
            for dated in sorted(self._dated.values(), key=_position):
                self._append(dated)


class ToCome:
    """What could bear a decision of a case, as it stands now, in the order of recording."""

    def __init__(self, zone: Zone, dated: list[Dated]) -> None:
        """Hold the events of a case.

        Args:
            zone: where its days are days.
            dated: all that could bear a decision, in the order of recording.
        """
        self._listed = Columns.of(dated)
        spans = [read(each.began, zone) for each in reversed(dated)]
        starts = [FIRST if each is None else each.earliest or FIRST for each in spans]
        self._earliest = [*accumulate(starts, min)][::-1]

    def after(self, moment: DecisionMoment) -> tuple[list[Material], int]:
        """Return what is recorded after a decision and had happened before it, or may have.

        Returns:
            The material, in the order of recording, and how much else is recorded later.
        """
        start = self._listed.first_from(moment.event.position + 1)
        span = moment.span
        bound = LAST if span is None or span.latest is None else _moved(span.latest, APART)
        end = bisect_right(self._earliest, bound)
        found = moment.may_have_come_first(self._listed.part(start, end))
        return found, len(self._earliest) - start - len(found)


def _surely(dated: Dated) -> Material:
    return Material(dated.stood, happened="yes", on_record="yes")


def _moved(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return LAST if by > timedelta() else FIRST


def _position(dated: Dated) -> int:
    return dated.stood.position
