"""Writing events on a server: few by a function there, many by copies of whole tables' rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from answerable.ledger.entry.codec import time_at
from answerable.ledger.store.postgresql.cursor import PostgresCursor
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.postgresql.writing.functions import TIME
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Placed
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow
from answerable.ledger.tlog import edge as edges
from answerable.ledger.tlog.merkle import Growth, grow

MANY = 50
"""The fewest events that are copied into their tables in one go."""

APPEND = (
    f"SELECT first, told, hashes FROM {SCHEMA}.append("
    "?::int8, ?::int8, ?::bytea, ?::text, ?::text, ?::bool, "
    "?::text[], ?::int8[], ?::text[], ?::bytea[], ?::int4[], "
    "?::int4[], ?::int4[], ?::text[], ?::text[], ?::bytea[])"
)

EDGE = "SELECT edge FROM head"

GROWN = "UPDATE head SET size = ?, edge = ?, early = ?"

EARLY = "SET LOCAL synchronous_commit = off"

GROW_TILE = (
    "INSERT INTO tiles AS own VALUES (?, ?, ?) ON CONFLICT (level, number) "
    "DO UPDATE SET hashes = own.hashes || excluded.hashes"
)

SECURED = "SELECT row_security_active(?::regclass)"
"""Tells whether this user is kept from rows of a table."""

COPIED = {
    "stored_events": ("int8", "text", "int8", "text", "bytea", "bytea"),
    "disclosures": ("int8", "int4", "text", "text", "bytea"),
}
"""The types of the columns that rows are copied into."""


def record(
    cursor: Cursor,
    size: int,
    events: Sequence[StoredRow],
    disclosures: Sequence[DisclosureRow],
    leaves: Sequence[bytes],
    *,
    early: bool,
) -> Growth:
    """Write events where a log ends, in a transaction that holds it.

    Args:
        cursor: the transaction.
        size: how many entries the log has.
        events: the rows.
        disclosures: their texts.
        leaves: their leaf hashes.
        early: commits before they are on disk.
    """
    if 0 < len(events) < MANY:
        given = (size, None, None, "", None, early, *_arrays(size, events, disclosures, ()))
        return _placed(cursor.execute(APPEND, given).fetchone(), len(events)).growth
    growth = grow(size, leaves, tile_reader(cursor))
    if events:
        if early:
            cursor.execute(EARLY)
        rows = [(*row, leaf) for row, leaf in zip(events, leaves, strict=True)]
        copy(cursor, "stored_events", rows)
        copy(cursor, "disclosures", disclosures)
        upper = [(*place, hashes) for place, hashes in growth.tiles.items() if place[0]]
        if upper:
            cursor.executemany(GROW_TILE, upper)
        (before,) = cursor.execute(EDGE).fetchone()
        edge = edges.grown(size, before, growth.tiles)
        cursor.execute(GROWN, (growth.size, edge, early))
    return growth


def record_unseen(
    cursor: PostgresCursor,
    events: Sequence[StoredRow],
    disclosures: Sequence[DisclosureRow],
    known: Last,
    latest: str,
    *,
    early: bool,
) -> Placed:
    """Write events that were drafted against a log of a known end, in a statement of its own."""
    entry = events[0][-1]
    at = time_at(entry)
    said = entry[at : at + TIME].decode()
    times = [time_at(row[-1]) + 1 for row in events]
    size = known.position + 1
    arrays = _arrays(size, events, disclosures, times)
    given = (None, size, known.leaf, said, latest, early, *arrays)
    return _placed(cursor.execute(APPEND, given).fetchone(), len(events))


def _placed(row: tuple[int, str, bytes], number: int) -> Placed:
    first, recorded_at, edge = row
    return Placed(first, recorded_at, Growth(first + number, edges.root_of(edge), {}))


def _arrays(
    size: int,
    events: Sequence[StoredRow],
    disclosures: Sequence[DisclosureRow],
    times: Sequence[int],
) -> tuple[Sequence[Any], ...]:
    """Return the rows of events and texts column by column, each text by the place of its event."""
    _, cases, versions, kinds, states = map(list, zip(*events, strict=True))
    positions, numbers, fields, abouts, texts = (
        map(list, zip(*disclosures, strict=True)) if disclosures else ([], [], [], [], [])
    )
    places = [position - size for position in positions]
    return cases, versions, kinds, states, [*times], places, numbers, fields, abouts, texts


def copy(cursor: Cursor, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Write many rows into a table in one go."""
    if cursor.execute(SECURED, (table,)).fetchone() == (True,):
        # Nothing is copied into a table that rows are kept from.
        types = [f"?::{each}[]" for each in COPIED[table]]
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(f"INSERT INTO {table} SELECT * FROM unnest({', '.join(types)})", columns)
        return
    statement = f"COPY {table} FROM STDIN (FORMAT BINARY)".encode()
    with cast("PostgresCursor", cursor).copy(statement) as copied:
        copied.set_types(COPIED[table])
        for row in rows:
            copied.write_row(row)
