"""Hold a case by its structure: its events and what it names by numbers, as a pattern has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from answerable.domain.dates import Span, When
from answerable.projections.conformance.errors import Unshared
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact

Question = tuple[Callable[..., object], tuple[Any, ...]]
"""Holds what answers a question of a case, and what the question is about."""

CLASH: Final = object()
"""Answer of a field that it holds, to the letter, what is a name in the case, too."""


class AtHand:
    """A case whose structure was told.

    Attributes:
        view: the case.
        facts: its facts by their numbers.
        had: whether each had happened by the moment asked about.
        numbers: what is named in the case, each by its number: its events first.
    """

    __slots__ = ("facts", "had", "numbers", "view")

    def __init__(
        self,
        view: CaseView,
        facts: Sequence[Fact],
        had: Sequence[When],
        numbers: Mapping[str, int],
    ) -> None:
        self.view = view
        self.facts = facts
        self.had = had
        self.numbers = numbers

    @property
    def named(self) -> tuple[str, ...]:
        """Return what is named in the case beside its events: parties and files."""
        return tuple(self.numbers)[len(self.facts) :]


class At(int):
    """Name an event of a case by its number, where a question is about it."""

    __slots__ = ()


@once
def at_present(view: CaseView) -> CaseView:
    """Look at a case as of no moment; this is done once."""
    return view.at_present()


def field(case: AtHand, number: int, name: str, first: bool) -> object:
    """Return what a field tells to the letter.

    Args:
        case: the case.
        number: the number of the event.
        name: the field.
        first: whether as first recorded, and not as corrected.
    """
    fact = case.facts[number]
    try:
        return to_the_letter((fact.event.fields if first else fact.fields).get(name), case.numbers)
    except Unshared:
        return CLASH


def to_the_letter(told: object, names: Mapping[str, int]) -> object:
    """Return what is told as something that can be looked up: 1 is not true.

    Raises:
        Unshared: some of it is a name in the case, too.
    """
    if isinstance(told, str):
        if told in names:
            raise Unshared
        return told
    if isinstance(told, list | tuple):
        return tuple([to_the_letter(each, names) for each in told])
    if isinstance(told, Mapping):
        return tuple([(key, to_the_letter(each, names)) for key, each in sorted(told.items())])
    return None if told is None else (told.__class__, told)


def date(case: AtHand, number: int, name: str, first: bool) -> object:
    """Return a date as it is told; the arguments are those of `field`."""
    fact = case.facts[number]
    return (fact.event.fields if first else fact.fields).get(name)


def kind_of_party(case: AtHand, party: int | str) -> str | None:
    """Return what a party is that is named in a case, by its number there, or by name."""
    name = party if isinstance(party, str) else list(case.numbers)[party]
    return case.view.type_of(name)


def by_number(
    answers: Mapping[Question, object], numbers: Mapping[str, int]
) -> dict[Question, object] | None:
    """Put questions about parties of a case as they are put of any case of its pattern.

    Args:
        answers: the questions that were asked of the case, with their answers.
        numbers: what is named in it, each by its number.

    Returns:
        None, where one is about a party that no field that is read names.
    """
    found: dict[Question, object] = {}
    for (ask, about), answer in answers.items():
        if ask is kind_of_party:
            if about[0] not in numbers:
                return None
            about = (numbers[about[0]],)
        found[ask, about] = answer
    return found


def span(case: AtHand, present: bool, number: int) -> Span | None:
    """Return between which bounds an event happened."""
    return (at_present(case.view) if present else case.view).span(case.facts[number])


def answer(case: AtHand, present: bool, question: Callable[..., Any], *about: object) -> object:
    """Answer a question of a case by its dates: see `CaseView.tell`."""
    view = at_present(case.view) if present else case.view
    facts = case.facts
    return question(view, *[facts[each] if type(each) is At else each for each in about])
