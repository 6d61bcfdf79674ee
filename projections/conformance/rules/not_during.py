"""Judge that something is not done while something else lasts: no contact during a bar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.language.saying import say, to_say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import NotDuring
from answerable.projections.accountability.withdrawals import WITHDRAWING, withdrawn_before
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import Same, Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.conformance.matching.pool import Pool
from answerable.projections.conformance.matching.tests import alike
from answerable.projections.conformance.rules.naming import (
    Named,
    date_of,
    doubted,
    field_of,
    loose,
    loose_dates,
    numbered,
    single,
    time_of,
)
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import Value
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, opposite
from answerable.projections.facts.time import begun, ending, lasted, read
from answerable.projections.wording.lines.nouns import any_of_kinds, noun


class _Interval(NamedTuple):
    """Hold what lasts, and forbids something meanwhile.

    Attributes:
        begins: when it began.
        ends: when it ended, by each thing that says so.
        withdrawable: whether anything may have withdrawn it.
    """

    fact: Fact
    begins: Span
    ends: tuple[Span | None, ...]
    withdrawable: bool


class _Done(NamedTuple):
    """Hold what is forbidden for a time, and was done: when, and until when where it lasted."""

    fact: Fact
    when: Span
    over: Span


def prepare(rule: NotDuring, policy: Policy) -> Prepared:
    """Make a rule on what is forbidden for a time ready to judge cases."""
    chooser = Chooser(policy.selected(rule.forbidden))
    alike_by = Correlation(tuple(rule.same), None, None)
    asked = Same(rule)

    def judge(on: Situation) -> Iterator[Judged]:
        if rule.interval.kind not in on.view.kinds:
            return
        intervals = {
            each.event_id: each
            for each in on.view.standing(rule.interval.kind)
            if not each.alleged and not (rule.interval.bounded and not _end_told(rule, each))
        }
        pool = Pool(alike_by, [Chosen(each, "yes", "yes") for each in intervals.values()])
        for each in chooser.activations(on):
            for near in pool.near(each.fact):
                judged = _judged(on, asked, each.fact, near.fact)
                if judged is not None:
                    yield doubted(on, chooser, each, judged)

    nothing = say(
        "no {what} that a {interval} forbids is on record",
        what=any_of_kinds(chooser.kinds),
        interval=noun(rule.interval.kind),
    )
    return Prepared(chooser.kinds, judge, nothing)


def _interval(on: Situation, rule: NotDuring, fact: Fact) -> _Interval:
    view = on.view
    start, until = rule.interval.from_, rule.interval.until
    begins = fact.span(start.partition(".")[2], margins=view.margins) or bounded(view, fact)
    end = fact.span(until.partition(".")[2], margins=view.margins) if until else None
    ended = [view.effect_span(each) for each in _ended(on, rule, fact)]
    return _Interval(
        fact,
        begins,
        (*([] if end is None else [end]), *ended),
        not view.kinds.isdisjoint(WITHDRAWING),
    )


def _done(on: Situation, fact: Fact) -> _Done:
    when = bounded(on.view, fact)
    # What lasts is done until its own end.
    until = ending(fact.kind, fact.fields.get("occurred"))
    return _Done(fact, when, read(until, fact.zone, margins=on.view.margins) or when)


def _judged(on: Situation, asked: Same[NotDuring], fact: Fact, other: Fact) -> Judged | None:
    """Judge something done against one interval; None where the two are of different things."""
    rule = asked.it
    same = alike(fact.fields, other.fields, rule.same) if rule.same else "yes"
    if same == "no":
        return None
    during = on.tell(_told_during, asked, fact, other)
    values = _values(during, same, on.view.when(other))
    tell = partial(_telling, on, rule, fact, other, during)
    return Judged(values, (fact.event_id, other.event_id), tell)


@lru_cache(maxsize=32)
def _values(during: When, same: When, happened: When) -> frozenset[Value]:
    """Return what becomes of something by whether it was done within an interval that is meant."""
    values: set[Value] = set()
    if during != "no":
        values.add("failed")
    if during != "yes" or same == "unknown":
        values.add("answered")
    if happened == "unknown":
        # As of a moment by which it may not have begun to be: then nothing was forbidden.
        values.add("none")
    return frozenset(values)


def _telling(on: Situation, rule: NotDuring, fact: Fact, interval: Fact, during: When) -> Telling:
    told = {"interval": noun(rule.interval.kind), "number": numbered(interval)}
    said = say(DURING[during], **told)
    missing = _missing(on, rule, fact, interval) if during == "unknown" else {}
    if on.view.when(interval) == "unknown":
        missing = {date_of(on, interval): None, **missing}
        if during == "yes":
            said = say("Whether there was the {interval} {number} by then is not told", **told)
    wanting = tuple(missing)
    return Telling(said, Named(on, fact), wanting, single(wanting))


DURING: Mapping[When, str] = {
    "yes": to_say("Done while the {interval} {number} lasted"),
    "no": to_say("Done before or after the {interval} {number}"),
    "unknown": to_say("Whether the {interval} {number} lasted then is not told"),
}
"""Says whether something was done while something else lasted."""


def _end_told(rule: NotDuring, interval: Fact) -> bool:
    until = rule.interval.until
    return until is not None and until.partition(".")[2] in interval.fields


def _told_during(on: Situation, asked: Same[NotDuring], fact: Fact, other: Fact) -> When:
    """Tell whether something was done within an interval; both are read once a case."""
    done, interval = ("done", fact.event_id), ("interval", asked, other.event_id)
    known = on.chosen
    if done not in known:
        known[done] = _done(on, fact)
    if interval not in known:
        known[interval] = _interval(on, asked.it, other)
    return _during(on, known[done], known[interval])


def _during(on: Situation, done: _Done, interval: _Interval) -> When:
    """Tell whether something was done within an interval; its first and last days belong to it."""
    began = begun(interval.begins, done.over)
    if began == "no" or not (interval.ends or interval.withdrawable):
        return began
    answers: list[When] = [began]
    answers.extend(lasted(end, done.when) for end in interval.ends)
    if interval.withdrawable:
        answers.append(opposite(withdrawn_before(on.view, interval.fact, done.when)))
    return all_of(answers)


def _ended(on: Situation, rule: NotDuring, interval: Fact) -> list[Fact]:
    """List what ended an interval."""
    ended_by = rule.interval.ended_by
    return list(on.view.case.upon(interval, ended_by)) if ended_by else []


def _missing(on: Situation, rule: NotDuring, fact: Fact, interval: Fact) -> dict[str, None]:
    """Name what leaves open whether something was done within an interval: either of two dates.

    Where neither leaves more than a day open, it is the time of that day.
    """
    done, lasting = _done(on, fact), _interval(on, rule, interval)
    missing: dict[str, None] = {}
    if begun(lasting.begins, done.over) == "unknown":
        missing.update(_between(on, fact, lasting.begins, _beginning(on, rule, interval)))
    for end, name in _ends(on, rule, interval):
        if lasted(end, done.when) == "unknown":
            missing.update(_between(on, fact, end, name))
    for each in on.view.case.upon(interval, *WITHDRAWING):
        span = on.view.effect_span(each)
        if lasted(span, done.when) == "unknown":
            missing.update(_between(on, fact, span, time_of(on, each)))
    return missing or dict.fromkeys(loose_dates(on, (fact,)))


def _between(on: Situation, fact: Fact, span: Span | None, name: str) -> Iterator[tuple[str, None]]:
    """Name the dates of two that are loose: of what was done, and of an end of what lasted."""
    either = loose(on, fact)
    if either:
        yield date_of(on, fact), None
    if span is None or span.first_day is None or span.first_day != span.last_day:
        yield name, None
    elif not either:
        yield time_of(on, fact), None


def _beginning(on: Situation, rule: NotDuring, interval: Fact) -> str:
    """Name what tells when an interval began."""
    return field_of(on, interval, rule.interval.from_.partition(".")[2])


def _ends(on: Situation, rule: NotDuring, interval: Fact) -> Iterator[tuple[Span | None, str]]:
    """Yield when an interval ended, by each thing that tells it, with its name."""
    until = (rule.interval.until or "").partition(".")[2]
    if until in interval.fields:
        told = interval.span(until, margins=on.view.margins)
        yield told, field_of(on, interval, until)
    for each in _ended(on, rule, interval):
        effective = "effective" in each.fields
        name = field_of(on, each, "effective") if effective else time_of(on, each)
        yield on.view.effect_span(each), name
