"""Find what a mistyped word may have been meant for, and ask: everywhere in one way."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3
"""The most that are offered."""

ALIKE = 0.6
"""Sets how alike two words are, from 0 to 1, of which one may be the other mistyped."""


def nearest(word: str, known: Iterable[str], most: int = MOST, alike: float = ALIKE) -> list[str]:
    """Find the words that are spelled like one, the likeliest first, without regard to case.

    Args:
        word: what was typed.
        known: what there is.
        most: the most that are found.
        alike: how alike they have to be, from 0 to 1.
    """
    from difflib import get_close_matches

    lowered: dict[str, str] = {}
    for each in known:
        lowered.setdefault(each.casefold(), each)
    # Longer ones than are ever right take long to compare, and are like nothing.
    typed = word.casefold()[:200]
    return [lowered[each] for each in get_close_matches(typed, lowered, most, alike)]


def did_you_mean(found: Iterable[str]) -> str:
    """Ask whether one of some was meant: "Did you mean a, b or c?"; "" where there is none."""
    *others, last = [*found] or [""]
    if not last:
        return ""
    before = f"{', '.join(others)} or " if others else ""
    return f"Did you mean {before}{last}?"
