"""Judge what is asked of a case as a whole: how often, what first, what last, which of two.

There is no activation: a case is judged once, be it empty. The forms are exact over the worlds that
`relations.py` describes; counts take every value between what is certain and what is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from answerable.projections.conformance.templates.order import (
    Candidate,
    Order,
    beside,
    earliest,
    matching,
)
from answerable.projections.conformance.templates.values import Values

Whole = Callable[[Order, Sequence[Candidate], Sequence[Candidate], int], Values]
"""Of an order, what matches first and second, and a number of times: the values."""


def existence(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that there are so many or more."""
    certain, possible = _certain(order, first), _indices(first)
    enough = len(certain) >= times
    return Values(
        len(possible) >= times,
        can_fail=False,
        can_wait=not enough,
        answers=tuple(certain[:times]) if enough else possible,
    )


def absence(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that there are fewer."""
    possible = _indices(first)
    return Values(
        len(_certain(order, first)) < times,
        can_fail=len(possible) >= times,
        can_wait=False,
        breakers=possible if len(possible) >= times else (),
    )


def exactly(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that there are so many, and no more."""
    certain, possible = _certain(order, first), _indices(first)
    return Values(
        len(certain) <= times <= len(possible),
        can_fail=len(possible) > times,
        can_wait=len(certain) < times,
        answers=possible if len(certain) <= times else (),
        breakers=possible if len(possible) > times else (),
    )


def init(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that the case begins with one."""
    begins = earliest(order, range(len(order)))
    certain, possible = matching(first), {*_indices(first)}
    breakers = tuple(each for each in begins if each not in certain)
    answers = tuple(each for each in begins if each in possible)
    return Values(bool(answers), bool(breakers), _may_be_empty(order), answers, breakers)


def end(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that the case ends with one; while it is open, any event may be its last no more."""
    happened = [each for each in range(len(order)) if order.happened(each)]
    last = _latest(order, happened)
    ends = [
        each for each in range(len(order)) if not any(order.before(each, other) for other in last)
    ]
    certain, possible = matching(first), {*_indices(first)}
    breakers = tuple(each for each in ends if each not in certain)
    answers = tuple(each for each in ends if each in possible)
    waiting = bool(breakers) or not happened
    return Values(
        bool(answers), can_fail=False, can_wait=waiting, answers=answers, breakers=breakers
    )


def choice(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that one or the other happens, or both."""
    return existence(order, (*first, *second), (), 1)


def exclusive_choice(
    order: Order, first: Sequence[Candidate], second: Sequence[Candidate], times: int
) -> Values:
    """Judge that one or the other happens, and never both."""
    answers = tuple(dict.fromkeys((*_alone(order, first, second), *_alone(order, second, first))))
    both = bool(first) and bool(second)
    return Values(
        bool(answers),
        can_fail=both,
        can_wait=not _certain(order, (*first, *second)),
        answers=answers,
        breakers=(*_indices(first), *_indices(second)) if both else (),
    )


def _alone(order: Order, some: Sequence[Candidate], others: Sequence[Candidate]) -> Iterable[int]:
    """Give the candidates that may have happened where none of the others has."""
    sure = matching(others)
    return (
        each.event
        for each in some
        if each.event not in sure and not any(beside(order, other, each.event) for other in sure)
    )


def _indices(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each.event for each in candidates))


def _certain(order: Order, candidates: Iterable[Candidate]) -> list[int]:
    """List the candidates that match and have happened, in every world."""
    sure = (each.event for each in candidates if each.match == "yes")
    return [each for each in dict.fromkeys(sure) if order.happened(each)]


def _latest(order: Order, events: Iterable[int]) -> list[int]:
    """List the events that precede no other of them for certain."""
    found: list[int] = []
    for event in events:
        if not any(order.before(event, each) for each in found):
            found = [each for each in found if not order.before(each, event)]
            found.append(event)
    return found


def _may_be_empty(order: Order) -> bool:
    return not any(order.happened(each) for each in range(len(order)))
