"""The index of names: the registrations that may give a party a name that somebody asks for.

Names are found without regard to accents and punctuation (`answerable.domain.search.folding`).
It keeps no name, but 24 bits of a hash of each: enough to find the few registrations that are worth
opening among a hundred thousand, too few to tell whose name it was (some five hundred of the living
share each value). Who is really called so, the opened texts say. When a text is erased its rows go
with it, in the same transaction. The words by which a text would tell the name
(`answerable.domain.search.name_words`) are kept in the same way, for what keeps names out of the
chain.

It is caught up and done without as the views are (`answerable.ledger.indexes.documents`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple
from unicodedata import unidata_version

from answerable.domain.record import RecordedEvent
from answerable.domain.search.folding import plain_key
from answerable.domain.search.name_words import name_words
from answerable.domain.search.request import CORRECTED
from answerable.ledger.entry.codec import decode
from answerable.ledger.indexes.tracking import (
    entries_reflected,
    forget,
    rows_since,
    set_entries_reflected,
    table_exists,
    try_to_catch_up,
)
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import find_event, log_size, sealed_value
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.rows import NAMES_A_PARTY

NAME = f"names 5 {unidata_version}"
"""The name it is tracked under. Unicode says which letters are the same without regard to case.

The number is raised with what `answerable.domain.search` makes of a name, and with its tables.
"""

BYTES = 3

NAMING = ("name", "aliases")
"""The fields that give a party a name."""

NAMES = (
    "SELECT position, number, field, disclosure FROM stored_events "
    "CROSS JOIN disclosures WHERE position = stored_events.rowid - 1 "
    f"AND {NAMES_A_PARTY} AND stored_events.rowid > ? AND stored_events.rowid <= ? "
    f"AND field IN ('name', 'aliases', '{CORRECTED}') AND disclosure IS NOT NULL"
)

THERE = "SELECT 1 FROM named WHERE position = ? AND number = ? AND +hash = ?"

THERE_BY_HASH = "SELECT 1 FROM {named} WHERE position = ? AND number = ? AND hash = ?"

NAMES_AT = f"{NAMES} AND position = ? AND number = ?"

SO_HASHED = "SELECT hash, position, number FROM named WHERE hash IN"

AT_ONCE = 500
"""Hashes that are looked up in one statement."""

ENOUGH = 32
"""Registrations of persons after which no more are looked for that a word would tell."""

FAR = 100
"""Entries that the index may lack before a recording takes them in."""

ENTRY_AT = "SELECT rowid - 1, topic, state FROM stored_events WHERE rowid = ?"

REGISTRATIONS = (
    "SELECT DISTINCT position, topic, state FROM named "
    "JOIN stored_events ON stored_events.rowid = position + 1 WHERE hash = ? AND position < ?"
)


def registered_as(reader: StoreReader, name: str, size: int) -> list[RecordedEvent] | None:
    """Return registrations that may give a party this name, as recorded or as corrected.

    Args:
        reader: the ledger.
        name: the name.
        size: how many entries of the log to look at.

    Returns:
        All that do give it, and maybe others; None where the index cannot be kept.
    """
    reader._check_texts_shown("nobody is found by name")
    if not make_ready(reader):
        return None
    with reader._reading() as cursor:
        rows = cursor.execute(REGISTRATIONS, (_hash_name(name), size)).fetchall()
        naming = [decode(*row) for row in rows]
        targets = [
            find_event(cursor, event.fields["target"]) for event in naming if _corrects(event)
        ]
    events = (*(event for event in naming if not _corrects(event)), *filter(None, targets))
    found = {event.position: event for event in events if event.kind == "party-registered"}
    return [found[position] for position in sorted(found)]


def registered_by_words(
    reader: StoreReader, words: Collection[str], but: Collection[str]
) -> list[RecordedEvent]:
    """Return registrations that give a party a name which some words would tell, or may.

    Of a word that tells the names of many persons, the first found are enough.

    Args:
        reader: the ledger.
        words: the words.
        but: the parties, by pseudonym, who are not looked for, and may be among them.
    """
    reader._check_texts_shown("nobody can tell which words name a person")
    make_ready(reader)
    known = set[str]()
    persons = Counter[str]()
    naming: dict[int, RecordedEvent | None] = {}
    found: dict[int, RecordedEvent] = {}
    with reader._reading() as cursor:
        for word, position in namesakes(cursor, words, known):
            if position not in naming:
                naming[position] = _registration(cursor, position)
            event = naming[position]
            if word in known or event is None:
                continue
            found[event.position] = event
            if event.fields["type"] == "person" and event.fields["party"] not in but:
                persons[word] += 1
                if persons[word] == ENOUGH:
                    known.add(word)
    return [found[position] for position in sorted(found)]


def _registration(cursor: Cursor, position: int) -> RecordedEvent | None:
    """Return the registration that an entry is, or corrects; None where it is of another kind."""
    event: RecordedEvent | None = decode(*cursor.execute(ENTRY_AT, (position + 1,)).fetchone())
    if event is not None and _corrects(event):
        event = find_event(cursor, event.fields["target"])
    return event if event is not None and event.kind == "party-registered" else None


class Namesake(NamedTuple):
    """A word of a name that an entry gives a party."""

    word: str
    position: int


def given_since(cursor: Cursor, first: int, size: int) -> Iterator[Namesake]:
    """Yield the words that would tell the names which entries from `first` to before `size` give.

    Names that were erased are gone, and not among them.
    """
    for position, _, field, text in cursor.stream(NAMES, (first, size)):
        yield from _namesakes(position, field, text)


def namesakes(
    cursor: Cursor, words: Iterable[str], known: Container[str] = ()
) -> Iterator[Namesake]:
    """Yield those of some words that would tell a name on record, with the entries that give it.

    Args:
        cursor: a transaction that sees the log.
        words: the words.
        known: those of them that need not be looked for any more; it may grow meanwhile.
    """
    wanted = set(words)
    if not wanted:
        return
    size = log_size(cursor)
    reflected = _reflected_of(cursor, size) or 0
    for some, position, number in _hashed_as(cursor, wanted) if reflected else ():
        if all(word in known for word in some):
            continue
        at = (position, position + 1, position, number)
        for row in cursor.execute(NAMES_AT, at).fetchall():
            yield from (each for each in _namesakes(row[0], *row[2:]) if each.word in some)
    if reflected < size:
        yield from (each for each in given_since(cursor, reflected, size) if each.word in wanted)


def given_at(cursor: Cursor, position: int) -> Iterator[Namesake]:
    """Yield the words that would tell the names which one entry gives."""
    return given_since(cursor, position, position + 1)


def _hashed_as(cursor: Cursor, words: Iterable[str]) -> Iterator[tuple[list[str], int, int]]:
    """Yield the texts that may give a name which some words would tell, with these words."""
    so_hashed: dict[int, list[str]] = {}
    for word in words:
        so_hashed.setdefault(_hash_word(word), []).append(word)
    hashes = [*so_hashed]
    for start in range(0, len(hashes), AT_ONCE):
        some = hashes[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        for hashed, *place in cursor.stream(f"{SO_HASHED} ({marks})", some):
            yield so_hashed[hashed], *place


def _namesakes(position: int, field: str, text: bytes) -> Iterator[Namesake]:
    for name in _names_in(position, field, text):
        for word in name_words(name):
            yield Namesake(word, position)


def keep_near(reader: StoreReader, cursor: Cursor, size: int, more: int) -> None:
    """Take in what was recorded since, in a transaction that records: once in a hundred entries.

    Args:
        reader: the ledger.
        cursor: the transaction.
        size: how many entries there are.
        more: how many are to be recorded.
    """
    if is_far(size, more):
        reflected = _reflected_of(cursor, size)
        if reflected is not None and reflected < size:
            _take_in(reader, cursor)


def is_far(size: int, more: int) -> bool:
    """Tell whether a recording is to look whether the index lacks much: one in a hundred entries.

    Args:
        size: how many entries there are.
        more: how many are to be recorded.
    """
    return size % FAR + more >= FAR


def _reflected_of(cursor: Cursor, size: int) -> int | None:
    """Return how many entries the index reflects, none of them where it was never made.

    None where it says what cannot be: then the record is read instead, and the index stays as it
    is, for `verify` to find.
    """
    reflected: Any = _reflected(cursor) or 0
    return reflected if isinstance(reflected, int) and 0 <= reflected <= size else None


def _reflected(cursor: Cursor) -> int | None:
    return entries_reflected(cursor, NAME) if table_exists(cursor, "named") else None


def forget_texts(cursor: Cursor, gone: Iterable[tuple[int, int]]) -> None:
    """Delete the names in texts that are being erased, given by position and number."""
    if table_exists(cursor, "named"):
        cursor.executemany("DELETE FROM named WHERE position = ? AND number = ?", gone)


def differences(reader: StoreReader) -> Iterator[str]:
    """Describe what in the index of names differs from the names on record.

    An index that is not tracked is made again before it is used.
    """
    with reader._reading() as cursor:
        size = entries_reflected(cursor, NAME)
        if size is None:
            return
        if not table_exists(cursor, "named"):
            yield "the index of names is not there, though it is said to reflect entries"
            return
        ways = [*_ways(cursor)]
        expected = 0
        for rows in rows_since(reader, cursor, NAMES, 0, size):
            for row in _name_rows(rows):
                expected += 1
                if any(cursor.execute(way, row).fetchone() is None for way in ways):
                    yield f"the index of names lacks a name that the entry at {row[0]:,} gives"
        (found,) = cursor.execute("SELECT count(+hash) FROM named").fetchone()
        if found > expected:
            yield f"the index of names has {found - expected:,} names that no entry gives"


def _ways(cursor: Cursor) -> Iterator[str]:
    """Yield the statements that look a row up: by its place, and by the index if there."""
    yield THERE
    if cursor.dialect.index_exists(cursor, "named_as"):
        yield THERE_BY_HASH.format(named=cursor.dialect.by_index("named", "named_as"))


def _corrects(event: RecordedEvent) -> bool:
    return event.kind == "correction"


def _hash_name(name: str) -> int:
    return _hash(plain_key(name))


def _hash_word(word: str) -> int:
    # No name has a line break before it: a word is told from a name of one word.
    return _hash(f"\n{word}")


def _hash(text: str) -> int:
    return int.from_bytes(sha256(text.encode(errors="replace")).digest()[:BYTES])


def make_ready(reader: StoreReader) -> bool:
    """Take in what was recorded since. Return False where the file cannot be written."""
    return try_to_catch_up(
        reader,
        lambda cursor: entries_reflected(cursor, NAME) == log_size(cursor),
        lambda cursor: _take_in(reader, cursor),
    )


def _take_in(reader: StoreReader, cursor: Cursor) -> None:
    size, position = log_size(cursor), _reflected(cursor)
    if position is None:
        forget(cursor, "names ")
        cursor.dialect.make_names(cursor)
    for rows in rows_since(reader, cursor, NAMES, position or 0, size):
        cursor.executemany("INSERT INTO named VALUES (?, ?, ?)", _name_rows(rows))
    set_entries_reflected(cursor, NAME, size)


def _name_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int, int]]:
    for position, number, field, text in rows:
        names = _names_in(position, field, text)
        hashes = {_hash_name(name) for name in names}
        hashes.update(_hash_word(word) for name in names for word in name_words(name))
        for hashed in hashes:
            yield position, number, hashed


def _names_in(position: int, field: str, text: bytes) -> list[str]:
    value = sealed_value(position, text)
    return list(_given_names(value if field == CORRECTED else {field: value}))


def _given_names(given: Any) -> Iterator[str]:
    for field in NAMING:
        value = given.get(field) or ()
        yield from (value,) if isinstance(value, str) else value
