"""Refuse a placeholder where a text is told: it was copied from a suggestion, and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answerable.domain.terms.form import AS_RECORDED

if TYPE_CHECKING:
    from pydantic import ValidationInfo

PLACEHOLDERS = frozenset(("…", "..."))
"""List what suggestions write where only who records knows what is to stand there."""


def check_told(text: str) -> str:
    """Check that a text is more than a placeholder.

    Raises:
        ValueError: it is none but a placeholder.
    """
    if text.strip() in PLACEHOLDERS:
        raise ValueError(
            f"{text.strip()!r} stands for what only you know: write that in its place, or leave "
            "the field out"
        )
    return text


def told(text: str, info: ValidationInfo) -> str:
    """Return a text, if it is more than a placeholder, or was recorded before these were refused.

    Raises:
        ValueError: it is none but a placeholder.
    """
    context: Any = info.context
    return text if context is AS_RECORDED else check_told(text)
