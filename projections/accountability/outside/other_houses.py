"""Tell what another house did: a bar, a sanction or a termination that is not this house's own.

It rests on that house's decisions and findings, so none of this house is missing behind it.
"""

from __future__ import annotations

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact


def other_house(view: CaseView, fact: Fact) -> str | None:
    """Return who did something, where that is told and is not the house whose case it is."""
    who = fact.fields.get(CATALOGUE[fact.kind].elsewhere)
    return None if who is None or who in own_houses(view) else str(who)


@once
def own_houses(view: CaseView) -> frozenset[str]:
    """Return the organisation whose case it is, where that is told."""
    opened = view.case.standing("case-opened")
    return frozenset(
        each.fields["organisation"] for each in opened if "organisation" in each.fields
    )
