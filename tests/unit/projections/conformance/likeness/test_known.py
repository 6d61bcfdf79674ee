"""A rule is watched in the cases of a pattern as long as that saves judging others."""

from __future__ import annotations

from typing import cast

from answerable.projections.conformance.likeness.at_hand import AtHand
from answerable.projections.conformance.likeness.deciding import APART
from answerable.projections.conformance.likeness.known import MOST_LEARNED, MOST_WATCHED, Known
from answerable.projections.conformance.likeness.told_alike import ToldAlike


def which(case: AtHand) -> object:
    """Tell which case it is: no two are alike."""
    return cast("int", case) // 4


def watched(known: Known[None], cases: range) -> int:
    """Judge cases as they come; count those in which the rule is watched."""
    found = 0
    for number in cases:
        case, alike = cast("AtHand", number), ToldAlike([None], frozenset())
        if known.find(0, case, alike) is None and known.may_learn(0):
            known.learn(0, case, alike, {(which, ()): which(case)}, APART)
            found += 1
    return found


def test_a_rule_that_tells_every_case_apart_is_watched_a_few_times() -> None:
    assert watched(Known([None]), range(0, 400, 4)) == MOST_LEARNED


def test_a_rule_is_watched_on_while_its_questions_decide_other_cases() -> None:
    known: Known[None] = Known([None])
    assert watched(known, range(200)) == 50
    assert watched(known, range(400, 40_000)) <= MOST_WATCHED - 50
