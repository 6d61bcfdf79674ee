"""Tell what the worlds that a record allows amount to for one activation of a rule.

A world is one time for each event within its bounds, in which all holds that the record asserts
about order, and one value for each field that is absent or sealed. What is not on record did not
happen: the world is closed for events, and open for dates and fields.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Literal

Value = Literal["answered", "failed", "pending", "none"]
"""Tell what becomes of an activation in one world, by the moment of judgement: it is answered in
time; something forbidden happened, or its time passed; it can still be answered; or it is none."""

Judgement = Literal["pass", "fail", "indeterminate", "pending", "not-applicable"]

ORDER: tuple[Judgement, ...] = ("fail", "indeterminate", "pending", "pass", "not-applicable")
"""The judgements, the gravest first."""


@lru_cache(maxsize=64)
def judgement_of(values: frozenset[Value]) -> Judgement:
    """Tell what the values of an activation over all worlds amount to."""
    if "failed" in values:
        return "fail" if len(values) == 1 else "indeterminate"
    if "pending" in values:
        return "pending"
    return "pass" if "answered" in values else "not-applicable"


def gravest(judgements: Collection[Judgement]) -> Judgement:
    """Return the gravest of some judgements; of none, that there was nothing to judge."""
    return min(judgements, key=ORDER.index, default="not-applicable")


ANSWERED = frozenset[Value](("answered",))
FAILED = frozenset[Value](("failed",))
NONE = frozenset[Value](("none",))
OPEN = frozenset[Value](("answered", "failed"))
"""Two worlds that differ: what is not told decides."""


def values_of(*, can: bool, cannot: bool, unanswered: Collection[Value]) -> frozenset[Value]:
    """Return the values of an activation by whether some world answers it, and some does not.

    Args:
        can: whether some world answers it.
        cannot: whether some world does not.
        unanswered: what an activation without an answer is, in the worlds that do not.
    """
    found: set[Value] = set()
    if can:
        found.add("answered")
    if cannot:
        found.update(unanswered)
    return frozenset(found)
