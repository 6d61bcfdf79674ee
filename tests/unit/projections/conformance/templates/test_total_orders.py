"""On a total order, the closed forms are the textbook's formulas: every trace up to length 7."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from tests.support.declare import ASKED, COUNTED, TEXTBOOK, strictly
from tests.support.ltlf import Formula, Trace, holds, rv, traces, truth
from tests.support.orders import Total

from answerable.domain.policy.rules import Template as Named
from answerable.projections.conformance.templates.catalogue import (
    MOST_CANDIDATES,
    TEMPLATES,
    Template,
)
from answerable.projections.conformance.templates.errors import TooManyCandidates
from answerable.projections.conformance.templates.order import Candidate
from answerable.projections.conformance.templates.values import Values

SIDES = {"first": "a", "second": "b"}

FUTURES = [*traces(("a", "b", ""), 3)]


def candidates(trace: Trace, letter: str) -> list[Candidate]:
    return [Candidate(i) for i, letters in enumerate(trace) if letter in letters]


def activations(template: Template, trace: Trace) -> Iterator[tuple[int, int, Values]]:
    """By leg and activation, its values."""
    order = Total(len(trace))
    sides = {side: candidates(trace, letter) for side, letter in SIDES.items()}
    for number, leg in enumerate(template.legs):
        other = "second" if leg.activated_by == "first" else "first"
        for each in sides[leg.activated_by]:
            yield (
                number,
                each.event,
                leg.judge(order, each.event, sides[other], sides[leg.activated_by]),
            )


def judged(template: Template, trace: Trace, times: int = 1) -> list[Values]:
    if template.legs:
        return [values for _, _, values in activations(template, trace)]
    a, b = candidates(trace, "a"), candidates(trace, "b")
    return [template.judge_case(Total(len(trace)), a, b, times)]


def satisfied(found: list[Values]) -> bool:
    return not any(each.can_violate for each in found)


CASES = [
    *((TEMPLATES[name], formula, 1) for name, formula in TEXTBOOK.items()),
    *((TEMPLATES[name], of(times), times) for name, of in COUNTED.items() for times in (1, 2, 3)),
]
NAMES = [f"{template.name} {times}" for template, _, times in CASES]


def test_every_template_is_held_to_a_formula() -> None:
    assert set(TEMPLATES) == TEXTBOOK.keys() | COUNTED.keys() == {*get_args(Named)}
    assert {name for name, each in TEMPLATES.items() if each.legs} == ASKED.keys()
    assert {name for name, each in TEMPLATES.items() if each.counts} == COUNTED.keys()


@pytest.mark.parametrize(("template", "formula", "times"), CASES, ids=NAMES)
def test_every_trace_is_judged_as_the_textbook_has_it(
    template: Template, formula: Formula, times: int
) -> None:
    for trace in traces("abc", 7):
        found = judged(template, trace, times)
        assert all(each.can_satisfy != each.can_violate for each in found), trace
        assert satisfied(found) == holds(formula, trace), trace


@pytest.mark.parametrize(("template", "formula", "times"), CASES, ids=NAMES)
def test_long_traces_are_judged_as_the_textbook_has_it(
    template: Template, formula: Formula, times: int
) -> None:
    draw = Random(13)
    for _ in range(40):
        trace = tuple(draw.choices("abcd", (3, 3, 1, 1), k=draw.randint(8, 30)))
        assert satisfied(judged(template, trace, times)) == holds(formula, trace), trace


@pytest.mark.parametrize("name", ASKED)
def test_an_event_is_never_its_own_target(name: str) -> None:
    formula = strictly(name)
    for trace in traces(("a", "b", "ab", ""), 5):
        assert satisfied(judged(TEMPLATES[name], trace)) == holds(formula, trace), trace


@pytest.mark.parametrize("name", ASKED)
def test_on_distinct_letters_strict_and_textbook_are_one(name: str) -> None:
    assert all(
        holds(strictly(name), trace) == holds(TEXTBOOK[name], trace) for trace in traces("abc", 6)
    )


@pytest.mark.parametrize(("template", "formula", "times"), CASES, ids=NAMES)
def test_what_fails_is_permanently_false_and_what_waits_is_not(
    template: Template, formula: Formula, times: int
) -> None:
    for trace in traces("abc", 4):
        found = judged(template, trace, times)
        value = rv(formula, trace, FUTURES)
        if any(each.can_fail for each in found):
            assert value == "permanently-false", trace
        elif any(each.can_wait for each in found):
            assert value == "possibly-false", trace
        else:
            assert value.endswith("true"), trace


@pytest.mark.parametrize("name", ASKED)
def test_a_satisfied_activation_stays_so_where_its_leg_says_so(name: str) -> None:
    template = TEMPLATES[name]
    for number, ((side, asked), leg) in enumerate(zip(ASKED[name], template.legs, strict=True)):
        turned = 0
        for trace in traces("abc", 4):
            for of, at, values in activations(template, trace):
                if of == number and values.can_satisfy:
                    futures = {truth(asked, trace + each)[at] for each in FUTURES}
                    turned += False in futures
        assert (turned == 0) == leg.stays, (name, side)


@pytest.mark.parametrize(
    ("template", "formula", "times"), [each for each in CASES if each[0].whole is not None]
)
def test_a_satisfied_case_stays_so_where_its_template_says_so(
    template: Template, formula: Formula, times: int
) -> None:
    values = {rv(formula, trace, FUTURES) for trace in traces("abc", 4)}
    assert ("permanently-true" in values) == template.stays
    assert ("possibly-true" in values) != template.stays


PERMANENT = {
    "response": set(),
    "end": set(),
    "precedence": {"permanently-true", "permanently-false"},
    "succession": {"permanently-false"},
    "absence": {"permanently-false"},
    "not-co-existence": {"permanently-false"},
    "not-succession": {"permanently-false"},
    "not-chain-succession": {"permanently-false"},
    "alternate-precedence": {"permanently-false"},
    "chain-precedence": {"permanently-false"},
    "existence": {"permanently-true"},
    "choice": {"permanently-true"},
    "chain-response": {"permanently-false"},
    "alternate-response": {"permanently-false"},
    "responded-existence": {"permanently-true"},
    "co-existence": {"permanently-true"},
    "init": {"permanently-true", "permanently-false"},
}
"""By template, what of it may become permanent before the case ends."""


@pytest.mark.parametrize("name", PERMANENT)
def test_what_becomes_permanent_is_what_the_literature_says(name: str) -> None:
    formula = TEXTBOOK[name] if name in TEXTBOOK else COUNTED[name](1)
    values = {rv(formula, trace, FUTURES) for trace in traces("abc", 4)}
    assert {each for each in values if each.startswith("permanently")} == PERMANENT[name]


def test_the_empty_case_satisfies_what_is_universal_and_fails_what_asks_for_something() -> None:
    failing = {
        template.name
        for template, _, times in CASES
        if times == 1 and not satisfied(judged(template, ()))
    }
    assert failing == {"existence", "exactly", "init", "end", "choice", "exclusive-choice"}


def test_events_are_named_that_answer_and_that_break() -> None:
    response, forbidden = TEMPLATES["response"].legs[0], TEMPLATES["not-succession"].legs[0]
    order, targets = Total(4), [Candidate(0), Candidate(2), Candidate(3, "unknown")]
    assert response.judge(order, 1, targets).answers == (2,)
    assert forbidden.judge(order, 1, targets) == (False, True, False, (), (2,))
    chain = TEMPLATES["chain-response"].legs[0]
    assert chain.judge(order, 1, [Candidate(3)]).breakers == (2,)


def test_more_candidates_than_are_compared_are_refused_by_name() -> None:
    many = [Candidate(i) for i in range(1, MOST_CANDIDATES + 2)]
    leg = TEMPLATES["response"].legs[0]
    with pytest.raises(TooManyCandidates, match=r"10,001 events bear on one event"):
        leg.judge(Total(len(many) + 1), 0, many)
    assert leg.judge(Total(len(many)), 0, many[:-1]).can_satisfy
    with pytest.raises(TooManyCandidates, match="bear on the case"):
        TEMPLATES["existence"].judge_case(Total(len(many) + 1), many)
    with pytest.raises(TooManyCandidates):
        TEMPLATES["chain-response"].legs[0].judge(Total(MOST_CANDIDATES + 1), 0, many[:3])


@pytest.mark.parametrize("name", ASKED)
def test_an_activation_with_most_candidates_is_judged_at_once(name: str) -> None:
    most = MOST_CANDIDATES
    half = [Candidate(i) for i in range(0, most, 2)], [Candidate(i) for i in range(1, most, 2)]
    for leg, (targets, rivals) in product(TEMPLATES[name].legs, (half, half[::-1])):
        found = leg.judge(Total(most), most // 2, targets, rivals)
        assert found.can_satisfy != found.can_violate


def test_a_template_is_judged_by_its_activations_or_as_a_whole() -> None:
    with pytest.raises(TypeError, match="judged by its activations"):
        TEMPLATES["response"].judge_case(Total(1), [Candidate(0)])


def test_the_page_on_policies_tells_each_template_as_the_catalogue_has_it() -> None:
    page = (Path(__file__).parents[5] / "docs/policy.md").read_text(encoding="utf-8")
    rows = [
        f"| `{each.name}` | {each.meaning} | `{each.formula.replace('|', chr(92) + '|')}` |"
        for each in TEMPLATES.values()
    ]
    assert "\n".join(rows) in page
