"""Refusals of an event as it is given."""

from __future__ import annotations

from answerable.domain.errors import Refused


class DuplicateId(Refused):
    """The event id is taken by an event that says something else."""


class CaseMoved(Refused):
    """Someone recorded in the case since the version that the caller expected."""
