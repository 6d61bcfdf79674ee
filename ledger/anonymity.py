"""Keeping names out of the chain, which nothing erases.

What stands in the open is pseudonyms, case ids and terms of the producer's choice. Whether one of
them tells a name can be told only beside the names on record: so an event is refused that would
tell a word of a person's name. What was told before the person was registered cannot be taken
back; it is named, so that whoever registers them knows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.kinds import model
from answerable.domain.record import RecordedEvent
from answerable.domain.search.name_words import name_words, words_told
from answerable.ledger.entry.codec import decode
from answerable.ledger.indexes import names
from answerable.ledger.indexes.names import NAMING
from answerable.ledger.store.queries import find_event, log_size

if TYPE_CHECKING:
    from answerable.ledger.store.draft import Accepted
    from answerable.ledger.store.reader import StoreReader

MOST_KEPT = 100_000
"""Values that are remembered to tell no name."""

STANDS = "SELECT 1 FROM stored_events WHERE instr(state, CAST(? AS BLOB)) > 0 LIMIT 1"

CASES_SINCE = (
    "SELECT originator_id, rowid - 1 FROM stored_events "
    "WHERE rowid > ? AND originator_version = 1 ORDER BY rowid"
)

ENTRIES = "SELECT rowid - 1, topic, state FROM stored_events ORDER BY rowid"

Find = Callable[[str], RecordedEvent | Event | None]
"""Finds an event by its id, on record or in the batch at hand."""


class NameTold(Refused):
    """A pseudonym or a term, which stand in the open for ever, tells part of a person's name."""


class OpenName(NamedTuple):
    """A word of a person's name that stands in the open.

    Attributes:
        word: the word.
        party: the person's pseudonym.
        field: where it stands: a field, `case_id` among them.
        value: what stands there.
        position: the first entry in which it does.
    """

    word: str
    party: str
    field: str
    value: str
    position: int


class Clean:
    """What told no name when it was recorded, so that it need not be looked at again and again.

    Attributes:
        values: pseudonyms and terms that tell no name which the first `size` entries give.
    """

    def __init__(self) -> None:
        self.size = 0
        self.values: set[str] = set()

    def clear(self) -> None:
        """Forget everything."""
        self.size = 0
        self.values.clear()

    def reach(self, cursor: sqlite3.Cursor, size: int) -> None:
        """Go on to another size of the log; names that came since may be told by anything."""
        if len(self.values) > MOST_KEPT or any(names.given_since(cursor, self.size, size)):
            self.values.clear()
        self.size = size


def check_no_names(
    cursor: sqlite3.Cursor, accepted: Sequence[Accepted], allowed: Collection[str], clean: Clean
) -> None:
    """Check that what is to be recorded tells no name of a person.

    A pseudonym that stands in the chain already tells nothing new, and passes. Case ids are named
    afterwards (`names_in_the_open`), for a case that was opened cannot be called otherwise.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        accepted: the events, in their order.
        allowed: the words that mean something else here.
        clean: what was found to tell none before; what is found now is added.

    Raises:
        NameTold: an event tells one; its `index` says which.
    """
    clean.reach(cursor, log_size(cursor))
    events = {each.event_id: each.event for each in accepted}

    def find(event_id: str) -> RecordedEvent | Event | None:
        return events.get(event_id) or find_event(cursor, event_id)

    fresh = {value for event in events.values() for _, value in _told_by(event, find)}
    fresh -= clean.values
    told = {word for value in fresh for word in words_told(value)}.difference(allowed)
    known = dict(_persons_called(cursor, told, find))
    if not known and not any(_may_name(event) for event in events.values()):
        clean.values |= fresh
        return
    for each in accepted:
        known.update(_persons_named(each.event, find))
        for field, value in _told_by(each.event, find):
            for word in sorted(words_told(value)):
                if word not in known or word in allowed:
                    continue
                if field not in each.event.parties or not _stands(cursor, value):
                    raise _refusal(each.place, field, value, word, known[word])


def _refusal(index: int, field: str, value: str, word: str, party: str) -> NameTold:
    error = NameTold(
        f"{value!r:.80} tells part of the name of {party} ({word}), and the chain keeps it for "
        "ever.",
        field=field,
        hint="Choose another pseudonym or term. If the word means something else here, open the "
        f"ledger with allow_names=[{word!r}].",
        cli_hint="Choose another pseudonym or term. If the word means something else here, add "
        f"--allow-name {word}.",
    )
    error.index = index
    return error


