"""Work out between which limits a share lies, of things that may count, and of which it may hold.

Each thing is in one of a few situations: whether it counts is known or not, and whether what is
asked holds of it, if it counts, is known or not. The things are independent, so the least share is
reached where each does what lowers it most: what may hold does not, and what may count counts only
if it need not hold. Of worlds in which nothing counts, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from answerable.domain.dates import When
from answerable.projections.intervals import Range

Situation = tuple[When, When]
"""Tell whether a thing counts, and whether what is asked holds of it, if it does."""


def numerator(things: Mapping[Situation, int]) -> Range[int]:
    """Count the things that count, and of which it holds."""
    sure = things.get(("yes", "yes"), 0)
    perhaps = sum(
        number
        for (counts, holds), number in things.items()
        if "no" not in (counts, holds) and (counts, holds) != ("yes", "yes")
    )
    return Range(sure, sure + perhaps)


def denominator(things: Mapping[Situation, int]) -> Range[int]:
    """Count the things that count."""
    sure = sum(number for (counts, _), number in things.items() if counts == "yes")
    perhaps = sum(number for (counts, _), number in things.items() if counts == "unknown")
    return Range(sure, sure + perhaps)


def share(things: Mapping[Situation, int]) -> Range[Fraction] | None:
    """Find the least and the greatest share of those, of all that count, of which it holds.

    None where nothing counts in any world.
    """
    all_ = things.get(("yes", "yes"), 0)
    none = things.get(("yes", "no"), 0)
    either = things.get(("yes", "unknown"), 0)
    may_hold = things.get(("unknown", "yes"), 0)
    may_not = things.get(("unknown", "no"), 0)
    may = things.get(("unknown", "unknown"), 0)
    least = _least(all_, none + either + may_not + may, may_hold)
    missing = _least(none, all_ + either + may_hold + may, may_not)
    if least is None or missing is None:
        return None
    return Range(least, 1 - missing)


def _least(for_: int, against: int, only_for: int) -> Fraction | None:
    """Find the least share: of those in favour, where `only_for` count if nothing else does."""
    if for_ + against:
        return Fraction(for_, for_ + against)
    return Fraction(1) if only_for else None
