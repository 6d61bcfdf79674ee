"""Find who did what in the handling of a case, and about whom, as a rule on separation asks it.

Investigating, deciding and deciding an appeal are acts; so is accusing, which is no wrong by
itself, and leaves no room for the others. Announcing what was decided is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache
from typing import NamedTuple

from answerable.domain.kinds import FAMILY
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.language.saying import say, say_as
from answerable.domain.policy.rules import Separation
from answerable.projections.accountability.outside.other_houses import other_house, own_houses
from answerable.projections.conformance.house import Situation
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.facts import Fact
from answerable.projections.wording.vocabulary import label

ACCUSING = frozenset(("accuser", "reporter"))
"""The roles of who said that somebody did wrong."""


class Act(NamedTuple):
    """Something done by someone.

    Attributes:
        field: the field of the event that tells by whom.
        parties: by whom; none, where that is not told.
    """

    fact: Fact
    field: str
    parties: tuple[str, ...]

    @property
    def done(self) -> str:
        """Say what was done, to follow who did it: "led the investigation"."""
        row = CATALOGUE[self.fact.kind]
        said = row.deeds.get(self.field) or row.announcing.get(self.field)
        if said:
            return say_as("deed", said)
        return say("acted as {role}", role=row.doers.get(self.field) or label(self.field))

    @property
    def inquiry(self) -> bool:
        """Tell whether the act was done to find out, and not to settle anything."""
        return FAMILY[self.fact.kind] == "investigation"

    @property
    def accuses(self) -> bool:
        """Tell whether it was to say that somebody did wrong."""
        return CATALOGUE[self.fact.kind].doers.get(self.field) in ACCUSING


class Matter:
    """A case, as a rule on separation looks at it."""

    def __init__(self, on: Situation, rule: Separation) -> None:
        self.view = on.view
        self.house = on.house
        self.rule = rule
        self._about = _by_kind(tuple(rule.about))
        self._own: dict[str, AbstractSet[str]] = {}
        self._accused_by: dict[str, Sequence[Act]] = {}

    @cached_property
    def subjects(self) -> Mapping[str, Sequence[Fact]]:
        """Find whom the case is about, with what was alleged, found or imposed, in order.

        What another house imposed on the one whose case it is makes that no judge in its own
        matter: it goes on to handle what happened in it.
        """
        found: dict[str, list[Fact]] = {}
        view, houses = self.view, own_houses(self.view)
        for fact in self._standing(self._about):
            for subject in self.named(fact):
                if subject not in houses or other_house(view, fact) is None:
                    found.setdefault(subject, []).append(fact)
        return found

    def _standing(self, kinds: Iterable[str]) -> Sequence[Fact]:
        """List the facts of some kinds that stand, in the order of recording."""
        view = self.view
        found = [fact for kind in kinds if kind in view.kinds for fact in view.standing(kind)]
        found.sort(key=_position)
        return found

    @cached_property
    def deeds(self) -> Sequence[Act]:
        """List who investigated, decided and accused, in the order of recording."""
        return list(self._done(self.rule.acts))

    @property
    def acts(self) -> Iterator[Act]:
        """Yield what must not be done by who has another part in the matter."""
        return (each for each in self.deeds if not each.accuses)

    @property
    def judged(self) -> Iterator[Act]:
        """Yield the acts that the rule judges: all, or those that it is about."""
        wanted = frozenset(self.rule.of)
        for act in self.acts:
            if not wanted or f"{act.fact.kind}.{act.field}" in wanted:
                yield act

    def announcements(self) -> Iterator[Act]:
        """Yield who announced what was decided in the matter; statements tell it by their links."""
        for act in self._done(self.rule.near):
            if act.parties and self._announces(act.fact):
                yield act

    def named(self, fact: Fact) -> tuple[str, ...]:
        """List whom an event makes a subject of the matter."""
        fields = self._about.get(fact.event.kind, ())
        if len(fields) == 1:
            return _parties(fact, fields[0])
        return tuple([party for field in fields for party in _parties(fact, field)])

    def own_subjects(self, act: Act) -> AbstractSet[str]:
        """Find whom an act is about: an inquiry, anyone; a decision, as the references tell."""
        if act.inquiry:
            return self.subjects.keys()
        found = self._own.get(act.fact.event_id)
        if found is None:
            found = self._own[act.fact.event_id] = self._decided_about(act.fact)
        return found

    def _decided_about(self, fact: Fact) -> AbstractSet[str]:
        if fact.kind == "appeal-decided":
            fact = self._appealed(fact)
        under = (fact, *self.view.basis(fact).facts.values())
        own = {party for each in under for party in self.named(each)}
        return own | self._resting.get(fact.event_id, set())

    def accusations(self, subject: str) -> Sequence[Act]:
        """List who said that a subject did wrong: in an allegation, or a report behind one."""
        found = self._accused_by.get(subject)
        if found is None:
            found = self._accused_by[subject] = self._accusations(subject)
        return found

    def _accusations(self, subject: str) -> Sequence[Act]:
        said = {fact.event_id for fact in self.subjects[subject]}
        for fact in self.subjects[subject]:
            if fact.kind != "sanction-imposed":
                reports = self.view.basis(fact).of("report-received")
                said.update(each.event_id for each in reports)
        return [each for each in self.accusing if each.fact.event_id in said]

    def acts_of(self, party: str) -> Sequence[Act]:
        """List what a party did that leaves no room for another part, in the order of recording."""
        return self._by_party.get(party, ())

    @cached_property
    def _by_party(self) -> Mapping[str, Sequence[Act]]:
        found: dict[str, list[Act]] = {}
        for act in self.acts:
            for party in dict.fromkeys(act.parties):
                found.setdefault(party, []).append(act)
        return found

    @cached_property
    def accusing(self) -> Sequence[Act]:
        """List who said that somebody did wrong."""
        return [each for each in self.deeds if each.accuses]

    def _done(self, fields: Sequence[str]) -> Iterator[Act]:
        by_kind = _by_kind(tuple(fields))
        for fact in self._standing(by_kind):
            if not fact.alleged or CATALOGUE[fact.kind].claim:
                for field in by_kind[fact.kind]:
                    yield Act(fact, field, _parties(fact, field))

    def _appealed(self, decided: Fact) -> Fact:
        lodged = self.view.facts.get(decided.fields["appeal"])
        against = None if lodged is None else self.view.facts.get(lodged.fields["against"])
        return against or lodged or decided

    @cached_property
    def _resting(self) -> Mapping[str, set[str]]:
        """Map each event to the subjects of what rests on it."""
        found: dict[str, set[str]] = {}
        for subject, said in self.subjects.items():
            for fact in said:
                for event_id in self.view.basis(fact).facts:
                    found.setdefault(event_id, set()).add(subject)
        return found

    def _announces(self, fact: Fact) -> bool:
        if fact.kind != "statement-published":
            return True
        if "announce" not in fact.fields["acts"]:
            return False
        if fact.event_id in self._named_by_settled:
            return True
        return not self._settled.isdisjoint(self.view.basis(fact).facts)

    @cached_property
    def _named_by_settled(self) -> frozenset[str]:
        """Find what rests directly below what was decided in the matter."""
        facts = self.view.facts
        return frozenset([below for each in self._settled for below in direct_basis(facts[each])])

    @cached_property
    def _settled(self) -> frozenset[str]:
        """Find what was decided in the matter: each act upon a party, and each decision about one.

        A decision is about a party that carries such an act, or rests on what is said of somebody.
        """
        view = self.view
        upon = [fact for fact in view.standing() if CATALOGUE[fact.kind].act]
        found = {fact.event_id for fact in upon}
        for fact in upon:
            decisions = view.basis(fact).of("decision-taken")
            found.update(each.event_id for each in decisions if each.event_id in view.facts)
        for fact in view.standing("decision-taken", "appeal-decided"):
            if any(CATALOGUE[each.kind].accuses for each in view.basis(fact).facts.values()):
                found.add(fact.event_id)
        return frozenset(found)


@lru_cache(maxsize=256)
def _by_kind(fields: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Group the fields that a rule names, as `decision-taken.deciders`, by their kind."""
    found: dict[str, list[str]] = {}
    for each in fields:
        kind, _, field = each.partition(".")
        found.setdefault(kind, []).append(field)
    return found


def _position(fact: Fact) -> int:
    return fact.event.position


def _parties(fact: Fact, field: str) -> tuple[str, ...]:
    told = fact.fields.get(field)
    if not told:
        return ()
    return (told,) if isinstance(told, str) else tuple(told)
