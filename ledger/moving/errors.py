"""Refusals to carry a ledger over, and what does not fit afterwards."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.ledger.errors import NotVerified


class OtherLog(Refused):
    """The ledger that is to be gone on with does not begin the one that it is to become."""


class NotTheSame(NotVerified):
    """What was carried over is not what was there."""
