"""Tell what another house did: a bar, a sanction or a termination that is not this house's own.

It rests on that house's decisions and findings, so none of this house is missing behind it.
"""

from __future__ import annotations

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact


def other_house(view: CaseView, fact: Fact) -> str | None:
    """Return who did something, where that is told and is not the house whose case it is."""
    who = fact.fields.get(CATALOGUE[fact.kind].elsewhere)
    if who is None:
        return None
    own = {each.fields.get("organisation") for each in view.case.standing("case-opened")}
    return None if who in own else str(who)
