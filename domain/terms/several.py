"""Hold one text or several in a field that takes both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from answerable.domain.terms.form import Form


class OneOrSeveral:
    """Texts of a form, as pydantic validates them: one as a text, several as a list.

    A list of one is that one, so that what says the same is written by the same bytes.

    Attributes:
        form: the form of each.
        check: the check of that form.
    """

    def __init__(self, form: Form) -> None:
        """Hold each text to a form."""
        self.form = form
        self.check = form.check

    def __call__(self, given: Any, info: ValidationInfo) -> str | tuple[str, ...]:
        """Return the text, or the texts, if each is of the form."""
        told = (given,) if isinstance(given, str) else given
        if not isinstance(told, list | tuple) or not all(isinstance(each, str) for each in told):
            raise ValueError(f"{given!r:.80} must be a text, or a list of texts")
        if not told:
            raise ValueError("must not be an empty list: leave the field out, or give one text")
        if len({*told}) < len(told):
            raise ValueError(f"{given!r:.80} must not say the same twice")
        held = tuple(self.form(each, info) for each in told)
        return held[0] if len(held) == 1 else held


def one_or_several(value: Any) -> str | tuple[str, ...] | None:
    """Return what a field says that takes one text or several, as a record holds it."""
    return tuple(value) if isinstance(value, list) else value


def several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the texts of such a field, each by itself."""
    return () if value is None else (value,) if isinstance(value, str) else value
