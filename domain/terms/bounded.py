"""Hold a number below what nobody means, or what is on record already to any number it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from answerable.domain.terms.form import AS_RECORDED

if TYPE_CHECKING:
    from pydantic import ValidationInfo


class AtMost:
    """A bound of a number, as pydantic validates it.

    Attributes:
        most: the greatest number that is taken.
    """

    def __init__(self, most: int) -> None:
        """Bound numbers by the greatest one that is taken."""
        self.most = most

    def __call__(self, number: int | None, info: ValidationInfo) -> int | None:
        """Return the number, or None where none is told.

        Raises:
            ValueError: it is greater, and not on record already.
        """
        context: Any = info.context
        if number is not None and number > self.most and context is not AS_RECORDED:
            raise ValueError(f"must be a number of at most {self.most:,}")
        return number


MOST_DAYS = AtMost(365_250)
"""Bounds a number of days: a thousand years."""

MOST_COUNTED = AtMost(999_999_999_999_999)
"""Bounds what is counted: fifteen digits, as an amount of money has at most."""
