"""Do one thing again and again, cut at another place each time, until no place is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NamedTuple

from tests.support.faults.proxy import ANSWERED, Cut, CuttingProxy, When
from tests.support.lengths import SOAK

from answerable.ledger.errors import BytesRemain, OutcomeUnknown, StorageFailed

WHEN: tuple[When, ...] = ("before", "after")


class Tried(NamedTuple):
    """Tell how a thing ended that was cut.

    Attributes:
        turn: the how-manieth time it was.
        outcome: as its caller is told: `ok`, `failed` or `unknown`.
        where: where it was cut, in words.
    """

    turn: int
    outcome: str
    where: str


def every_cut(
    proxy: CuttingProxy, act: Callable[[int], Any], *, each_message: bool = SOAK
) -> Iterator[Tried]:
    """Yield how a thing ended, cut before each statement was sent, and after each was done.

    Args:
        proxy: cuts.
        act: does the thing; it is given its turn.
        each_message: cuts between the messages of a statement, too.
    """
    turns, places = count(), count()
    for place in places:
        for when in WHEN:
            turn = next(turns)
            with proxy.cutting(Cut(place, when, each_message=each_message)):
                outcome = outcome_of(act, turn)
            if proxy.struck is None:
                assert outcome == "ok"
                return
            yield Tried(turn, outcome, f"{when} {place}: {proxy.struck}")
            if proxy.struck.letter not in ANSWERED and each_message:
                # What the server takes in silence is cut after when the next is cut before.
                break


def outcome_of(act: Callable[[int], Any], turn: int) -> str:
    """Do it, and tell how it ended as its caller is told."""
    try:
        act(turn)
    except OutcomeUnknown:
        return "unknown"
    except BytesRemain:
        return "ok"
    except StorageFailed as error:
        # It is said, as well: nobody has to know the class.
        return "failed" if "nothing was written" in error.message else error.message
    return "ok"
