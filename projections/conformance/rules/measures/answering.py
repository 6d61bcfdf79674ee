"""Find what a measure rests on, as a guideline asks for it: findings, and factors on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.language.saying import say, to_say
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.rules.naming import numbered
from answerable.projections.consistency.units import DecidedFinding, Measure, decided
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of


class Answered(NamedTuple):
    """A finding that a measure answers, or may.

    Attributes:
        finding: the finding.
        measures: what the measure may be, as an appeal may have varied it.
        certain: whether it certainly answers the finding, which held the person responsible.
    """

    finding: Fact
    measures: tuple[str, ...]
    certain: bool


FACTORS = {
    "aggravating": to_say("the aggravating factors of the decision {decision}"),
    "mitigating": to_say("the mitigating factors of the decision {decision}"),
}


class Factor(NamedTuple):
    """Tell whether a factor is on record, and the decisions that do not tell."""

    answer: When
    missing: tuple[str, ...]


def answered(on: Situation, sanction: Fact) -> Iterator[Answered]:
    """Yield the findings that a measure answers, or may, whether or not it is still in force."""
    for unit, measure in _by_measure(on.view).get(sanction.event_id, ()):
        finding = on.view.facts[unit.event_id]
        certain = measure.link == "basis" or measure.held == "yes"
        yield Answered(finding, measure.named, certain and unit.as_of == "yes")


@once
def _by_measure(view: CaseView) -> Mapping[str, list[tuple[DecidedFinding, Measure]]]:
    """Index the findings that measures answer by the measures."""
    found: dict[str, list[tuple[DecidedFinding, Measure]]] = {}
    for unit in decided(view):
        for measure in unit.measures:
            found.setdefault(measure.event_id, []).append((unit, measure))
    return found


def factor(on: Situation, sanction: Fact, name: str) -> Factor:
    """Tell whether a factor is on record, in coded terms or in prose.

    Args:
        on: the case.
        sanction: the measure.
        name: `aggravating` or `mitigating`.
    """
    basis = on.view.basis(sanction)
    answers: list[When] = []
    missing: list[str] = []
    for decision in basis.of("decision-taken"):
        told = any_of(on.told(decision, each) for each in (f"{name}_factors", name))
        answers.append(told)
        if told == "unknown":
            missing.append(say(FACTORS[name], decision=numbered(decision)))
    if any_of(answers) == "no" and basis.absent:
        return Factor("unknown", basis.absent)
    return Factor(any_of(answers), tuple(missing))
