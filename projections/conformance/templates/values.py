"""Say which values an activation takes over all possible worlds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Values(NamedTuple):
    """The values that one activation, or one case, takes over the worlds the record allows.

    The values are those of RV-LTL on the trace so far, where the case is open (Bauer, Leucker and
    Schallhart, *ACM TOSEM* 20(4):14, 2011). Once it is closed, what can wait fails instead.

    Attributes:
        can_satisfy: in some world it is satisfied.
        can_fail: in some world it is violated, whatever may follow.
        can_wait: in some world it is violated so far, and a later event may still satisfy it.
        answers: the events that satisfy it in some world; one of them, where that one does so in
            every world. Empty where it is satisfied by what did not happen.
        breakers: the events that violate it in some world; empty where it is violated by what did
            not happen.
    """

    can_satisfy: bool
    can_fail: bool
    can_wait: bool
    answers: tuple[int, ...] = ()
    breakers: tuple[int, ...] = ()

    @property
    def can_violate(self) -> bool:
        """Tell whether it is violated in some world, be it only so far."""
        return self.can_fail or self.can_wait

    def closed(self) -> Values:
        """Return the values where no further event can satisfy it."""
        return self._replace(can_fail=self.can_violate, can_wait=False)


def satisfied_by(answers: Iterable[int], certain: Iterable[int], *, unanswered: bool) -> Values:
    """Make the values of an activation that waits for an answer.

    Args:
        answers: what answers it in some world.
        certain: what answers it in every world; the first is named alone.
        unanswered: whether nothing answers it in some world.
    """
    sure = next(iter(certain), None)
    named = tuple(answers) if sure is None else (sure,)
    return Values(bool(named), can_fail=False, can_wait=unanswered, answers=named)


def broken_by(breakers: Iterable[int], *, unbroken: bool) -> Values:
    """Make the values of an activation that forbids something.

    Args:
        breakers: what violates it in some world.
        unbroken: whether nothing violates it in some world.
    """
    named = tuple(breakers)
    return Values(unbroken, can_fail=bool(named), can_wait=False, breakers=named)
