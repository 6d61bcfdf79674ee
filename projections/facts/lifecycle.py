"""Whether a case is open or closed.

A case takes a reopening only when it is closed, and a closure only when it is open, so these
follow one another in the order of their recording, whatever their dates are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILIES
from answerable.projections.facts.facts import CaseFacts

LIFECYCLE = frozenset(FAMILIES["case"])
"""The kinds of event that open a case, close it, or open it again."""

CaseStatus = Literal["open", "closed", "indeterminate"]


def case_status(facts: CaseFacts, *, as_of: datetime | None = None) -> CaseStatus | None:
    """Whether the case is open or closed; None where it was never opened.

    `indeterminate` where the dates allow more than one of these.
    """
    found = _possible(facts, as_of)
    return found.pop() if len(found) == 1 else "indeterminate"


def case_open(facts: CaseFacts, *, as_of: datetime | None = None) -> When:
    """Whether the case is open."""
    found = _possible(facts, as_of)
    if "open" not in found:
        return "no"
    return "yes" if len(found) == 1 else "unknown"


def _possible(facts: CaseFacts, as_of: datetime | None) -> set[CaseStatus | None]:
    """What it may be: as the last step that had happened left it, or any later that may have."""
    found: set[CaseStatus | None] = set()
    for fact in reversed(list(facts.standing(*LIFECYCLE, as_of=as_of))):
        found.add("closed" if fact.kind == "case-closed" else "open")
        if fact.when(as_of) == "yes":
            return found
    return found | {None}
