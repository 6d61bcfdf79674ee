"""Events by their numbers, those in a row as a range."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

ROW = 3
"""The fewest numbers in a row that are said as a range."""


def number_words(positions: Iterable[int]) -> str:
    """Say which events are meant: "#6, #9 to #12, #18"."""
    said: list[str] = []
    for _, each in groupby(enumerate(sorted(set(positions))), key=lambda pair: pair[1] - pair[0]):
        row = [position for _, position in each]
        if len(row) < ROW:
            said.extend(f"#{position}" for position in row)
        else:
            said.append(f"#{row[0]} to #{row[-1]}")
    return ", ".join(said)
