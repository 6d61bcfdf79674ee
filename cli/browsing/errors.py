"""Define what can be wrong with what a browser asks for."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError


class NoMoment(AnswerableError):
    """What a page is asked about as a time is none."""
