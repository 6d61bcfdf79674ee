"""Define what a rule asks of each event of one side, and find what may answer it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple

from answerable.domain.policy.calendar import Calendar
from answerable.domain.policy.rules import Declare
from answerable.domain.policy.term import Term
from answerable.projections.conformance.fact_order import FactOrder, order_of, order_of_standing
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.conformance.matching.ending import Ending
from answerable.projections.conformance.matching.pool import Pool
from answerable.projections.conformance.rules.naming import field_of, loose_dates, open_times
from answerable.projections.conformance.templates.catalogue import Leg
from answerable.projections.conformance.templates.order import Candidate
from answerable.projections.conformance.windows.window import Length, length_of
from answerable.projections.facts.facts import Fact


class Lengths:
    """The lengths of the terms of a rule by its calendar, made once for each zone."""

    __slots__ = ("_calendar", "_made")

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._made: dict[tuple[Term, tzinfo], Length] = {}

    def of(self, term: Term, tz: tzinfo) -> Length:
        """Return how long a term is in a zone."""
        found = self._made.get((term, tz))
        if found is None:
            found = self._made[term, tz] = length_of(term, self._calendar, tz)
        return found


class Demand(NamedTuple):
    """Tell what a rule asks of each event of one side.

    Attributes:
        leg: how the template asks it.
        asking: selects the events that ask.
        answering: selects the events that answer.
        lengths: how long its terms are, in each zone.
    """

    rule: Declare
    leg: Leg
    asking: Chooser
    answering: Chooser
    correlation: Correlation
    ending: Ending
    lengths: Lengths

    def order(self, on: Situation) -> FactOrder:
        """Return the order of a case, as far as it bears on what is asked."""
        return order_of(on.view) if self.leg.looks_at_all else order_of_standing(on.view)


def pool_of(on: Situation, demand: Demand) -> Pool:
    """Gather what may answer what asks, of all that had or may have happened."""
    found = [each for each in demand.answering.candidates(on) if each.happened != "no"]
    return Pool(demand.correlation, found, on.view.basis)


def candidates(
    on: Situation, order: FactOrder, demand: Demand, fact: Fact, pool: Pool
) -> Sequence[Candidate]:
    """List the events that may be the answer to one that asks, in the order of a case.

    Events that tell the same where fields have to be alike, and nothing else links them, have the
    same.
    """
    told = demand.correlation.told(fact)
    if told is None:
        return [*_candidates(on, order, demand, fact, pool)]
    found = pool.candidates.get(told)
    if found is None:
        found = pool.candidates[told] = [*_candidates(on, order, demand, fact, pool)]
    return found


def _candidates(
    on: Situation, order: FactOrder, demand: Demand, fact: Fact, pool: Pool
) -> Iterator[Candidate]:
    for each in pool.near(fact):
        belongs = demand.correlation.match(on, fact, each.fact)
        if belongs != "no":
            certain = belongs == "yes" and each.match == "yes"
            yield Candidate(order.at[each.fact.event_id], "yes" if certain else "unknown")


def differing(
    on: Situation,
    demand: Demand,
    chosen: Chosen,
    concerned: Sequence[Fact],
    doubtful: Sequence[Fact],
    *,
    ordered: bool,
) -> Iterator[str]:
    """Yield the dates and the fields by which worlds differ.

    Args:
        on: the case.
        demand: what the rule asks.
        chosen: the event that asks.
        concerned: the events whose dates may differ.
        doubtful: those of which a field may not fit.
        ordered: whether it is their order that differs, within a day, too.
    """
    fact = chosen.fact
    if chosen.match == "unknown":
        yield from (field_of(on, fact, name) for name in demand.asking.untold(on, fact))
    yield from (open_times if ordered else loose_dates)(on, (fact, *concerned))
    for other in doubtful:
        yield from (field_of(on, other, name) for name in demand.answering.untold(on, other))
        for each, name in demand.correlation.untold(on, fact, other):
            yield field_of(on, each, name)
