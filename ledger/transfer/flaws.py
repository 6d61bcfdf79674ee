"""Gathering all that is wrong with a line, rather than the first of it."""

from __future__ import annotations

from collections.abc import Iterable

from answerable.domain.errors import AnswerableError


class Flaws(Exception):
    """Raised where a line or row cannot be recorded; `found` are the reasons, one at the least."""

    def __init__(self, found: Iterable[AnswerableError]) -> None:
        super().__init__()
        self.found = tuple(found)
