"""The error that keeps names out of the chain."""

from __future__ import annotations

from answerable.domain.errors import Refused


class NameTold(Refused):
    """A pseudonym or a term, which stand in the open for ever, tells part of a person's name."""
