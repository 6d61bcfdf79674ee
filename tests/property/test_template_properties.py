"""Over an order with gaps, the closed forms are brute force over every world it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.declare import ASKED, COUNTED, TEXTBOOK
from tests.support.lengths import examples
from tests.support.ltlf import Formula, Trace, traces, truth
from tests.support.orders import Event, Gaps, World

from answerable.projections.conformance.templates.catalogue import TEMPLATES
from answerable.projections.conformance.templates.values import Values

MOST_EVENTS = 5

FUTURES = [*traces(("a", "b", ""), 2)]
"""Tell what may still follow: enough to satisfy what can be satisfied at all."""

matches = st.sampled_from((None, None, "yes", "yes", "unknown"))
events = st.builds(
    lambda low, more, a, b: Event(low, low + more, a, b),
    st.integers(0, 8),
    st.sampled_from((0, 0, 1, 2, 8, 12)),
    matches,
    matches,
)
places = st.integers(0, MOST_EVENTS - 1)
orders = st.builds(
    Gaps,
    st.lists(events, max_size=MOST_EVENTS).filter(
        lambda found: sum((each.a, each.b).count("unknown") for each in found) <= 4
    ),
    st.lists(st.tuples(places, places), max_size=5),
    st.integers(2, 12),
)


def value_of(formula: Formula, trace: Trace, at: int) -> str:
    """T where it holds, P where a future may make it hold, else F."""
    if truth(formula, trace)[at]:
        return "T"
    return "P" if any(truth(formula, trace + each)[at] for each in FUTURES) else "F"


def as_letters(found: Values) -> set[str]:
    flags = {"T": found.can_satisfy, "F": found.can_fail, "P": found.can_wait}
    return {letter for letter, possible in flags.items() if possible}


def of_activation(worlds: Iterable[World], event: int, letter: str, asked: Formula) -> set[str]:
    """The values that an activation takes in the worlds in which it is one."""
    return {
        value_of(asked, trace, turn.index(event))
        for trace, turn in worlds
        if event in turn and letter in trace[turn.index(event)]
    }


@pytest.mark.parametrize("name", ASKED)
@settings(max_examples=examples(30))
@given(order=orders)
def test_the_values_of_an_activation_are_those_of_all_worlds(name: str, order: Gaps) -> None:
    worlds = [*order.worlds()]
    sides = {"a": order.of("a"), "b": order.of("b")}
    for (letter, asked), leg in zip(ASKED[name], TEMPLATES[name].legs, strict=True):
        other = "b" if letter == "a" else "a"
        for each in sides[letter]:
            found = leg.judge(order, each.event, sides[other], sides[letter])
            expected = of_activation(worlds, each.event, letter, asked)
            assert as_letters(found) == expected, each


def whole_formulas() -> Iterator[tuple[str, Formula, int]]:
    for name, formula in TEXTBOOK.items():
        if name not in ASKED:
            yield name, formula, 1
    for name, of in COUNTED.items():
        for times in (1, 2):
            yield name, of(times), times


@pytest.mark.parametrize(("name", "formula", "times"), [*whole_formulas()])
@settings(max_examples=examples(30))
@given(order=orders)
def test_the_values_of_a_case_are_those_of_all_worlds(
    name: str, formula: Formula, times: int, order: Gaps
) -> None:
    found = TEMPLATES[name].judge_case(order, order.of("a"), order.of("b"), times)
    expected = {value_of(formula, trace, 0) for trace in {trace for trace, _ in order.worlds()}}
    assert as_letters(found) == expected


@given(order=orders)
def test_an_event_that_is_named_to_answer_does_so_in_some_world(order: Gaps) -> None:
    leg = TEMPLATES["response"].legs[0]
    targets = order.of("b")
    for each in order.of("a"):
        found = leg.judge(order, each.event, targets)
        for answer in found.answers:
            assert any(
                {answer, each.event} <= {*turn}
                and "b" in trace[turn.index(answer)]
                and turn.index(each.event) < turn.index(answer)
                for trace, turn in order.worlds()
            )
        assert bool(found.answers) == found.can_satisfy


def test_what_rests_on_something_has_it_before_it_wherever_it_happened_at_all() -> None:
    # Both by the 6th, seen from the 5th: either the sanction had not happened, or the finding had.
    both_by_the_sixth = [Event(0, 6, a="yes"), Event(0, 6, b="yes")]
    order = Gaps(both_by_the_sixth, [(0, 1)], now=5)
    assert not order.happened(0)
    for name in ("precedence", "co-existence"):
        leg = TEMPLATES[name].legs[-1]
        found = leg.judge(order, 1, order.of("a"))
        assert (as_letters(found), found.answers) == ({"T"}, (0,)), name


def test_what_no_world_satisfies_together_each_activation_may_satisfy_alone() -> None:
    order = Gaps([Event(1, 3, a="yes"), Event(1, 3, a="yes"), Event(2, 2, b="yes")], [], now=9)
    leg = TEMPLATES["alternate-response"].legs[0]
    each = [leg.judge(order, at, order.of("b"), order.of("a")) for at in (0, 1)]
    assert [as_letters(found) for found in each] == [{"T", "F", "P"}] * 2
    together = [
        all(truth(ASKED["alternate-response"][0][1], trace)[turn.index(at)] for at in (0, 1))
        for trace, turn in order.worlds()
    ]
    assert not any(together)
