"""Refusals of an event as an entry."""

from __future__ import annotations

from answerable.domain.errors import Refused


class EntryTooLarge(Refused):
    """The event's public part is over 65,535 bytes, the most that an entry can be."""


class ClockAstray(Refused):
    """The clock is too far from the time of the last entry, and nobody accepted it."""
