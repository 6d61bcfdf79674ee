"""When a fact can have happened: its own date, and what the facts linked to it say of that.

What rests on something did not come before it (by `basis`, or by the field by which one event
answers another), and nothing in a case came before the day that its opening gives as the earliest.
What was announced had happened by then. So a date that is told loosely, or not at all, is bounded
by the dates of others, however far along the links they lie; within one case.

- A link that the dates contradict bounds nothing, and neither does any other on a chain of links
  whose ends contradict one another: nobody can tell which of them is wrong.
- What is only alleged bounds nothing, and no link bounds it: it may not have happened at all.
- What was retracted bounds nothing. Corrections and the like are about the record, not about what
  happened, and bound nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import Margins, Span
from answerable.domain.kinds import AMENDING
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.facts import ACTING, CaseFacts, Fact, day_told
from answerable.projections.facts.time import recorded

Side = Literal["not before", "not after"]

Reason = Literal["basis", "resting", "case", "announcement"]
"""Names what links a fact to what bounds it: it rests on that, that rests on it, that opened
the case and tells its earliest day, or it was announced then itself."""

_FARTHEST = timedelta(hours=14)
"""As far as a zone lies from UTC: how far a bound may be off where one alone tells its zone."""

_DAY = timedelta(days=1)


class Bound(NamedTuple):
    """A bound on when a fact happened that its own date does not give.

    Attributes:
        limit: on which side.
        day: not before the beginning of this day (ISO 8601), or not after its end.
        by: the event whose date it is, by id: its own, where that was announced.
        position: the position of that event.
        reason: what links the two.
        holds: whether it was used; not where the dates contradict it.
    """

    limit: Side
    day: str
    by: str
    position: int
    reason: Reason
    holds: bool = True


class _End(NamedTuple):
    """One end of when something happened, and the fact that says so."""

    at: datetime
    span: Span
    fact: Fact
    reason: Reason | None = None


class Bounds:
    """The bounds of the facts of a case, worked out together."""

    def __init__(self, case: CaseFacts, margins: Margins) -> None:
        """Work out the bounds of a case.

        Args:
            case: its facts.
            margins: those that approximate and uncertain dates are read with.
        """
        self._margins = margins
        self._facts = {
            event_id: fact
            for event_id, fact in case.facts.items()
            if fact.retracted_by is None and fact.event.kind not in AMENDING
        }
        self._named = self._linked()

    @cached_property
    def _drawn(self) -> _Drawn:
        """Draw the ends of all facts along their links; of most cases nobody asks for them."""
        return _Drawn(self._facts, self._named, self._margins, floored=self._floored)

    def span(self, fact: Fact) -> Span | None:
        """Return between which bounds a fact happened; None where nothing tells of any."""
        own = fact.span(margins=self._margins)
        if fact.event.event_id not in self._facts or self._alone(fact):
            return own
        low, high = self._drawn.low.get(fact.event_id), self._drawn.high.get(fact.event_id)
        lent = [end for end in (low, high) if end is not None and end.reason is not None]
        if not lent:
            return own
        # Where nothing is told, no zone is: those of the bounds are its own.
        zoned = all(end.span.zoned for end in lent) if own is None else own.zoned
        found = own or Span("", None, None, None, None, "other", qualified=False, zoned=zoned)
        if low is not None and low.reason is not None:
            found = _not_before(
                found, low.span, far=own is not None and own.zoned != low.span.zoned
            )
        if high is not None and high.reason is not None:
            found = not_after(
                found, high.span, far=own is not None and own.zoned != high.span.zoned
            )
        return found

    def _alone(self, fact: Fact) -> bool:
        """Tell at a glance whether nothing but its own date, told or not, tells when a fact was."""
        event_id = fact.event.event_id
        return (
            event_id not in self._named
            and event_id not in self._rested_on
            and not self._floored
            and not _announced(fact)
        )

    @cached_property
    def _rested_on(self) -> frozenset[str]:
        """Return what anything rests on."""
        return frozenset([below for under in self._named.values() for below in under])

    @cached_property
    def _floored(self) -> bool:
        """Tell whether an opening of the case tells the earliest day of all."""
        for each in self._facts.values():
            if each.event.kind == "case-opened" and "earliest" in each.fields:
                return True
        return False

    def when(self, fact: Fact, moment: datetime) -> dates.When:
        """Tell whether a fact had happened by a moment, by its bounds."""
        return dates.by(self.span(fact), moment)

    @cached_property
    def links(self) -> Mapping[str, Sequence[str]]:
        """Return what each fact rests on, by id, but for links that the dates contradict."""
        return self._named if self._in_order_by_days() else self._drawn.links

    def follows(self, one: Fact, other: Fact) -> bool:
        """Tell whether one fact rests on another, however deep, so that it did not come first."""
        links = self.links
        waiting, seen = [one.event_id], {one.event_id}
        while waiting:
            for event_id in links.get(waiting.pop(), ()):
                if event_id == other.event_id:
                    return True
                if event_id not in seen:
                    seen.add(event_id)
                    waiting.append(event_id)
        return False

    def told(self, fact: Fact) -> tuple[Bound, ...]:
        """List the bounds that narrow a fact's own date, and those that the dates contradict."""
        own, found = fact.span(margins=self._margins), self.span(fact)
        bounds: list[Bound] = []
        drawn = self._drawn
        if found is not None and fact.event_id in self._facts:
            if found.first_day and (own is None or found.first_day != own.first_day):
                bounds.extend(_told("not before", found.first_day, drawn.low[fact.event_id]))
            if found.last_day and (own is None or found.last_day != own.last_day):
                bounds.extend(_told("not after", found.last_day, drawn.high[fact.event_id]))
        return (*bounds, *drawn.unused.get(fact.event_id, ()))

    def _linked(self) -> dict[str, list[str]]:
        """Map what rests on something to that, where the link can bound either."""
        found: dict[str, list[str]] = {}
        facts = self._facts
        for event_id, fact in facts.items():
            event, fields = fact.event, fact.fields
            if fields.get("basis") is None and event.kind not in ACTING:
                continue  # This is so of most, and quickly told.
            named = direct_basis(fact)
            if named and not fact.alleged:
                under = [each for each in named if each in facts and not facts[each].alleged]
                if under:
                    found[event_id] = under
        return found

    def _in_order_by_days(self) -> bool:
        """Tell at a glance whether no date contradicts a link.

        Where all that is linked has its day, and none comes before what it rests on, none does
        however far along the links it lies.
        """
        days: dict[str, str | None] = {}
        for above, under in self._named.items():
            for event_id in (above, *under):
                if event_id not in days:
                    days[event_id] = self._own_day(self._facts[event_id])
            late = days[above]
            if late is None:
                return False
            for event_id in under:
                early = days[event_id]
                if early is None or early > late:
                    return False
        return True

    def _own_day(self, fact: Fact) -> str | None:
        """Return the day that a fact tells, if it tells one, and nothing else."""
        return None if _announced(fact) else day_told(fact)


