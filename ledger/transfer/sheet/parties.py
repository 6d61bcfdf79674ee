"""Know the parties that a sheet names: the same name is the same party, registered once.

Where a column tells whom a name means (`id`), the same id is the same party. Another name beside it
is a slip, lest somebody else answer for what was found, unless the map takes it for a further name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger.transfer.sheet.maps.model import fold

REGISTRATION = "party-registered"


class OnRecord(NamedTuple):
    """Look up the parties of a ledger.

    Attributes:
        called: gives the pseudonyms of those that are registered under a name.
        registered: tells whether a pseudonym is.
        draw: makes a pseudonym that tells nothing.
        name: gives the name that a party is registered under; None where there is none.
    """

    called: Callable[[str], Sequence[str]]
    registered: Callable[[str], bool]
    draw: Callable[[], str]
    name: Callable[[str], str | None] = lambda _: None


class SeveralParties(ValueError):
    """Several parties are registered under a name."""


class AnotherName(ValueError):
    """Somebody else is called by the same id, in another row or on record."""


class Parties:
    """The parties of a sheet, each registered with the row that names it first."""

    def __init__(
        self, ledger: OnRecord, names: Mapping[str, Mapping[str, int]] = MappingProxyType({})
    ) -> None:
        self._ledger = ledger
        self._known: dict[tuple[str, str], str] = {}
        self._names = names
        self._new: list[tuple[tuple[str, str], dict[str, Any] | None]] = []
        self._strange: list[tuple[str, str]] = []

    def find(
        self, type_: str, name: str, pseudonym: str | None = None, *, aliases: bool = True
    ) -> str:
        """Return the pseudonym of a party, which is registered if it is new.

        Args:
            type_: what it is.
            name: what it is called.
            pseudonym: what its id makes of it, where it has one.
            aliases: whether another name beside the same id is a further name of the party.

        Raises:
            SeveralParties: they are registered under that name.
            AnotherName: another one is told beside the same id, and `aliases` does not hold.
        """
        if pseudonym is not None and not aliases:
            self._check_same(name, pseudonym)
        key = (type_, pseudonym or f" {fold(name)}")
        if key not in self._known:
            self._known[key], registration = self._met(type_, name, pseudonym)
            self._new.append((key, registration))
        return self._known[key]

    def _check_same(self, name: str, pseudonym: str) -> None:
        told = self._names.get(pseudonym, {})
        for other, row in told.items():
            if fold(other) != fold(name):
                raise AnotherName(f"is called {pseudonym}, and so is {other!r} in row {row:,}")
        recorded = self._ledger.name(pseudonym)
        if recorded and pseudonym not in self._ledger.called(name):
            raise AnotherName(f"is called {pseudonym}, which is {recorded!r} on record")

    def _met(
        self, type_: str, name: str, pseudonym: str | None
    ) -> tuple[str, dict[str, Any] | None]:
        if pseudonym is None:
            called = self._ledger.called(name)
            if len(called) > 1:
                raise SeveralParties(
                    f"is the name of several parties on record: {', '.join(called)}"
                )
            if called:
                return called[0], None
            pseudonym = self._ledger.draw()
        others = [each for each in self._names.get(pseudonym, ()) if each != name]
        if self._ledger.registered(pseudonym):
            self._strange += [
                (pseudonym, each)
                for each in (name, *others)
                if pseudonym not in self._ledger.called(each)
            ]
            return pseudonym, None
        fields = {"kind": REGISTRATION, "case_id": HOUSE_CASE, "party": pseudonym, "type": type_}
        return pseudonym, {**fields, "name": name, **({"aliases": others} if others else {})}

    def take(self, named: Container[str]) -> list[dict[str, Any]]:
        """Return the registrations that the row just read adds.

        Args:
            named: the parties that its events name. Of others nothing is told.
        """
        added = []
        for key, fields in self._new:
            if fields is None:
                continue
            if fields["party"] in named:
                added.append(fields)
            else:
                del self._known[key]
        self._new.clear()
        return added

    def take_strange(self) -> list[tuple[str, str]]:
        """Return the parties on record that the row just read calls by a name not on record."""
        strange, self._strange = self._strange, []
        return strange

    def forget(self) -> None:
        """Forget the parties that the row just read named first, for it is not recorded."""
        for key, _ in self._new:
            del self._known[key]
        self._new.clear()
        self._strange.clear()
