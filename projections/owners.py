"""Group what is needed by whom it is needed from: what is overdue first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from answerable.projections.gaps import Need, Role, Whom


class OpenItems(NamedTuple):
    """The things of one kind that are needed from one party: how many, and the first of them."""

    what: str
    rank: int
    number: int
    first: tuple[Need, ...]


class ByOwner(NamedTuple):
    """All that is needed from one party, what is overdue first."""

    whom: str | None
    role: Role | None
    piles: tuple[OpenItems, ...]


def by_owner(found: Iterable[Need], keep: int | None = None) -> tuple[ByOwner, ...]:
    """Group things by whom they are needed from: those first from whom most is overdue.

    Args:
        found: what is needed.
        keep: how many of one kind are kept, without their texts and events; all, if left out.
    """
    made: dict[Whom, dict[tuple[int, str], tuple[int, list[Need]]]] = {}
    for each in found:
        piles = made.setdefault(Whom(each.whom, each.role), {})
        number, first = piles.get((each.rank, each.what), (0, []))
        if keep is None:
            first.append(each)
        elif number < keep:
            first.append(each._replace(text="", events=()))
        piles[each.rank, each.what] = (number + 1, first)
    sorted_ = [
        ByOwner(
            *whom,
            tuple(
                OpenItems(what, rank, number, tuple(first))
                for (rank, what), (number, first) in sorted(piles.items(), key=lambda each: each[0])
            ),
        )
        for whom, piles in made.items()
    ]
    return tuple(sorted(sorted_, key=_urgency))


def _urgency(heap: ByOwner) -> tuple[int, bool, str, str]:
    overdue = sum(pile.number for pile in heap.piles if pile.rank == 0)
    return (-overdue, heap.whom is None, heap.whom or "", heap.role or "")
