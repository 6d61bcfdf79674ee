"""Cite a provision of a policy by its parts: the policy, its version, the number within it.

A text cites for people; what a policy that was adopted says is found by its id and its version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from answerable.domain.terms.citation import check_citation
from answerable.domain.terms.several import BY_PARTS, NEEDED, PARTS
from answerable.domain.terms.term import check_term

VERSION = r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,31}$"
"""The form of a version of a policy."""

EXAMPLE = '{"policy": "conduct", "version": "2", "number": "4.2"}'


class Provision(BaseModel):
    """A provision of a policy, by its parts. Public.

    Attributes:
        policy: the policy's id, as `policy-adopted` tells it.
        version: its version; None where it is not told.
        number: what is cited of it, as `4.2`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    policy: str
    version: str | None = None
    number: str

    def texts(self) -> Iterator[str]:
        """Yield what it tells in the open, a text each."""
        yield from filter(None, (self.policy, self.version, self.number))


def provision(given: Any) -> Provision:
    """Read a provision from an object of its parts, or from these in one text: `conduct@2 4.2`.

    Raises:
        ValueError: it is not one; the message names the part that is wrong.
    """
    if isinstance(given, Provision):
        return given
    found = BY_PARTS.fullmatch(given) if isinstance(given, str) else None
    told = found.groupdict() if found else given if isinstance(given, Mapping) else None
    if told is None:
        raise ValueError(f"{given!r:.80} must be a text, or an object, as {EXAMPLE}")
    for name in told:
        if name not in PARTS:
            raise ValueError(f"{name!r:.80} is no part of a provision: write it as {EXAMPLE}")
    parts = {name: part for name, part in told.items() if part is not None}
    for name in NEEDED:
        if name not in parts:
            raise ValueError(f"the object tells no `{name}`: write it as {EXAMPLE}")
    no_texts = [name for name, part in parts.items() if not isinstance(part, str)]
    if no_texts:
        raise ValueError(f"`{no_texts[0]}` must be a text, in quotes, as {EXAMPLE}")
    check_term(parts["policy"])
    check_citation(parts["number"])
    if "version" in parts and not re.fullmatch(VERSION, parts["version"]):
        raise ValueError(
            f"{parts['version']!r:.80} must be a version: up to 32 letters, digits, `.`, `+`, `-`"
        )
    return Provision(**parts)
