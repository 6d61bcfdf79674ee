"""Find the events of a case that a link may be meant for, and say in a line what each is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.sentence import sentence_in


class Candidate(NamedTuple):
    """An event that a link may be meant for: its number, its id, its kind, and what it says."""

    position: int
    event_id: str
    kind: str
    text: str


def candidates(
    view: CaseView, kinds: Collection[str], without: Collection[str] = ()
) -> list[Candidate]:
    """List the events of some kinds that stand in a case, in the order of recording.

    Args:
        view: the case.
        kinds: the kinds.
        without: leaves out those that an event of one of these kinds acts upon: it settled them.
    """
    return sorted(
        candidate(view, fact)
        for fact in view.standing(*kinds)
        if not (without and any(view.upon(fact, *without)))
    )


def candidate(view: CaseView, fact: Fact) -> Candidate:
    """Say of an event of a case what it is."""
    return Candidate(fact.event.position, fact.event_id, fact.kind, sentence_in(view, fact))
