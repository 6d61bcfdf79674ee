"""Hold a text to its form, or what is on record already to the wider form that it had then."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationInfo

AS_RECORDED = {"as_recorded": True}
"""The context in which an event is validated that a ledger recorded, maybe under earlier forms."""

EARLIER_TERM = r"[a-z0-9][a-z0-9 ._/-]{0,63}"
EARLIER_CITATION = r"\S(?:.{0,118}\S)?"


class Form:
    """The form of a text, as pydantic validates it.

    Attributes:
        check: returns the text, or raises a ValueError that says which form it must have.
    """

    def __init__(self, check: Callable[[str], str], earlier: str) -> None:
        """Hold texts to what `check` asks for.

        Args:
            check: see above.
            earlier: the form, as a pattern, in which earlier versions recorded such texts.
        """
        self.check = check
        self._remembered = lru_cache(maxsize=4096)(check)
        self._earlier = re.compile(earlier)

    def __call__(self, text: str, info: ValidationInfo) -> str:
        """Return the text, if it is of the form."""
        context: Any = info.context
        if context is AS_RECORDED and self._earlier.fullmatch(text):
            return text
        return self._remembered(text)
