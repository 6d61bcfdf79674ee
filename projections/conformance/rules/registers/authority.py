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
from answerable.domain.language.saying import punctuation, say, say_as
from answerable.domain.policy.document import Policy
from answerable.domain.policy.rules import Authority
from answerable.projections.accountability.authority import covers
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.judgement import Judged, Telling
from answerable.projections.conformance.matching.chosen import Chooser, Chosen
from answerable.projections.conformance.rules.naming import Named, doubted, numbered, single
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
        used: whether the register told by then of anybody who may decide on it.
        decision: the decision.
        deciders: who decided.
        possible: the authorities that bear it or may, and whether each is of one who decided.
    """

    answer: When
    events: tuple[str, ...]
    used: bool
    decision: Fact
    deciders: tuple[str, ...]
    possible: Sequence[tuple[Power, When]]


def prepare(rule: Authority, policy: Policy) -> Prepared:
    """Make a rule on who may decide ready to judge cases."""
    chooser = Chooser(policy.selected(rule.act))
    kind, _, field = rule.by.partition(".")

    def judge(on: Situation) -> Iterator[Judged]:
        for each in chooser.activations(on):
            judged = _judged(on, each, kind, field)
            yield doubted(on, chooser, each, judged)

    nothing = say("no {what} is on record", what=any_of_kinds(chooser.kinds))
    return Prepared(chooser.kinds, judge, nothing)


def _judged(on: Situation, chosen: Chosen, kind: str, field: str) -> Judged:
    fact = chosen.fact
    found = [_decided(on, each, fact, field) for each in _deciding(on, fact, kind)]
    used = bool(found) and all(each.used for each in found)
    answer = any_of(each.answer for each in found) if found else "unknown"
    values = ANSWERED if answer == "yes" else FAILED if answer == "no" and used else OPEN
    events = tuple(dict.fromkeys((fact.event_id, *(e for each in found for e in each.events))))
    return Judged(values, events, lambda: _telling(on, fact, kind, found, answer, used=used))


def _telling(
    on: Situation, fact: Fact, kind: str, found: Sequence[_Decided], answer: When, *, used: bool
) -> Telling:
    item = Named(on, fact)
    register = () if used else (_register(fact.fields.get("measure")),)
    if not found:
        missing = (say("the {what} behind {thing}", what=noun(kind), thing=item), *register)
        said = say("Which decision it rests on is not told")
        return Telling(said, item, missing, single(missing))
    by = say_as("list", " and ").join(dict.fromkeys(_by_whom(on, each) for each in found))
    whose = say("{thing}, by {party}", thing=item, party=by)
    if answer == "yes":
        if any(len(each.deciders) > 1 for each in found):
            return Telling(say("At least one of those who decided held authority for it"), whose)
        return Telling(say("Decided by who held authority for it"), whose)
    if answer == "no" and used:
        said = say("Decided without an authority for it on the register")
        wanting = say("an authority for {thing} that {party} held then", thing=item, party=by)
        return Telling(said, whose, (wanting,))
    untold = (what for each in found for what in _untold(on, each))
    missing = tuple(dict.fromkeys((*untold, *register)))
    said = say("Whether who decided held authority for it is not told")
    if register:
        said = say("No register on record tells who may decide on it")
    return Telling(said, item, missing, single(missing))


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
    span = taken.view.span(decision) if on.house.register(REGISTER) else None
    powers = list(_powers(on, taken, act, deciders, span))
    possible = [(power, by) for power, by in powers if power.answer != "no"]
    answer = held_then([power for power, by in powers if by == "yes"], span)
    if answer == "no" and possible:
        answer = "unknown"
    events = (decision.event_id, *(power.grant.event_id for power, _ in possible))
    used = _used(on, act.fields.get("measure"), span)
    return _Decided(answer, events, used, decision, deciders, possible)


def _powers(
    on: Situation, taken: FactInCase, act: Fact, deciders: tuple[str, ...], span: Span | None
) -> Iterator[tuple[Power, When]]:
    """Yield the authorities that may bear a decision, and whether each is of one who decided."""
    register = on.house.register(REGISTER)
    if not register:
        return
    grades = grades_then(on.view, act, span)
    cited = taken.fact.fields.get("authority")
    known = bool(deciders) and not _several(on, deciders)
    for grant in register:
        party = grant.fact.fields["party"]
        if known and party not in deciders and grant.fact.event_id != cited:
            continue
        by: When = "yes" if party in deciders else "unknown"
        yield power_of(on, grant, taken, act, grades), by


def _several(on: Situation, deciders: Sequence[str]) -> list[str]:
    """List those who decided and are no single person."""
    return [each for each in deciders if on.view.type_of(each) not in (None, "person")]


def _by_whom(on: Situation, found: _Decided) -> str:
    who = punctuation(", ").join(map(on.view.name_of, found.deciders))
    told = who or say("somebody who is not told")
    return say("{what} ({marks})", what=told, marks=numbered(found.decision))


def _untold(on: Situation, found: _Decided) -> Iterator[str]:
    """Yield what is not told of whether a decision was taken by who could."""
    number, possible = numbered(found.decision), found.possible
    several = _several(on, found.deciders)
    if not found.deciders:
        yield say("who decided ({number})", number=number)
    elif several and found.answer != "yes":
        whom = punctuation(", ").join(map(on.view.name_of, several))
        yield say("which persons decided for {party} ({number})", party=whom, number=number)
    for power, _ in possible:
        yield from power.missing
    open_ = found.answer == "unknown" and bool(found.deciders) and not several
    if open_ and all(by == "unknown" for _, by in possible):
        yield say("for whom {number} was decided", number=number)


def _used(on: Situation, measure: str | None, decided: Span | None) -> bool:
    """Tell whether the register told of anybody who may decide on a measure by then."""
    return any(
        begun(each.fact.span("from"), decided) == "yes"
        for each in on.house.register(REGISTER)
        if measure is None or covers(each.fact.fields, measure) == "yes"
    )


def _register(measure: str | None) -> str:
    what = say("measure") if measure is None else term(measure)
    return say("a register of who may decide on a {measure}", measure=what)
