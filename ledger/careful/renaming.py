"""Telling a registration that gives a registered pseudonym another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from answerable.domain.record import RecordedEvent
from answerable.domain.search.folding import plain_key
from answerable.ledger.careful.amended import amended
from answerable.ledger.careful.errors import Renamed
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event
from answerable.ledger.store.rows import NAMES_A_PARTY, PARTY

if TYPE_CHECKING:
    from answerable.domain.event import Event
    from answerable.domain.kinds.house import PartyRegistered

REGISTRATION = "party-registered"

NAMING = (
    f"SELECT rowid - 1, topic, state FROM stored_events WHERE {NAMES_A_PARTY} "
    f"AND {PARTY} >= ? AND {PARTY} < ? ORDER BY rowid"
)


class Called(NamedTuple):
    """Hold what a registration calls a party: the registration, the name, and the other names.

    Attributes:
        by: the registration; None where it is to be recorded together with the one that is checked.
    """

    by: RecordedEvent | None
    name: str
    aliases: tuple[str, ...]


class Beside:
    """The registrations of a batch so far, but those that the batch itself amends."""

    def __init__(self) -> None:
        self._by_party: dict[str, dict[str, Called]] = {}
        self._party_of: dict[str, str] = {}

    def add(self, event_id: str, event: Event) -> None:
        """Add a registration."""
        told = cast("PartyRegistered", event)
        if told.name is not None:
            called = Called(None, told.name, told.aliases)
            self._by_party.setdefault(told.party, {})[event_id] = called
            self._party_of[event_id] = told.party

    def leave_out(self, event_id: str) -> None:
        """Leave out what is amended, where it is a registration of the batch."""
        party = self._party_of.pop(event_id, None)
        if party is not None:
            del self._by_party[party][event_id]

    def called(self, party: str) -> Iterable[Called]:
        """Return what the registrations of the batch call a party, in their order."""
        return self._by_party.get(party, {}).values()


def check_not_renamed(cursor: Cursor, event: Event, beside: Beside) -> None:
    """Check that a registration gives no registered pseudonym another name.

    It may, where it tells the name before among the aliases, or gives one that was known before.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        event: the registration.
        beside: the registrations that are recorded together with it, and come before it.

    Raises:
        Renamed: it does.
    """
    registration = cast("PartyRegistered", event)
    known = [*_called(cursor, registration.party), *beside.called(registration.party)]
    if registration.name is None or not known:
        return
    given = set(_keys((registration.name, *registration.aliases)))
    before = set(_keys(name for each in known for name in (each.name, *each.aliases)))
    last = known[-1]
    if plain_key(registration.name) not in before and plain_key(last.name) not in given:
        raise Renamed(registration.party, last.by)


def _keys(names: Iterable[str]) -> Iterator[str]:
    return map(plain_key, names)


def _called(cursor: Cursor, party: str) -> Iterator[Called]:
    """Yield what the registrations that stand call a party, in the order of the log."""
    name = f'{party}"'.encode()
    found: dict[int, RecordedEvent] = {}
    for row in cursor.execute(NAMING, (name, name + b"\xff")).fetchall():
        event = decode(*row)
        each = find_event(cursor, event.fields["target"]) if event.kind == "correction" else event
        if each is not None and each.kind == REGISTRATION:
            found[each.position] = each
    for position in sorted(found):
        now = amended(cursor, found[position])
        told = now.fields.get("name")
        if not now.retracted and now.fields.get("party") == party and told:
            yield Called(found[position], told, tuple(now.fields.get("aliases") or ()))
