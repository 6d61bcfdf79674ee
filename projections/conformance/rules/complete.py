"""Judge that what must be told of some events is told."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Complete
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.naming import Named, doubted, field_of, single
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.counts import capital
from answerable.projections.wording.lines.nouns import any_of_kinds, field_of_it


def prepare(rule: Complete, policy: Policy) -> Prepared:
    """Make a rule on what must be told ready to judge cases."""
    chooser = Chooser(policy.selected(rule.of))

    def judge(on: Situation) -> Iterator[Judged]:
        for each in chooser.activations(on):
            yield doubted(on, chooser, each, _judged(on, each, rule.known))

    return Prepared(chooser.kinds, judge, f"no {any_of_kinds(chooser.kinds)} is on record")


def _judged(on: Situation, chosen: Chosen, names: tuple[str, ...]) -> Judged:
    fact = chosen.fact
    told = {name: on.told(fact, name) for name in names}
    absent = [name for name, answer in told.items() if answer == "no"]
    withheld = [name for name, answer in told.items() if answer == "unknown"]
    values = FAILED if absent else OPEN if withheld else ANSWERED
    return Judged(values, (fact.event_id,), lambda: _telling(on, fact, absent, withheld))


def _telling(on: Situation, fact: Fact, absent: list[str], withheld: list[str]) -> Telling:
    wanting = absent or withheld
    if not wanting:
        return Telling("All that must be told is told", Named(on, fact))
    how = "not told" if absent else "withheld, so whether it is told cannot be seen"
    said = f"{capital(' and '.join(map(field_of_it, wanting)))} {_are(wanting)} {how}"
    missing = tuple(field_of(on, fact, name) for name in wanting)
    return Telling(said, Named(on, fact), missing, single(missing))


def _are(names: list[str]) -> str:
    return "are" if len(names) > 1 else "is"
