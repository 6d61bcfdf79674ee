"""Judge by a template of DECLARE over selected events, without a deadline of its own.

What can still be answered is pending until the case closes, or until what the rule names has
happened. With a deadline, see `timed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from answerable.domain.language.saying import say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import PAST, Declare
from answerable.projections.conformance.fact_order import FactOrder, order_of
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.conformance.matching.ending import Ending
from answerable.projections.conformance.rules.answering import answer_words, case_words
from answerable.projections.conformance.rules.demand import (
    Demand,
    Lengths,
    candidates,
    differing,
    pool_of,
)
from answerable.projections.conformance.rules.naming import (
    Named,
    doubted,
    open_times,
    single,
    time_of,
)
from answerable.projections.conformance.rules.prepared import Judge, Prepared
from answerable.projections.conformance.rules.timed import timed
from answerable.projections.conformance.templates.catalogue import TEMPLATES, Template
from answerable.projections.conformance.templates.given import Kept, by_closing
from answerable.projections.conformance.templates.order import Candidate, Order
from answerable.projections.conformance.templates.values import Values
from answerable.projections.conformance.worlds import Value
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.lines.nouns import any_of_kinds


def prepare(rule: Declare, policy: Policy) -> Prepared:
    """Make a rule of a template ready to judge cases."""
    template = TEMPLATES[rule.template]
    one, other = (rule.first, rule.then) if rule.template in PAST else (rule.when, rule.then)
    first, second = (Chooser(policy.selected(each or ())) for each in (one, other))
    ending = Ending.of(rule, policy)
    if not template.legs:
        judge_case = _judging_case(rule, template, first, second, ending)
        return Prepared(None, judge_case, say("the case has no events"))
    demands = [
        Demand(
            rule,
            leg,
            *((first, second) if leg.activated_by == "first" else (second, first)),
            Correlation.of(rule),
            ending,
            Lengths(policy.calendar),
        )
        for leg in template.legs
    ]

    def judge(on: Situation) -> Iterator[Judged]:
        for each in demands:
            yield from timed(on, each) if has_deadline else untimed(on, each)

    has_deadline = rule.within is not None or rule.due is not None
    kinds = frozenset(kind for each in demands for kind in each.asking.kinds)
    nothing = say("no {what} asks for it", what=any_of_kinds(sorted(kinds)))
    return Prepared(kinds, judge, nothing)


def untimed(on: Situation, demand: Demand) -> Iterator[Judged]:
    """Judge each event that asks for an answer without a deadline."""
    asking = demand.asking.activations(on, own=False)
    if not asking:
        return
    pool = pool_of(on, demand)
    unanswered = demand.leg.unanswered
    if unanswered is not None and not pool:
        for each in asking:
            yield _closed(on, demand, each, (), unanswered)
        return
    order = demand.order(on)
    rivals = _matched(order, asking) if demand.leg.minds_rivals else ()
    for each in asking:
        found = candidates(on, order, demand, each.fact, pool)
        at = order.at[each.fact.event_id]
        values = demand.leg.judge(order, at, found, rivals)
        if values.can_wait and (closing := _doubtful(on, demand.ending, order)) is not None:
            values = by_closing(order, closing, partial(_judge_leg, demand, at, found, rivals), at)
            yield _judged(on, demand, each, found, values, demand.ending.witnesses(on))
            continue
        yield _closed(on, demand, each, found, values)


def _judge_leg(
    demand: Demand,
    at: int,
    found: Sequence[Candidate],
    rivals: Sequence[Candidate],
    order: Order,
    kept: Kept,
    place: Callable[[int], int],
) -> Values:
    return demand.leg.judge(order, place(at), kept(found), kept(rivals))


def _doubtful(on: Situation, ending: Ending, order: FactOrder) -> int | None:
    """Find the closing of the case, where its date leaves open whether it has happened."""
    closing = ending.doubtful(on)
    return None if closing is None else order.at.get(closing.event_id)


def _closed(
    on: Situation,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
    values: Values,
) -> Judged:
    """Judge an activation by whether it can still be answered."""
    if values.can_wait:
        ended = demand.ending.ended(on)
        if ended != "no":
            values = values.closed() if ended == "yes" else values._replace(can_fail=True)
            return _judged(on, demand, chosen, found, values, demand.ending.witnesses(on))
    return _judged(on, demand, chosen, found, values)


def _matched(order: FactOrder, chosen: Sequence[Chosen]) -> list[Candidate]:
    """List what was chosen and had or may have happened, in the order of a case."""
    return [
        Candidate(order.at[each.fact.event_id], each.match)
        for each in chosen
        if each.match != "no" and each.fact.event_id in order.at
    ]


def _judged(
    on: Situation,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
    values: Values,
    endings: Sequence[Fact] = (),
) -> Judged:
    fact = chosen.fact
    over = over_worlds(values)
    concerned: list[Fact] = []
    if values.answers or values.breakers:
        facts = demand.order(on).facts
        concerned = [facts[each] for each in dict.fromkeys((*values.answers, *values.breakers))]
    events = tuple(dict.fromkeys([each.event_id for each in (fact, *concerned, *endings)]))

    def tell() -> Telling:
        kinds = demand.answering.kinds
        alike = not kinds.isdisjoint(demand.asking.kinds)
        said = answer_words(demand.leg.relation.__name__, kinds, over, alike=alike)
        item = Named(on, fact)
        if len(over) > 1 and "failed" in over:
            facts = demand.order(on).facts
            doubtful = [facts[each.event] for each in found if each.match == "unknown"]
            ends = [each for each in endings if on.view.when(each) == "unknown"]
            among = [*concerned, *ends]
            differ = differing(on, demand, chosen, among, doubtful, ordered=bool(concerned))
            missing = tuple(dict.fromkeys(differ)) or tuple(time_of(on, each) for each in ends)
            return Telling(said, item, missing, single(missing))
        if over == {"failed"} and not concerned:
            what = any_of_kinds(sorted(demand.answering.kinds))
            return Telling(said, item, (say("{what} for {thing}", what=what, thing=item),))
        return Telling(said, item)

    return doubted(on, demand.asking, chosen, Judged(over, events, tell))


def over_worlds(values: Values) -> frozenset[Value]:
    """Return what becomes of an activation over all worlds in which it is one."""
    return _worlds(values.can_satisfy, values.can_fail, values.can_wait)


@lru_cache(maxsize=8)
def _worlds(satisfied: bool, failed: bool, waiting: bool) -> frozenset[Value]:
    over: set[Value] = set()
    if satisfied:
        over.add("answered")
    if failed:
        over.add("failed")
    if waiting:
        over.add("pending")
    return frozenset(over)


def _judging_case(
    rule: Declare, template: Template, first: Chooser, second: Chooser, ending: Ending
) -> Judge:
    """Make what judges a case as a whole."""

    def judge(on: Situation) -> Iterator[Judged]:
        order = order_of(on.view)
        if not len(order):
            return
        one, other = (_matched(order, chooser.candidates(on)) for chooser in (first, second))
        values = template.judge_case(order, one, other, rule.count)
        endings: Sequence[Fact] = ()
        ended = ending.ended(on)
        if ended == "yes":
            values = values.closed()
        elif ended == "unknown" and values.can_wait:
            endings = [each for each in ending.witnesses(on) if on.view.when(each) == "unknown"]
            closing = _doubtful(on, ending, order)
            values = (
                values._replace(can_fail=True)
                if closing is None
                else by_closing(
                    order,
                    closing,
                    lambda among, kept, _: template.judge_case(
                        among, kept(one), kept(other), rule.count
                    ),
                )
            )
        concerned = [order.facts[each] for each in (*values.answers, *values.breakers)]
        over = over_worlds(values)

        def tell() -> Telling:
            said = case_words(rule.template, first.kinds | second.kinds, over, rule.count)
            open_ = len(over) > 1 and "failed" in over
            missing = tuple(dict.fromkeys(open_times(on, (*concerned, *endings)))) if open_ else ()
            return Telling(said, None, missing, single(missing))

        events = tuple(dict.fromkeys(each.event_id for each in concerned))
        yield Judged(over, events, tell, whole=True)

    return judge
