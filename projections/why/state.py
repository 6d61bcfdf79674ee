"""Tell how an event of a derivation stands, in the words of every other answer.

A charge is not shown without what came of it, a measure not without its end. What an appeal or a
withdrawal did is told by marks of its own, and so is not repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from answerable.projections.accountability.bars import BAR, bars_of
from answerable.projections.accountability.interim import TAKEN, interim_of
from answerable.projections.accountability.outside.agreements import (
    AGREEMENT,
    agreement_of,
    binding,
)
from answerable.projections.accountability.outside.commitments import COMMITMENT, commitment
from answerable.projections.accountability.outside.proceedings import PROCEEDING, proceeding_of
from answerable.projections.accountability.sanctions import course
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.bar import bar_state
from answerable.projections.wording.outside.agreement import agreement_state, promise_state
from answerable.projections.wording.outside.proceeding import proceeding_state
from answerable.projections.wording.provisional import interim_state
from answerable.projections.wording.sanction import course_words

MARKED = frozenset(("overturned", "withdrawn"))
"""The states of a sanction that the marks of its node tell."""


def state_of(placed: FactInCase) -> str | None:
    """Say how an event stands by the moment asked about; None where that says nothing of it."""
    fact = placed.fact
    told = STATES.get(fact.kind)
    return None if told is None or not fact.stands else told(placed.view, fact)


def _sanction(view: CaseView, fact: Fact) -> str | None:
    found = course(view, fact)
    if found.state in MARKED:
        return None
    return course_words(found.state, found.may_be, found.cause)


def _bar(view: CaseView, fact: Fact) -> str | None:
    return next((bar_state(each) for each in bars_of(view) if each.event_id == fact.event_id), None)


STATES: Mapping[str, Callable[[CaseView, Fact], str | None]] = {
    "sanction-imposed": _sanction,
    BAR: _bar,
    TAKEN: lambda view, fact: interim_state(interim_of(view, fact)),
    PROCEEDING: lambda view, fact: proceeding_state(proceeding_of(view, fact)),
    AGREEMENT: lambda view, fact: agreement_state(agreement_of(view, fact)),
    COMMITMENT: lambda view, fact: promise_state(commitment(view, fact, binding(view, fact))),
}
"""The way to say how an event stands, by its kind."""
