"""Looking up in a ledger what an import calls by a name, as `append` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.references import event_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from answerable.ledger.ledger import Ledger

KEPT = 20_000
"""The number of names kept in memory, once looked up."""


class LedgerLookup:
    """A ledger, as the drafts of an import ask it (`answerable.ledger.transfer.drafts.Lookup`).

    What it found is kept until something is recorded.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._parties: dict[str, Sequence[str]] = {}

    def forget(self) -> None:
        """Forget what was found, since something was recorded."""
        self._parties.clear()

    def event_id(self, text: str) -> str:
        """Return the id that the beginning of one, or a position, means.

        Raises:
            NotFound: there is none, or there are several.
        """
        return event_id(self._ledger, text)

    def parties(self, name: str) -> Sequence[str]:
        """Return the pseudonyms of the parties that are registered under a name."""
        if name not in self._parties:
            from answerable.projections.facts.names import names

            if len(self._parties) >= KEPT:
                self._parties.clear()
            self._parties[name] = names(self._ledger).find(name)
        return self._parties[name]

    def type_of(self, party: str) -> str | None:
        """Return what a party on record is: a person, an organisation…; None where not told."""
        from answerable.projections.facts.names import names

        return names(self._ledger).type_of(party)

    def near(self, name: str) -> Sequence[str]:
        """Return the parties on record that a name may have been meant for."""
        from answerable.cli.shared.mistyped.on_record import PartiesOnRecord

        return PartiesOnRecord(self._ledger).meant(name)

    def kind_of(self, event_id: str) -> str | None:
        """Return the kind of an event on record."""
        found = self._ledger.event(event_id)
        return None if found is None else found.kind
