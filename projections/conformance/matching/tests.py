"""Tell whether a fact passes the tests of a selection: yes, no, or that a field does not tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from answerable.domain.dates import When
from answerable.domain.policy.selector import Choice, FieldTest, Known, Not
from answerable.projections.conformance.house import Situation
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.three_valued import any_of, opposite

Test = Callable[[Situation, Fact], When]
"""Tells whether a fact passes, in its case."""


def choice_test(choice: Choice) -> Test | None:
    """Make the test of a choice's fields; None where every event of its kinds passes."""
    tests = list(field_tests(choice).values())
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return every(tests)


def every(tests: Sequence[Test]) -> Test:
    """Make the test that all of some tests pass."""

    def passes(on: Situation, fact: Fact) -> When:
        found: When = "yes"
        for test in tests:
            answer = test(on, fact)
            if answer == "no":
                return "no"
            if answer == "unknown":
                found = "unknown"
        return found

    return passes


def some(tests: Sequence[Test | None]) -> Test | None:
    """Make the test that one of some tests passes; None where that is so of every event."""
    told = [test for test in tests if test is not None]
    if len(told) < len(tests):
        return None
    return told[0] if len(told) == 1 else lambda on, fact: any_of(each(on, fact) for each in told)


def field_tests(choice: Choice) -> dict[str, Test]:
    """Make the test of each field of a choice."""
    return {name: _field_test(name, test) for name, test in choice.where.items()}


def _field_test(name: str, test: FieldTest) -> Test:
    if isinstance(test, Known):
        return _known_test(name, wanted=test.known)
    if isinstance(test, Choice):
        return _reference_test(name, test)
    if isinstance(test, Not):
        passes = _value_test(name, test.not_)
        return lambda on, fact: opposite(passes(on, fact))
    return _value_test(name, test)


def _known_test(name: str, *, wanted: bool) -> Test:
    def known(on: Situation, fact: Fact) -> When:
        told = on.told(fact, name)
        return told if wanted else opposite(told)

    return known


def _value_test(name: str, wanted: object) -> Test:
    values = frozenset(wanted if isinstance(wanted, tuple) else (wanted,))

    def passes(on: Situation, fact: Fact) -> When:
        told = fact.fields.get(name)
        if told is None:
            return "unknown"
        if isinstance(told, list | tuple):
            return "no" if values.isdisjoint(told) else "yes"
        return "yes" if told in values else "no"

    return passes


def _reference_test(name: str, wanted: Choice) -> Test:
    """Make the test that a field names an event which is chosen."""
    test = choice_test(wanted)
    kinds = frozenset(wanted.kinds)

    def passes(on: Situation, fact: Fact) -> When:
        told = fact.fields.get(name)
        if told is None:
            return "unknown"
        named = (told,) if isinstance(told, str) else tuple(told)
        return any_of(_chosen(on, event_id, kinds, test) for event_id in named)

    return passes


def _chosen(on: Situation, event_id: str, kinds: frozenset[str], test: Test | None) -> When:
    placed = on.view.placed(event_id)
    if placed is None:
        return "unknown"
    if placed.fact.kind not in kinds:
        return "no"
    return "yes" if test is None else test(on, placed.fact)


def alike(one: Mapping[str, Any], other: Mapping[str, Any], names: tuple[str, ...]) -> When:
    """Tell whether two facts hold the same in some fields; a list holds each of its values."""
    found: When = "yes"
    for name in names:
        answer = _same(one.get(name), other.get(name))
        if answer == "no":
            return "no"
        if answer == "unknown":
            found = "unknown"
    return found


def _same(one: Any, other: Any) -> When:
    if one is None or other is None:
        return "unknown"
    if isinstance(one, str) and isinstance(other, str):
        return "yes" if one == other else "no"
    return "no" if _values(one).isdisjoint(_values(other)) else "yes"


def _values(told: Any) -> set[Any]:
    return set(told) if isinstance(told, list | tuple) else {told}
