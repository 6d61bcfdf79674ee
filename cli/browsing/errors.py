"""Define what can be wrong with what a browser asks for."""

from __future__ import annotations

from answerable.domain.errors import AnswerableError


class NoMoment(AnswerableError):
    """Say that a page is asked about a time that is none."""
