"""Take cases a few at a time: so many as are judged side by side, and are in memory together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from answerable.projections.facts.case_view import CaseView

HANDFUL = 16
"""The most cases that are judged side by side, rule by rule."""

MOST_AT_HAND = 2_000
"""The number of events at which cases that are judged side by side are enough of them."""


def handfuls(views: Iterable[CaseView]) -> Iterator[list[CaseView]]:
    """Part cases, in their order, into a few at a time, and fewer where they are large."""
    some: list[CaseView] = []
    events = 0
    for view in views:
        some.append(view)
        events += len(view.facts)
        if len(some) == HANDFUL or events >= MOST_AT_HAND:
            yield some
            some, events = [], 0
    if some:
        yield some
