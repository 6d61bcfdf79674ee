"""Say what can be wrong with a window."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError

MOST_CANDIDATES = 10_000
"""The most events that may answer one activation."""


class TooManyCandidates(AnswerableError):
    """More events may answer one activation than are judged: the rule's selectors are too wide."""

    def __init__(self, found: int) -> None:
        super().__init__(
            f"{found:,} events may answer one activation; at most {MOST_CANDIDATES:,} are judged.",
            hint="Narrow the rule: by `link`, by `same`, or by `where` of what answers.",
        )
