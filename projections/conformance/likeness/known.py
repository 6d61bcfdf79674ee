"""Keep what is known of the cases of a pattern: what each rule finds in them, by what it asks.

Most of what rules ask is told to the letter in a few fields, and many ask the same. So these are
read once a case; what is left to ask of a case that tells the same in them is little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from answerable.projections.conformance.likeness import at_hand
from answerable.projections.conformance.likeness.at_hand import CLASH, AtHand, Question
from answerable.projections.conformance.likeness.deciding import Decision, decided, learned
from answerable.projections.conformance.likeness.letters import Letters
from answerable.projections.conformance.likeness.shared import Shared
from answerable.projections.conformance.likeness.told_alike import ToldAlike

MOST_TOLD_ALIKE = 256
"""Of so many sorts of cases of a pattern, by what fields tell, is kept what rules find."""

MOST_LEARNED = 16
"""So much more often is a rule watched in the cases of a pattern than its questions decided one."""

MOST_WATCHED = 256
"""The most often that a rule is watched in the cases of a pattern; others are judged alone then."""

MANY_TEXTS = 24
"""A field that tells so many texts is asked about by the rules that read it alone."""

Rules = TypeVar("Rules")


class Known(Generic[Rules]):
    """Keep what is known of the cases of a pattern.

    Attributes:
        letters: what is known of those that tell the same wherever anything is read.
        rules: what judges a case of the pattern.
    """

    __slots__ = (
        "_by_letters",
        "_decided",
        "_decisions",
        "_fields",
        "_learned",
        "_wide",
        "letters",
        "rules",
    )

    def __init__(self, rules: Sequence[Rules]) -> None:
        """Know nothing yet of the cases of a pattern.

        Args:
            rules: what judges them.
        """
        self.rules = rules
        self.letters = Letters()
        self._decisions: list[Decision] = [None] * len(rules)
        self._learned = [0] * len(rules)
        self._decided = [0] * len(rules)
        self._fields: dict[tuple[object, ...], None] = {}
        self._wide: set[tuple[object, ...]] = set()
        self._by_letters: dict[tuple[object, ...], ToldAlike] = {}

    def of(self, case: AtHand) -> ToldAlike:
        """Return what is known of cases that tell the same as one in the fields that rules read."""
        told = self._told(case)
        found = self._by_letters.get(told)
        if found is None:
            if len(self._by_letters) >= MOST_TOLD_ALIKE:
                self._narrow()
                told = self._told(case)
            found = ToldAlike([None] * len(self.rules), frozenset(self._fields))
            self._by_letters[told] = found
        else:
            found.several = True
        return found

    def _told(self, case: AtHand) -> tuple[object, ...]:
        """Return what a case tells in the fields that rules read."""
        found: list[object] = []
        facts, names = case.facts, case.numbers
        for number, name, first in self._fields:
            fact = facts[number]  # type: ignore[call-overload]
            told = (fact.event.fields if first else fact.fields).get(name)
            if told.__class__ is str:
                found.append(CLASH if told in names else told)
            elif told is None:
                found.append(None)
            else:
                found.append(at_hand.field(case, number, name, first))  # type: ignore[arg-type]
        return tuple(found)

    def find(self, rule: int, case: AtHand, alike: ToldAlike) -> Shared | str | None:
        """Return what a rule finds in a case; None where that is not known yet.

        Args:
            rule: its number.
            case: the case.
            alike: what is known of cases that tell the same.
        """
        found = decided(alike.decisions[rule], case)
        if found is None:
            asked: dict[Question, object] = {}
            found = decided(self._decisions[rule], case, asked)
            if found is not None:
                self._decided[rule] += 1
                if alike.several:
                    alike.learn(rule, case, asked, found)
        return found

    def learn_by_letters(self, case: AtHand) -> None:
        """Keep what rules find in a case for others that tell the same wherever it is read."""
        self.letters.learn(case, self._decisions)

    def may_learn(self, rule: int) -> bool:
        """Tell whether it is worth watching a rule once more."""
        learned = self._learned[rule]
        return learned < MOST_WATCHED and learned < MOST_LEARNED + self._decided[rule]

    def learn(
        self,
        rule: int,
        case: AtHand,
        alike: ToldAlike,
        answers: Mapping[Question, object],
        found: Shared | str,
    ) -> None:
        """Keep what a rule found in a case.

        Args:
            rule: its number.
            case: the case.
            alike: what is known of cases that tell the same.
            answers: what the rule asked, and the answers.
            found: what it found.
        """
        self._learned[rule] += 1
        self._decisions[rule] = learned(self._decisions[rule], case, answers, found)
        fields = {about for ask, about in answers if ask is at_hand.field} - self._wide
        alike.learn(rule, case, answers, found)
        if not fields <= self._fields.keys():
            self._fields.update(dict.fromkeys(sorted(fields, key=repr)))
            self._by_letters.clear()

    def _narrow(self) -> None:
        """Read no more the fields in which many texts are told, and begin anew."""
        for field, texts in zip([*self._fields], zip(*self._by_letters, strict=True), strict=True):
            if len(set(texts)) >= MANY_TEXTS:
                self._wide.add(field)
                del self._fields[field]
        self._by_letters.clear()


class Learned(NamedTuple):
    """Hold what a rule found in a case while it was watched: see `Known.learn`."""

    rule: int
    answers: Mapping[Question, object]
    found: Shared | str


class Met(NamedTuple, Generic[Rules]):
    """A case whose pattern was met before.

    Attributes:
        pattern: what is known of the cases of its pattern.
        reading: how often it had been learned what a pattern tells, when this one was told.
    """

    case: AtHand
    pattern: Known[Rules]
    reading: int


class Like(NamedTuple, Generic[Rules]):
    """A case that is judged by what was found in others of its pattern.

    Attributes:
        pattern: what is known of the cases of its pattern.
        alike: what is known of those that tell the same as it.
        by_letters: whether they tell the same wherever anything is read.
        learned: what rules found in the case while they were watched.
        read: the fields that they read, each with the kind of its event.
    """

    case: AtHand
    pattern: Known[Rules]
    alike: ToldAlike
    by_letters: bool
    learned: list[Learned]
    read: set[tuple[str, str]]
