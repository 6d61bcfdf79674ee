"""Judge one activation against its targets, in closed form, exactly over all worlds.

A world is a linear extension of the order, cut at the moment asked about, and a choice for each
match that is unknown. Each form here gives what brute force over all of them gives
(`tests/property/test_template_properties.py`), per activation: of two activations, each may be
satisfied in some world, and both together in none. The formulas are in `catalogue.py`.

An activation is never its own target.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from answerable.projections.conformance.templates.order import (
    Candidate,
    Order,
    Preceding,
    beside,
    earliest,
    matching,
)
from answerable.projections.conformance.templates.values import Values, broken_by, satisfied_by

Relation = Callable[[Order, int, Sequence[Candidate], Sequence[Candidate]], Values]
"""Of an order, the activation, its targets and the other activations: the values."""


def response(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that a target follows. Linear in the targets."""
    certain = [
        each.event
        for each in targets
        if each.match == "yes" and order.before(at, each.event) and order.happened(each.event)
    ]
    possible = (each.event for each in targets if not order.before(each.event, at))
    return satisfied_by(possible, certain, unanswered=not certain)


def precedence(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that a target precedes. Linear in the targets."""
    certain = [
        each.event for each in targets if each.match == "yes" and order.before(each.event, at)
    ]
    possible = (each.event for each in targets if not order.before(at, each.event))
    return satisfied_by(possible, certain, unanswered=not certain).closed()


def responded_existence(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that a target happens at all, before or after. Linear in the targets."""
    certain = _certain(order, at, targets)
    return satisfied_by((each.event for each in targets), certain, unanswered=not certain)


def not_response(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that no target follows. Linear in the targets."""
    followed = response(order, at, targets, rivals)
    return broken_by(followed.answers, unbroken=followed.can_wait)


def not_responded_existence(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that no target happens at all. Linear in the targets."""
    found = responded_existence(order, at, targets, rivals)
    return broken_by(found.answers, unbroken=found.can_wait)


def chain_response(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that the very next event is a target. In the events times what may be next."""
    certain, possible = matching(targets), {each.event for each in targets}
    following = [each for each in range(len(order)) if each != at and not order.before(each, at)]
    after = [each for each in following if order.before(at, each)]
    first = earliest(order, after)
    nearest = [each for each in following if not any(order.before(other, each) for other in first)]
    answers = tuple(each for each in nearest if each in possible)
    breakers = tuple(each for each in nearest if each not in certain)
    last = not any(order.happened(each) for each in after)
    return Values(bool(answers), bool(breakers), last, answers, breakers)


def chain_precedence(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that the event just before is a target. In the events times what may be it."""
    return _backwards(chain_response, order, at, targets, rivals)


def not_chain_response(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that the very next event is no target. In the events times what may be next."""
    followed = chain_response(order, at, targets, rivals)
    return broken_by(followed.answers, unbroken=followed.can_violate)


def alternate_response(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that a target follows before the activation recurs. In targets times rivals.

    A rival that is a target, too, is an answer.
    """
    answering = matching(targets)
    recurring = earliest(
        order, [each for each in matching(rivals) - answering if order.before(at, each)]
    )
    settled = [each for each in answering if order.before(at, each)]
    answers = [
        each.event
        for each in targets
        if not order.before(each.event, at)
        and not any(order.before(other, each.event) for other in recurring)
    ]
    soonest = earliest(order, settled)
    breakers = tuple(
        each.event
        for each in rivals
        if each.event not in answering
        and not order.before(each.event, at)
        and not any(order.before(answer, each.event) for answer in soonest)
    )
    waiting = not any(order.happened(each) for each in (*settled, *recurring))
    named = satisfied_by(
        answers, () if breakers or waiting else answers, unanswered=waiting
    ).answers
    return Values(bool(answers), bool(breakers), waiting, named, breakers)


def alternate_precedence(
    order: Order, at: int, targets: Sequence[Candidate], rivals: Sequence[Candidate]
) -> Values:
    """Judge that a target precedes, after the activation's last. In targets times rivals."""
    return _backwards(alternate_response, order, at, targets, rivals)


def _backwards(
    relation: Relation,
    order: Order,
    at: int,
    targets: Sequence[Candidate],
    rivals: Sequence[Candidate],
) -> Values:
    """Judge what lies before the activation: no later event can change it."""
    return relation(Preceding(order, at), at, targets, rivals).closed()


def _certain(order: Order, at: int, targets: Sequence[Candidate]) -> list[int]:
    """List the targets that have happened in every world in which the activation has."""
    return [each.event for each in targets if each.match == "yes" and beside(order, each.event, at)]
