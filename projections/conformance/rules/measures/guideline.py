"""Judge that a measure is one that a guideline allows for the finding that it answers.

A measure that answers several findings has to be allowed for one of them. Where no row is for a
finding, the guideline says nothing of it. A factor counts where it is on record with a decision
that the measure rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import product

from answerable.domain.dates import When
from answerable.domain.language.saying import say, to_say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Guideline
from answerable.domain.policy.selector import Choice
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.measures.answering import (
    Answered,
    Factor,
    answered,
    factor,
)
from answerable.projections.conformance.rules.measures.rows import OTHER, Rows, says
from answerable.projections.conformance.rules.naming import Named, field_of, single
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import NONE, Value, judgement_of
from answerable.projections.facts.facts import Fact

FINDING = "finding-made"
SANCTION = "sanction-imposed"

SAID = {
    "pass": to_say("The guideline permits it"),
    "fail": to_say("Outside the guideline"),
    "indeterminate": to_say("Whether the guideline permits it is not told"),
    "not-applicable": to_say("The guideline has no row for it"),
}

Factors = Mapping[str, Factor]
"""Of each factor that a row asks about, by its name, whether it is on record."""

ASKED_IN: Mapping[str, str] = {
    "aggravating": "unless_aggravated",
    "mitigating": "unless_mitigated",
}
"""Which field of a row asks about a factor."""

BETTER: tuple[Value, ...] = ("answered", "failed", "none")
"""Tell what becomes of a measure that answers several findings: the first of these of any."""


def prepare(rule: Guideline, policy: Policy) -> Prepared:
    """Make a guideline ready to judge cases."""
    chooser = Chooser((Choice(event=SANCTION),))

    rows = Rows(rule.row)

    def judge(on: Situation) -> Iterator[Judged]:
        if _for_none(on, rows):
            return
        for each in chooser.activations(on):
            yield _judged(on, each, rows)

    return Prepared(
        chooser.kinds, judge, say("no measure is on record that the guideline has a row for")
    )


def _for_none(on: Situation, rows: Rows) -> bool:
    """Tell at a glance whether no row is for any finding that a measure of a case may answer."""
    findings = on.view.standing(FINDING)
    return not any(any(rows.possible(each.fields)) for each in findings)


def _judged(on: Situation, chosen: Chosen, rows: Rows) -> Judged:
    fact = chosen.fact
    found = list(answered(on, fact))
    factors = _factors(on, fact, found, rows)
    values = frozenset(_values(found, rows, factors))
    if not chosen.certain:
        values |= NONE
    events = (fact.event_id, *(each.finding.event_id for each in found))
    return Judged(values, events, lambda: _telling(on, chosen, found, rows, factors, values))


def _telling(
    on: Situation,
    chosen: Chosen,
    found: Sequence[Answered],
    rows: Rows,
    factors: Factors,
    values: frozenset[Value],
) -> Telling:
    judgement = judgement_of(values)
    item = Named(on, chosen.fact)
    if judgement == "fail":
        wanting = say("a row of the guideline that permits {thing}", thing=item)
        return Telling(say(SAID["fail"]), item, (wanting,))
    if judgement != "indeterminate":
        return Telling(say(SAID[judgement]), item)
    missing = tuple(dict.fromkeys(_missing(on, chosen, found, rows, factors)))
    return Telling(say(SAID[judgement]), item, missing, single(missing))


def _factors(on: Situation, fact: Fact, found: Sequence[Answered], rows: Rows) -> Factors:
    """Find the factors on record that a row asks about, where one may hold that does."""
    return {
        name: factor(on, fact, name)
        for name, asked_in in ASKED_IN.items()
        if _turns_on(asked_in, found, rows)
    }


def _values(found: Sequence[Answered], rows: Rows, factors: Factors) -> Iterator[Value]:
    """Yield what becomes of a measure in each world: of its own, and of each finding."""
    measures = tuple(dict.fromkeys(name for each in found for name in each.measures))
    possible = [rows.possible(each.finding.fields) for each in found]
    for measure, more, less in product(
        measures, _either(factors.get("aggravating")), _either(factors.get("mitigating"))
    ):
        of_each: list[set[Value]] = []
        for each, its_rows in zip(found, possible, strict=True):
            of_it: set[Value] = set() if each.certain else {"none"}
            for row in its_rows:
                of_it |= says(row, measure, more, less)
            of_each.append(of_it)
        yield from best_of(of_each)
    if not measures:
        yield "none"


def best_of(of_each: Sequence[Set[Value]]) -> Iterator[Value]:
    """Yield the values that are the best of one from each set, over every choice of these.

    A value is, where every set has one that is no better. Choices are far too many to try.
    """
    if of_each and all(of_each):
        most = min(max(BETTER.index(value) for value in values) for values in of_each)
        yield from (
            value for value in frozenset[Value]().union(*of_each) if BETTER.index(value) <= most
        )


def _either(told: Factor | None) -> tuple[When, ...]:
    """List what a factor may be; where no row asks about it, that makes no difference."""
    if told is None:
        return ("no",)
    return ("yes", "no") if told.answer == "unknown" else (told.answer,)


def _missing(
    on: Situation,
    chosen: Chosen,
    found: Sequence[Answered],
    rows: Rows,
    factors: Factors,
) -> Iterator[str]:
    """Yield what would tell whether the guideline allows a measure."""
    item = Named(on, chosen.fact)
    for each in found:
        for name in rows.untold(each.finding.fields):
            yield field_of(on, each.finding, name)
        if not each.certain:
            other = Named(on, each.finding)
            yield say("whether {thing} answers {finding}", thing=item, finding=other)
    if any(len(each.measures) > 1 for each in found):
        yield say("what {thing} became on appeal", thing=item)
    elif any(OTHER in each.measures for each in found):
        yield say("which measure {thing} is, in the guideline's terms", thing=item)
    for each_factor in factors.values():
        yield from each_factor.missing
    if not chosen.certain:
        yield say("whether {thing} stood by then", thing=item)


def _turns_on(name: str, found: Sequence[Answered], rows: Rows) -> bool:
    """Tell whether a factor decides of what was imposed, in a row that may hold."""
    return any(
        row is not None and not set(getattr(row, name)).isdisjoint(each.measures)
        for each in found
        for row in rows.possible(each.finding.fields)
    )
