"""What became of the appeals against something, and whether they overturned it.

An appeal that is allowed overturns what it was against. Against a decision, it overturns the
sanctions and the bars that name the decision in their `basis`, once every decision that they name
there is overturned. An appeal is decided no earlier than it is lodged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.projections.facts.facts import (
    CARRIED,
    CaseFacts,
    Fact,
)
from answerable.projections.facts.three_valued import (
    all_of,
    any_of,
)
from answerable.projections.facts.time import span

AppealState = Literal[
    "none", "withdrawn", "dismissed", "partly-allowed", "pending", "allowed", "indeterminate"
]

RANK: dict[AppealState, int] = {
    "none": 0,
    "withdrawn": 1,
    "dismissed": 2,
    "partly-allowed": 3,
    "pending": 4,
    "allowed": 5,
}
"""Of several appeals, the one that ranks highest tells how the matter stands."""

Happened = Callable[[Fact], When]
"""Whether a fact had happened by then, for some `then`."""


class Overturning(NamedTuple):
    """Whether something was overturned, and the event that did, or may have done, so."""

    answer: When
    by: str | None = None


NOT_OVERTURNED = Overturning("no")


def appeal_state(facts: CaseFacts, fact: Fact, as_of: datetime | None = None) -> AppealState:
    """What became of the appeals against a fact; `indeterminate` where their dates do not tell.

    Allowed, if one was; else pending, if one is; else what was most in the appellant's favour.
    """
    each = [
        appeal_outcomes(facts, lodged, as_of)
        for event_id in fact.upon
        if (lodged := facts.facts[event_id]).event.kind == "appeal-lodged"
        and lodged.retracted_by is None
        and lodged.when(as_of) != "no"
    ]
    if not each:
        return "none"
    least = max(min(RANK[state] for state in states) for states in each)
    possible = {state for states in each for state in states if RANK[state] >= least}
    return possible.pop() if len(possible) == 1 else "indeterminate"


def appeal_outcomes(
    facts: CaseFacts, lodged: Fact, as_of: datetime | None = None
) -> set[AppealState]:
    """What may have become of one appeal by a moment: one state, or each that the dates allow."""
    sure: set[AppealState] = set()
    perhaps: set[AppealState] = set()
    for decided in facts.upon(lodged, "appeal-decided", as_of=as_of):
        (sure if decided.when(as_of) == "yes" else perhaps).add(decided.fields["outcome"])
    if sure:
        best = max(sure, key=RANK.__getitem__)
        return {best, *(state for state in perhaps if RANK[state] > RANK[best])}
    perhaps.add("pending")
    if lodged.when(as_of) == "unknown":
        perhaps.add("none")
    return perhaps


def overturned(facts: CaseFacts, fact: Fact, as_of: datetime | None = None) -> Overturning:
    """Whether a fact had been overturned by a moment."""
    if _out_of_reach(facts, fact):
        return NOT_OVERTURNED
    return _overturned(facts, fact, as_of, lambda decided: decided.when(as_of))


def overturned_before(
    facts: CaseFacts, fact: Fact, later: dates.Span | None, as_of: datetime | None = None
) -> When:
    """Whether a fact had been overturned when something later happened."""
    return _overturned(
        facts, fact, as_of, lambda decided: dates.precedes(span(decided.fields), later)
    ).answer


def _out_of_reach(facts: CaseFacts, fact: Fact) -> bool:
    """Whether no appeal was lodged that could overturn it; most are, so it is found out fast."""
    facts_by_id = facts.facts
    for event_id in fact.upon:
        if facts_by_id[event_id].event.kind == "appeal-lodged":
            return False
    if fact.event.kind in CARRIED:
        for event_id in fact.fields.get("basis", ()):
            decision = facts_by_id.get(event_id)
            if decision is not None and decision.upon:
                return False
    return True


def _overturned(
    facts: CaseFacts, fact: Fact, as_of: datetime | None, happened: Happened
) -> Overturning:
    direct = _allowed(facts, fact, as_of, happened) if fact.upon else NOT_OVERTURNED
    if direct.answer == "yes" or fact.kind not in CARRIED:
        return direct
    carried = _with_its_decisions(facts, fact, as_of, happened)
    # Of the two that may have done so, either can be named; the one that surely did comes first.
    return carried if carried.answer == "yes" or direct.answer == "no" else direct


def _allowed(
    facts: CaseFacts, fact: Fact, as_of: datetime | None, happened: Happened
) -> Overturning:
    """Whether an appeal against the fact itself had been allowed."""
    decisions = list(_allowing(facts, fact, as_of))
    answers = [happened(decided) for decided in decisions]
    answer = any_of(answers)
    if answer == "no":
        return NOT_OVERTURNED
    return Overturning(answer, decisions[answers.index(answer)].event_id)


def _allowing(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Iterator[Fact]:
    for lodged in facts.upon(fact, "appeal-lodged", as_of=as_of):
        for decided in facts.upon(lodged, "appeal-decided", as_of=as_of):
            if decided.fields["outcome"] == "allowed":
                yield decided


def _with_its_decisions(
    facts: CaseFacts, fact: Fact, as_of: datetime | None, happened: Happened
) -> Overturning:
    """Whether every decision that it names as its ground had been overturned.

    What it names of another case may be a decision, too, so then it is not known whether all were.
    """
    found: list[Overturning] = []
    elsewhere = False
    for event_id in fact.fields.get("basis", ()):
        decision = facts.facts.get(event_id)
        if decision is None:
            elsewhere = True
        elif decision.event.kind == "decision-taken" and decision.retracted_by is None:
            one = _allowed(facts, decision, as_of, happened) if decision.upon else NOT_OVERTURNED
            if one.answer == "no":
                return NOT_OVERTURNED
            found.append(one)
    if not found:
        return NOT_OVERTURNED
    answer = all_of(each.answer for each in found)
    return Overturning("unknown" if elsewhere else answer, found[-1].by)
