"""Make the window of an event that asks for an answer: dates, a term, and what suspends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.kinds import TARGETS
from answerable.domain.policy import selector as policies
from answerable.domain.policy.monotone import FOREVER
from answerable.domain.policy.selector import Due
from answerable.domain.policy.term import Term
from answerable.domain.zone.days import readings
from answerable.domain.zone.zone import rules
from answerable.projections.conformance.fact_order import FactOrder, bounded
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.conformance.rules.demand import Demand
from answerable.projections.conformance.templates.order import Candidate
from answerable.projections.conformance.windows.window import (
    Beginning,
    Bounds,
    Dated,
    Hold,
    Window,
    due_by,
    held_until,
)
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of
from answerable.projections.facts.time import whole_day


class Start(NamedTuple):
    """The event that asks for an answer, and when it was."""

    fact: Fact
    time: Bounds


class Asked(NamedTuple):
    """The window of an event that asks for an answer.

    Attributes:
        window: it.
        answers: when what may answer it was.
        runs: whether its term runs, or may: what it runs from is there.
    """

    window: Window
    answers: tuple[Bounds, ...]
    runs: bool


def asked(
    on: Situation,
    order: FactOrder,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
) -> Asked:
    """Make the window of an event that asks for an answer.

    Args:
        on: the case and the policy.
        order: the facts of the case, in order.
        demand: what the rule asks.
        chosen: the event.
        found: what may answer it, and did not come before.
    """
    fact, rule = chosen.fact, demand.rule
    tz = zone_of(on)
    start = Start(fact, moments(bounded(on.view, fact), tz))
    dated = [_dated(on, order.facts[each.event], start, each.match, tz) for each in found]
    beginning = _beginning(on, demand, rule.within, start, tz) if rule.within else None
    window = Window(
        Dated(start.time, chosen.match),
        dated,
        None if rule.within is None else demand.lengths.of(rule.within, tz),
        beginning,
        None if rule.due is None else _due(on, demand, fact, rule.due, tz),
        tuple(
            _dated(on, each.fact, start, each.match, tz)
            for each in (demand.ending.endings(on) if rule.until is not None else ())
        ),
        tuple(_holds(on, demand, fact, tz)),
        tz,
    )
    if chosen.happened == "unknown" and on.view.when(fact) == "yes":
        # It happened, and may have been undone since: then it asks for nothing.
        window = window._replace(activation=window.activation._replace(matches="unknown"))
    runs = beginning is None or bool(beginning.events) or beginning.otherwise is not None
    return Asked(window, tuple(each.time for each in dated), runs)


def zone_of(on: Situation) -> tzinfo:
    """Return where days are days: in the zone of the case, else in that of the calendar."""
    zone = on.view.zone
    return zone.tz if zone.known else rules(on.policy.calendar.zone)


def certainly_in_time(window: Window, now: datetime | None) -> bool:
    """Tell at a glance whether something was answered in time in every world.

    It looks at what is simplest and most common: one certain answer, after and by the deadline.
    """
    start = window.activation
    if start.matches != "yes" or window.beginning or window.until or window.holds:
        return False
    low, high = start.time
    if low is None or high is None or (now is not None and high > now):
        return False
    deadline = FOREVER
    if window.term is not None:
        deadline = window.term.early.at(low)
    if window.due is not None:
        deadline = min(deadline, window.due.low)
    if now is not None:
        deadline = min(deadline, now)
    return any(
        each.matches == "yes"
        and each.time.high <= deadline
        and (each.follows or each.time.low >= high)
        for each in window.candidates
    )


def in_time_by_days(
    on: Situation,
    order: FactOrder,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
) -> bool:
    """Tell at a glance whether something was answered in time, of what is told by whole days.

    What it says is what `certainly_in_time` does of the window; that is made where it says nothing.
    The arguments are those of `asked`.
    """
    rule, kinds = demand.rule, on.view.kinds
    due, hold, ending = rule.due, rule.unless, demand.ending.chooser
    if due is None or due.plus or rule.within or rule.near or not chosen.certain:
        return False
    if (hold and hold.during in kinds) or (ending and not ending.kinds.isdisjoint(kinds)):
        return False
    at = order.at[chosen.fact.event_id]
    asked_on, told = order.day(at), chosen.fact.fields.get(due.field)
    last = None if told is None else whole_day(told)
    if last is None and told is not None and "T" not in told:
        span = chosen.fact.span(due.field, margins=on.view.margins)
        last = span.first_day.isoformat() if span and span.first_day else None
    if asked_on is None or last is None:
        return False
    sure = (each.event for each in found if each.match == "yes" and order.happened(each.event))
    for event in sure:
        day = order.day(event)
        in_time = day is not None and asked_on <= day <= last
        if in_time and (day != asked_on or order.rests(event, at)):
            return True
    return False


def moments(span: Span, tz: tzinfo) -> Bounds:
    """Return between which moments something was; what tells no zone is read in this one."""
    if span.zoned or tz is UTC:
        return Bounds(span.earliest, span.latest)
    return Bounds(_read(span.earliest, tz, last=False), _read(span.latest, tz, last=True))


def _read(moment: datetime | None, tz: tzinfo, *, last: bool) -> datetime | None:
    if moment is None:
        return None
    return readings(moment.astimezone(UTC).replace(tzinfo=None), tz)[last]


def _dated(on: Situation, fact: Fact, start: Start, match: When, tz: tzinfo) -> Dated:
    """Date an event; where dates tell that it follows the activation, no link is asked."""
    time = moments(bounded(on.view, fact), tz)
    open_ = fact is not start.fact and time.low <= start.time.high
    return Dated(time, match, open_ and on.view.bounds.follows(fact, start.fact))


def _due(on: Situation, demand: Demand, fact: Fact, due: Due, tz: tzinfo) -> Bounds:
    """Return the deadline that a field tells, and the term that runs on from there."""
    told = due_by(fact.span(due.field, margins=on.view.margins), tz)
    if due.plus is None:
        return told
    length = demand.lengths.of(due.plus, tz)
    early, late = told
    return Bounds(early and length.early.at(early), late and length.late.at(late))


def _beginning(
    on: Situation, demand: Demand, term: Term, asking: Start, tz: tzinfo
) -> Beginning | None:
    """Return what a term runs from, where that is another event than the one that asks."""
    start = term.start
    if start is None:
        return None
    names = (start.event,) if isinstance(start.event, str) else start.event
    chooser = Chooser(on.policy.selected(tuple(names)))
    linked = Correlation((), start.link, None)
    events = []
    for each in chooser.candidates(on):
        match = all_of((each.match, linked.match(on, asking.fact, each.fact)))
        if match != "no" and on.view.when(each.fact) != "no":
            events.append(_dated(on, each.fact, asking, match, tz))
    otherwise = None
    if start.else_days is not None:
        otherwise = demand.lengths.of(Term(days=start.else_days), tz)
    return Beginning(tuple(events), otherwise)


def holding(on: Situation, demand: Demand, fact: Fact) -> list[Fact]:
    """List what holds up the duty that an event calls for, in the order of the window's holds.

    What began after the moment of judgement held up nothing by then.
    """
    unless = demand.rule.unless
    if unless is None or unless.during not in on.view.kinds:
        return []
    found = (each for each in on.view.standing(unless.during) if not each.alleged)
    return [
        each
        for each in found
        if each.fields.get(TARGETS.get(each.kind, "")) in (None, fact.event_id)
    ]


def _holds(on: Situation, demand: Demand, fact: Fact, tz: tzinfo) -> Iterator[Hold]:
    for hold in holding(on, demand, fact):
        ends = _hold_ends(on, demand.rule.unless, hold, tz) if demand.rule.unless else None
        yield Hold(moments(bounded(on.view, hold), tz), ends, on.view.when(hold))


def _hold_ends(on: Situation, unless: policies.Hold, hold: Fact, tz: tzinfo) -> Bounds | None:
    """Tell when a hold ends: by what acts upon it, else by itself; None: it has not ended.

    What ends it after the moment of judgement had not ended it by then.
    """
    until = hold.span(unless.until, margins=on.view.margins) if unless.until else None
    own = None if until is None else due_by(until, tz)
    for each in on.view.upon(hold, unless.ends) if unless.ends else ():
        ended = held_until(moments(bounded(on.view, each), tz), tz)
        certain = on.view.when(each) == "yes"
        return ended if certain else Bounds(ended.earliest, own and own.latest)
    return own
