"""The choices of a list in a form, the one that was made among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from markupsafe import Markup

from answerable.domain.language.saying import say

Choice = TypeVar("Choice", bound=str)


def choices_of(called: Mapping[Choice, str], chosen: Choice) -> Markup:
    """Write the choices of a list.

    Args:
        called: what each is called, by the name that it is sent under.
        chosen: the one that is made.
    """
    return Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            name, Markup(" selected") if name == chosen else Markup(), say(words)
        )
        for name, words in called.items()
    )
