"""The index of names: which registrations may give a party a name that somebody asks for.

It keeps no name, but 24 bits of a hash of each: enough to find the few registrations that are worth
opening among a hundred thousand, too few to tell whose name it was (some five hundred of the living
share each value). Who is really called so, the opened texts say. When a text is erased its rows go
with it, in the same transaction.

It is caught up and done without as the views are (`answerable.ledger.indexes.documents`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any
from unicodedata import unidata_version

from answerable.domain.record import RecordedEvent
from answerable.domain.search.request import CORRECTED
from answerable.ledger.entry.codec import decode
from answerable.ledger.indexes.tracking import (
    caught_up,
    forget,
    is_there,
    reflect,
    reflected,
    texts_since,
)
from answerable.ledger.store.queries import find, log_size, text_at
from answerable.ledger.store.reader import StoreReader
from answerable.ledger.store.schema import NAMES_A_PARTY

NAME = f"names 1 {unidata_version}"
"""What it is tracked as. Which letters are the same without regard to case is Unicode's to say."""

BYTES = 3

NAMING = ("name", "aliases")
"""The fields that give a party a name."""

CREATE = (
    "CREATE TABLE named (position INTEGER NOT NULL, number INTEGER NOT NULL, "
    "hash INTEGER NOT NULL, PRIMARY KEY (position, number, hash)) STRICT, WITHOUT ROWID",
    "CREATE INDEX named_as ON named (hash)",
)

NAMES = (
    "SELECT position, number, field, disclosure FROM stored_events "
    "CROSS JOIN disclosures ON position = stored_events.rowid - 1 "
    f"WHERE {NAMES_A_PARTY} AND stored_events.rowid > ? AND stored_events.rowid <= ? "
    f"AND field IN ('name', 'aliases', '{CORRECTED}') AND disclosure IS NOT NULL"
)

REGISTRATIONS = (
    "SELECT DISTINCT position, topic, state FROM named "
    "JOIN stored_events ON stored_events.rowid = position + 1 WHERE hash = ? AND position < ?"
)


def registered_as(reader: StoreReader, name: str, size: int) -> list[RecordedEvent] | None:
    """Registrations that may give a party this name, as recorded or as corrected, in order.

    Args:
        reader: the ledger.
        name: the name.
        size: how many entries of the log to look at.

    Returns:
        All that do give it, and maybe others; None where the index cannot be kept.
    """
    if not _ready(reader):
        return None
    with reader.reading() as cursor:
        rows = cursor.execute(REGISTRATIONS, (_hash(name), size)).fetchall()
        naming = [decode(*row) for row in rows]
        targets = [find(cursor, event.fields["target"]) for event in naming if _corrects(event)]
    events = (*(event for event in naming if not _corrects(event)), *filter(None, targets))
    found = {event.position: event for event in events if event.kind == "party-registered"}
    return [found[position] for position in sorted(found)]


def without(cursor: sqlite3.Cursor, gone: Iterable[tuple[int, int]]) -> None:
    """Keep nothing of texts that are being erased, given by position and number."""
    if is_there(cursor, "named"):
        cursor.executemany("DELETE FROM named WHERE position = ? AND number = ?", gone)


def _corrects(event: RecordedEvent) -> bool:
    return event.kind == "correction"


def _hash(name: str) -> int:
    return int.from_bytes(sha256(name.casefold().encode()).digest()[:BYTES])


def _ready(reader: StoreReader) -> bool:
    return caught_up(
        reader,
        lambda cursor: reflected(cursor, NAME) == log_size(cursor),
        lambda cursor: _take_in(reader, cursor),
    )


def _take_in(reader: StoreReader, cursor: sqlite3.Cursor) -> None:
    size, position = log_size(cursor), reflected(cursor, NAME)
    if position is None:
        forget(cursor, "names *")
        for statement in ("DROP TABLE IF EXISTS named", *CREATE):
            cursor.execute(statement)
    for rows in texts_since(reader, cursor, NAMES, position or 0, size):
        cursor.executemany("INSERT INTO named VALUES (?, ?, ?)", _hashed(rows))
    reflect(cursor, NAME, size)


def _hashed(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int, int]]:
    for position, number, field, text in rows:
        value = text_at(position, text)
        given = value if field == CORRECTED else {field: value}
        for hashed in {_hash(name) for name in _names(given)}:
            yield position, number, hashed


def _names(given: Any) -> Iterator[str]:
    for field in NAMING:
        value = given.get(field) or ()
        yield from (value,) if isinstance(value, str) else value
