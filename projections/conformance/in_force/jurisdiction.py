"""Tell whether a policy is for a case: by the jurisdiction that the case's opening tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from answerable.domain.policy.document import Policy
from answerable.domain.terms.several import one_or_several
from answerable.projections.facts.case_view import CaseView, once

ANY = "*"

Applies = Literal["yes", "elsewhere", "not told"]
"""Tell whether a policy is for a case: it is, the case is elsewhere, or none tells where."""


def applies(policy: Policy, told: Sequence[str]) -> Applies:
    """Tell whether a policy is for a case.

    Args:
        policy: the policy.
        told: the jurisdictions that are told of the case; see `jurisdictions`.
    """
    if ANY in policy.jurisdictions:
        return "yes"
    if not told:
        return "not told"
    codes = {code for each in told for code in (each, each.partition("-")[0])}
    return "elsewhere" if codes.isdisjoint(policy.jurisdictions) else "yes"


@once
def jurisdictions(view: CaseView) -> tuple[str, ...]:
    """List the jurisdictions that the opening of a case tells."""
    for opened in view.case.standing("case-opened"):
        told = one_or_several(opened.fields.get("jurisdiction"))
        if told:
            return (told,) if isinstance(told, str) else tuple(told)
    return ()
