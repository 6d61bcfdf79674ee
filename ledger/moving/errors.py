"""Refusals to carry a ledger over, and what does not fit afterwards."""

from __future__ import annotations

from answerable.domain.errors import Refused
from answerable.ledger.errors import NotVerified


class OtherLog(Refused):
    """The ledger that is to be gone on with does not begin the one that it is to become."""


class NotTheSame(NotVerified):
    """Say that the ledger which was carried over differs from the one that it was read from."""
