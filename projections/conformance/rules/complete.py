"""Judge that what must be told of some events is told."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say, say_as, say_count, to_say_count
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

    nothing = say("no {what} is on record", what=any_of_kinds(chooser.kinds))
    return Prepared(chooser.kinds, judge, nothing)


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
        return Telling(say("All that must be told is told"), Named(on, fact))
    one, several = ABSENT if absent else HIDDEN
    what = capital(say_as("list", " and ").join(map(field_of_it, wanting)))
    said = say_count(one, several, len(wanting), what=what)
    missing = tuple(field_of(on, fact, name) for name in wanting)
    return Telling(said, Named(on, fact), missing, single(missing))


ABSENT = to_say_count("{what} is not told", "{what} are not told")
HIDDEN = to_say_count(
    "{what} is withheld, so whether it is told cannot be seen",
    "{what} are withheld, so whether it is told cannot be seen",
)
"""Says that something that must be told is not, or is not to be read."""
