"""Telling whose names would be told by which words: those of persons, by what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from answerable.domain.event import Event
from answerable.domain.kinds import model
from answerable.domain.record import RecordedEvent
from answerable.domain.search.name_words import name_words
from answerable.ledger.anonymity.told import Find, field_of, texts
from answerable.ledger.entry.codec import decode
from answerable.ledger.indexes import names
from answerable.ledger.indexes.names import NAMING, Namesake
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import AMENDED, AMENDS

PERSON = "person"

AMENDING_IT = (
    f"SELECT rowid - 1, topic, state FROM stored_events WHERE {AMENDS} AND {AMENDED} = ? "
    "ORDER BY rowid"
)

AT = "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid = ?"


class Registration(NamedTuple):
    """The registration of a party: the event's id, and the pseudonym."""

    event_id: str
    party: str


class Names:
    """The names on record that some words would tell, and those that a batch gives.

    Args:
        cursor: a transaction that sees the log.
        find: finds events, those of the batch among them.
        words: the words that are looked for on record.
        all_of_them: whether all parties are looked for that a word would tell, since the batch
            says of somebody what they are; otherwise the first person is enough.
    """

    def __init__(
        self, cursor: Cursor, find: Find, words: Collection[str], *, all_of_them: bool
    ) -> None:
        self._cursor = cursor
        self._find = find
        self._called: dict[str, list[Registration]] = {}
        self._types: dict[str, str] = {}
        known = set[str]()
        registrations: dict[int, Registration | None] = {}
        for word, position in names.namesakes(cursor, words, known):
            if position not in registrations:
                event = event_at(cursor, position)
                registrations[position] = self._registration(event, event.event_id)
            registration = registrations[position]
            if registration is not None and word not in known:
                self._called.setdefault(word, []).append(registration)
                if self._is_person(registration) and not all_of_them:
                    known.add(word)

    def whose(self, word: str) -> str | None:
        """Return the pseudonym of a person whose name a word would tell."""
        for registration in self._called.get(word, ()):
            if self._is_person(registration):
                return registration.party
        return None

    def take_in(self, event: Event, event_id: str) -> None:
        """Take in the name that an event of the batch gives, or what it says that somebody is."""
        if not may_name(event):
            return
        registration = self._registration(event, event_id)
        if registration is None:
            return
        if event.kind == "correction":
            given = field_of(event, "sealed_fields")
            if type_given_by(event) is not None:
                self._types[registration.event_id] = str(type_given_by(event))
        else:
            given = {name: field_of(event, name) for name in NAMING}
            self._types[event_id] = field_of(event, "type")
        for name in NAMING:
            for each in texts(given.get(name)):
                for word in name_words(each):
                    self._called.setdefault(word, []).append(registration)

    def _registration(self, event: RecordedEvent | Event, event_id: str) -> Registration | None:
        if event.kind == "correction":
            event_id = field_of(event, "target")
            found = self._find(event_id)
        else:
            found = event
        if found is None or found.kind != "party-registered":
            return None
        return Registration(event_id, field_of(found, "party"))

    def _is_person(self, registration: Registration) -> bool:
        event_id = registration.event_id
        if event_id not in self._types:
            found = self._find(event_id)
            self._types[event_id] = "" if found is None else type_of(self._cursor, found, event_id)
        return self._types[event_id] == PERSON


def may_name(event: Event) -> bool:
    """Tell whether an event is of a kind that can give a party a name, or say what it is."""
    return _kind_may_name(event.kind)


@cache
def _kind_may_name(kind: str) -> bool:
    return kind == "correction" or not {*NAMING}.isdisjoint(model(kind).sealed)


def type_given_by(event: RecordedEvent | Event) -> str | None:
    """Return what a correction says that a party is; None if it says nothing of that."""
    given = (field_of(event, "fields") or {}).get("type")
    return given if isinstance(given, str) else None


def type_of(cursor: Cursor, registration: RecordedEvent | Event, event_id: str) -> str:
    """Return what a party that is registered is, by its registration and what corrects that."""
    found: str = field_of(registration, "type")
    for event in _amending(cursor, event_id):
        said = type_given_by(event) if event.kind == "correction" else None
        if said is not None and not _is_retracted(cursor, event):
            found = said
    return found


def names_of(cursor: Cursor, registration: RecordedEvent) -> Iterator[Namesake]:
    """Yield the words that would tell the names of a party that is registered."""
    yield from names.given_at(cursor, registration.position)
    for event in _amending(cursor, registration.event_id):
        yield from names.given_at(cursor, event.position)


def event_at(cursor: Cursor, position: int) -> RecordedEvent:
    """Return the event at a position of the log."""
    return decode(*cursor.execute(AT, (position + 1,)).fetchone())


def persons_given(
    cursor: Cursor, given: Iterable[Namesake], find: Find
) -> Iterator[tuple[str, str]]:
    """Yield those of some words that would tell a person's name, and the person's pseudonym."""
    whose: dict[int, str | None] = {}
    for word, position in given:
        if position not in whose:
            whose[position] = _person(cursor, event_at(cursor, position), find)
        person = whose[position]
        if person is not None:
            yield word, person


def _person(cursor: Cursor, event: RecordedEvent, find: Find) -> str | None:
    """Return the pseudonym of the person whom an event names."""
    registration = find(field_of(event, "target")) if event.kind == "correction" else event
    if not isinstance(registration, RecordedEvent) or registration.kind != "party-registered":
        return None
    if type_of(cursor, registration, registration.event_id) != PERSON:
        return None
    party: str = field_of(registration, "party")
    return party


def _amending(cursor: Cursor, event_id: str) -> list[RecordedEvent]:
    rows = cursor.execute(AMENDING_IT, (event_id.encode(),)).fetchall()
    return [decode(*row) for row in rows]


def _is_retracted(cursor: Cursor, event: RecordedEvent) -> bool:
    return any(each.kind == "retraction" for each in _amending(cursor, event.event_id))
