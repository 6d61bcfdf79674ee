"""The state of the appeals against something, and whether they overturned it.

An appeal that is allowed overturns what it was against. Against a decision, or a judgment outside,
it overturns the sanctions and the bars that name it in their `basis`, once every decision and
judgment that they name there is overturned. An appeal is decided no earlier than it is lodged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CARRIED, CARRYING, Fact
from answerable.projections.facts.three_valued import all_of, any_of

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
"""The ranks of the states: of several appeals, the highest tells how the matter stands."""

Happened = Callable[[Fact], When]
"""A test of whether a fact had happened by some moment."""


class Overturning(NamedTuple):
    """An answer on whether something was overturned, and the event that did so, or may have."""

    answer: When
    by: str | None = None


NOT_OVERTURNED = Overturning("no")


def appeal_state(view: CaseView, fact: Fact) -> AppealState:
    """Return the state of the appeals against a fact; `indeterminate` where dates do not tell.

    Allowed, if one was; else pending, if one is; else the outcome best for the appellant.
    """
    each = [appeal_outcomes(view, lodged) for lodged in lodgings(view, fact)] if fact.upon else ()
    if not each:
        return "none"
    least = max(min(RANK[state] for state in states) for states in each)
    possible = {state for states in each for state in states if RANK[state] >= least}
    return possible.pop() if len(possible) == 1 else "indeterminate"


def lodgings(view: CaseView, fact: Fact) -> Iterator[Fact]:
    """Yield the appeals against a fact, those too that are only alleged.

    Of these, one counts once it is decided: what was decided was lodged.
    """
    for event_id in fact.upon:
        lodged = view.facts[event_id]
        if (
            lodged.event.kind == "appeal-lodged"
            and lodged.retracted_by is None
            and view.when(lodged) != "no"
        ):
            yield lodged


def appeal_outcomes(view: CaseView, lodged: Fact) -> set[AppealState]:
    """Return the state of one appeal, or each of the states that the dates allow."""
    sure: set[AppealState] = set()
    perhaps: set[AppealState] = set()
    for decided in view.upon(lodged, "appeal-decided"):
        (sure if view.when(decided) == "yes" else perhaps).add(decided.fields["outcome"])
    if sure:
        best = max(sure, key=RANK.__getitem__)
        return {best, *(state for state in perhaps if RANK[state] > RANK[best])}
    if not lodged.alleged:
        perhaps.add("pending")
    if lodged.alleged or view.when(lodged) == "unknown":
        perhaps.add("none")
    return perhaps


def overturned(view: CaseView, fact: Fact) -> Overturning:
    """Tell whether a fact had been overturned by the moment asked about."""
    if _out_of_reach(view, fact):
        return NOT_OVERTURNED
    return _overturned(view, fact, lambda decided: view.when(decided))


def overturned_before(view: CaseView, fact: Fact, later: dates.Span | None) -> When:
    """Tell whether a fact had been overturned when something later happened."""
    return _overturned(view, fact, lambda decided: dates.precedes(view.span(decided), later)).answer


def appeal_allowed(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    """Tell whether an appeal against the fact itself had been allowed."""
    return _allowed(view, fact, happened) if fact.upon else NOT_OVERTURNED


def _out_of_reach(view: CaseView, fact: Fact) -> bool:
    """Tell fast whether no appeal was lodged that could overturn a fact; of most, none was."""
    if "appeal-lodged" not in view.kinds:
        return True
    facts_by_id = view.facts
    for event_id in fact.upon:
        if facts_by_id[event_id].event.kind == "appeal-lodged":
            return False
    if fact.event.kind in CARRIED:
        for event_id in fact.fields.get("basis", ()):
            decision = facts_by_id.get(event_id)
            if decision is not None and decision.upon:
                return False
    return True


def _overturned(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    direct = _allowed(view, fact, happened) if fact.upon else NOT_OVERTURNED
    if direct.answer == "yes" or fact.kind not in CARRIED:
        return direct
    carried = _with_its_decisions(view, fact, happened)
    # Of the two that may have done so, either can be named; the one that surely did comes first.
    return carried if carried.answer == "yes" or direct.answer == "no" else direct


def _allowed(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    """Tell whether an appeal against the fact itself had been allowed."""
    decisions = list(_allowing(view, fact))
    answers = [happened(decided) for decided in decisions]
    answer = any_of(answers)
    if answer == "no":
        return NOT_OVERTURNED
    return Overturning(answer, decisions[answers.index(answer)].event_id)


def _allowing(view: CaseView, fact: Fact) -> Iterator[Fact]:
    for lodged in lodgings(view, fact):
        for decided in view.upon(lodged, "appeal-decided"):
            if decided.fields["outcome"] == "allowed":
                yield decided


def _with_its_decisions(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    """Tell whether every decision and judgment that a fact names as its basis had been overturned.

    A basis that lies in another case may be one too; the answer is then `unknown`.
    """
    found: list[Overturning] = []
    elsewhere = False
    for event_id in fact.fields.get("basis", ()):
        decision = view.facts.get(event_id)
        if decision is None:
            elsewhere = True
        elif decision.event.kind in CARRYING and decision.retracted_by is None:
            one = _allowed(view, decision, happened) if decision.upon else NOT_OVERTURNED
            if one.answer == "no":
                return NOT_OVERTURNED
            found.append(one)
    if not found:
        return NOT_OVERTURNED
    answer = all_of(each.answer for each in found)
    return Overturning("unknown" if elsewhere else answer, found[-1].by)
