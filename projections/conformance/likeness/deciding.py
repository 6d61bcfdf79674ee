"""Decide what a rule finds in a case of a pattern, by the questions that it was seen to ask.

What a rule finds is decided by what it reads, in the order in which it reads it. So of the cases of
a pattern that were judged, a tree of questions grows: each answer leads to the next question, and
at last to what the rule found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from answerable.projections.conformance.likeness.at_hand import AtHand, Question
from answerable.projections.conformance.likeness.shared import Shared

MOST_ANSWERS = 64
"""The most answers to one question; a rule that tells more cases apart judges each by itself."""

APART: Final = "apart"
"""Tell of a rule that it turns on more than can be asked of a case."""


class Asked:
    """A question that a rule asks, and where each answer leads.

    Attributes:
        ask: answers it of a case.
        about: what it is about.
        answers: where each answer leads.
    """

    __slots__ = ("about", "answers", "ask")

    def __init__(self, question: Question) -> None:
        self.ask: Callable[..., object]
        self.ask, self.about = question
        self.answers: dict[object, Decision] = {}


Decision = Asked | Shared | str | None
"""Holds the knowledge of a rule in the cases of a pattern; None: nothing yet."""


def decided(
    decision: Decision, case: AtHand, asked: dict[Question, object] | None = None
) -> Shared | str | None:
    """Return what a rule finds in a case, by what is known of it; None where that is not enough.

    Args:
        decision: what is known.
        case: the case.
        asked: takes what was asked on the way, with the answers.
    """
    while isinstance(decision, Asked):
        answer = decision.ask(case, *decision.about)
        if asked is not None:
            asked[decision.ask, decision.about] = answer
        decision = decision.answers.get(answer)
    return decision


def learned(
    decision: Decision, case: AtHand, answers: Mapping[Question, object], found: Shared | str
) -> Decision:
    """Add what a rule found in a case to what is known of it.

    Args:
        decision: what is known.
        case: the case.
        answers: what the rule asked in it, and the answers.
        found: what it found.
    """
    if decision == APART:
        return APART
    left = dict(answers)
    path: list[tuple[Asked, object]] = []
    while isinstance(decision, Asked):
        question = (decision.ask, decision.about)
        answer = left.pop(question) if question in left else decision.ask(case, *decision.about)
        if answer not in decision.answers and len(decision.answers) >= MOST_ANSWERS:
            return APART
        path.append((decision, answer))
        decision = decision.answers.get(answer)
    for question, answer in left.items():
        path.append((Asked(question), answer))
    last: Decision = found
    for asked, answer in reversed(path):
        asked.answers[answer] = last
        last = asked
    return last
