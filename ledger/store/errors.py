"""Refusals of an event as it is given, and of the use of a ledger that was closed."""

from __future__ import annotations

from pathlib import Path

from answerable.domain.errors import Refused
from answerable.ledger.errors import LedgerClosed


class DuplicateId(Refused):
    """The event id is taken by an event that says something else."""


class CaseMoved(Refused):
    """Someone recorded in the case since the version that the caller expected."""


def closed_error(path: Path) -> LedgerClosed:
    """Return the error to raise where a ledger is used that was closed."""
    return LedgerClosed(
        f"the ledger at {path} is closed.",
        hint="Use it within its `with` block, or open it again with `Ledger.open`.",
    )
