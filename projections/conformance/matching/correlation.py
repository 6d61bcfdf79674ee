"""Tell whether an event may be the answer to another: by fields alike, by a link, by a basis."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.policy.rules import Declare
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.matching.tests import alike
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of

BASIS = "basis"


class Correlation(NamedTuple):
    """Tell how a rule links an event to its answer: see `Declare`.

    Attributes:
        same: the fields that hold the same in both.
        link: the field of one that names the other.
        via: `basis`, or the field of the asking event that names what the answer acts upon.
    """

    same: tuple[str, ...]
    link: str | None
    via: str | None

    @classmethod
    def of(cls, rule: Declare) -> Correlation:
        """Take the correlation of a rule."""
        return cls(rule.same, rule.link, rule.via)

    def match(self, on: Situation, fact: Fact, other: Fact) -> When:
        """Tell whether two events belong together, as far as their fields tell."""
        found = alike(fact.fields, other.fields, self.same)
        if self.link and found != "no":
            found = all_of((found, _linked(on, self.link, fact, other)))
        if self.via and found != "no":
            found = all_of((found, _via(on, self.via, fact, other)))
        return found

    def told(self, fact: Fact) -> tuple[str | None, ...] | None:
        """Return what a fact tells of the fields that have to be alike; None: more links it."""
        if self.link or self.via:
            return None
        told = tuple([fact.fields.get(name) for name in self.same])
        return told if all(isinstance(each, str | None) for each in told) else None

    def untold(self, on: Situation, fact: Fact, other: Fact) -> list[tuple[Fact, str]]:
        """List the fields that leave open whether two events belong together."""
        found = [
            (each, name)
            for name in self.same
            for each in (fact, other)
            if each.fields.get(name) is None
        ]
        if self.link and _linked(on, self.link, fact, other) == "unknown":
            found.append((other, self.link))
        return found


def _linked(on: Situation, link: str, fact: Fact, other: Fact) -> When:
    """Tell whether one of two events names the other in a field.

    An answer that names none answers the only event of its kind in the case; of several, it is
    unknown which.
    """
    for holder, named in ((other, fact), (fact, other)):
        told = holder.fields.get(link)
        if told is not None:
            names = (told,) if isinstance(told, str) else told
            return "yes" if named.event_id in names else "no"
    return "yes" if _standing(on.view)[fact.event.kind] == 1 else "unknown"


@once
def _standing(view: CaseView) -> Counter[str]:
    """Count what stands in a case, by its kind."""
    return Counter(each.event.kind for each in view.case.standing())


def _via(on: Situation, via: str, fact: Fact, other: Fact) -> When:
    if via == BASIS:
        rests = other.event_id in on.view.basis(fact).facts
        return "yes" if rests or fact.event_id in on.view.basis(other).facts else "no"
    told = fact.fields.get(via)
    if told is None:
        return "unknown"
    meant = {fact.event_id, *((told,) if isinstance(told, str) else told)}
    acted = (*direct_basis(other), other.fields.get("target"))
    return "no" if meant.isdisjoint(acted) else "yes"
