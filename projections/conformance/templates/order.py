"""Describe what a template is judged over: an order with gaps, and the events that may match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

Match = Literal["yes", "unknown"]
"""Tell whether an event is what a selector asks for; events that are not are no candidates."""


class Order(Protocol):
    """The events of a case that may have happened by the moment asked about, by index from 0.

    `before` is a strict partial order: irreflexive and transitive. What happened before
    something that certainly happened, certainly happened itself.
    """

    def __len__(self) -> int:
        """Return how many events there are."""
        ...

    def before(self, one: int, other: int) -> bool:
        """Tell whether one event certainly precedes another: in every possible world."""
        ...

    def happened(self, event: int) -> bool:
        """Tell whether an event has certainly happened by the moment asked about."""
        ...


class Candidate(NamedTuple):
    """An event that is, or may be, what a selector asks for.

    Where it may be, it is in some worlds and is not in others, whatever holds of other events.
    """

    event: int
    match: Match = "yes"


class Preceding:
    """The order before an activation, backwards: what precedes becomes what follows.

    What precedes an activation has happened wherever the activation has.
    """

    def __init__(self, order: Order, at: int) -> None:
        self._order = order
        self._at = at

    def __len__(self) -> int:
        return len(self._order)

    def before(self, one: int, other: int) -> bool:
        """Tell whether one event certainly follows another."""
        return self._order.before(other, one)

    def happened(self, event: int) -> bool:
        """Tell whether an event has happened wherever the activation has."""
        return beside(self._order, event, self._at)


def matching(candidates: Iterable[Candidate]) -> set[int]:
    """Return the candidates that match in every world in which they happened."""
    return {each.event for each in candidates if each.match == "yes"}


def beside(order: Order, event: int, given: int) -> bool:
    """Tell whether an event has happened wherever a given one has."""
    return order.happened(event) or order.before(event, given)


def earliest(order: Order, events: Iterable[int]) -> list[int]:
    """List the events that no other of them certainly precedes."""
    found: list[int] = []
    for event in events:
        if not any(order.before(each, event) for each in found):
            found = [each for each in found if not order.before(event, each)]
            found.append(event)
    return found
