"""The fast path over exact traces says what the textbook says, case by case."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.declare import COUNTED, TEXTBOOK, strictly
from tests.support.ltlf import Formula, Trace, both, holds, letter, no, traces

from answerable.projections.conformance.templates.catalogue import TEMPLATES
from answerable.projections.conformance.templates.traces import (
    ALONE,
    PAIRED,
    PLACED,
    Constraint,
    judge_rows,
)
from answerable.projections.conformance.templates.traces import COUNTED as COUNTING

CONSTRAINTS = [
    *((Constraint(name, "a", "b"), formula) for name, formula in TEXTBOOK.items()),
    *(
        (Constraint(name, "a", times=times), of(times))
        for name, of in COUNTED.items()
        for times in (1, 2, 3)
    ),
]

Row = tuple[int, str, float]


def rows_of(cases: dict[int, Trace]) -> list[Row]:
    return [
        (case, activity, float(at))
        for case, trace in cases.items()
        for at, activity in enumerate(trace)
    ]


def verdicts(cases: dict[int, Trace], constraints: list[Constraint]) -> dict[int, list[bool]]:
    return {
        case: [*each] for case, each in judge_rows(rows_of(cases), constraints).by_case().items()
    }


def test_every_template_has_its_forms() -> None:
    assert set(COUNTING) == {each.name for each in TEMPLATES.values() if each.counts}
    assert {*COUNTING, *PLACED, *PAIRED} == set(TEMPLATES)
    assert (
        set(PAIRED) == set(ALONE) == {each.name for each in TEMPLATES.values() if each.sides == 2}
    )


@pytest.mark.parametrize("longest", [5, 7])
def test_every_trace_is_judged_as_the_textbook_has_it(longest: int) -> None:
    # To length 5, with every case alike some other: each variant is judged once.
    different = [trace for trace in traces("abc", longest) if trace]
    cases = dict(enumerate(different * (3 if longest == 5 else 1)))
    found = verdicts(cases, [constraint for constraint, _ in CONSTRAINTS])
    for case, trace in cases.items():
        assert found[case] == [holds(formula, trace) for _, formula in CONSTRAINTS], trace


def alone(name: str) -> Formula:
    """Tell what a template asks where both its activities are one."""
    a = letter("a")
    if name == "choice":
        return Formula("F", (a,))
    if name == "exclusive-choice":
        return both(Formula("F", (a,)), no(Formula("F", (a,))))
    return strictly(name)


@pytest.mark.parametrize("name", ALONE)
def test_an_event_is_never_its_own_target(name: str) -> None:
    cases = {i: trace for i, trace in enumerate(traces("ac", 6)) if trace}
    found = verdicts(cases, [Constraint(name, "a", "a")])
    for case, trace in cases.items():
        both_letters = tuple("ab" if each == "a" else each for each in trace)
        assert found[case] == [holds(alone(name), both_letters)], trace


@given(
    st.dictionaries(
        st.integers(0, 9), st.lists(st.sampled_from("abcd"), min_size=1, max_size=9).map(tuple)
    ),
    st.integers(0, 99),
)
def test_rows_may_come_in_any_order(cases: dict[int, Trace], seed: int) -> None:
    rows = rows_of(cases)
    Random(seed).shuffle(rows)
    constraints = [constraint for constraint, _ in CONSTRAINTS]
    judged = judge_rows(rows, constraints)
    assert judged.cases == [*dict.fromkeys(case for case, _, _ in rows)]
    assert judged.by_case() == judge_rows(rows_of(cases), constraints).by_case()


def test_at_equal_times_the_order_of_the_rows_decides() -> None:
    rows = [("x", "a", 1), ("y", "b", 1), ("x", "b", 1), ("y", "a", 1)]
    assert judge_rows(rows, [Constraint("response", "a", "b")]).by_case() == {
        "x": (True,),
        "y": (False,),
    }


def test_activities_may_be_named_by_any_text_and_be_many() -> None:
    names = [f"[{i}]*" for i in range(300)]
    rows = [(0, name, at) for at, name in enumerate(names)]
    constraints = [
        *(Constraint("alternate-succession", one, other) for one, other in pairwise(names)),
        Constraint("chain-response", names[0], names[2]),
    ]
    assert judge_rows(rows, constraints).satisfied == (*[[True]] * 299, [False])


def test_no_rows_are_no_cases_and_no_constraints_no_verdicts() -> None:
    assert judge_rows([], [Constraint("init", "a")]).by_case() == {}
    assert judge_rows([("x", "a", 1)], []).by_case() == {"x": ()}


def test_a_template_that_there_is_not_is_refused_and_never_taken_as_satisfied() -> None:
    with pytest.raises(ValueError, match="no template 'respons'"):
        judge_rows([("x", "a", 1)], [Constraint("respons", "a", "b")])
