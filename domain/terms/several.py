"""Hold one text or several in a field that takes both, or objects that stand for texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationInfo

    from answerable.domain.terms.form import Form

PARTS = ("policy", "version", "number")
"""The parts of a provision that is told by them."""

NEEDED = ("policy", "number")
"""Those of them that it cannot do without."""

BY_PARTS = re.compile(r"(?P<policy>[^@]+)@(?P<version>[^\s@]+) (?P<number>\S.*)")
"""The form of a provision of a version of a policy, in one text. A citation has no `@`."""

Read = Callable[[Any], Hashable]
"""Reads what stands for a text and is none; raises a ValueError."""


class OneOrSeveral:
    """Texts of a form, as pydantic validates them: one as a text, several as a list.

    A list of one is that one, so that what says the same is written by the same bytes.

    Attributes:
        form: the form of each.
        check: the check of that form.
        read: reads what is no text; None: all are texts.
    """

    def __init__(self, form: Form, read: Read | None = None) -> None:
        """Hold each text to a form, and read what is none."""
        self.form = form
        self.check = form.check
        self.read = read

    def __call__(self, given: Any, info: ValidationInfo) -> Hashable:
        """Return the text, or the texts, if each is of the form."""
        told = given if isinstance(given, list | tuple) else (given,)
        if self.read is None and not all(isinstance(each, str) for each in told):
            raise ValueError(f"{given!r:.80} must be a text, or a list of texts")
        if not told:
            raise ValueError("must not be an empty list: leave the field out, or give one text")
        held = tuple(self._held(each, info) for each in told)
        if len({*held}) < len(held):
            raise ValueError(f"{given!r:.80} must not say the same twice")
        return held[0] if len(held) == 1 else held

    def _held(self, each: Any, info: ValidationInfo) -> Hashable:
        """Return one text of the form, or what is read of one that stands for an object."""
        if self.read is None or (isinstance(each, str) and not is_by_parts(each)):
            return self.form(each, info)
        return self.read(each)


def is_by_parts(text: str) -> bool:
    """Tell whether a text tells a provision by its parts, as `cited` says them: `conduct@2 4.2`."""
    return BY_PARTS.fullmatch(text) is not None


def is_provision(told: Any) -> bool:
    """Tell whether a value of a record is a provision that is told by its parts."""
    return isinstance(told, Mapping) and told.keys() >= {*NEEDED} and told.keys() <= {*PARTS}


def cited(told: Any) -> str:
    """Say a provision as one cites it: a text as it is, an object as `conduct@2 4.2`."""
    if isinstance(told, str) or not is_provision(told):
        return str(told)
    version = told.get("version")
    policy = f"{told['policy']}@{version}" if version else told["policy"]
    return f"{policy} {told['number']}"


def one_or_several(value: Any) -> str | tuple[str, ...] | None:
    """Return what a field says that takes one text or several, in texts.

    A provision that is told by its parts is a text as one cites it.
    """
    if isinstance(value, list | tuple):
        return tuple(map(cited, value))
    return None if value is None else cited(value)


def several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the texts of such a field, each by itself."""
    return () if value is None else (value,) if isinstance(value, str) else value
