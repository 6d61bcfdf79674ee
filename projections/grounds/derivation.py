"""Follow what events name as their basis, from some of them down to the evidence.

Events name what they rest on: `basis`, and the typed fields (the allegation that a finding answers,
the authority of a decision …). It is a graph and not a tree: one decision may carry seven
sanctions, and is one of its nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from answerable.domain.kinds import TARGETS
from answerable.projections.accountability.authority import AuthorityHeld, authority_held
from answerable.projections.facts.case_view import FactInCase
from answerable.projections.facts.facts import Fact
from answerable.projections.grounds.proposals import PROPOSAL
from answerable.projections.grounds.required_links import Support


class Resting(NamedTuple):
    """An event of a derivation, and what it names as its basis.

    Attributes:
        direct: what it names, with the field that names it, whether or not that still stands.
        absent: the ids that it names, and that no event on record has.
    """

    placed: FactInCase
    direct: tuple[tuple[str, FactInCase], ...]
    absent: tuple[str, ...]


def derive(roots: Iterable[FactInCase]) -> dict[str, Resting]:
    """Find all that some events rest on, by event id, in the order in which it is reached."""
    graph: dict[str, Resting] = {}
    waiting = list(roots)[::-1]
    while waiting:
        placed = waiting.pop()
        if placed.fact.event_id not in graph:
            resting = graph[placed.fact.event_id] = _resting(placed)
            waiting.extend(other for _, other in reversed(resting.direct))
    return graph


def reached(
    graph: Mapping[str, Resting], roots: Iterable[str], past: Callable[[Fact], bool] = bool
) -> set[str]:
    """Find which events of a derivation some of them rest on, by event id; these among them.

    Args:
        graph: the derivation.
        roots: the events asked about.
        past: tells whether an event is followed; all are, if left out.
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        event_id = waiting.pop()
        if event_id not in found:
            found.add(event_id)
            direct = graph[event_id].direct
            waiting.extend(other.fact.event_id for _, other in direct if past(other.fact))
    return found


def support(resting: Resting) -> Support:
    """Gather the support of an event of a derivation."""
    placed = resting.placed
    whole = placed.view.basis(placed.fact)
    return Support(resting.direct, resting.absent, whole, tuple(_powers(resting)))


def _resting(placed: FactInCase) -> Resting:
    """Find what an event names as its basis, as far as that had or may have happened."""
    direct: list[tuple[str, FactInCase]] = []
    absent: list[str] = []
    for event_id, field in _references(placed.fact).items():
        other = placed.view.placed(event_id)
        if other is None:
            absent.append(event_id)
        elif other.view.when(other.fact) != "no":
            direct.append((field, other))
    return Resting(placed, tuple(direct), tuple(absent))


def _references(fact: Fact) -> dict[str, str]:
    """List the ids that an event names as its basis, each with the field that names it first."""
    fields = fact.fields
    named: dict[str, str] = {}
    for field in (TARGETS.get(fact.kind), "authority", PROPOSAL):
        if field is not None and field in fields:
            named[fields[field]] = field
    for event_id in fields.get("basis", ()):
        named.setdefault(event_id, "basis")
    return named


def _powers(resting: Resting) -> Iterator[AuthorityHeld]:
    """Yield the authority that an event was decided under: its own, or that of its decisions."""
    fact = resting.placed.fact
    carriers = (other for _, other in resting.direct if fact.kind == "sanction-imposed")
    for placed in (resting.placed, *carriers):
        decision = placed.fact
        if decision.kind == "decision-taken" and decision.stands and "authority" in decision.fields:
            grant = placed.view.placed(decision.fields["authority"])
            if grant is not None and grant.view.when(grant.fact) != "no":
                yield authority_held(placed, grant, fact.fields.get("measure"))
