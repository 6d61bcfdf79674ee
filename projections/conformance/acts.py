"""Find who did what in the handling of a case, and about whom.

Investigating, deciding and deciding an appeal are acts; announcing what was decided is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from answerable.domain.kinds import FAMILY
from answerable.domain.kinds.catalogue import CATALOGUE, ROWS
from answerable.projections.accountability.outside.other_houses import other_house, own_houses
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact

ABOUT = tuple(row.name for row in ROWS if row.accuses)
"""The kinds that make someone the subject of a case."""

ACTS = tuple(row.name for row in ROWS if row.deeds)
"""The kinds of act that the subject must not do."""

ANNOUNCING = tuple(row.name for row in ROWS if row.announcing)


class Act(NamedTuple):
    """Something done by someone, in words: "led the investigation".

    Attributes:
        field: the field of the event that tells by whom.
    """

    fact: Fact
    field: str
    done: str
    parties: tuple[str, ...]

    @property
    def inquiry(self) -> bool:
        """Tell whether the act was done to find out, and not to settle anything."""
        return FAMILY[self.fact.kind] == "investigation"


@once
def subjects(view: CaseView) -> Mapping[str, Sequence[Fact]]:
    """Find whom the case is about, with what was alleged, found or imposed, in order.

    What another house imposed on the one whose case it is makes that no judge in its own matter:
    it goes on to handle what happened in it.
    """
    found: dict[str, list[Fact]] = {}
    for fact in view.standing(*ABOUT):
        subject = fact.fields["subject"]
        if subject not in own_houses(view) or other_house(view, fact) is None:
            found.setdefault(subject, []).append(fact)
    return found


@once
def acts(view: CaseView) -> Sequence[Act]:
    """List who investigated and who decided, in the order of recording."""
    found: list[Act] = []
    for fact in view.standing(*ACTS):
        for field, done in CATALOGUE[fact.kind].deeds.items():
            told = fact.fields.get(field, ())
            parties = (told,) if isinstance(told, str) else tuple(told)
            found.append(Act(fact, field, done, parties))
    return found


def own_subjects(view: CaseView, act: Act) -> AbstractSet[str]:
    """Find whom an act is about: an inquiry, anyone; a decision, as the references tell."""
    fact = act.fact
    if act.inquiry:
        return subjects(view).keys()
    if fact.kind == "appeal-decided":
        lodged = view.facts[fact.fields["appeal"]]
        fact = view.facts[lodged.fields["against"]]
    under = (fact, *view.basis(fact).facts.values())
    own = {each.fields["subject"] for each in under if each.kind in ABOUT}
    return own | _resting(view).get(fact.event_id, set())


def announcements(view: CaseView) -> Iterator[Act]:
    """Yield who announced what was decided in the matter; statements tell it by their links."""
    settled = _settled(view)
    for fact in view.standing(*ANNOUNCING):
        for field, done in CATALOGUE[fact.kind].announcing.items():
            if field in fact.fields and _announces(view, fact, settled):
                yield Act(fact, field, done, (fact.fields[field],))


@once
def _resting(view: CaseView) -> Mapping[str, set[str]]:
    """Map each event to the subjects of what rests on it."""
    found: dict[str, set[str]] = {}
    for subject, said in subjects(view).items():
        for fact in said:
            for event_id in view.basis(fact).facts:
                found.setdefault(event_id, set()).add(subject)
    return found


def _announces(view: CaseView, fact: Fact, settled: AbstractSet[str]) -> bool:
    if CATALOGUE[fact.kind].act:
        return True
    if "announce" not in fact.fields["acts"]:
        return False
    resting = (each for each in settled if fact.event_id in direct_basis(view.facts[each]))
    return not settled.isdisjoint(view.basis(fact).facts) or any(resting)


def _settled(view: CaseView) -> frozenset[str]:
    """Find what was decided in the matter: each act upon a party, and each decision about one.

    A decision is about a party that carries such an act, or rests on what is said of somebody.
    """
    upon = [fact for fact in view.standing() if CATALOGUE[fact.kind].act]
    found = {fact.event_id for fact in upon}
    for fact in upon:
        decisions = view.basis(fact).of("decision-taken")
        found.update(each.event_id for each in decisions if each.event_id in view.facts)
    for fact in view.standing("decision-taken", "appeal-decided"):
        if any(CATALOGUE[each.kind].accuses for each in view.basis(fact).facts.values()):
            found.add(fact.event_id)
    return frozenset(found)
