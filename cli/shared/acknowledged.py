"""The ledger as commands that record open it: it remembers what they recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.recorded import acknowledge
from answerable.ledger.ledger import Ledger

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.ledger.store.receipt import Receipts


class AcknowledgedLedger(Ledger):
    """A ledger of which it is remembered what this process recorded in it."""

    def append_all(self, events: Iterable[Event | Mapping[str, Any]], **how: Any) -> Receipts:
        """Record events as `Ledger.append_all` does, and remember where they are."""
        receipts = super().append_all(events, **how)
        acknowledge(receipts.positions)
        return receipts
