"""Tell what others say to have become of something: it is shown, and ends nothing.

A lifting, an execution, an allowed appeal or a withdrawal that is only alleged leaves a sanction, a
finding, a bar or an interim measure as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.projections.accountability.appeals import lodgings
from answerable.projections.accountability.withdrawals import WITHDRAWING
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact


class Hearsay(NamedTuple):
    """Something that is said by others to have happened to what it is told of.

    Attributes:
        what: what is said to have become of it: `lifted`, `overturned`, `superseded`.
    """

    event_id: str
    position: int
    what: str


def hearsay_of(view: CaseView, fact: Fact) -> tuple[Hearsay, ...]:
    """List what others say to have become of a fact, which nothing on record bears out."""
    appealed = "appeal-lodged" in view.kinds
    if not appealed and not any(view.facts[each].alleged for each in fact.upon):
        return ()
    return tuple(_said(view, fact))


def said_of(fact: Fact, what: str) -> Hearsay:
    """Tell what an alleged event is said to have made of something."""
    return Hearsay(fact.event_id, fact.event.position, what)


def _said(view: CaseView, fact: Fact) -> Iterator[Hearsay]:
    becomes = CATALOGUE[fact.kind].becomes
    for later in view.alleged_upon(fact):
        what = "withdrawn" if later.kind in WITHDRAWING else becomes.get(later.kind)
        if what is not None:
            told = later.fields.get("manner") or later.fields.get("outcome")
            yield said_of(later, told or what)
    for lodged in lodgings(view, fact):
        for decided in view.alleged_upon(lodged, "appeal-decided"):
            if decided.fields["outcome"] == "allowed":
                yield said_of(decided, "overturned")
