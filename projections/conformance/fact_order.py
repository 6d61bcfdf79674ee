"""Order the facts of a case as far as the record tells: by their bounds and by what rests on what.

Of two exact instants that are equal, the one recorded first came first. What is not dated had
happened when it was recorded; what is about the record (a correction) happened when it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from answerable.domain.dates import Span, wholly_before
from answerable.domain.kinds import AMENDING
from answerable.projections.conformance.matching.standing import Standing, by_kind, standing
from answerable.projections.conformance.narrowing import Ends, narrowed
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.time import recorded


class FactOrder:
    """The facts of a case that stand and had or may have happened, by index, in their order.

    Attributes:
        facts: them, in the order of recording.
        at: the index of each, by event id.
    """

    def __init__(self, view: CaseView) -> None:
        self._view = view
        happening = _happening(view)
        self.facts = tuple([each.fact for each in happening])
        self.at: Mapping[str, int] = {each.event.event_id: at for at, each in enumerate(self.facts)}
        self._spans: list[Span | None] = [None] * len(self.facts)
        self._happened = [each.happened == "yes" for each in happening]
        self._links: dict[tuple[int, int], bool] = {}

    def __len__(self) -> int:
        return len(self.facts)

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
        first, second = self.span(one), self.span(other)
        if wholly_before(first, second):
            return True
        if wholly_before(second, first):
            return False
        if _same_instant(first, second):
            return one < other
        if self._rests(other, one):
            return True
        return not self._by_days and self._narrowed[one].before(self._narrowed[other])

    def happened(self, index: int) -> bool:
        """Tell whether a fact had certainly happened by the moment asked about."""
        return self._happened[index]

    @cached_property
    def _narrowed(self) -> Sequence[Ends]:
        """Give the ends of each fact, as its links narrow them."""
        spans = {each.event_id: (each, self.span(at)) for at, each in enumerate(self.facts)}
        found = narrowed(spans, self._view.bounds.links)
        return [found[each.event_id] for each in self.facts]

    @cached_property
    def _by_days(self) -> bool:
        """Tell whether no date tells more than days: then links narrow none beyond its bounds.

        Within a day nothing has an order, and by whole days the bounds are narrowed already.
        """
        return not any(_within_a_day(self.span(at)) for at in range(len(self.facts)))

    def _rests(self, one: int, other: int) -> bool:
        """Tell whether one fact rests on another, however deep."""
        found = self._links.get((one, other))
        if found is None:
            found = self._view.bounds.follows(self.facts[one], self.facts[other])
            self._links[one, other] = found
        return found


def bounded(view: CaseView, fact: Fact) -> Span:
    """Tell between which bounds a fact happened: at the latest when it was recorded, if undated."""
    span = view.span(fact)
    if span is not None:
        return span
    at = recorded(fact.event.recorded_at, fact.zone)
    if fact.event.kind in AMENDING:
        return at
    return Span("", None, at.latest, None, at.last_day, "other", qualified=False, zoned=True)


def _happening(view: CaseView) -> list[Standing]:
    """List what stands and had or may have happened, in the order of recording."""
    found = [each for each in standing(view, by_kind(view)) if each.happened != "no"]
    found.sort(key=lambda each: each.fact.event.position)
    return found


def _within_a_day(span: Span) -> bool:
    """Tell whether a date tells of a time of day, at either end."""
    return span.precision == "instant" or "T" in span.text


def _same_instant(one: Span, other: Span) -> bool:
    return (
        one.earliest is not None
        and one.earliest == one.latest == other.earliest == other.latest
        and one.zoned == other.zoned
    )


@once
def order_of(view: CaseView) -> FactOrder:
    """Order the facts of a case; this is worked out once."""
    return FactOrder(view)
