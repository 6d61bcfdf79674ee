"""Choose the facts of a case that a selector means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds.catalogue import CATALOGUE
from answerable.domain.policy.selector import Choice
from answerable.projections.accountability.acquittals import acquittals, superseded
from answerable.projections.accountability.appeals import overturned
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.accountability.withdrawals import WITHDRAWING, undone, withdrawn
from answerable.projections.conformance.house import Situation
from answerable.projections.conformance.matching.standing import standing
from answerable.projections.conformance.matching.tests import Test, choice_test, field_tests, some
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import all_of, opposite

FALLING = frozenset(row.name for row in CATALOGUE.values() if row.accountability or row.carried)
"""The kinds that ask for nothing more once they were overturned or withdrawn."""


UNDOING = frozenset(("appeal-lodged", *WITHDRAWING))
"""The kinds by which another thing is overturned, in the end, or withdrawn."""

FINDING = "finding-made"


class Chosen(NamedTuple):
    """A fact that a selector means, or may mean.

    Attributes:
        match: `unknown` where a field that is tested is not told.
        happened: whether it had happened by the moment of judgement; of what asks for an answer,
            also whether nothing has undone it since.
    """

    fact: Fact
    match: When
    happened: When

    @property
    def certain(self) -> bool:
        """Tell whether it is certainly meant, and had certainly happened."""
        return self.match == "yes" and self.happened == "yes"


class Chooser:
    """A selector, made ready.

    Attributes:
        kinds: the kinds that it may choose from.
    """

    __slots__ = ("_alike", "_fields", "_tests", "kinds")

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._alike = tuple([each.model_dump_json() for each in choices])
        tests: dict[str, list[Test | None]] = {}
        self._fields: dict[str, dict[str, Test]] = {}
        for choice in choices:
            test, fields = choice_test(choice), field_tests(choice)
            for kind in choice.kinds:
                tests.setdefault(kind, []).append(test)
                self._fields.setdefault(kind, {}).update(fields)
        self._tests = {kind: some(own) for kind, own in tests.items()}
        self.kinds = frozenset(tests)

    def match(self, on: Situation, fact: Fact) -> When:
        """Tell whether a fact is meant."""
        kind = fact.event.kind
        if kind not in self._tests:
            return "no"
        test = self._tests[kind]
        return "yes" if test is None else test(on, fact)

    def untold(self, on: Situation, fact: Fact) -> list[str]:
        """List the fields that are tested, and do not tell whether a fact is meant."""
        tests = self._fields.get(fact.event.kind, {})
        return [name for name, test in tests.items() if test(on, fact) == "unknown"]

    def candidates(self, on: Situation) -> Sequence[Chosen]:
        """List the facts that stand and are meant, or may be, whenever they happened.

        This is worked out once a case, for all that choose alike.
        """
        found: Sequence[Chosen] | None = on.chosen.get(self._alike)
        if found is None:
            found = on.chosen[self._alike] = self._candidates(on)
        return found

    def _candidates(self, on: Situation) -> Sequence[Chosen]:
        found: list[Chosen] = []
        for kind, test in self._tests.items():
            for fact, happened in standing(on.view, kind):
                match = "yes" if test is None else test(on, fact)
                if match != "no":
                    found.append(Chosen(fact, match, happened))
        return found

    def activations(self, on: Situation, *, own: bool = True) -> Sequence[Chosen]:
        """List the facts that ask for an answer, or may: they happened, and were not undone.

        This is worked out once a case, for all that choose alike.

        Args:
            on: the case.
            own: whether what another house imposed is left out, as it rests on decisions of its
                own; it is to be carried out all the same.
        """
        key = (self._alike, own)
        found: Sequence[Chosen] | None = on.chosen.get(key)
        if found is None:
            found = on.chosen[key] = [*self._activations(on, own=own)]
        return found

    def _activations(self, on: Situation, *, own: bool) -> Iterator[Chosen]:
        for each in self.candidates(on):
            asks = _asks(on.view, each, own=own)
            if asks == each.happened:
                if asks != "no":
                    yield each
            elif asks != "no":
                yield Chosen(each.fact, each.match, asks)


def still_bears(view: CaseView, fact: Fact) -> When:
    """Tell whether a fact of this case bears what rests on it: nothing has undone it by then."""
    kind = fact.event.kind
    if kind not in FALLING or fact.event.event_id not in view.facts:
        return "yes"
    if kind != FINDING and not _undone_by_any(view):
        return "yes"
    answers = _bearing(view)
    found = answers.get(id(fact))
    if found is None:  # The fact is kept with the answer, so that no other takes its place.
        found = answers[id(fact)] = (fact, _still_bears(view, fact))
    return found[1]


@once
def _bearing(_: CaseView) -> dict[int, tuple[Fact, When]]:
    """Keep what was told of a case, by fact."""
    return {}


def _still_bears(view: CaseView, fact: Fact) -> When:
    answers = [opposite(undone(view, fact))] if _undone_by_any(view) else []
    acquitting = _acquitting(view) if fact.event.kind == FINDING else {}
    if acquitting:
        answers.append(opposite(superseded(view, fact, acquitting).answer))
    return all_of(answers)


def undoing(view: CaseView, fact: Fact) -> tuple[str, ...]:
    """List the events that undid a fact, or may have, by id."""
    acquitting = _acquitting(view) if fact.event.kind == FINDING else {}
    acquitted = superseded(view, fact, acquitting).by if acquitting else ()
    by = (overturned(view, fact).by, withdrawn(view, fact).by)
    return (*(each for each in by if each is not None), *acquitted)


def _asks(view: CaseView, chosen: Chosen, *, own: bool) -> When:
    """Tell whether a fact had happened by then, and nothing undid it."""
    fact, _, happened = chosen
    if happened == "no" or fact.event.kind not in FALLING:
        return happened
    if own and CATALOGUE[fact.event.kind].elsewhere and other_house(view, fact) is not None:
        return "no"
    return all_of((happened, still_bears(view, fact)))


@once
def _undone_by_any(view: CaseView) -> bool:
    """Tell at a glance whether anything in a case may overturn or withdraw another thing."""
    return not view.kinds.isdisjoint(UNDOING)


@once
def _acquitting(view: CaseView) -> dict[str, Sequence[Fact]]:
    return dict(acquittals(view, view.standing(FINDING)))
