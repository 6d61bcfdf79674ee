"""Hold what stretches of cases add up to against all cases at once."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.lengths import examples

from answerable.cli.judging.every.adding_up import WORST, Checked, Differing
from answerable.projections.conformance.judgement import Judged, Outcome, RuleHead, Telling
from answerable.projections.conformance.output.judged_case import GRAVE, InShort
from answerable.projections.conformance.saying.comparing import Switch
from answerable.projections.conformance.worlds import FAILED, ORDER

HEADS = tuple(
    RuleHead("generic", "1", False, name, "guideline", f"{name} is kept.", "", severity)
    for name, severity in (("one", "error"), ("two", "warning"), ("three", "error"))
)

MEASURE = Judged(FAILED, ("019b",), Telling("Not allowed"))

found = st.lists(
    st.tuples(st.sampled_from(HEADS), st.sampled_from(sorted(GRAVE))),
    max_size=3,
    unique_by=lambda each: each[0].rule,
)

outcomes = st.none() | st.builds(
    lambda head, verdict: Outcome(head, verdict, (), ""),
    st.sampled_from(HEADS),
    st.sampled_from(ORDER),
)

switches = st.lists(
    st.builds(
        lambda was, now, leaves, enters: Switch("one", was, now, leaves, enters),
        outcomes,
        outcomes,
        st.sampled_from(((), (MEASURE,), (MEASURE, MEASURE))),
        st.sampled_from(((), (MEASURE,))),
    ),
    max_size=3,
)

stretches = st.lists(st.integers(0, 40), max_size=4)


def _in_short(number: int, rules: Sequence[tuple[RuleHead, str]]) -> InShort:
    applied = tuple(head for head, _ in rules)
    return InShort(f"case-{number:03}", applied, tuple(rules))  # type: ignore[arg-type]


def _checked(cases: Sequence[tuple[int, Sequence[tuple[RuleHead, str]]]]) -> Checked:
    checked = Checked()
    for number, rules in cases:
        checked.add(_in_short(number, rules))
    return checked


def _differing(cases: Sequence[tuple[int, Sequence[Switch]]]) -> Differing:
    differing = Differing()
    for number, each in cases:
        differing.add(f"case-{number:03}", each)
    return differing


@settings(max_examples=examples(30))
@given(st.lists(found, max_size=60), stretches)
def test_verdicts_of_stretches_add_up_to_those_of_all_cases(
    told: list[list[tuple[RuleHead, str]]], ends: list[int]
) -> None:
    cases = [*enumerate(told)]
    joined, begun = Checked(), 0
    for end in (*sorted(ends), len(cases)):
        joined.join(pickle.loads(pickle.dumps(_checked(cases[begun:end]))))
        begun = max(begun, end)
    at_once = _checked(cases)
    for name in ("cases", "fails", "listed", "unsure", "applied", "failed", "untold"):
        assert getattr(joined, name) == getattr(at_once, name), name
    in_short = [_in_short(number, each) for number, each in cases]
    worst = sorted(
        (each for each in in_short if each.count("fail")),
        key=lambda each: (
            -each.fails,
            each.fails - each.count("fail"),
            -each.count("indeterminate"),
            each.case_id,
        ),
    )
    assert [each.case_id for each in joined.worst()] == [each.case_id for each in worst[:WORST]]
    assert joined.fails == sum(each.fails > 0 for each in in_short)


@settings(max_examples=examples(30))
@given(st.lists(switches, max_size=60), stretches)
def test_what_differs_in_stretches_adds_up_to_what_does_in_all_cases(
    told: list[list[Switch]], ends: list[int]
) -> None:
    cases = [*enumerate(told)]
    joined, begun = Differing(), 0
    for end in (*sorted(ends), len(cases)):
        joined.join(pickle.loads(pickle.dumps(_differing(cases[begun:end]))))
        begun = max(begun, end)
    at_once = _differing(cases)
    for name in ("cases", "differing", "leaves", "enters", "courses", "left"):
        assert getattr(joined, name) == getattr(at_once, name), name
    most = sorted(
        ((len(each), f"case-{number:03}") for number, each in cases if each), reverse=True
    )
    assert joined.most() == at_once.most() == most[:WORST]
    assert joined.leaves == sum(len(one.leaves) for _, each in cases for one in each)
