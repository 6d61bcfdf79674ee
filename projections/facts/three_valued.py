"""Answers in three values, and how they combine: Kleene's strong logic of indeterminacy.

An answer is `yes` or `no` only where it is so whichever way the open dates fell; else it is
`unknown`. (S. C. Kleene, *Introduction to Metamathematics*, 1952, § 64.)
"""

from __future__ import annotations

from collections.abc import Iterable

from answerable.domain.dates import When


def opposite(answer: When) -> When:
    """Negate an answer."""
    return "no" if answer == "yes" else "yes" if answer == "no" else "unknown"


def all_of(answers: Iterable[When]) -> When:
    """Tell whether all answers are yes; of none, yes."""
    found: When = "yes"
    for answer in answers:
        if answer == "no":
            return "no"
        if answer == "unknown":
            found = "unknown"
    return found


def any_of(answers: Iterable[When]) -> When:
    """Tell whether any answer is yes; of none, no."""
    found: When = "no"
    for answer in answers:
        if answer == "yes":
            return "yes"
        if answer == "unknown":
            found = "unknown"
    return found
