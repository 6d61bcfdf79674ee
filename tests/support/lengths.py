"""Say how long tests are: short in the suite, and at length in `make soak`.

A property is tried on a few examples whenever the suite runs, and on ten times as many in a soak.
Of a sweep over many like things the suite takes some, evenly spaced, and a soak takes all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

SOAK = os.environ.get("ANSWERABLE_SOAK") == "1"
"""Tells whether tests run at length: every command in an interpreter of its own, too."""

AT_LENGTH = 10
"""Says how many times as many examples a soak tries."""


def examples(few: int) -> int:
    """Return on how many examples a property is tried, which is on few in the suite."""
    return few * AT_LENGTH if SOAK else few


def sample(all_: Iterable[T], few: int) -> list[T]:
    """Return so many of some things, evenly spaced, the first among them; all in a soak."""
    found = list(all_)
    return (
        found if SOAK or len(found) <= few else [found[at * len(found) // few] for at in range(few)]
    )
