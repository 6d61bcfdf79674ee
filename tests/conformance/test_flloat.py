"""Our textbook of LTLf is flloat's. It knows no past: there, the precedence family looks ahead."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from tests.support.declare import COUNTED, TEXTBOOK, A, B
from tests.support.ltlf import (
    Formula,
    always,
    both,
    either,
    following,
    holds,
    implies,
    no,
    traces,
    until,
)
from tests.support.other_judges import Ask

WAITING = either(until(no(B), A), always(no(B)))
"""No b before an a."""

AHEAD: dict[str, Formula] = {
    "precedence": WAITING,
    # After each b, the same from the next step on, if there is one.
    "alternate-precedence": both(WAITING, always(implies(B, no(following(no(WAITING)))))),
    "chain-precedence": both(no(B), always(implies(following(B), A))),
}
for family in ("", "alternate-", "chain-"):
    AHEAD[f"{family}succession"] = both(TEXTBOOK[f"{family}response"], AHEAD[f"{family}precedence"])

FORMULAS: Mapping[str, Formula] = {
    **TEXTBOOK,
    **AHEAD,
    **{f"{name} {times}": of(times) for name, of in COUNTED.items() for times in (1, 2, 3)},
}

NOT_ON_THE_EMPTY_TRACE = ("chain-precedence", "chain-succession")
"""On it, flloat takes `!b` for false; with us, no letter holds there, and so its negation does."""


def long_traces() -> list[tuple[str, ...]]:
    draw = Random(13)
    return [tuple(draw.choices("abc", k=draw.randint(6, 20))) for _ in range(100)]


@pytest.mark.parametrize("name", FORMULAS)
def test_flloat_differs_on_the_empty_trace_alone(name: str, flloat: Ask) -> None:
    formula = FORMULAS[name]
    asked = [*traces("abc", 5), *long_traces()]
    theirs = flloat("truth", formula=str(formula), letters="abc", traces=asked)
    differ = {
        trace for trace, told in zip(asked, theirs, strict=True) if told != holds(formula, trace)
    }
    assert differ == ({()} if name in NOT_ON_THE_EMPTY_TRACE else set())


@pytest.mark.parametrize("name", AHEAD)
def test_looking_back_and_looking_ahead_are_one(name: str) -> None:
    for trace in traces("abc", 7):
        assert holds(AHEAD[name], trace) == holds(TEXTBOOK[name], trace), trace