def names_in_the_open(reader: StoreReader, first: int) -> list[OpenName]:
    """List the words of persons' names that stand in the open, for what was recorded lately.

    These are words of names that entries from `first` on give, wherever they stand; and words of
    names on record in the ids of cases that were begun there. They stand there for ever.

    Args:
        reader: the ledger.
        first: the position of the first entry that was recorded lately.
    """
    with reader._reading() as cursor:
        find = partial(find_event, cursor)
        given = dict(_whose(cursor, names.given_since(cursor, first, log_size(cursor)), find))
        found = [*_anywhere(cursor, given)] if given else []
        seen = {(each.word, each.value) for each in found}
        for case_id, position in cursor.execute(CASES_SINCE, (first,)).fetchall():
            for word, party in _persons_called(cursor, words_told(case_id), find):
                if (word, case_id) not in seen:
                    found.append(OpenName(word, party, "case_id", case_id, position))
    return found


def _anywhere(cursor: sqlite3.Cursor, persons: Mapping[str, str]) -> Iterator[OpenName]:
    find = partial(find_event, cursor)
    seen = set[str]()
    for row in cursor.connection.execute(ENTRIES):
        event = decode(*row)
        for field, value in (("case_id", event.case_id), *_told_by(event, find)):
            if value not in seen:
                seen.add(value)
                for word in sorted(words_told(value) & persons.keys()):
                    yield OpenName(word, persons[word], field, value, event.position)


def _told_by(event: RecordedEvent | Event, find: Find) -> Iterator[tuple[str, str]]:
    """Yield what an event tells in the open at its producer's choice, by fields."""
    if event.kind == "correction":
        target = find(_field(event, "target"))
        fields = _field(event, "fields") or {}
        told = _open_fields(target.kind) if target is not None else ()
        values = ((f"fields.{name}", fields.get(name)) for name, _ in told)
    elif isinstance(event, RecordedEvent):
        values = ((name, event.fields.get(name)) for name, _ in _open_fields(event.kind))
    else:
        held = event.__dict__
        values = ((name, held[attribute]) for name, attribute in _open_fields(event.kind))
    for field, value in values:
        if type(value) is str:
            yield field, value
        elif value:
            for each in _texts(value):
                yield field, each


@cache
def _open_fields(kind: str) -> tuple[tuple[str, str], ...]:
    """Return the fields of a kind by which its producer tells something in the open."""
    declared = model(kind)
    return tuple((name, declared.attributes[name]) for name in (*declared.terms, *declared.parties))


def _field(event: RecordedEvent | Event, name: str) -> Any:
    if isinstance(event, RecordedEvent):
        return event.fields.get(name)
    return event.__dict__[event.attributes[name]]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        yield from (each for each in value if isinstance(each, str))


def _may_name(event: Event) -> bool:
    """Tell whether an event is of a kind that can give a party a name."""
    return event.kind == "correction" or not {*NAMING}.isdisjoint(event.sealed)


def _persons_named(event: Event, find: Find) -> Iterator[tuple[str, str]]:
    """Yield the words of the names that an event gives a person, and the person's pseudonym."""
    if not _may_name(event):
        return
    person = _person(event, find)
    given: Mapping[str, Any] = (
        _field(event, "sealed_fields")
        if event.kind == "correction"
        else {name: _field(event, name) for name in NAMING}
    )
    if person is not None:
        for name in NAMING:
            for each in _texts(given.get(name)):
                yield from ((word, person) for word in name_words(each))


def _persons_called(
    cursor: sqlite3.Cursor, words: Collection[str], find: Find
) -> Iterator[tuple[str, str]]:
    """Yield those of some words that stand in names of persons on record, and whose they are."""
    return _whose(cursor, names.namesakes(cursor, words), find)


def _whose(
    cursor: sqlite3.Cursor, found: Iterable[names.Namesake], find: Find
) -> Iterator[tuple[str, str]]:
    whose: dict[int, str | None] = {}
    for word, position in found:
        if position not in whose:
            whose[position] = _person(_event_at(cursor, position), find)
        person = whose[position]
        if person is not None:
            yield word, person


def _event_at(cursor: sqlite3.Cursor, position: int) -> RecordedEvent:
    statement = "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid = ?"
    return decode(*cursor.execute(statement, (position + 1,)).fetchone())


def _person(event: RecordedEvent | Event, find: Find) -> str | None:
    """Return the pseudonym of the person whom an event registers, or whose name it corrects."""
    registration = find(_field(event, "target")) if event.kind == "correction" else event
    if registration is None or registration.kind != "party-registered":
        return None
    if _field(registration, "type") != "person":
        return None
    party: str = _field(registration, "party")
    return party


def _stands(cursor: sqlite3.Cursor, pseudonym: str) -> bool:
    return cursor.execute(STANDS, (f'"{pseudonym}"',)).fetchone() is not None
