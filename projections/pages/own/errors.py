"""Refuse a template of a house's own."""

from __future__ import annotations

from typing import ClassVar

from answerable.domain.errors import AnswerableError


class TemplateFails(AnswerableError):
    """A template cannot be read or rendered, or its page would not keep to itself."""

    exit_code: ClassVar[int] = 2
