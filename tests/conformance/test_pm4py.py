"""pm4py and we differ in two of its templates, and there on exactly the traces that we predict.

It has `nonsuccession` and `nonchainsuccession` violated only where the succession is satisfied by
activities that both occur; textbooks forbid each b behind an a. In all else there is no difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pytest
from tests.support.declare import TEXTBOOK, strictly
from tests.support.ltlf import Trace, holds, traces
from tests.support.other_judges import Ask

from answerable.projections.conformance.templates.traces import Constraint, judge_rows
from answerable.projections.interchange.declare_names import OTHERWISE, OURS

NEGATED = {"nonsuccession": "succession", "nonchainsuccession": "chain-succession"}
"""Tell what pm4py negates, by its name; the value is ours."""

SAMPLES = sorted(Path(os.environ.get("ANSWERABLE_SAMPLE_LOGS") or os.devnull).glob("*.xes*"))
"""Logs in XES, where a folder is named: pm4py does not ship those that it is tried on."""

Named = tuple[str, tuple[str, ...]]
"""A template as pm4py calls it, and its activities."""

Verdicts = dict[Named, list[bool]]


def judged(log: Sequence[Trace], model: Sequence[Named]) -> list[list[bool]]:
    """Tell what the fast path says of constraints whose templates have our names.

    It is held to the closed forms and to the textbook elsewhere.
    """
    rows = [(case, name, at) for case, trace in enumerate(log) for at, name in enumerate(trace)]
    pairs = [(template, (*names, "")) for template, names in model]
    constraints = [Constraint(template, names[0], names[1]) for template, names in pairs]
    return [*judge_rows(rows, constraints).satisfied]


def theirs(pm4py: Ask, log: Sequence[Trace], model: Sequence[Named]) -> Verdicts:
    """Tell what pm4py says of each constraint on each trace."""
    assert pm4py("load", traces=log) == len(log)
    pm4py("judge", model=model)
    deviations = [
        {(template, tuple(names)) for template, names in found} for found in pm4py("deviations")
    ]
    assert len(deviations) == len(log)
    return {each: [each not in found for found in deviations] for each in model}


def ours(log: Sequence[Trace], model: Sequence[Named]) -> Verdicts:
    """Tell what we say of each constraint on each trace."""
    named = [(OURS[template], names) for template, names in model]
    return dict(zip(model, judged(log, named), strict=True))


def predicted(log: Sequence[Trace], model: Sequence[Named]) -> Verdicts:
    """Tell what pm4py should say: as we do, but for what it negates."""
    found = ours(log, model)
    negated = [each for each in model if each[0] in NEGATED]
    satisfied = judged(log, [(NEGATED[template], names) for template, names in negated])
    for key, column in zip(negated, satisfied, strict=True):
        found[key] = [
            not (kept and {*key[1]} <= {*trace}) for kept, trace in zip(column, log, strict=True)
        ]
    return found


def model_of(pairs: Iterable[tuple[str, str]]) -> list[Named]:
    """Every template over some pairs of activities."""
    unary = ("existence", "absence", "exactly_one", "init")
    return [
        (template, pair[:1] if template in unary else pair) for pair in pairs for template in OURS
    ]


def assert_as_predicted(pm4py: Ask, log: Sequence[Trace], model: Sequence[Named]) -> None:
    said, expected, own = theirs(pm4py, log, model), predicted(log, model), ours(log, model)
    assert said == expected
    differing = {
        template for template, names in model if said[template, names] != own[template, names]
    }
    assert differing <= NEGATED.keys()


def test_pm4py_is_one_whose_templates_read_as_the_textbook_has_them(pm4py: Ask) -> None:
    assert tuple(map(int, pm4py("version").split(".")[:3])) >= (2, 7, 23)


def test_over_every_short_trace_the_differences_are_those_predicted(pm4py: Ask) -> None:
    log = [trace for trace in traces("abc", 6) if trace]
    model = model_of([("a", "b")])
    assert_as_predicted(pm4py, log, model)
    said, own = theirs(pm4py, log, model), ours(log, model)
    differing = {
        template: {
            trace
            for trace, one, other in zip(log, said[key], own[key], strict=True)
            if one != other
        }
        for key in model
        for template in [key[0]]
    }
    assert {template for template, found in differing.items() if found} == NEGATED.keys()
    assert NEGATED.keys() == OTHERWISE.keys()
    assert {("a", "b", "a"), ("b", "a", "b")} <= differing["nonsuccession"]
    assert ("a", "a", "b") in differing["nonchainsuccession"]


def test_over_long_random_logs_the_differences_are_those_predicted(pm4py: Ask) -> None:
    draw = Random(13)
    log = [tuple(draw.choices("abcdef", k=draw.randint(1, 30))) for _ in range(1_000)]
    assert_as_predicted(pm4py, log, model_of([("a", "b"), ("b", "a"), ("c", "f"), ("e", "z")]))


def assert_as_predicted_of_its_own_model(pm4py: Ask, log: Sequence[Trace]) -> None:
    pm4py("load", traces=log)
    model = [(template, tuple(names)) for template, names in pm4py("discover")]
    assert {template for template, _ in model} <= OURS.keys()
    assert len(model) > 10
    assert_as_predicted(pm4py, log, model)


@pytest.mark.parametrize("seed", range(5))
def test_over_processes_that_pm4py_plays_out_and_models_itself(pm4py: Ask, seed: int) -> None:
    log = [tuple(trace) for trace in pm4py("simulate", seed=seed, cases=300)]
    assert_as_predicted_of_its_own_model(pm4py, log)


@pytest.mark.parametrize("path", SAMPLES, ids=[each.name for each in SAMPLES])
def test_over_logs_of_others_the_differences_are_those_predicted(pm4py: Ask, path: Path) -> None:
    log = [tuple(trace) for trace in pm4py("read", path=str(path))]
    assert_as_predicted_of_its_own_model(pm4py, log)


def test_of_an_activity_and_itself_pm4py_says_what_the_textbook_says(pm4py: Ask) -> None:
    # With us, an event is not its own target: the strict reading, where F and O are X F and Y O.
    log = [trace for trace in traces("ac", 6) if trace]
    both_letters = [tuple("ab" if each == "a" else each for each in trace) for trace in log]
    pairs = [each for each in model_of([("a", "a")]) if len(each[1]) == 2]
    said, own = theirs(pm4py, log, pairs), ours(log, pairs)
    for key in pairs:
        name = OURS[key[0]]
        textbook = [holds(TEXTBOOK[name], trace) for trace in both_letters]
        assert own[key] == [holds(strictly(name), trace) for trace in both_letters], name
        if key[0] not in NEGATED:
            assert said[key] == textbook, name
