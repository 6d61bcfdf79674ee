"""Judge that something is not done while something else lasts: no contact during a bar."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.dates import When
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import NotDuring
from answerable.projections.accountability.withdrawals import withdrawn_before
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import Situation
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
    loose_dates,
    numbered,
    single,
)
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import Value
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, opposite
from answerable.projections.facts.time import begun, ending, lasted, read
from answerable.projections.wording.lines.nouns import any_of_kinds, noun


def prepare(rule: NotDuring, policy: Policy) -> Prepared:
    """Make a rule on what is forbidden for a time ready to judge cases."""
    chooser = Chooser(policy.selected(rule.forbidden))
    alike_by = Correlation(tuple(rule.same), None, None)

    def judge(on: Situation) -> Iterator[Judged]:
        if rule.interval.kind not in on.view.kinds:
            return
        intervals = (each for each in on.view.standing(rule.interval.kind) if not each.alleged)
        pool = Pool(alike_by, [Chosen(each, "yes", "yes") for each in intervals])
        for each in chooser.activations(on):
            for interval in pool.near(each.fact):
                judged = _judged(on, rule, each, interval.fact)
                if judged is not None:
                    yield doubted(on, chooser, each, judged)

    nothing = f"no {any_of_kinds(chooser.kinds)} that a {noun(rule.interval.kind)} forbids"
    return Prepared(chooser.kinds, judge, f"{nothing} is on record")


def _judged(on: Situation, rule: NotDuring, chosen: Chosen, interval: Fact) -> Judged | None:
    """Judge something done against one interval; None where the two are of different things."""
    fact = chosen.fact
    same = alike(fact.fields, interval.fields, rule.same) if rule.same else "yes"
    if same == "no" or (rule.interval.bounded and not _end_told(rule, interval)):
        return None
    during = _during(on, rule, fact, interval)
    values: set[Value] = set()
    if during != "no":
        values.add("failed")
    if during != "yes" or same == "unknown":
        values.add("answered")
    if on.view.when(interval) == "unknown":
        # As of a moment by which it may not have begun to be: then nothing was forbidden.
        values.add("none")
    events = (fact.event_id, interval.event_id)
    return Judged(frozenset(values), events, lambda: _telling(on, rule, fact, interval, during))


def _telling(on: Situation, rule: NotDuring, fact: Fact, interval: Fact, during: When) -> Telling:
    what = noun(rule.interval.kind)
    said = {
        "yes": f"Done while the {what} {numbered(interval)} lasted",
        "no": f"Done before or after the {what} {numbered(interval)}",
        "unknown": f"Whether the {what} {numbered(interval)} lasted then is not told",
    }[during]
    missing = _missing(on, rule, fact, interval) if during == "unknown" else {}
    if on.view.when(interval) == "unknown":
        missing = {date_of(on, interval): None, **missing}
        if during == "yes":
            said = f"Whether there was the {what} {numbered(interval)} by then is not told"
    wanting = tuple(missing)
    return Telling(said, Named(on, fact), wanting, single(wanting))


def _end_told(rule: NotDuring, interval: Fact) -> bool:
    until = rule.interval.until
    return until is not None and until.partition(".")[2] in interval.fields


def _during(on: Situation, rule: NotDuring, fact: Fact, interval: Fact) -> When:
    """Tell whether something was done within an interval; its first and last days belong to it."""
    view = on.view
    when = bounded(view, fact)
    start, until = rule.interval.from_, rule.interval.until
    begins = interval.span(start.partition(".")[2], margins=view.margins) or bounded(view, interval)
    end_field = until.partition(".")[2] if until else ""
    end = interval.span(end_field, margins=view.margins) if end_field else None
    # What lasts is done until its own end.
    over = read(ending(fact.kind, fact.fields.get("occurred")), fact.zone, margins=view.margins)
    answers: list[When] = [begun(begins, over or when)]
    if end is not None:
        answers.append(lasted(end, when))
    answers.extend(lasted(view.effect_span(each), when) for each in _ended(on, rule, interval))
    answers.append(opposite(withdrawn_before(view, interval, when)))
    return all_of(answers)


def _ended(on: Situation, rule: NotDuring, interval: Fact) -> list[Fact]:
    """List what ended an interval."""
    ended_by = rule.interval.ended_by
    return list(on.view.case.upon(interval, ended_by)) if ended_by else []


def _missing(on: Situation, rule: NotDuring, fact: Fact, interval: Fact) -> dict[str, None]:
    """Name what leaves open whether something was done within an interval."""
    missing = dict.fromkeys(loose_dates(on, (fact,)))
    begins = rule.interval.from_.partition(".")[2]
    if begins not in interval.fields:
        missing[field_of(on, interval, begins)] = None
    ended = _ended(on, rule, interval)
    missing.update(dict.fromkeys(date_of(on, each) for each in ended if each.span() is None))
    return missing
