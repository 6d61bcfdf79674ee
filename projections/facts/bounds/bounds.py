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
from datetime import date, datetime
from functools import cached_property

from answerable.domain import dates
from answerable.domain.dates import Margins, Span
from answerable.domain.kinds import AMENDING
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.bounds.bound import Bound, End, Side, announced
from answerable.projections.facts.bounds.clipping import not_after, not_before
from answerable.projections.facts.bounds.drawn import Drawn
from answerable.projections.facts.facts import ACTING, CaseFacts, Fact, day_told


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
    def _drawn(self) -> Drawn:
        """Draw the ends of all facts along their links; of most cases nobody asks for them."""
        return Drawn(self._facts, self._named, self._margins, floored=self._floored)

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
            found = not_before(found, low.span, far=own is not None and own.zoned != low.span.zoned)
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
            and not announced(fact)
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
        return None if announced(fact) else day_told(fact)


def _told(limit: Side, day: date, end: End) -> Iterator[Bound]:
    if end.reason is not None:
        yield Bound(limit, day.isoformat(), end.fact.event_id, end.fact.event.position, end.reason)
