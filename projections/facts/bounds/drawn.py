"""The ends of the facts of a case, drawn along what links them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from answerable.domain import dates
from answerable.domain.dates import Margins, Span
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.bounds.bound import Bound, End, Reason, Side, announced
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.time import recorded


class Drawn:
    """The ends of the facts of a case, drawn along its links.

    Attributes:
        links: what each fact rests on, by id, but for links that the dates contradict.
        low: the latest beginning of what each fact rests on, or its own.
        high: the earliest end of what rests on each fact, or its own.
        unused: the bounds that the dates contradict.
    """

    def __init__(
        self,
        facts: Mapping[str, Fact],
        links: Mapping[str, list[str]],
        margins: Margins,
        *,
        floored: bool,
    ) -> None:
        self._facts = facts
        self._links = links
        self._floored = floored
        self._margins = margins
        self.unused: dict[str, list[Bound]] = {}
        low, high = self._ends(links)
        self.links = self._consistent(links, low, high)
        self.low, self.high = (low, high) if self.links == links else self._ends(self.links)
        if floored:
            self._bound_by_case()

    def _ends(self, links: Mapping[str, list[str]]) -> tuple[dict[str, End], dict[str, End]]:
        """Find the latest beginning before each fact along its links, and the earliest end."""
        low, high = dict(self._own[0]), dict(self._own[1])
        pairs = [(above, below) for above, under in links.items() for below in under]
        # Links lead back in the order of recording, but for corrections: one pass does, mostly.
        while [pair for pair in pairs if _raise(low, *pair)]:
            pass
        while [pair for pair in reversed(pairs) if _lower(high, *pair)]:
            pass
        return low, high

    @property
    def _concerned(self) -> Mapping[str, Fact]:
        """Return the facts whose ends may be drawn along a link, by a notice, or by the case."""
        if self._floored:
            return self._facts
        linked = {each for above, under in self._links.items() for each in (above, *under)}
        return {
            event_id: fact
            for event_id, fact in self._facts.items()
            if event_id in linked or announced(fact)
        }

    @cached_property
    def _own(self) -> tuple[dict[str, End], dict[str, End]]:
        """Find the ends of each fact, as far as it tells them itself."""
        low: dict[str, End] = {}
        high: dict[str, End] = {}
        for event_id, fact in self._concerned.items():
            own = fact.span(margins=self._margins)
            if own is not None and own.earliest is not None:
                low[event_id] = End(own.earliest, own, fact)
            if (end := self._own_end(fact, own)) is not None:
                high[event_id] = end
        return low, high

    def _own_end(self, fact: Fact, own: Span | None) -> End | None:
        """Find by when a fact had happened, as far as it tells itself."""
        end = None if own is None or own.latest is None else End(own.latest, own, fact)
        for field in CATALOGUE[fact.event.kind].announced_in:
            told = fact.span(field, margins=self._margins)
            if told is None or told.latest is None:
                continue
            if own is not None and dates.wholly_before(told, own):
                at = End(told.latest, told, fact)
                self._contradicted(fact.event_id, "not after", at, "announcement")
            elif end is None or told.latest < end.at:
                end = End(told.latest, told, fact, "announcement")
        if own is None:
            when = datetime.fromisoformat(fact.event.recorded_at)
            if end is None or when < end.at:
                end = End(when, recorded(fact.event.recorded_at, fact.zone), fact)
        return end

    def _consistent(
        self, links: Mapping[str, list[str]], low: Mapping[str, End], high: Mapping[str, End]
    ) -> dict[str, list[str]]:
        """Leave out the links that lie on a chain whose ends contradict one another."""
        found: dict[str, list[str]] = {}
        for above, under in links.items():
            for below in under:
                early, late = high.get(above), low.get(below)
                if early and late and dates.wholly_before(early.span, late.span):
                    self._contradicted(above, "not before", late, "basis")
                    self._contradicted(below, "not after", early, "resting")
                else:
                    found.setdefault(above, []).append(below)
        return found

    def _bound_by_case(self) -> None:
        """Bound every fact by the earliest day that the opening of the case gives."""
        opened = next((each for each in self._facts.values() if each.kind == "case-opened"), None)
        floor = None if opened is None else opened.span("earliest", margins=self._margins)
        if opened is None or floor is None or floor.earliest is None:
            return
        for event_id in self._facts:
            late, early = self.high.get(event_id), self.low.get(event_id)
            if late is not None and dates.wholly_before(late.span, floor):
                end = End(floor.earliest, floor, opened)
                self._contradicted(event_id, "not before", end, "case")
            elif early is None or early.at < floor.earliest:
                self.low[event_id] = End(floor.earliest, floor, opened, "case")

    def _contradicted(self, event_id: str, limit: Side, end: End, reason: Reason) -> None:
        """Note that an end bounds nothing, since the dates contradict it."""
        day = end.span.first_day if limit == "not before" else end.span.last_day
        if day is not None:
            by = end.fact.event
            bound = Bound(limit, day.isoformat(), by.event_id, by.position, reason, holds=False)
            known = self.unused.setdefault(event_id, [])
            if bound not in known:
                known.append(bound)


def _raise(low: dict[str, End], above: str, below: str) -> bool:
    """Raise the beginning of what rests on something to that of it; tell whether it rose."""
    early, own = low.get(below), low.get(above)
    if early is None or (own is not None and own.at >= early.at):
        return False
    low[above] = End(early.at, early.span, early.fact, "basis")
    return True


def _lower(high: dict[str, End], above: str, below: str) -> bool:
    """Lower the end of something to that of what rests on it; tell whether it fell."""
    late, own = high.get(above), high.get(below)
    if late is None or (own is not None and own.at <= late.at):
        return False
    high[below] = End(late.at, late.span, late.fact, "resting")
    return True
