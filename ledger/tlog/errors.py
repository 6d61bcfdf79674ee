"""Faults of a checkpoint, beside those in `answerable.ledger.errors`."""

from __future__ import annotations

from answerable.ledger.errors import MalformedNote, NotVerified


class TooFewWitnesses(NotVerified):
    """Fewer witnesses than must have cosigned a checkpoint."""


class EmptyRootWrong(MalformedNote):
    """A checkpoint says that a log is empty, but its root is not that of the empty tree."""
