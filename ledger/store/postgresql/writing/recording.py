"""Writing events on a server: few by a function there, many by copies of whole tables' rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from psycopg.pq import Format

from answerable.ledger.entry.codec import time_at
from answerable.ledger.store.postgresql.cursor import PostgresCursor
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.postgresql.writing.encoded import (
    BOOL,
    BYTEA,
    INT4,
    INT8,
    TEXT,
    array,
    copied_disclosures,
    copied_events,
    int4,
    int8,
)
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
    f"SELECT first, told, hashes FROM {SCHEMA}.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
    "$11, $12, $13, $14, $15, $16)"
).encode()

TEXTS, NUMBERS, WIDE_NUMBERS, BYTES = 1009, 1007, 1016, 1001
"""The server's numbers of arrays of text, int4, int8 and bytea."""

APPEND_TYPES = (
    INT8, INT8, BYTEA, TEXT, TEXT, BOOL, TEXTS, WIDE_NUMBERS, TEXTS, BYTES, NUMBERS,
    NUMBERS, NUMBERS, TEXTS, TEXTS, BYTES,
)  # fmt: skip

IN_BINARY = (Format.BINARY,) * len(APPEND_TYPES)

EDGE = "SELECT edge FROM head"

GROWN = "UPDATE head SET size = ?, edge = ?, early = ?"

EARLY = "SET LOCAL synchronous_commit = off"

GROW_TILE = (
    "INSERT INTO tiles AS own VALUES (?, ?, ?) ON CONFLICT (level, number) "
    "DO UPDATE SET hashes = own.hashes || excluded.hashes"
)

SECURED = "SELECT row_security_active(?::regclass)"
"""Tells whether this user is kept from rows of a table."""

INSERTED = (
    "INSERT INTO disclosures "
    "SELECT * FROM unnest(?::int8[], ?::int4[], ?::text[], ?::text[], ?::bytea[])"
)

INTO_EVENTS = b"COPY stored_events FROM STDIN (FORMAT BINARY)"

INTO_DISCLOSURES = b"COPY disclosures FROM STDIN (FORMAT BINARY)"


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
    own = cast("PostgresCursor", cursor)
    if 0 < len(events) < MANY:
        held = (int8(size), None, None, b"", None)
        return _append(own, held, size, events, disclosures, (), early=early).growth
    growth = grow(size, leaves, tile_reader(cursor))
    if events:
        if early:
            cursor.execute(EARLY)
        with own.copy(INTO_EVENTS) as copied:
            for some in copied_events(events, leaves):
                copied.write(some)
        copy_disclosures(own, disclosures)
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
    times = [time_at(row[-1]) + 1 for row in events]
    size = known.position + 1
    unheld = (None, int8(size), known.leaf, entry[at : at + TIME], latest.encode())
    return _append(cursor, unheld, size, events, disclosures, times, early=early)


def _append(
    cursor: PostgresCursor,
    place: Sequence[bytes | None],
    size: int,
    events: Sequence[StoredRow],
    disclosures: Sequence[DisclosureRow],
    times: Sequence[int],
    *,
    early: bool,
) -> Placed:
    """Have the server append events; rows go as arrays, column by column.

    Args:
        cursor: runs the statement.
        place: the function's first parameters: where the events go, and when.
        size: how many entries the log has that they were drafted against.
        events: the rows.
        disclosures: their texts.
        times: where in each its time stands.
        early: commits before they are on disk.
    """
    given = (
        *place,
        b"\1" if early else b"\0",
        array(TEXT, [row[1].encode() for row in events]),
        array(INT8, [int8(row[2]) for row in events]),
        array(TEXT, [row[3].encode() for row in events]),
        array(BYTEA, [row[4] for row in events]),
        array(INT4, map(int4, times)),
        array(INT4, [int4(row[0] - size) for row in disclosures]),
        array(INT4, [int4(row[1]) for row in disclosures]),
        array(TEXT, [row[2].encode() for row in disclosures]),
        array(TEXT, [row[3].encode() for row in disclosures]),
        array(BYTEA, [row[4] for row in disclosures]),
    )
    first, recorded_at, edge = cursor.run(APPEND, given, APPEND_TYPES, IN_BINARY).fetchone()
    return Placed(first, recorded_at, Growth(first + len(events), edges.root_of(edge), {}))


def copy_disclosures(cursor: PostgresCursor, disclosures: Sequence[DisclosureRow]) -> None:
    """Write many texts in one go."""
    if cursor.execute(SECURED, ("disclosures",)).fetchone() == (True,):
        # Nothing is copied into a table that rows are kept from.
        columns = [list(column) for column in zip(*disclosures, strict=True)]
        if columns:
            cursor.execute(INSERTED, columns)
        return
    with cursor.copy(INTO_DISCLOSURES) as copied:
        for some in copied_disclosures(disclosures):
            copied.write(some)
