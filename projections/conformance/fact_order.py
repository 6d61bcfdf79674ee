"""Order the facts of a case as far as the record tells: by their bounds and by what rests on what.

Of two exact instants that are equal, the one recorded first came first. What is not dated had
happened when it was recorded; what is about the record (a correction) happened when it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache

from answerable.domain.dates import Span, wholly_before
from answerable.domain.kinds import AMENDING
from answerable.projections.conformance.matching.standing import Standing, by_kind
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
        self.facts = tuple(each.fact for each in happening)
        self.at: Mapping[str, int] = {each.event_id: at for at, each in enumerate(self.facts)}
        self._spans: list[Span | None] = [None] * len(self.facts)
        self._happened = tuple(each.happened == "yes" for each in happening)
        self._after = lru_cache(maxsize=4_096)(self._rests)

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
        if _same_instant(first, second):
            return one < other
        if wholly_before(second, first):
            return False
        return self._after(other, one) or self._through_an_instant(one, other)

    def happened(self, index: int) -> bool:
        """Tell whether a fact had certainly happened by the moment asked about."""
        return self._happened[index]

    def _through_an_instant(self, one: int, other: int) -> bool:
        """Tell whether one came before another through two that share an exact instant.

        What one of these rests on came before it; what rests on the later recorded came after.
        """
        at, second = self.span(one).latest, self.span(other)
        if at is None or at != second.earliest:
            return False
        for shared in self._exact.get(at, ()):
            before = [each for each in shared if each == one or self._after(each, one)]
            after = [each for each in shared if each == other or self._after(other, each)]
            if before and after and before[0] <= after[-1]:
                return True
        return False

    @cached_property
    def _exact(self) -> Mapping[datetime, Sequence[Sequence[int]]]:
        """List the facts of each exact instant: those without a zone, and those with one."""
        found: dict[datetime, tuple[list[int], list[int]]] = {}
        for each in range(len(self.facts)):
            span = self.span(each)
            if span.earliest is not None and span.earliest == span.latest:
                found.setdefault(span.earliest, ([], []))[span.zoned].append(each)
        return found

    def _rests(self, one: int, other: int) -> bool:
        return self._view.bounds.follows(self.facts[one], self.facts[other])


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
    found = [each for own in by_kind(view).values() for each in own if each.happened != "no"]
    found.sort(key=lambda each: each.fact.event.position)
    return found


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
