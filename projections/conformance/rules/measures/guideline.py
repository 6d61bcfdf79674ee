"""Judge that a measure is one that a guideline allows for the finding that it answers.

A measure that answers several findings has to be allowed for one of them. Where no row is for a
finding, the guideline says nothing of it. A factor counts where it is on record with a decision
that the measure rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import product

from answerable.domain.dates import When
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Guideline, GuidelineRow
from answerable.domain.policy.selector import Choice
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.measures.answering import (
    Answered,
    Factor,
    answered,
    factor,
)
from answerable.projections.conformance.rules.measures.rows import (
    OTHER,
    possible_rows,
    says,
    untold_fields,
)
from answerable.projections.conformance.rules.naming import Named, field_of, named
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import NONE, Value, judgement_of

SANCTION = "sanction-imposed"

SAID = {
    "pass": "The guideline permits it",
    "fail": "Outside the guideline",
    "indeterminate": "Whether the guideline permits it is not told",
    "not-applicable": "The guideline has no row for it",
}

BETTER: tuple[Value, ...] = ("answered", "failed", "none")
"""Tell what becomes of a measure that answers several findings: the first of these of any."""


def prepare(rule: Guideline, policy: Policy) -> Prepared:
    """Make a guideline ready to judge cases."""
    chooser = Chooser((Choice(event=SANCTION),))

    def judge(on: Situation) -> Iterator[Judged]:
        for each in chooser.activations(on):
            yield _judged(on, each, rule.row)

    return Prepared(
        chooser.kinds, judge, "no measure is on record that the guideline has a row for"
    )


def _judged(on: Situation, chosen: Chosen, rows: Sequence[GuidelineRow]) -> Judged:
    fact = chosen.fact
    found = list(answered(on, fact))
    aggravated, mitigated = (factor(on, fact, name) for name in ("aggravating", "mitigating"))
    values = set(_values(found, rows, aggravated, mitigated))
    if not chosen.certain:
        values |= NONE
    judgement = judgement_of(frozenset(values))
    missing: tuple[str, ...] = ()
    if judgement == "indeterminate":
        missing = tuple(dict.fromkeys(_missing(on, chosen, found, rows, aggravated, mitigated)))
    elif judgement == "fail":
        missing = (f"a row of the guideline that permits {named(on, fact)}",)
    return Judged(
        frozenset(values),
        (fact.event_id, *(each.finding.event_id for each in found)),
        SAID[judgement],
        Named(on, fact),
        missing,
        missing[0] if len(missing) == 1 and judgement == "indeterminate" else None,
    )


def _values(
    found: Sequence[Answered],
    rows: Sequence[GuidelineRow],
    aggravated: Factor,
    mitigated: Factor,
) -> Iterator[Value]:
    """Yield what becomes of a measure in each world: of its own, and of each finding."""
    measures = tuple(dict.fromkeys(name for each in found for name in each.measures))
    possible = [possible_rows(rows, each.finding.fields) for each in found]
    for measure, more, less in product(
        measures, _either(aggravated.answer), _either(mitigated.answer)
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


def _either(answer: When) -> tuple[When, ...]:
    return ("yes", "no") if answer == "unknown" else (answer,)


def _missing(
    on: Situation,
    chosen: Chosen,
    found: Sequence[Answered],
    rows: Sequence[GuidelineRow],
    aggravated: Factor,
    mitigated: Factor,
) -> Iterator[str]:
    """Yield what would tell whether the guideline allows a measure."""
    item = named(on, chosen.fact)
    for each in found:
        for name in untold_fields(rows, each.finding.fields):
            yield field_of(on, each.finding, name)
        if not each.certain:
            yield f"whether {item} answers {named(on, each.finding)}"
    if any(len(each.measures) > 1 for each in found):
        yield f"what {item} became on appeal"
    elif any(OTHER in each.measures for each in found):
        yield f"which measure {item} is, in the guideline's terms"
    for name, of in (("unless_aggravated", aggravated), ("unless_mitigated", mitigated)):
        if _turns_on(name, found, rows):
            yield from of.missing
    if not chosen.certain:
        yield f"whether {item} stood by then"


def _turns_on(name: str, found: Sequence[Answered], rows: Sequence[GuidelineRow]) -> bool:
    """Tell whether a factor decides of what was imposed, in a row that may hold."""
    return any(
        row is not None and not set(getattr(row, name)).isdisjoint(each.measures)
        for each in found
        for row in possible_rows(rows, each.finding.fields)
    )
