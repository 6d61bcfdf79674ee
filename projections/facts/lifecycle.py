"""The status of a case: open or closed.

A case takes a reopening only when it is closed, and a closure only when it is open, so these
follow one another in the order of their recording, whatever their dates are.
"""

from __future__ import annotations

from typing import Literal

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILIES
from answerable.projections.facts.case_view import CaseView

LIFECYCLE = frozenset(FAMILIES["case"])
"""The kinds of event that open a case, close it, or open it again."""

CaseStatus = Literal["open", "closed", "indeterminate"]


def case_status(view: CaseView) -> CaseStatus | None:
    """Tell whether the case is open or closed; None where it was never opened.

    `indeterminate` where the dates allow more than one of these.
    """
    found = _possible(view)
    return found.pop() if len(found) == 1 else "indeterminate"


def case_open(view: CaseView) -> When:
    """Tell whether the case is open."""
    found = _possible(view)
    if "open" not in found:
        return "no"
    return "yes" if len(found) == 1 else "unknown"


def case_closed(view: CaseView) -> When:
    """Tell whether the case is closed."""
    found = _possible(view)
    if "closed" not in found:
        return "no"
    return "yes" if len(found) == 1 else "unknown"


def _possible(view: CaseView) -> set[CaseStatus | None]:
    """Return the states that the last step known to have happened, or any later one, left."""
    found: set[CaseStatus | None] = set()
    for fact in reversed(list(view.standing(*LIFECYCLE))):
        found.add("closed" if fact.kind == "case-closed" else "open")
        if view.when(fact) == "yes":
            return found
    return found | {None}
