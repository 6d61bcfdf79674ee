"""Judge whether each event that asks for an answer has it by its deadline.

Without a moment of judgement, any moment from the last entry of the case on is possible: what was
due before that is overdue, and of what is due later nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, NoReturn

from answerable.domain.dates import Days, When, describe
from answerable.domain.language.saying import say, say_as, to_say
from answerable.domain.policy.monotone import FOREVER
from answerable.domain.policy.term import describe as term_words
from answerable.domain.zone.days import local
from answerable.projections.conformance.errors import Unshared
from answerable.projections.conformance.fact_order import FactOrder
from answerable.projections.conformance.house import Same, Situation
from answerable.projections.conformance.judgement import Deadline, Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.matching.pool import Pool
from answerable.projections.conformance.rules.demand import Demand, candidates, differing, pool_of
from answerable.projections.conformance.rules.naming import (
    Named,
    field_of,
    loose_dates,
    named,
    numbered,
    single,
    time_of,
)
from answerable.projections.conformance.rules.windowed import (
    Asked,
    asked,
    certainly_in_time,
    holding,
    in_time_by_days,
)
from answerable.projections.conformance.templates.order import Candidate
from answerable.projections.conformance.windows.deadline import deadlines_of
from answerable.projections.conformance.windows.outcome import nearly, outcome_of
from answerable.projections.conformance.windows.turning import Turn, turns_of
from answerable.projections.conformance.windows.values import ordered, values_of
from answerable.projections.conformance.windows.window import Window
from answerable.projections.conformance.worlds import ANSWERED, Judgement, Value, judgement_of
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.counts import capital
from answerable.projections.wording.dates import date
from answerable.projections.wording.lines.nouns import any_of_kinds

MOMENT = to_say("the moment to judge by")
"""Tell what is missing where a deadline is known, and nobody asked about a day."""


def timed(on: Situation, demand: Demand) -> Iterator[Judged]:
    """Judge each event that asks for an answer with a deadline."""
    asking = demand.asking.activations(on, own=False)
    if not asking:
        return
    order = demand.order(on)
    pool = pool_of(on, demand)
    for each in asking:
        yield _judged(on, order, demand, each, pool)


def _judged(on: Situation, order: FactOrder, demand: Demand, chosen: Chosen, pool: Pool) -> Judged:
    fact = chosen.fact
    at = order.at[fact.event_id]
    found = [
        each
        for each in candidates(on, order, demand, fact, pool)
        if each.event != at and not order.before(each.event, at)
    ]
    events = (fact.event_id, *[order.facts[each.event].event_id for each in found])
    if on.view.watched:
        values = on.tell(_by_dates, Same(demand), fact, *chosen[1:], tuple(found))
        return Judged(values, events, _unsaid)
    values, asked_for = _values(on, order, demand, chosen, found)
    if asked_for is None:
        return Judged(values, events, lambda: _in_time(on, demand, fact))
    return Judged(values, events, lambda: _telling(on, demand, chosen, found, asked_for, values))


def _values(
    on: Situation,
    order: FactOrder,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
) -> tuple[frozenset[Value], Asked | None]:
    """Find what becomes of an activation; its window, where that is not told at a glance."""
    if in_time_by_days(on, order, demand, chosen, found):
        return ANSWERED, None
    asked_for = asked(on, order, demand, chosen, found)
    if demand.rule.near is None and certainly_in_time(asked_for.window, on.moment):
        return ANSWERED, None
    return _over_worlds(on, asked_for.window), asked_for


def _by_dates(
    on: Situation,
    demand: Same[Demand],
    fact: Fact,
    match: When,
    happened: When,
    found: Sequence[Candidate],
) -> frozenset[Value]:
    """Find what becomes of an activation, of any case in which the same may answer it."""
    chosen = Chosen(fact, match, happened)
    return _values(on, demand.it.order(on), demand.it, chosen, found)[0]


def _unsaid() -> NoReturn:
    raise Unshared


def _in_time(on: Situation, demand: Demand, fact: Fact) -> Telling:
    return Telling(_said(demand, "pass", answered=True), Named(on, fact))


def _telling(
    on: Situation,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
    asked_for: Asked,
    values: frozenset[Value],
) -> Telling:
    fact, judgement = chosen.fact, judgement_of(values)
    order = demand.order(on)
    answers = [order.facts[each.event] for each in found]
    within = demand.rule.within
    by_hours = within is not None and within.unit == "hours"
    span = _Span.of(on, asked_for.window, by_hours=by_hours)
    late = outcome_of(asked_for.window, span.now).late if judgement == "fail" else None
    untold = list(_missing(on, demand, chosen, found, asked_for, span, judgement))
    missing = tuple(dict.fromkeys(each.what for each in untold))
    settling = next((each.what for each in untold if each.settles), None)
    if judgement == "indeterminate" and all(each.settles is None for each in untold):
        settling = single(missing)
    just, near = None, demand.rule.near
    if near is not None and judgement == "pass":
        just = _near(on, fact, span, asked_for.window, answers, near.days)
    return Telling(
        _unjudged(demand)
        if missing == (say(MOMENT),) and values == {"failed", "pending"}
        else _said(demand, judgement, answered=bool(answers)),
        Named(on, fact, lambda: _beside(span, late, answers)),
        missing,
        settling,
        span.deadline,
        late,
        just,
    )


def _over_worlds(on: Situation, window: Window) -> frozenset[Value]:
    """Return what becomes of an activation, at the moment of judgement or any that may be it."""
    if on.moment is not None:
        return values_of(window, on.moment)
    moments = (_since_all(on, window), None)
    return frozenset(each for moment in moments for each in values_of(window, moment))


def _since_all(on: Situation, window: Window) -> datetime:
    """Return the earliest moment by which all had happened that bears on a window."""
    happened = (window.activation, *window.candidates)
    known = (each.time.latest for each in happened if each.time.latest is not None)
    return max((last_entry(on.view), *known))


@once
def last_entry(view: CaseView) -> datetime:
    """Return when the last entry of a case was recorded: no judgement of it was made before."""
    return datetime.fromisoformat(max(fact.event.recorded_at for fact in view.facts.values()))


class _Span(NamedTuple):
    """Between which moments a deadline lies, and the moment by which it is judged.

    Attributes:
        early: the earliest that it may be.
        latest: the latest that it may be.
        tz: where days are days.
        now: the moment of judgement; without one, of the last entry.
        by_hours: whether it is a time of day, and no day.
    """

    early: datetime
    latest: datetime
    tz: tzinfo
    now: datetime
    by_hours: bool

    @classmethod
    def of(cls, on: Situation, window: Window, *, by_hours: bool) -> _Span:
        """Find between which moments the deadline of a window lies."""
        now = on.moment or _since_all(on, window)
        fitted = ordered(window)
        ends = deadlines_of(fitted, now)
        start = fitted.activation.time
        return cls(ends.early.at(start.low), ends.late.at(start.high), window.tz, now, by_hours)

    @property
    def deadline(self) -> Deadline | None:
        """Return the deadline, as far as it is told."""
        early, late = self._shown(self.early), self._shown(self.latest)
        return None if early is None and late is None else Deadline(early, late)

    def _shown(self, moment: datetime) -> str | None:
        if moment == FOREVER or moment.year <= 1:
            return None
        at = local(moment, self.tz)
        return at.isoformat(timespec="minutes") if self.by_hours else at.date().isoformat()


def _said(demand: Demand, judgement: str, *, answered: bool) -> str:
    what = any_of_kinds(sorted(demand.answering.kinds))
    if demand.rule.within is None:
        within = say("by its due date")
    else:
        within = say("within {term}", term=term_words(demand.rule.within))
    if judgement == "fail":
        if answered:
            return say("{what} late", what=capital(what))
        return say("No {what} {within}", what=what, within=within)
    if judgement == "pass":
        return say_as("rule", "{what} {within}", what=capital(what), within=within)
    if judgement == "pending":
        return say("No {what} yet, and still in time", what=what)
    if judgement == "not-applicable":
        return say("Nothing to judge")
    return say("Whether there was {what} {within} is not told", what=what, within=within)


def _unjudged(demand: Demand) -> str:
    """Say that what was not answered may still be: no day is asked about that tells."""
    what = any_of_kinds(sorted(demand.answering.kinds))
    return say(
        "No {what} yet, and no day was asked about by which to tell whether it is late", what=what
    )


def _beside(span: _Span, late: Days | None, answers: Sequence[Fact]) -> str:
    """Say the deadline beside what it is of, and how late it was answered, or is."""
    by = span.deadline
    said = "" if by is None else say(", due {day}", day=_between(by))
    if late is not None and late != (0, 0):
        days = describe(late)
        said += say(", {days} late", days=days) if answers else say(", {days} overdue", days=days)
    return said


def _between(deadline: Deadline) -> str:
    early, late = (None if each is None else date(each) for each in deadline)
    if early == late or late is None:
        return str(early) if late is not None else say("{day} or later", day=early)
    if early is None:
        return say("{day} or earlier", day=late)
    return say("between {early} and {late}", early=early, late=late)


class _Untold(NamedTuple):
    """Something that is not told, and whether it alone would settle the matter.

    Attributes:
        settles: None: that was not tried; it does where nothing else is missing.
    """

    what: str
    settles: bool | None = None


def _missing(
    on: Situation,
    demand: Demand,
    chosen: Chosen,
    found: Sequence[Candidate],
    asked_for: Asked,
    span: _Span,
    judgement: Judgement,
) -> Iterator[_Untold]:
    """Yield what is not on record, without which one cannot tell, or which makes it fail."""
    if judgement == "fail" and not found:
        what = any_of_kinds(sorted(demand.answering.kinds))
        yield _Untold(say("{what} for {thing}", what=what, thing=named(on, chosen.fact)))
    if judgement != "indeterminate":
        return
    order = demand.order(on)
    answers = [order.facts[each.event] for each in found]
    told = False
    for turn in turns_of(asked_for.window, (on.moment,) if on.moment else (span.now, None)):
        if turn.part == "calendar":
            yield _Untold(_calendar_words(on, asked_for.window), turn.settles)
        for what in _named_turn(on, demand, chosen.fact, answers, turn):
            yield _Untold(what, turn.settles)
            told = True
    if not told:
        doubtful = [order.facts[each.event] for each in found if each.match == "unknown"]
        yield from map(_Untold, differing(on, demand, chosen, answers, doubtful, ordered=False))
    yield from map(_Untold, _untold(on, demand, chosen.fact, asked_for, span))


def _named_turn(
    on: Situation, demand: Demand, fact: Fact, answers: Sequence[Fact], turn: Turn
) -> Iterator[str]:
    """Name what a window turns on: dates and fields of the events that it is made of."""
    rule = demand.rule
    if turn.part == "activation":
        if turn.aspect == "time":
            yield time_of(on, fact)
        else:
            yield from (field_of(on, fact, name) for name in demand.asking.untold(on, fact))
    elif turn.part == "candidate":
        other = answers[turn.place]
        if turn.aspect == "time":
            yield time_of(on, other)
        else:
            yield from (field_of(on, other, name) for name in demand.answering.untold(on, other))
            for each, name in demand.correlation.untold(on, fact, other):
                yield field_of(on, each, name)
    elif turn.part == "due" and rule.due is not None:
        yield field_of(on, fact, rule.due.field)
    elif turn.part == "until":
        end = demand.ending.endings(on)[turn.place].fact
        untold = demand.ending.chooser.untold(on, end) if demand.ending.chooser else []
        if turn.aspect == "time":
            yield time_of(on, end)
        else:
            yield from (field_of(on, end, name) for name in untold)
    elif turn.part == "beginning" and rule.within is not None and rule.within.start is not None:
        event = rule.within.start.event
        chooser = Chooser(on.policy.selected((event,) if isinstance(event, str) else event))
        yield from loose_dates(on, (each.fact for each in chooser.candidates(on)))
    elif turn.part == "hold" and rule.unless is not None:
        hold = holding(on, demand, fact)[turn.place]
        ended = next(on.view.upon(hold, rule.unless.ends), None) if rule.unless.ends else None
        if turn.aspect == "time":
            yield time_of(on, hold)
        elif ended is not None:
            yield time_of(on, ended)
        elif rule.unless.until is not None:
            yield field_of(on, hold, rule.unless.until)


def _untold(
    on: Situation, demand: Demand, fact: Fact, asked_for: Asked, span: _Span
) -> Iterator[str]:
    """Yield what leaves the deadline open: the due date, the calendar, or by when to judge."""
    due = demand.rule.due
    if due is not None and due.field not in fact.fields:
        yield field_of(on, fact, due.field)
    elif on.moment is None and not asked_for.answers:
        yield say(MOMENT)
    if demand.rule.within is not None and span.latest == FOREVER and asked_for.runs:
        yield _calendar_words(on, asked_for.window)


def _calendar_words(on: Situation, window: Window) -> str:
    """Name the part of a calendar that is missing: before its lists begin, or after they end."""
    calendar = on.policy.calendar
    first, last = calendar.known_from, calendar.known_until
    if first is not None and local(window.activation.time.low, window.tz).date() < first:
        return say("the calendar before {day}", day=date(str(first)))
    if last is None:
        return say("the calendar")
    return say("the calendar after {day}", day=date(str(last)))


def _near(
    on: Situation,
    fact: Fact,
    span: _Span,
    window: Window,
    answers: Sequence[Fact],
    days: int,
) -> str | None:
    """Say that something was answered in time, and nearly was not."""
    if nearly(window, on.moment, days) == "no":
        return None
    due = span.deadline
    what = named(on, fact)
    if due is not None:
        what += say(", due {day}", day=_between(due))
    if not answers:
        return say("Just in time: {what}", what=what)
    return say("Just in time ({answer}): {what}", answer=numbered(answers[0]), what=what)
