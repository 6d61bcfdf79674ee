"""The basis of a fact, however deep: the facts that it names, and those that they name.

An event names what it rests on in `basis`, and in the field by which it answers another one (the
allegation of a finding). What was retracted carries nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.projections.facts.facts import ACTING, CaseFacts, Fact

Elsewhere = Callable[[str], Fact | None]
"""Finds a fact of another case by its event id; None where there is none."""


HadHappened = Callable[[Fact], When]
"""Tells whether a fact had happened by the moment asked about."""


class Basis(NamedTuple):
    """All that a fact rests on and that stands, and the ids that lead nowhere."""

    facts: Mapping[str, Fact]
    absent: tuple[str, ...]

    def of(self, kind: str) -> list[Fact]:
        """List the facts of one kind."""
        return [fact for fact in self.facts.values() if fact.kind == kind]


def nowhere(_: str) -> Fact | None:
    """Find nothing: of other cases nothing is known."""
    return None


def always(_: Fact) -> When:
    """Tell that a fact had happened, where no moment is asked about."""
    return "yes"


def direct_basis(fact: Fact) -> tuple[str, ...]:
    """List the ids of the events that a fact names as its basis, each once."""
    fields = fact.fields
    acts_upon = ACTING.get(fact.event.kind)
    target = None if acts_upon is None else fields.get(acts_upon)
    basis = fields.get("basis")
    if not basis:
        return (target,) if target else ()
    if not target and len(basis) == 1:
        return tuple(filter(None, basis))
    return tuple(dict.fromkeys(filter(None, (target, *basis))))


def full_basis(
    facts: CaseFacts, fact: Fact, find: Elsewhere = nowhere, *, when: HadHappened = always
) -> Basis:
    """Gather what a fact rests on; what had not happened by the moment asked about is none of it.

    Args:
        facts: the case.
        fact: the fact.
        find: finds what lies in other cases.
        when: tells whether a fact had happened by that moment.
    """
    found: dict[str, Fact] = {}
    absent: dict[str, None] = {}
    waiting = list(direct_basis(fact))
    while waiting:
        event_id = waiting.pop()
        if event_id in found:
            continue
        other = facts.facts.get(event_id) or find(event_id)
        if other is None:
            absent[event_id] = None
        elif other.retracted_by is None and when(other) != "no":
            found[event_id] = other
            waiting.extend(direct_basis(other))
    return Basis(found, tuple(absent))
