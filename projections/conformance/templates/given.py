"""Split the worlds of an order by whether one event has happened, and judge each part alone.

What the closing of a case ends is judged so, where its date leaves open whether it has happened:
with it, what is unanswered stays so; without it, nothing that came after it has happened either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from answerable.projections.conformance.templates.order import Candidate, Order, beside
from answerable.projections.conformance.templates.values import Values


class Given:
    """An order in the worlds in which an event has happened, and with it all that came before."""

    def __init__(self, order: Order, event: int) -> None:
        self._order = order
        self._event = event

    def __len__(self) -> int:
        return len(self._order)

    def before(self, one: int, other: int) -> bool:
        """Tell whether one event certainly precedes another."""
        return self._order.before(one, other)

    def happened(self, event: int) -> bool:
        """Tell whether an event has certainly happened, where the given one has."""
        return event == self._event or beside(self._order, event, self._event)


class Without:
    """An order in the worlds in which an event has not happened, nor anything that came after it.

    Attributes:
        kept: the events that may have happened, by their indices in the whole order.
    """

    def __init__(self, order: Order, event: int) -> None:
        self._order = order
        self.kept = [
            each for each in range(len(order)) if each != event and not order.before(event, each)
        ]

    def __len__(self) -> int:
        return len(self.kept)

    def before(self, one: int, other: int) -> bool:
        """Tell whether one event certainly precedes another."""
        return self._order.before(self.kept[one], self.kept[other])

    def happened(self, event: int) -> bool:
        """Tell whether an event has certainly happened."""
        return self._order.happened(self.kept[event])


Kept = Callable[[Iterable[Candidate]], list[Candidate]]
"""Translates candidates into those of an order; what is not in it is left out."""

Judge = Callable[[Order, Kept, Callable[[int], int]], Values]
"""Judges in an order, given what translates candidates, and an event, into its indices."""


def by_closing(order: Order, closing: int, judge: Judge, asking: int | None = None) -> Values:
    """Judge in the worlds in which a case was closed, and in those in which it was not.

    Args:
        order: the events.
        closing: the event that closes the case, or will.
        judge: judges in an order.
        asking: the activation; None: the case is judged as a whole.
    """
    closed = judge(Given(order, closing), list, lambda each: each).closed()
    without = Without(order, closing)
    place = {each: at for at, each in enumerate(without.kept)}
    if asking is not None and asking not in place:
        return closed

    def kept(candidates: Iterable[Candidate]) -> list[Candidate]:
        return [
            each._replace(event=place[each.event]) for each in candidates if each.event in place
        ]

    still_open = judge(without, kept, place.__getitem__)
    return Values(
        closed.can_satisfy or still_open.can_satisfy,
        closed.can_fail or still_open.can_fail,
        closed.can_wait or still_open.can_wait,
        _joined(closed.answers, (without.kept[each] for each in still_open.answers)),
        _joined(closed.breakers, (without.kept[each] for each in still_open.breakers)),
    )


def _joined(some: Sequence[int], others: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*some, *others)))
