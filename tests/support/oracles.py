"""Slow, obvious definitions that tests hold the ledger against, and its file seen without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import cast

from tests.support.in_hand import owners_hand
from tests.support.server_site.ledgers_on_server import database_at

from answerable.ledger.store.opened import OpenLedger
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.sqlite.schema import CREATE_REST
from answerable.ledger.store.sqlite.store import SqliteStore


def event_id(number: int) -> str:
    """A UUID v7 for a test to name an event by."""
    return f"019b8c00-0000-7000-8000-{number:012x}"


def leaf(entry: bytes) -> bytes:
    """RFC 6962, section 2.1: the hash of a leaf."""
    return sha256(b"\x00" + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1: the hash of a list, over the hashes of its leaves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def sqlite_store(ledger: OpenLedger) -> SqliteStore:
    """Return the file that a ledger is stored in, for what only SQLite's can do."""
    assert isinstance(ledger._store, SqliteStore)
    return ledger._store


@contextmanager
def raw(path: Path, *, guarded: bool = True) -> Iterator[sqlite3.Connection]:
    """The tables in the hands of someone who has SQLite, or who owns them on the server.

    They commit at the end. Unguarded, they dropped the triggers first; they put them back when they
    are done.
    """
    if database_at(path) is not None:
        with owners_hand(path, guarded=guarded) as hand:
            yield cast("sqlite3.Connection", hand)
        return
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        if not guarded:
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        yield connection
        connection.commit()
        if not guarded:
            for statement in CREATE_REST:
                connection.execute(statement)
            connection.commit()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    if database_at(path) is not None:
        with owners_hand(path) as hand:
            return {
                table: sorted(hand.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
                for table in hand.tables()
            }
    with raw(path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for (name,) in names
        }


TABLES = (
    "stored_events", "disclosures", "tiles", "imports", "keys", "checkpoints", "timestamps",
    "tracking", "documents", "named",
)  # fmt: skip


def rows_of(ledger: OpenLedger) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a ledger has, wherever it is stored."""
    with ledger._reading() as cursor:
        return {
            table: sorted(cursor.execute(_rows_of(cursor, table)).fetchall(), key=repr)
            for table in TABLES
            if cursor.dialect.table_exists(cursor, table)
        }


def _rows_of(cursor: Cursor, table: str) -> str:
    """Reads what every store has of a table: on a server, leaves stand beside their entries."""
    if table == "stored_events":
        return "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
    return f"SELECT * FROM {cursor.dialect.tiles if table == 'tiles' else table}"


FAILING = {
    True: "CREATE TRIGGER fails BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END",
    False: "CREATE TRIGGER fails BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()",
}
"""Makes each change to a table fail, where a ledger is a file and where it is on a server."""


@contextmanager
def failing(ledger: OpenLedger, verb: str, table: str) -> Iterator[None]:
    """Have each change of a kind to a table fail within the block."""
    a_file = isinstance(ledger._store, SqliteStore)
    with ledger._write_transaction() as cursor:
        cursor.execute(FAILING[a_file].format(verb=verb, table=table))
    yield
    with ledger._write_transaction() as cursor:
        cursor.execute("DROP TRIGGER fails" + ("" if a_file else f" ON {table}"))
