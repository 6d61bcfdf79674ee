"""Find what acts upon something that is dated later than itself: an execution before its sanction.

One of the two dates is wrong, and which is not told; so no length is measured from such a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.kinds import AMENDING, TARGETS
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact


def outruns(view: CaseView, fact: Fact) -> Fact | None:
    """Find what a fact acts upon, where all of that is dated later; None where it is not.

    What amends an event speaks of the record, and acts upon nothing that happens.
    """
    if fact.kind in AMENDING:
        return None
    other = view.facts.get(fact.fields.get(TARGETS.get(fact.kind, ""), ""))
    return other if other is not None and other.precedes(fact) == "no" else None


def premature(placed: FactInCase) -> Iterator[Fact]:
    """Yield what acts upon a fact, and is dated before it."""
    view, fact = placed
    return (step for step in view.upon(fact) if outruns(view, step) is not None)
