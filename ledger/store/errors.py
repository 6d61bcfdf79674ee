"""Refusals of an event as it is given, and of the use of a ledger that was closed."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.ledger.errors import LedgerClosed, StorageFailed


class DuplicateId(Refused):
    """The event id is taken by an event that says something else."""


class CaseMoved(Refused):
    """Someone recorded in the case since the version that the caller expected."""


def closed_error(name: object) -> LedgerClosed:
    """Return the error to raise where a ledger is used that was closed."""
    return LedgerClosed(
        f"the ledger at {name} is closed.",
        hint="Use it within its `with` block, or open it again with `Ledger.open`.",
    )


class Conflict(StorageFailed):
    """Another writer came between, where a store lets it: the same may be tried again, whole."""
