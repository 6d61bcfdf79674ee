"""Know the parties that a sheet names: the same name is the same party, registered once.

Where a column tells whom a name means (`id`), the same id is the same party, and what else it is
called there is among its names.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from answerable.domain.kinds import HOUSE_CASE
from answerable.ledger.transfer.sheet.maps.model import fold

REGISTRATION = "party-registered"


class OnRecord(NamedTuple):
    """How parties of a ledger are looked up.

    Attributes:
        called: gives the pseudonyms of those that are registered under a name.
        registered: tells whether a pseudonym is.
        draw: makes a pseudonym that tells nothing.
    """

    called: Callable[[str], Sequence[str]]
    registered: Callable[[str], bool]
    draw: Callable[[], str]


class SeveralParties(ValueError):
    """Several parties are registered under a name."""


class Parties:
    """The parties of a sheet, each registered with the row that names it first."""

    def __init__(
        self, ledger: OnRecord, names: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> None:
        self._ledger = ledger
        self._known: dict[tuple[str, str], str] = {}
        self._names = names
        self._new: list[tuple[tuple[str, str], dict[str, Any] | None]] = []
        self._strange: list[tuple[str, str]] = []

    def find(self, type_: str, name: str, pseudonym: str | None = None) -> str:
        """Return the pseudonym of a party, which is registered if it is new.

        Raises:
            SeveralParties: they are registered under that name.
        """
        key = (type_, pseudonym or f" {fold(name)}")
        if key not in self._known:
            self._known[key], registration = self._met(type_, name, pseudonym)
            self._new.append((key, registration))
        return self._known[key]

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
