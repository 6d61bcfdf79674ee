"""Judge that a measure outside the band of like cases has a reason on record.

The band lies between two quantiles, by nearest rank, of how like findings were answered, on the
scale of gravity. Where there are too few of them, nothing is usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from answerable.domain.dates import When
from answerable.domain.language.saying import say, say_count, to_say
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Comparators
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.rules.naming import Named, field_of, named, single
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.worlds import OPEN, Value
from answerable.projections.consistency.comparators import Comparison, share_of
from answerable.projections.consistency.outliers import Side
from answerable.projections.consistency.units import DecidedFinding, decided
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.like_findings import TooManyLike

FINDING = "finding-made"


def prepare(rule: Comparators, policy: Policy) -> Prepared:
    """Make a rule on the measures of like cases ready to judge cases."""
    low, high = (share_of(str(each)) for each in rule.band.quantiles)

    def judge(on: Situation) -> Iterator[Judged]:
        on = Situation(on.house.compared(on.view), on.policy, on.house)
        for unit in decided(on.view):
            if unit.measures and unit.shape is not None:
                judged = _judged(on, rule, unit, (low, high))
                if judged is not None:
                    yield judged

    nothing = say("no measure has {number} like ones to be held against", number=rule.band.least)
    return Prepared(frozenset((FINDING,)), judge, nothing)


def _judged(
    on: Situation, rule: Comparators, unit: DecidedFinding, shares: tuple[Fraction, Fraction]
) -> Judged | None:
    """Judge how a finding was answered; None, where it has no comparators to speak of."""
    try:
        found = on.house.comparing.compare(on.view, unit, shares, rule.key)
    except TooManyLike as error:
        return _not_compared(on, unit, error.number)
    enough: When = "no" if found is None else found.enough(rule.band.least)
    if found is None or enough == "no":
        return None
    finding = on.view.facts[unit.event_id]
    kind, _, field = rule.reason.partition(".")
    telling: Sequence[Fact] = ()
    told = any(on.view.facts[each.event_id].kind == kind for each in unit.measures)
    if found.outside != "no" or not told:
        telling = list(_telling(on, unit, kind))
        told = bool(telling)
    reasoned: When = "no"
    if found.outside != "no":  # What is usual needs no reason.
        reasoned = any_of(on.told(fact, field) for fact in telling)
    values: set[Value] = set()
    if found.outside != "yes" or reasoned != "no":
        values.add("answered")
    if found.outside != "no" and reasoned != "yes":
        values.add("failed")
    if enough == "unknown" or unit.as_of != "yes" or not told:
        values.add("none")
    if not told:
        values.discard("failed")

    def tell() -> Telling:
        said, item = _said(found, reasoned), Named(on, finding)
        if "failed" not in values:
            return Telling(said, item)
        reasons = tuple(field_of(on, fact, field) for fact in telling)
        doubt = tuple(_doubts(on, found))
        missing = (*doubt, *_reasons(on, finding, reasons, found))
        return Telling(said, item, missing, single(reasons) if values == OPEN else None)

    events = (unit.event_id, *(each.event_id for each in unit.measures))
    return Judged(frozenset(values), events, tell)


def _not_compared(on: Situation, unit: DecidedFinding, number: int) -> Judged:
    """Leave open how a finding was answered, as of a moment of which too much would be read."""
    finding = on.view.facts[unit.event_id]

    command = f"answerable check {on.view.case_id}"

    def tell() -> Telling:
        said = say_count(
            "{number} finding of another case is like it, more than is worked out here as of "
            "another time; {command}, asked of the same times, works it out",
            "{number} findings of other cases are like it, more than are worked out here as of "
            "another time; {command}, asked of the same times, works them out",
            number,
            command=command,
        )
        return Telling(said, Named(on, finding), (_like(on, finding),))

    events = (unit.event_id, *(each.event_id for each in unit.measures))
    return Judged(frozenset(("answered", "failed", "none")), events, tell)


def _telling(on: Situation, unit: DecidedFinding, kind: str) -> Iterator[Fact]:
    """Yield the events that can tell the reason: measures, or what they rest on."""
    seen: dict[str, Fact] = {}
    for measure in unit.measures:
        fact = on.view.facts[measure.event_id]
        for each in (fact, *on.view.basis(fact).of(kind)):
            if each.kind == kind and each.event_id in on.view.facts:
                seen[each.event_id] = each
    yield from seen.values()


def _said(found: Comparison, reasoned: When) -> str:
    """Say where a measure lies among like ones."""
    if found.outside == "no":
        return say("Answered as like findings are")
    how = say(HOW[found.side])
    if found.outside == "unknown":
        return say("Whether it is answered {how} is not told", how=how)
    if reasoned == "unknown":
        return say("Answered {how}, and whether a reason is on record is withheld", how=how)
    if reasoned == "yes":
        return say("Answered {how}, with a reason on record", how=how)
    return say("Answered {how}, and no reason on record", how=how)


HOW: Mapping[Side | None, str] = {
    "milder": to_say("milder than like findings"),
    "graver": to_say("graver than like findings"),
    None: to_say("otherwise than like findings"),
}
"""Says how a finding was answered, by the side on which it lies."""


def _doubts(on: Situation, found: Comparison) -> Iterator[str]:
    """Yield what leaves open whether a finding was answered otherwise than like ones."""
    if found.outside != "unknown":
        return
    finding = on.view.facts[found.unit.event_id]
    if len(found.unit.steps) > 1:
        yield say("which measures for {thing} are in force", thing=named(on, finding))
    else:
        yield _like(on, finding)


def _like(on: Situation, finding: Fact) -> str:
    return say("how findings like {thing} were answered", thing=named(on, finding))


def _reasons(
    on: Situation, finding: Fact, reasons: tuple[str, ...], found: Comparison
) -> tuple[str, ...]:
    """Name the reasons that are missing; of several measures, one reason is enough."""
    if found.outside == "yes" and len(reasons) > 1:
        return (say("a reason for how {thing} was answered", thing=named(on, finding)),)
    return reasons
