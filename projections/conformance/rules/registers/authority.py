"""Judge that who decided on a measure held authority for it, over that grade, at the time.

It is enough that one of those who decided held it. For an organisation that decided, persons did,
and any who held it may be among them. An authority that lists no measures may or may
not cover one; one that lists no grades is over any. Who cites an authority that somebody else
holds may have acted for them. Where no authority on the register covers a measure, the register
does not tell yet who may decide on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import Span, When
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Authority
from answerable.projections.accountability.authority import covers
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.naming import doubted, named, numbered
from answerable.projections.conformance.rules.prepared import Prepared
from answerable.projections.conformance.rules.registers.grades import grades_then
from answerable.projections.conformance.rules.registers.powers import Power, held_then, power_of
from answerable.projections.conformance.worlds import ANSWERED, FAILED, OPEN
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of
from answerable.projections.facts.time import begun
from answerable.projections.wording.lines.nouns import any_of_kinds, noun
from answerable.projections.wording.vocabulary import term

REGISTER = "authority-granted"


class _Decided(NamedTuple):
    """Tell whether a decision was taken by who could, and what is not told of that.

    Attributes:
        events: the decision, and the authorities that bear it or may, by id.
        by: who decided, in words.
        used: whether the register told by then of anybody who may decide on it.
    """

    answer: When
    events: tuple[str, ...]
    by: str
    missing: tuple[str, ...]
    used: bool


def prepare(rule: Authority, policy: Policy) -> Prepared:
    """Make a rule on who may decide ready to judge cases."""
    chooser = Chooser(policy.selected(rule.act))
    kind, _, field = rule.by.partition(".")

    def judge(on: Situation) -> Iterator[Judged]:
        for each in chooser.activations(on):
            judged = _judged(on, each, kind, field)
            yield doubted(on, chooser, each, judged)

    return Prepared(chooser.kinds, judge, f"no {any_of_kinds(chooser.kinds)} is on record")


def _judged(on: Situation, chosen: Chosen, kind: str, field: str) -> Judged:
    fact = chosen.fact
    item = named(on, fact)
    measure = fact.fields.get("measure")
    found = [_decided(on, each, fact, field) for each in _deciding(on, fact, kind)]
    used = bool(found) and all(each.used for each in found)
    register = () if used else (_register(measure),)
    events = tuple(dict.fromkeys((fact.event_id, *(e for each in found for e in each.events))))
    if not found:
        missing = (f"the {noun(kind)} behind {item}", *register)
        said = "Which decision it rests on is not told"
        return Judged(OPEN, (fact.event_id,), said, item, missing, _single(missing))
    answer = any_of(each.answer for each in found)
    by = " and ".join(dict.fromkeys(each.by for each in found))
    if answer == "yes":
        said = "Decided by who held authority for it"
        return Judged(ANSWERED, events, said, f"{item}, by {by}")
    if answer == "no" and used:
        missing = (f"an authority for {item} that {by} held then",)
        said = "Decided without an authority for it on the register"
        return Judged(FAILED, events, said, f"{item}, by {by}", missing)
    missing = tuple(dict.fromkeys((*(m for each in found for m in each.missing), *register)))
    if register:
        said = "No register on record tells who may decide on it"
    else:
        said = "Whether who decided held authority for it is not told"
    return Judged(OPEN, events, said, item, missing, _single(missing))


def _deciding(on: Situation, fact: Fact, kind: str) -> list[FactInCase]:
    """Find the nearest decisions that something rests on; it can be one itself."""
    if fact.kind == kind:
        return [FactInCase(on.view, fact)]
    found: dict[str, FactInCase] = {}
    seen: set[str] = set()
    waiting = list(direct_basis(fact))
    while waiting:
        event_id = waiting.pop(0)
        placed = None if event_id in seen else on.view.placed(event_id)
        seen.add(event_id)
        if placed is None or not placed.fact.stands or placed.view.when(placed.fact) == "no":
            continue
        if placed.fact.kind == kind:
            found[event_id] = placed
        else:
            waiting.extend(direct_basis(placed.fact))
    return list(found.values())


def _decided(on: Situation, taken: FactInCase, act: Fact, field: str) -> _Decided:
    """Tell whether a decision on an act was taken by who could."""
    decision = taken.fact
    told = decision.fields.get(field, ())
    deciders = (told,) if isinstance(told, str) else tuple(told)
    span = taken.view.span(decision)
    grades = grades_then(on.view, act, span)
    cited = decision.fields.get("authority")
    several = [each for each in deciders if on.view.type_of(each) not in (None, "person")]
    known = bool(deciders) and not several
    powers: list[tuple[Power, When]] = []
    for grant in on.house.register(REGISTER):
        party = grant.fact.fields["party"]
        if known and party not in deciders and grant.fact.event_id != cited:
            continue
        by: When = "yes" if party in deciders else "unknown"
        powers.append((power_of(on, grant, taken, act, grades), by))
    possible = [(power, by) for power, by in powers if power.answer != "no"]
    answer = held_then([power for power, by in powers if by == "yes"], span)
    if answer == "no" and possible:
        answer = "unknown"
    missing = [what for power, by in possible for what in power.missing]
    if not deciders:
        missing.insert(0, f"who decided ({numbered(decision)})")
    elif several and answer != "yes":
        whom = ", ".join(map(on.view.name_of, several))
        missing.insert(0, f"which persons decided for {whom} ({numbered(decision)})")
    elif answer == "unknown" and all(by == "unknown" for _, by in possible):
        missing.append(f"for whom {numbered(decision)} was decided")
    who = ", ".join(map(on.view.name_of, deciders)) or "somebody who is not told"
    events = (decision.event_id, *(power.grant.event_id for power, _ in possible))
    used = _used(on, act.fields.get("measure"), span)
    by_whom = f"{who} ({numbered(decision)})"
    return _Decided(answer, events, by_whom, tuple(dict.fromkeys(missing)), used)


def _used(on: Situation, measure: str | None, decided: Span | None) -> bool:
    """Tell whether the register told of anybody who may decide on a measure by then."""
    return any(
        begun(each.fact.span("from"), decided) == "yes"
        for each in on.house.register(REGISTER)
        if measure is None or covers(each.fact.fields, measure) == "yes"
    )


def _register(measure: str | None) -> str:
    return f"a register of who may decide on a {_what(measure)}"


def _what(measure: str | None) -> str:
    return "measure" if measure is None else term(measure)


def _single(missing: Sequence[str]) -> str | None:
    return missing[0] if len(missing) == 1 else None