class _Drawn:
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

    def _ends(self, links: Mapping[str, list[str]]) -> tuple[dict[str, _End], dict[str, _End]]:
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
            if event_id in linked or _announced(fact)
        }

    @cached_property
    def _own(self) -> tuple[dict[str, _End], dict[str, _End]]:
        """Find the ends of each fact, as far as it tells them itself."""
        low: dict[str, _End] = {}
        high: dict[str, _End] = {}
        for event_id, fact in self._concerned.items():
            own = fact.span(margins=self._margins)
            if own is not None and own.earliest is not None:
                low[event_id] = _End(own.earliest, own, fact)
            if (end := self._own_end(fact, own)) is not None:
                high[event_id] = end
        return low, high

    def _own_end(self, fact: Fact, own: Span | None) -> _End | None:
        """Find by when a fact had happened, as far as it tells itself."""
        end = None if own is None or own.latest is None else _End(own.latest, own, fact)
        for field in CATALOGUE[fact.event.kind].announced_in:
            told = fact.span(field, margins=self._margins)
            if told is None or told.latest is None:
                continue
            if own is not None and dates.wholly_before(told, own):
                at = _End(told.latest, told, fact)
                self._contradicted(fact.event_id, "not after", at, "announcement")
            elif end is None or told.latest < end.at:
                end = _End(told.latest, told, fact, "announcement")
        if own is None:
            when = datetime.fromisoformat(fact.event.recorded_at)
            if end is None or when < end.at:
                end = _End(when, recorded(fact.event.recorded_at, fact.zone), fact)
        return end

    def _consistent(
        self, links: Mapping[str, list[str]], low: Mapping[str, _End], high: Mapping[str, _End]
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
                end = _End(floor.earliest, floor, opened)
                self._contradicted(event_id, "not before", end, "case")
            elif early is None or early.at < floor.earliest:
                self.low[event_id] = _End(floor.earliest, floor, opened, "case")

    def _contradicted(self, event_id: str, limit: Side, end: _End, reason: Reason) -> None:
        """Note that an end bounds nothing, since the dates contradict it."""
        day = end.span.first_day if limit == "not before" else end.span.last_day
        if day is not None:
            by = end.fact.event
            bound = Bound(limit, day.isoformat(), by.event_id, by.position, reason, holds=False)
            known = self.unused.setdefault(event_id, [])
            if bound not in known:
                known.append(bound)


def _announced(fact: Fact) -> bool:
    """Tell whether a fact tells when it was announced: by then it had happened."""
    fields = CATALOGUE[fact.event.kind].announced_in
    return bool(fields) and any(fact.fields.get(field) for field in fields)


def _raise(low: dict[str, _End], above: str, below: str) -> bool:
    """Raise the beginning of what rests on something to that of it; tell whether it rose."""
    early, own = low.get(below), low.get(above)
    if early is None or (own is not None and own.at >= early.at):
        return False
    low[above] = _End(early.at, early.span, early.fact, "basis")
    return True


def _lower(high: dict[str, _End], above: str, below: str) -> bool:
    """Lower the end of something to that of what rests on it; tell whether it fell."""
    late, own = high.get(above), high.get(below)
    if late is None or (own is not None and own.at <= late.at):
        return False
    high[below] = _End(late.at, late.span, late.fact, "resting")
    return True


def _not_before(found: Span, bound: Span, *, far: bool) -> Span:
    """Narrow a span by the beginning of another; where that would leave nothing, leave it.

    Args:
        found: the span.
        bound: the other.
        far: whether one alone tells its zone.
    """
    low, first = bound.earliest, bound.first_day
    if far and low is not None and first is not None:
        low, first = low - _FARTHEST, first - _DAY
    if low and (found.earliest is None or found.earliest < low) and not _after(low, found.latest):
        found = found._replace(earliest=low)
    if first and first > (found.first_day or date.min) and first <= (found.last_day or date.max):
        found = found._replace(first_day=first)
    return found


def not_after(found: Span, bound: Span, *, far: bool) -> Span:
    """Narrow a span by the end of another; where that would leave nothing, leave it.

    Args:
        found: the span.
        bound: the other.
        far: whether one alone tells its zone.
    """
    high, last = bound.latest, bound.last_day
    if far and high is not None and last is not None:
        high, last = high + _FARTHEST, last + _DAY
    if high and (found.latest is None or found.latest > high) and not _after(found.earliest, high):
        found = found._replace(latest=high)
    if last and last < (found.last_day or date.max) and last >= (found.first_day or date.min):
        found = found._replace(last_day=last)
    return found


def _after(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one > other


def _told(limit: Side, day: date, end: _End) -> Iterator[Bound]:
    if end.reason is not None:
        yield Bound(limit, day.isoformat(), end.fact.event_id, end.fact.event.position, end.reason)
