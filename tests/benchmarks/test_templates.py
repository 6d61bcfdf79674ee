"""Measure how fast order-only constraints are judged on exact traces, against pm4py's own check."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import Random
from typing import NoReturn

from tests.benchmarks.conftest import Race
from tests.support.other_judges import asking

from answerable.projections.conformance.templates.traces import Constraint, judge_rows

ACTIVITIES = "ABCDEFGH"

EVENTS_A_CASE = 10

TEMPLATES = {
    "responded-existence": "responded_existence",
    "co-existence": "coexistence",
    "not-co-existence": "noncoexistence",
    "response": "response",
    "precedence": "precedence",
    "succession": "succession",
    "alternate-response": "altresponse",
    "alternate-precedence": "altprecedence",
    "chain-response": "chainresponse",
    "chain-precedence": "chainprecedence",
}
"""Ten on whose meaning both agree: our name, and pm4py's."""


def test_order_only_constraints(
    race: Race, scale: Callable[[int, int], int], unavailable: Callable[[str], NoReturn]
) -> None:
    draw = Random(13)
    traces = [draw.choices(ACTIVITIES, k=EVENTS_A_CASE) for _ in range(scale(100_000, 1_000))]
    rows = [
        (f"{case:08}", name, 1_000 * case + at)
        for case, trace in enumerate(traces)
        for at, name in enumerate(trace)
    ]
    turns = cycle(ACTIVITIES)
    pairs = [(next(turns), draw.choice(ACTIVITIES)) for _ in TEMPLATES]
    pairs = [(a, b if a != b else next(turns)) for a, b in pairs]
    constraints = [Constraint(name, a, b) for name, (a, b) in zip(TEMPLATES, pairs, strict=True)]
    model = [(name, pair) for name, pair in zip(TEMPLATES.values(), pairs, strict=True)]
    with asking("pm4py_judge", unavailable) as pm4py:
        pm4py("load", traces=traces)
        race(
            lambda: judge_rows(rows, constraints),
            lambda: pm4py("judge", model=model),
            name=f"{len(constraints)} order-only constraints on {len(traces):,} cases of "
            f"{EVENTS_A_CASE} events with exact times, from rows to verdicts",
            against="`pm4py.conformance_declare` on the same log, loaded before",
            target="at most 0.1 (10 times the cases a second)",
        )
        judged = judge_rows(rows, constraints)
        assert pm4py("judge", model=model) == sum(map(all, judged.by_case().values()))
        violated = sum(len(found) for found in pm4py("deviations"))
    assert violated == sum(column.count(False) for column in judged.satisfied)
