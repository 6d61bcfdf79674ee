"""Offer what an event plainly rests on and does not name: where only one event can be meant.

Nothing is taken as said: an offer is a correction, for whoever recorded the event to make or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from answerable.domain.kinds import LINKS
from answerable.domain.terms.outcome import blames
from answerable.projections.accountability.appeals import appeal_state
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView, FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.grounds.candidates import Candidate, candidate
from answerable.projections.grounds.derivation import derive, support
from answerable.projections.grounds.required_links import findings, missing

ORDER = ("decision", "finding", "evidence")
"""The order in which links are looked for: what rests on a finding already lacks none."""


class Offer(NamedTuple):
    """Hold what an event plainly rests on, and the correction that says so.

    Attributes:
        found: the events, for each link that it lacks and one event can be meant by.
        words: the command that records the correction, without the program's name.
    """

    found: tuple[Candidate, ...]
    words: tuple[str, ...]


def plain_links(view: CaseView, fact: Fact) -> Offer | None:
    """Find what an event plainly rests on; None where it lacks nothing, or more can be meant.

    Args:
        view: its case.
        fact: the event as it stands.
    """
    graph = derive([FactInCase(view, fact)])
    resting = graph[fact.event_id]
    lacking = {each.link for each in missing(resting.placed, support(resting))}
    found: list[Fact] = []
    for link in ORDER:
        if link in lacking and not any(_brings(view, each, link, fact) for each in found):
            bearing = (each for each in view.standing(LINKS[link]) if _may_bear(view, each, fact))
            may = list(islice(bearing, 2))  # A second is one too many, however many more there are.
            if len(may) == 1:
                found += may
    if not found:
        return None
    basis = (*_numbers(view, fact), *(str(each.event.position) for each in found))
    words = ("append", "correction", "--case", view.case_id, "--target", str(fact.event.position))
    return Offer(
        tuple(candidate(view, each) for each in found),
        (*words, "--set", f"basis={','.join(dict.fromkeys(basis))}"),
    )


def _brings(view: CaseView, found: Fact, link: str, fact: Fact) -> bool:
    """Tell whether what was found rests on what another link asks for."""
    return any(
        link != "finding" or _about(each, fact) for each in view.basis(found).of(LINKS[link])
    )


def _may_bear(view: CaseView, other: Fact, fact: Fact) -> bool:
    """Tell whether an event can bear another: it counts, is no later, and is about the same."""
    if other.event_id == fact.event_id or other.precedes(fact) == "no":
        return False
    if fact.event_id in view.basis(other).facts:
        return False
    if appeal_state(view, other) == "allowed" or withdrawn(view, other).answer == "yes":
        return False
    if other.kind != "finding-made":
        return True
    stands = findings(view).get(other.event_id)
    superseded = stands is not None and stands.superseded == "yes"
    return not superseded and _about(other, fact) and _blames(other)


def _about(finding: Fact, fact: Fact) -> bool:
    return bool(finding.fields["subject"] == fact.fields.get("subject"))


def _blames(finding: Fact) -> bool:
    return blames(finding.fields["outcome"], finding.fields["responsibility"])


def _numbers(view: CaseView, fact: Fact) -> Iterator[str]:
    """Yield the positions of what an event names as its basis."""
    for event_id in fact.fields.get("basis", ()):
        placed = view.placed(event_id)
        yield event_id if placed is None else str(placed.fact.event.position)
