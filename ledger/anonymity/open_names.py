"""Naming what tells a name in the open already, or cannot be refused, for whoever records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from answerable.domain.kinds import HOUSE_CASE
from answerable.domain.record import RecordedEvent
from answerable.domain.search.spellings import WEAK
from answerable.ledger.anonymity.people import (
    PERSON,
    Names,
    names_of,
    persons_given,
    type_given_by,
    type_of,
)
from answerable.ledger.anonymity.told import CASE_ID, Told, field_of, told_by
from answerable.ledger.entry.codec import decode
from answerable.ledger.indexes import names
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event, log_size

if TYPE_CHECKING:
    from answerable.ledger.store.reader import StoreReader

CASES_SINCE = (
    "SELECT originator_id, rowid - 1 FROM stored_events "
    "WHERE rowid > ? AND originator_version = 1 ORDER BY rowid"
)

CORRECTIONS_SINCE = (
    "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid > ? AND topic = 'correction'"
)

ENTRIES = "SELECT rowid - 1, topic, state FROM stored_events ORDER BY rowid"

LETTERS = bytes(
    code | 32 if 65 <= code <= 90 else code if 97 <= code <= 122 else 32 for code in range(256)
)
"""Letters in lower case, and spaces for all other bytes."""

UNREAD = b"\\"
"""In an entry with this, a character may be written otherwise than as itself."""


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


def names_in_the_open(
    reader: StoreReader, first: int, allowed: Collection[str] = ()
) -> list[OpenName]:
    """List the words of persons' names that stand in the open, for what was recorded lately.

    These are words of names that entries from `first` on give, or of parties of which they say
    that they are persons, wherever they stand; and words of names on record in the ids of cases
    that were begun there. They stand there for ever.

    Args:
        reader: the ledger.
        first: the position of the first entry that was recorded lately.
        allowed: the words that mean something else here.
    """
    with reader._reading() as cursor:
        return open_names_since(cursor, first, allowed)


def open_names_since(cursor: Cursor, first: int, allowed: Collection[str]) -> list[OpenName]:
    """List them as `names_in_the_open` does, by the eyes of a transaction."""
    told = dict(_given(cursor, first))
    given = {word: told[word] for word in _without(allowed, frozenset(told))}
    found = list(_anywhere(cursor, given)) if given else []
    begun = list(_in_case_ids(cursor, first, allowed))
    seen = {(each.word, each.value) for each in found}
    return [*found, *(each for each in begun if (each.word, each.value) not in seen)]


def _given(cursor: Cursor, first: int) -> Iterator[tuple[str, str]]:
    """Yield the words that tell the names of persons, where entries from `first` on say so."""
    find = partial(find_event, cursor)
    yield from persons_given(cursor, names.given_since(cursor, first, log_size(cursor)), find)
    for row in cursor.stream(CORRECTIONS_SINCE, (first,)):
        event = decode(*row)
        if type_given_by(event) != PERSON:
            continue
        registration = find(field_of(event, "target"))
        if (
            registration is not None
            and registration.kind == "party-registered"
            and type_of(cursor, registration, registration.event_id) == PERSON
        ):
            for word, _ in names_of(cursor, registration):
                yield word, field_of(registration, "party")


def _in_case_ids(cursor: Cursor, first: int, allowed: Collection[str]) -> Iterator[OpenName]:
    begun = [
        (Told(CASE_ID, case_id, False), position)
        for case_id, position in cursor.execute(CASES_SINCE, (first,)).fetchall()
        if case_id != HOUSE_CASE
    ]
    words = set[str]().union(*(told.words | told.words_over_parts for told, _ in begun))
    called = Names(cursor, partial(find_event, cursor), words, all_of_them=False)
    for told, position in begun:
        parts = _whose(called, _without(allowed, told.words))
        for word, party in parts or _whose(called, _without(allowed, told.words_over_parts)):
            yield OpenName(word, party, CASE_ID, told.value, position)


def _whose(called: Names, words: set[str]) -> list[tuple[str, str]]:
    """Return those of some words that tell a name, and whose, in their order."""
    told = ((word.removeprefix(WEAK), called.whose(word)) for word in sorted(words))
    return sorted({word: party for word, party in told if party is not None}.items())


def _anywhere(cursor: Cursor, persons: Mapping[str, str]) -> Iterator[OpenName]:
    find = partial(find_event, cursor)
    seen = {HOUSE_CASE}
    for event in _entries_with(cursor, persons):
        for told in (Told(CASE_ID, event.case_id, False), *told_by(event, find)):
            if told.value not in seen:
                seen.add(told.value)
                found = {word.removeprefix(WEAK): word for word in told.words & persons.keys()}
                for plain, word in sorted(found.items()):
                    yield OpenName(plain, persons[word], told.field, told.value, event.position)


def _without(allowed: Collection[str], words: frozenset[str]) -> set[str]:
    return {word for word in words if word.removeprefix(WEAK) not in allowed}


def _entries_with(cursor: Cursor, words: Collection[str]) -> Iterator[RecordedEvent]:
    """Yield the entries that may tell one of some words, the first ones that do among them.

    Most entries are seen at once to tell none, by the letters of the words: reading all of them
    would take ten times as long.
    """
    starts = {_letters(word)[0] for word in words if word.isascii()}
    for position, kind, state in cursor.stream(ENTRIES):
        if not starts.isdisjoint(_letters(state)) or not state.isascii() or UNREAD in state:
            yield decode(position, kind, state)


def _letters(text: str | bytes) -> list[bytes]:
    """Return the runs of letters from `a` to `z` in a text, without regard to case."""
    return (text.encode() if isinstance(text, str) else text).translate(LETTERS).split()
