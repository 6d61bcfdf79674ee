"""Blame and decisions that were withdrawn, and what falls with a decision.

What is withdrawn stood until then: from when it has no effect is told by the withdrawal's
`effective`, else by when it was withdrawn, and never by when that was recorded. A sanction or a bar
falls with the decisions that it names in its `basis`, once each of them was withdrawn, or
overturned on appeal. (An act that is over when it has happened, as the end of an engagement, does
not fall: `why` says that nothing bears it any more.)
"""

from __future__ import annotations

from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import ROWS
from answerable.projections.accountability.appeals import (
    Happened,
    Overturning,
    appeal_allowed,
    overturned,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CARRIED, CARRYING, Fact
from answerable.projections.facts.three_valued import all_of, any_of

WITHDRAWING = tuple(
    dict.fromkeys(
        kind for row in ROWS for kind, state in row.becomes.items() if state == "withdrawn"
    )
)
"""The kinds that withdraw what they act upon."""

NOT_WITHDRAWN = Overturning("no")


class Reassignment(NamedTuple):
    """The one to whom blame passed, where it was withdrawn from another.

    Attributes:
        at: the position of the event that withdrew the blame.
        to: the finding that blames another instead, by event id.
        party: whom that finding blames, where it lies in the same case and stands.
    """

    at: int | None = None
    to: str | None = None
    party: str | None = None


def reassignment(view: CaseView, withdrawn_by: str | None) -> Reassignment:
    """Tell to whom blame passed by the event that withdrew it."""
    if withdrawn_by is None:
        return Reassignment()
    later = view.facts[withdrawn_by]
    to = later.fields.get("reassigned_to")
    finding = view.facts.get(to or "")
    party = finding.fields["subject"] if finding is not None and finding.stands else None
    return Reassignment(later.event.position, to, party)


def withdrawn(view: CaseView, fact: Fact) -> Overturning:
    """Tell whether a fact had been withdrawn, itself or with its decisions, by the moment asked."""
    return _withdrawn(view, fact, view.in_effect)


def undone(view: CaseView, fact: Fact) -> When:
    """Tell whether a fact had been overturned on appeal or withdrawn by the moment asked about."""
    return any_of((overturned(view, fact).answer, withdrawn(view, fact).answer))


def withdrawn_before(view: CaseView, fact: Fact, later: dates.Span | None) -> When:
    """Tell whether a fact had been withdrawn when something later happened."""
    return _withdrawn(
        view, fact, lambda ending: dates.precedes(view.effect_span(ending), later)
    ).answer


def _withdrawn(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    if view.kinds.isdisjoint(WITHDRAWING):
        return NOT_WITHDRAWN
    direct = _directly(view, fact, happened) if fact.upon else NOT_WITHDRAWN
    if direct.answer == "yes" or fact.event.kind not in CARRIED:
        return direct
    carried = _with_its_decisions(view, fact, happened)
    return carried if carried.answer == "yes" or direct.answer == "no" else direct


def _directly(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    for later in view.case.upon(fact, *WITHDRAWING):
        answer = happened(later)
        if answer != "no":
            return Overturning(answer, later.event_id)
    return NOT_WITHDRAWN


def _with_its_decisions(view: CaseView, fact: Fact, happened: Happened) -> Overturning:
    """Tell whether the decisions that a fact names all fell, and one of them by withdrawal."""
    answers: list[When] = []
    by: str | None = None
    for event_id in fact.fields.get("basis", ()):
        decision = view.facts.get(event_id)
        if decision is None:
            answers.append("unknown")  # What lies in another case may be a decision, too.
        elif decision.event.kind in CARRYING and decision.retracted_by is None:
            one = _directly(view, decision, happened) if decision.upon else NOT_WITHDRAWN
            by = one.by or by
            answers.append(any_of((one.answer, appeal_allowed(view, decision, happened).answer)))
    return NOT_WITHDRAWN if by is None else Overturning(all_of(answers), by)
