"""Order the facts of a case as far as the record tells: by their bounds and by what rests on what.

Of two exact instants that are equal, the one recorded first came first. What is not dated had
happened when it was recorded; what is about the record (a correction) happened when it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from answerable.domain.dates import Span, wholly_before
from answerable.domain.kinds import AMENDING
from answerable.projections.conformance.matching.standing import facts_standing
from answerable.projections.conformance.narrowing import Ends, narrowed
from answerable.projections.facts.bounds.clipping import not_after
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact, day_told
from answerable.projections.facts.time import recorded


class FactOrder:
    """The order of some facts of a case, by index.

    Attributes:
        facts: them, in the order of recording.
        at: the index of each, by event id.
    """

    def __init__(
        self, view: CaseView, facts: Sequence[Fact], made_by: Callable[[CaseView], FactOrder]
    ) -> None:
        """Order some facts.

        Args:
            view: the case.
            facts: them, in the order of recording.
            made_by: makes the same of a case; where what is read of it is noted, it is asked.
        """
        self._view = view
        self._made_by = made_by if view.watched else None
        self.facts = facts
        self.at: Mapping[str, int] = {each.event.event_id: at for at, each in enumerate(facts)}
        self._days = [] if view.watched else [*map(day_told, facts)]
        self._spans: list[Span | None] = [None] * len(facts)
        self._links: dict[tuple[int, int], bool] = {}

    def __len__(self) -> int:
        return len(self.facts)

    def day(self, index: int) -> str | None:
        """Return the day on which a fact happened, where it is told as one, and exactly."""
        if self._made_by is not None:
            day: str | None = self._view.tell(_ask, self._made_by, "day", index)
            return day
        return self._days[index]

    def span(self, index: int) -> Span:
        """Tell between which bounds a fact happened."""
        found = self._spans[index]
        if found is None:
            found = self._spans[index] = bounded(self._view, self.facts[index])
        return found

    def before(self, one: int, other: int) -> bool:
        """Tell whether one fact certainly came before another."""
        if one == other:
            return False
        if self._made_by is not None:
            came_first: bool = self._view.tell(_ask, self._made_by, "before", one, other)
            return came_first
        day, other_day = self._days[one], self._days[other]
        if day is None or other_day is None:
            apart = _apart(self._view, self.facts[one], self.facts[other])
            if apart is not None:
                return apart
            first, second = self.span(one), self.span(other)
            if wholly_before(first, second):
                return True
            if wholly_before(second, first):
                return False
            if _same_instant(first, second):
                return one < other
        elif day != other_day:
            return day < other_day
        if self.rests(other, one):
            return True
        if _by_days(self._view):
            return False  # Within a day nothing has an order; by days, bounds are narrowed already.
        ends = _ends(self._view)
        return ends[self.facts[one].event_id].before(ends[self.facts[other].event_id])

    def happened(self, index: int) -> bool:
        """Tell whether a fact had certainly happened by the moment asked about."""
        return self._view.when(self.facts[index]) == "yes"

    def rests(self, one: int, other: int) -> bool:
        """Tell whether one fact rests on another, however deep."""
        found = self._links.get((one, other))
        if found is None and self._made_by is not None:
            found = self._links[one, other] = self._view.tell(
                _ask, self._made_by, "rests", one, other
            )
        if found is None:
            found = self._view.bounds.follows(self.facts[one], self.facts[other])
            self._links[one, other] = found
        return found


def _ask(view: CaseView, made_by: Callable[[CaseView], FactOrder], name: str, *at: int) -> Any:
    return getattr(made_by(view), name)(*at)


def bounded(view: CaseView, fact: Fact) -> Span:
    """Tell between which bounds a fact happened: at the latest when it was recorded, if undated."""
    span = view.span(fact)
    if span is not None and (span.latest is not None or fact.fields.get("occurred") is not None):
        return span
    at = recorded(fact.event.recorded_at, fact.zone)
    if span is not None:  # Undated, and bounded by what it rests on.
        return not_after(span, at, far=not span.zoned)
    if fact.event.kind in AMENDING:
        return at
    return Span("", None, at.latest, None, at.last_day, "other", qualified=False, zoned=True)


@once
def _by_days(view: CaseView) -> bool:
    """Tell whether no date of a case tells more than days: see `FactOrder.before`."""
    return not any(map(_within_a_day, facts_standing(view)))


@once
def _ends(view: CaseView) -> Mapping[str, Ends]:
    """Give the ends of each fact that had or may have happened, as its links narrow them."""
    facts = order_of(view).facts
    spans = {each.event_id: (each, bounded(view, each)) for each in facts}
    return narrowed(spans, view.bounds.links)


def _within_a_day(fact: Fact) -> bool:
    """Tell whether a time of day is told of a fact; of what is about the record, one always is."""
    return fact.event.kind in AMENDING or "T" in (fact.fields.get("occurred") or "")


def dated_before(view: CaseView, one: Fact, other: Fact) -> bool:
    """Tell whether all that the date of one fact allows lies before that of another."""
    return view.tell(_dated_before, one, other)


def _dated_before(view: CaseView, one: Fact, other: Fact) -> bool:
    day, other_day = day_told(one), day_told(other)
    if day is not None and other_day is not None:
        return day < other_day
    apart = _apart(view, one, other)
    if apart is not None:
        return apart
    return wholly_before(bounded(view, one), bounded(view, other))


def _apart(view: CaseView, one: Fact, other: Fact) -> bool | None:
    """Tell at a glance whether one fact lies wholly before another, or wholly after it.

    Their own dates tell that where these lie apart, as links and notices only narrow them. So no
    bounds are drawn. None: their own dates do not tell.
    """
    first, second = one.span(margins=view.margins), other.span(margins=view.margins)
    if first is None or second is None:
        return None
    return True if wholly_before(first, second) else False if wholly_before(second, first) else None


def _same_instant(one: Span, other: Span) -> bool:
    return (
        one.earliest is not None
        and one.earliest == one.latest == other.earliest == other.latest
        and one.zoned == other.zoned
    )


@once
def order_of(view: CaseView) -> FactOrder:
    """Order the facts of a case that stand and had or may have happened."""
    facts = [each for each in facts_standing(view) if view.when(each) != "no"]
    return FactOrder(view, facts, order_of)


@once
def order_of_standing(view: CaseView) -> FactOrder:
    """Order the facts of a case that stand, for who looks only at such as may have happened."""
    return FactOrder(view, facts_standing(view), order_of_standing)
