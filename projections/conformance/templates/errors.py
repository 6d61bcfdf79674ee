"""Refuse what would take too long to judge."""

from __future__ import annotations

from typing import ClassVar

from answerable.domain.errors import AnswerableError


class TooManyCandidates(AnswerableError):
    """More events bear on one activation than are ever compared.

    Attributes:
        at: the index of the activation; None where the whole case is judged.
        found: how many events bear on it.
        most: how many may.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, at: int | None, found: int, most: int) -> None:
        about = "the case" if at is None else "one event"
        super().__init__(
            f"{found:,} events bear on {about}, and a rule compares {most:,} at the most.",
            hint="Narrow what the rule selects: by a field, or by what links the two events.",
        )
        self.at = at
        self.found = found
        self.most = most
