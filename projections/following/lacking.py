"""Find what is open in a case, or untold, and which step would end or mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from answerable.domain.kinds import FAMILY, LINKS
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import say, to_say
from answerable.projections.accountability.obligations import DUTIES, obligations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.following.steps import (
    LOOK,
    MENDS,
    SET,
    Known,
    Step,
    carried,
    mended,
    place,
    step,
)
from answerable.projections.grounds.plain_links import plain_links
from answerable.projections.grounds.problems import Problem, problems_of
from answerable.projections.grounds.required_links import ASKED, LATER
from answerable.projections.timeline.timeline import UNDATED_FAMILIES

DATE = to_say("when it happened")

HEARING = "subject-heard"
GRANTED = "authority-granted"

TOLD_BY: Mapping[str, str] = {
    "clause": "clause",
    "deciders": "deciders",
    "authority": "authority",
    "difference": "difference",
    "collector": "collected_by",
    "collected": "occurred",
}
"""The field of an event that tells what is missing, where it is the event's own to tell."""


class Grant(NamedTuple):
    """An authority on the house's registers: whose, and where."""

    party: str
    position: int


def untold(view: CaseView, fact: Fact) -> Iterator[str]:
    """Say what is not on record of an event: its date, and the links that it must have."""
    if undated(fact):
        yield DATE
    for problem in problems_of(view):
        if problem.event_id == fact.event_id and problem.sort == "missing":
            yield ASKED[problem.link]


def undated(fact: Fact) -> bool:
    """Tell whether an event happened on some day, and does not tell which.

    Where its date is a link that it must have, that is told as such.
    """
    linked = any(TOLD_BY.get(link) == "occurred" for link in CATALOGUE[fact.kind].links)
    untimed = linked or FAMILY[fact.kind] in UNDATED_FAMILIES
    return "occurred" not in fact.fields and not untimed


def owed(view: CaseView) -> Iterator[Step]:
    """Yield what would end the things that are open."""
    for each in obligations_of(view):
        fact = view.facts[each.event_id]
        duty = next(duty for duty in DUTIES[fact.kind] if duty.what == each.what)
        kind = duty.ended_by[0]
        yield step("open", each.what, kind, view, fact, carried(kind, fact))


def missing(view: CaseView, granted: Collection[Grant] = ()) -> Iterator[Step]:
    """Yield what would mend what is missing or wrong in a case, and then the dates.

    Where no event mends it, the step is to look into it.

    Args:
        view: the case.
        granted: the authorities on the registers, for decisions that name none.
    """
    for problem in problems_of(view):
        placed = view.placed(problem.event_id)
        if placed is not None and problem.sort == "missing":
            yield _mending(*placed, problem, granted)
        elif placed is not None:
            yield _righting(*placed, problem)
    for fact in view.standing():
        if undated(fact):
            yield step("undated", DATE, MENDS, view, fact, mended(fact, "occurred", None))


def _mending(view: CaseView, fact: Fact, problem: Problem, granted: Collection[Grant]) -> Step:
    what, link = ASKED[problem.link], problem.link
    if link in LINKS:
        kind, fields = _linked(view, fact, LINKS[link])
    elif link == "hearing":
        kind, fields = HEARING, [*carried(HEARING, fact)]
        fields = [each for each in fields if each[0] in CATALOGUE[HEARING].about]
    elif link == "authority":
        kind, fields = _authority(view, fact, granted)
    elif link in TOLD_BY:
        kind, fields = MENDS, [*mended(fact, TOLD_BY[link], None)]
    else:
        # What an authority on record covers, and who holds it, is that authority's own to say.
        kind, fields = LOOK, []
    return step("missing", what, kind, view, fact, fields)


def _righting(view: CaseView, fact: Fact, problem: Problem) -> Step:
    """Return the step that rights a wrong date; what else cannot bear an event is looked into."""
    if problem.text.startswith(say(LATER)):
        fields = mended(fact, "occurred", None)
        return step("wrong", problem.text, MENDS, view, fact, fields)
    return step("wrong", problem.text, LOOK, view, fact, ())


def _linked(view: CaseView, fact: Fact, kind: str) -> tuple[str, list[Known]]:
    """Return the step that gives an event a link: a correction, where there is one to link."""
    offer = plain_links(view, fact)
    if offer is not None and kind in {each.kind for each in offer.found}:
        return MENDS, [("target", place(fact)), (SET, offer.words[-1])]
    if any(view.standing(kind)):
        basis = [_named(view, each) for each in fact.fields.get("basis", ())]
        return MENDS, [*mended(fact, "basis", ",".join((*basis, "…")))]
    about = CATALOGUE[fact.kind].about
    told = [each for each in carried(kind, fact) if each[0] in about]
    return kind, [*told, *_bearing(view, fact, kind)]


def _bearing(view: CaseView, fact: Fact, kind: str) -> Iterator[Known]:
    """Yield what a step of a kind usually follows, where the event that lacks it rests on that too.

    A decision upon a finding is told from others by it, and else is none behind the sanction.
    """
    offer = plain_links(view, fact)
    offered = () if offer is None else offer.found
    for link, wanted in LINKS.items():
        if kind not in CATALOGUE[wanted].followed_by:
            continue
        there = [place(each) for each in view.basis_in_case(fact).of(wanted)]
        for at in there or [str(each.position) for each in offered if each.kind == wanted]:
            yield link, at


def _named(view: CaseView, event_id: str) -> str:
    placed = view.placed(event_id)
    return event_id if placed is None else place(placed.fact)


def _authority(view: CaseView, fact: Fact, granted: Collection[Grant]) -> tuple[str, list[Known]]:
    """Return the step that tells by what authority something was decided.

    Where those who decided hold one on the registers, it is named; else it is to be recorded, for
    the measures that were imposed by the decision.
    """
    deciders = fact.fields.get("deciders", ())
    held = [each.position for each in granted if each.party in deciders]
    if not deciders or held:
        return MENDS, [*mended(fact, "authority", str(held[0]) if len(held) == 1 else None)]
    imposed = [
        each.fields["measure"]
        for each in view.standing("sanction-imposed")
        if fact.event_id in each.fields.get("basis", ())
    ]
    measures = (("measures", each) for each in dict.fromkeys(imposed))
    return GRANTED, [("party", deciders[0]), *measures]
