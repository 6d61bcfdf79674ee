"""Tell what follows in a case: what is usual next, what is open, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from answerable.domain.case import RECORD
from answerable.domain.kinds import FAMILY
from answerable.domain.reader import EventReader
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.lifecycle import case_closed
from answerable.projections.following.lacking import Grant, missing, owed
from answerable.projections.following.steps import LOOK, SET, Step, step
from answerable.projections.following.usual import usual

REOPENING = "case-reopened"
CLOSING = "case-closed"

RANKS = ("usual", "open", "wrong", "missing", "undated")
"""The order in which steps are told."""


class Pile(NamedTuple):
    """Steps of one sort that ask for the same thing."""

    what: str
    steps: tuple[Step, ...]


def granted(reader: EventReader) -> list[Grant]:
    """List the authorities on the registers."""
    events = reader.events(kinds={"authority-granted"})
    return [Grant(each.fields["party"], each.position) for each in events]


def following(view: CaseView, grants: Collection[Grant] = ()) -> list[Step]:
    """List what follows in a case.

    What is usual next comes first, then what is open, what is missing or wrong, and dates that are
    not told. Nothing is said twice: what would end something open is not usual beside that.

    Args:
        view: the case.
        grants: the authorities on the registers.
    """
    owes = sorted(owed(view), key=lambda each: each.kind == CLOSING)
    ends = {(each.kind, each.fields) for each in owes}
    next_ = [each for each in usual(view) if (each.kind, each.fields) not in ends]
    return _possible(view, [*next_, *owes, *missing(view, grants)])


def following_upon(view: CaseView, fact: Fact, grants: Collection[Grant] = ()) -> list[Step]:
    """List what follows upon one event: of `following`, what is about it; or what is next at all.

    What could be linked to it is left out: the receipt offers that in words.
    """
    all_ = following(view, grants)
    own = [each for each in all_ if each.event_id == fact.event_id]
    own = [each for each in own if not links(each)]
    if own or FAMILY[fact.kind] == "record":
        return own
    return [each for each in all_ if each.sort == "usual"]


def links(step: Step) -> bool:
    """Tell whether a step gives an event a link that is on record: the receipt offers that."""
    return any(name == SET and str(value).startswith("basis=") for name, value in step.fields)


def _possible(view: CaseView, steps: list[Step]) -> list[Step]:
    """Have a closed case opened again for what it does not take: what is open or missing in it.

    What else usually follows is left out.
    """
    if case_closed(view) != "yes":
        return steps
    taken = [each for each in steps if _taken_when_closed(each)]
    if len(taken) == len(steps) or all(each.kind == CLOSING for each in steps):
        return taken
    found = (each if _taken_when_closed(each) else _reopened(each) for each in steps)
    kept = [each for each in found if each.sort != "usual"]
    return [step("usual", "the reopening of the case", REOPENING, view, None, ()), *kept]


def _taken_when_closed(each: Step) -> bool:
    return each.kind in (LOOK, *RECORD) or FAMILY[each.kind] == "house"


def _reopened(each: Step) -> Step:
    """Return what comes before a step in a closed case, and is about the same."""
    return each._replace(kind=REOPENING, fields=())


def piles(steps: Iterable[Step]) -> Iterator[Pile]:
    """Put together the steps that ask for the same thing, in the order of the first of each."""
    found: dict[tuple[str, str, str], list[Step]] = {}
    for each in steps:
        found.setdefault((each.sort, each.what, each.kind), []).append(each)
    for (_, what, _), own in sorted(found.items(), key=lambda each: RANKS.index(each[0][0])):
        yield Pile(what, tuple(own))
