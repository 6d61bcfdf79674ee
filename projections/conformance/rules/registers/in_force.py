"""Judge that a provision that is cited was in force when the conduct, or the event, occurred.

A policy is in force from its `from`, else from its adoption; a version of it, until the next one
is. Of a policy that the register has no adoption of, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.language.saying import say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import InForce
from answerable.domain.terms.outcome import blames
from answerable.projections.conformance.fact_order import bounded
from answerable.projections.conformance.house import House, Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.naming import (
    Named,
    doubted,
    field_of,
    named,
    numbered,
    single,
)
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.rules.registers.provisions import Provision, provisions
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.facts.time import begun
from answerable.projections.wording.lines.nouns import noun

REGISTER = "policy-adopted"
CONDUCT = "conduct_occurred"


class _Adopted(NamedTuple):
    """A version of a policy on the register, and from when it was in force."""

    fact: Fact
    version: str
    begins: Span | None

    @property
    def position(self) -> int:
        """Return the position of its adoption."""
        return self.fact.event.position


def prepare(rule: InForce, policy: Policy) -> Prepared:
    """Make a rule on provisions that are cited ready to judge cases."""
    kind, _, field = rule.clause.partition(".")
    chooser = Chooser(policy.selected(kind))

    def judge(on: Situation) -> Iterator[Judged]:
        register = on.house.answer(_register)
        for each in chooser.activations(on):
            if _breaches(each.fact):
                for judged in _judged(on, rule, each, field, register):
                    yield doubted(on, chooser, each, judged)

    nothing = say("no {what} that has to cite a provision", what=noun(kind))
    return Prepared(chooser.kinds, judge, nothing)


def _register(house: House) -> Mapping[str, Sequence[_Adopted]]:
    """Read which versions of which policies were adopted, in the order of their recording."""
    found: dict[str, list[_Adopted]] = {}
    for view, fact in house.register(REGISTER):
        begins = fact.span("from", margins=view.margins) or view.span(fact)
        adopted = _Adopted(fact, str(fact.fields["policy_version"]), begins)
        found.setdefault(fact.fields["policy"], []).append(adopted)
    return found


def _in_force(adopted: Sequence[_Adopted], version: str | None, when: Span | None) -> When:
    """Tell whether a policy was in force when something happened, in a version where one is told.

    A version is, until another one is that began later. Of two that began together, it is the one
    that was recorded last.
    """
    if version is None:
        return any_of(begun(each.begins, when) for each in adopted)
    return any_of(
        all_of(
            (
                begun(each.begins, when),
                *(opposite(_superseded(each, other, when)) for other in adopted),
            )
        )
        for each in adopted
        if each.version == version
    )


def _superseded(one: _Adopted, other: _Adopted, when: Span | None) -> When:
    """Tell whether another version had taken the place of one when something happened."""
    if one.version == other.version:
        return "no"
    if other.position > one.position:
        later = begun(one.begins, other.begins)
    else:
        later = opposite(begun(other.begins, one.begins))
    return all_of((later, begun(other.begins, when)))


def _breaches(fact: Fact) -> bool:
    """Tell whether an event says that a provision was breached; of other kinds, it may."""
    if fact.kind != "finding-made":
        return True
    return blames(fact.fields["outcome"], fact.fields["responsibility"])


def _judged(
    on: Situation,
    rule: InForce,
    chosen: Chosen,
    field: str,
    register: Mapping[str, Sequence[_Adopted]],
) -> Iterator[Judged]:
    """Judge each provision that an event cites."""
    fact = chosen.fact
    cited = list(provisions(fact.fields.get(field), register))
    if not cited:

        def uncited() -> Telling:
            missing = (field_of(on, fact, field), *_untold(on, fact, _moments(on, rule, fact)))
            said = say("Which provision it breaches is not told")
            return Telling(said, Named(on, fact), missing, single(missing))

        yield Judged(OPEN, (fact.event_id,), uncited)
    for each in cited:
        yield _provision(on, rule, fact, each, register.get(each.policy or "", ()))


def _provision(
    on: Situation,
    rule: InForce,
    fact: Fact,
    cited: Provision,
    adopted: Sequence[_Adopted],
) -> Judged:
    versions = [each for each in adopted if cited.version in (None, each.version)]
    answer: When = "unknown"
    if adopted:
        moments = _moments(on, rule, fact)
        answer = all_of(_in_force(adopted, cited.version, when) for _, when in moments)
    values = ANSWERED if answer == "yes" else FAILED if answer == "no" else OPEN
    events = tuple(dict.fromkeys((fact.event_id, *(each.fact.event_id for each in versions))))

    def tell() -> Telling:
        item = say("{provision}, cited by {thing}", provision=cited.text, thing=named(on, fact))
        then = say("the conduct occurred") if rule.at == "conduct" else say("it was cited")
        untold = _untold(on, fact, _moments(on, rule, fact))
        if not adopted:
            policy = cited.policy or say("the policy of {provision}", provision=cited.text)
            register = say("the adoption of {policy}", policy=policy)
            said = say("No register on record tells whether it was in force when {then}", then=then)
            return Telling(said, item, (register, *untold), None if untold else register)
        if answer == "yes":
            return Telling(say("In force when {then}", then=then), item)
        if answer == "no":
            wanted = f"{cited.policy}@{cited.version}" if cited.version else cited.policy
            wanting = say("an adoption of {policy} before {then}", policy=wanted, then=then)
            return Telling(say("Not in force when {then}", then=then), item, (wanting,))
        missing = untold or tuple(
            _from_when(each.version, cited.policy, numbered(each.fact)) for each in versions
        )
        said = say("Whether it was in force when {then} is not told", then=then)
        return Telling(said, item, missing, single(missing))

    return Judged(values, events, tell)


def _from_when(version: str, policy: str | None, number: str) -> str:
    return say(
        "from when {version} of {policy} ({number}) was in force",
        version=version,
        policy=policy,
        number=number,
    )


def _moments(on: Situation, rule: InForce, fact: Fact) -> Iterator[tuple[Fact, Span | None]]:
    """Yield when what a provision bears on occurred: of conduct, as it or its grounds tell."""
    if rule.at == "occurred":
        yield fact, bounded(on.view, fact)
        return
    if fact.fields.get(CONDUCT) is not None:
        yield fact, fact.span(CONDUCT, margins=on.view.margins)
        return
    grounds = on.view.basis(fact).facts.values()
    findings = [each for each in grounds if each.kind == "finding-made"]
    told = [each for each in findings or grounds if each.fields.get(CONDUCT) is not None]
    for each in told:
        yield each, each.span(CONDUCT, margins=on.view.margins)
    if not told:
        yield fact, None


def _untold(
    on: Situation, fact: Fact, moments: Iterable[tuple[Fact, Span | None]]
) -> tuple[str, ...]:
    """List what leaves open when the conduct, or the event, occurred."""
    found: dict[str, None] = {}
    for each, when in moments:
        if when is None:
            found[say("when the conduct of {thing} occurred", thing=named(on, fact))] = None
        elif when.first_day is None or when.first_day != when.last_day:
            found[say("when exactly the conduct of {thing} occurred", thing=named(on, each))] = None
    return tuple(found)
