"""Tell cases alike by the letter: those that tell the same wherever anything was read of one.

What rules find in a case of a pattern is decided by what they ask, and what they ask by what is
read for the answer: dates, what rests on what. So of one case it is noted, once its rules are
known, what all their questions read. Another that tells the same there has the same answers, and
none is worked out again. Houses that tell few dates, or copy cases, are quick by that; where
hardly any two tell the same, it is given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from answerable.domain.dates import When
from answerable.domain.record import RecordedEvent
from answerable.projections.conformance.errors import Unshared
from answerable.projections.conformance.likeness.at_hand import AtHand, to_the_letter
from answerable.projections.conformance.likeness.deciding import Decision, decided
from answerable.projections.conformance.likeness.told_alike import ToldAlike
from answerable.projections.conformance.likeness.watching import (
    KNOWN,
    NotedFields,
    elsewhere,
    unopened,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import FACT, Fact

MOST_KEPT = 64
"""Of so many sorts of cases of a pattern, by their letters, is kept what rules find."""

IN_VAIN = 64
"""So many more cases may be read to the letter than were found alike, before that is given up."""


class Place(NamedTuple):
    """A field of an event of a case that something was read of.

    Attributes:
        number: the number of the event.
        first: whether as first recorded, and not as corrected.
        names: whether it names events, parties or files, which cases of a pattern do alike.
    """

    number: int
    name: str
    first: bool
    names: bool


class Letters:
    """Keeps what rules find in the cases of a pattern, by what these tell to the letter."""

    __slots__ = ("_found", "_parties", "_places")

    def __init__(self) -> None:
        self._places: dict[Place, None] = {}
        self._parties: dict[int, None] = {}
        self._found: dict[tuple[object, ...], ToldAlike] = {}

    def of(self, case: AtHand) -> ToldAlike | None:
        """Return what is known of the cases that tell what one does; None where nothing is."""
        if not self._found:
            return None
        told = self._told(case)
        return None if told is None else self._found.get(told)

    def learn(self, case: AtHand, decisions: Sequence[Decision]) -> None:
        """Keep what rules find in a case.

        Args:
            case: the case.
            decisions: what is known of each rule in cases of its pattern.
        """
        noting = Noting(case)
        try:
            found = [decided(each, noting.case) for each in decisions]
        except Unshared:
            return
        if len(self._found) >= MOST_KEPT or not (
            noting.places.keys() <= self._places.keys()
            and noting.parties.keys() <= self._parties.keys()
        ):
            self._found.clear()
            self._places.update(noting.places)
            self._parties.update(noting.parties)
        told = self._told(case)
        if told is not None:
            self._found[told] = ToldAlike(found, frozenset())

    def _told(self, case: AtHand) -> tuple[object, ...] | None:
        """Return what a case tells; None where something told is a name in it, too."""
        facts, numbers = case.facts, case.numbers
        found: list[object] = []
        tell = found.append
        for number, name, first, names in self._places:
            fact = facts[number]
            told = (fact.event.fields if first else fact.fields).get(name)
            if told is None:
                tell(None)
            elif names:
                tell(numbers.get(told, told) if told.__class__ is str else _named(told, numbers))
            elif told.__class__ is str and told not in numbers:
                tell(told)
            else:
                try:
                    tell(to_the_letter(told, numbers))
                except Unshared:
                    return None
        if self._parties:
            named = [*numbers]
            found.extend([case.view.type_of(named[number]) for number in self._parties])
        return tuple(found)


def _named(told: Sequence[str], numbers: Mapping[str, int]) -> tuple[object, ...]:
    return tuple([numbers.get(each, each) for each in told])


class Noting:
    """Notes what is read of a case while questions are answered.

    Attributes:
        places: the fields that were read.
        parties: the parties of which was asked what they are, by their numbers.
        case: the case, to be asked.
    """

    def __init__(self, case: AtHand) -> None:
        """Begin to note what is read of a case."""
        self.places: dict[Place, None] = {}
        self.parties: dict[int, None] = {}
        self._real = case
        facts = [self._fact(number, fact) for number, fact in enumerate(case.facts)]
        self.case = AtHand(_NotingView(self, case, facts), facts, case.had, case.numbers)

    def _fact(self, number: int, fact: Fact) -> Fact:
        event, fields, *others = fact
        position, kind, first = event
        told = _NotingFields(self.places, number, kind, fields, first=False)
        told_first = (
            told if fields is first else _NotingFields(self.places, number, kind, first, first=True)
        )
        return FACT((RecordedEvent(position, kind, told_first), told, *others))

    def type_of(self, party: str) -> str | None:
        """Return what a party is.

        Raises:
            Unshared: nothing that a pattern tells names it.
        """
        number = self._real.numbers.get(party)
        if number is None:
            raise Unshared
        self.parties[number] = None
        return self._real.view.type_of(party)


class _NotingFields(NotedFields):
    """The fields of an event, of which is noted which are read."""

    __slots__ = ("_places",)

    def __init__(
        self,
        places: dict[Place, None],
        number: int,
        kind: str,
        fields: Mapping[str, Any],
        *,
        first: bool,
    ) -> None:
        super().__init__(number, kind, fields, first=first)
        self._places = places

    def get(self, name: str, default: Any = None) -> Any:
        """Return what a field tells."""
        if name not in KNOWN:
            names = name in self._naming.references or name in self._naming.names
            self._places[Place(self._number, name, self._first, names)] = None
        told = self._fields.get(name)
        return default if told is None else told


class _NotingView(CaseView):
    """A case of which is noted what is read; which events had happened, its pattern tells."""

    __slots__ = ("_had",)

    def __init__(self, noting: Noting, case: AtHand, facts: Sequence[Fact]) -> None:
        real = case.view
        super().__init__(
            real.case._replace(facts={each.event.event_id: each for each in facts}),
            real.asked,
            name_of=elsewhere,
            type_of=noting.type_of,
            find=elsewhere,
            place=elsewhere,
            roles=elsewhere,
            sealed=unopened,
            margins=real.margins,
        )
        self._had = {id(each): had for each, had in zip(facts, case.had, strict=True)}

    def when(self, fact: Fact) -> When:
        return self._had[id(fact)] if id(fact) in self._had else super().when(fact)
