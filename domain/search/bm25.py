"""Rank what a search found by BM25, with the constants and in the order of operations of FTS5.

So an order is the same wherever it is worked out, to the last bit of a score:
https://sqlite.org/fts5.html#the_bm25_function.
"""

from __future__ import annotations

from math import log

K1, B = 1.2, 0.75
"""The constants of FTS5's BM25."""

LEAST_WEIGHT = 1e-6
"""The weight of a term that is in more than half of the texts."""


def weight(texts: int, hits: int) -> float:
    """Return the inverse document frequency of a term that some of all texts have."""
    found = log((texts - hits + 0.5) / (hits + 0.5))
    return found if found > 0 else LEAST_WEIGHT


def part_of_score(often: int, weighs: float, words: int, mean: float) -> float:
    """Return what a term adds to the score of a text.

    Args:
        often: the places of the text at which the term begins.
        weighs: the weight of the term.
        words: how many words the text has.
        mean: how many a text has on average.
    """
    return weighs * ((often * (K1 + 1.0)) / (often + K1 * (1 - B + B * words / mean)))
