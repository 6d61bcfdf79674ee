"""Say which events a policy selects, and which fields it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answerable.domain.language.saying import say, say_as, spoken
from answerable.domain.policy.document import Policy
from answerable.domain.policy.selector import Choice, FieldTest, Known, Not, Selector
from answerable.projections.wording.answers import marked
from answerable.projections.wording.lines.nouns import field_noun, field_of_thing, noun
from answerable.projections.wording.vocabulary import words

ANY = "*"

UNCOUNTED = ("evidence", "feedback", "backlash", "erasure of", "word that", "remediation")
"""The beginnings of what happens that take no article."""


def events_words(policy: Policy, selector: Selector) -> str:
    """Say which events a selector means: "finding (outcome: substantiated) or hearing"."""
    said = dict.fromkeys(map(choice_words, policy.selected(selector)))
    return say_as("list", " or ").join(said)


def choice_words(choice: Choice) -> str:
    """Say which events a choice means, with what their fields have to hold."""
    kinds = say_as("list", " or ").join(map(noun, choice.kinds))
    tests = [
        *(_test_words(field_noun(name), test) for name, test in choice.where.items()),
        *(say("the same {field}", field=field_noun(name)) for name in choice.same),
    ]
    return marked(kinds, tests)


def _test_words(name: str, test: FieldTest) -> str:
    if isinstance(test, Known):
        if test.known:
            return say("{field} told", field=name)
        return say("{field} not told", field=name)
    if isinstance(test, Not):
        return say("{field} not {values}", field=name, values=_values(test.not_))
    if isinstance(test, Choice):
        return say("{field} a {event}", field=name, event=choice_words(test))
    return say("{field} {values}", field=name, values=_values(test))


def _values(value: object) -> str:
    told: Iterable[object] = value if isinstance(value, tuple) else (value,)
    return say_as("list", " or ").join(_value(each) for each in told)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    return words(value) if isinstance(value, str) else str(value)


def field_words(name: str) -> str:
    """Say which field of a kind is meant: `decision-taken.deciders` is "deciders of a decision"."""
    kind, _, field = name.partition(".")
    said = field_of_thing(field, an(noun(kind)))
    return said.removeprefix("the ") if spoken() is None else said


def an(said: str) -> str:
    """Put an article before what happens, where it takes one: "an appeal", "evidence"."""
    if spoken() is not None:
        return said  # with such articles as the catalogue has
    if said.endswith(" of the case"):
        return f"the {said}"
    if said.startswith(UNCOUNTED):
        return said
    return f"{'an' if said[0] in 'aeiou' else 'a'} {said}"


def terms(values: Iterable[str]) -> str:
    """Say terms of the vocabulary in a row; a star stands for any."""
    return say_as("list", ", ").join(_terms(values))


def _terms(values: Iterable[str]) -> Iterator[str]:
    for each in values:
        yield say("any") if each == ANY else words(each)
