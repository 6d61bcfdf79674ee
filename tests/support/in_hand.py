"""A ledger on a server in the hands of who owns its tables, and does not use the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.server_site import ledgers_on_server

from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import connect
from answerable.ledger.store.postgresql.cursor import PostgresCursor
from answerable.ledger.store.postgresql.schema import SCHEMA

GUARDS = (
    "SELECT relname::text, tgname::text, tgenabled::text FROM pg_trigger "
    "JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal "
    f"AND relnamespace = '{SCHEMA}'::regnamespace"
)

SPELLINGS = (
    (re.compile(r"\bIS \?"), "IS NOT DISTINCT FROM ?"),
    (re.compile(r"x'([0-9a-f]*)'"), r"'\\x\1'::bytea"),
    (re.compile(r"\bzeroblob\((\d+|length\(\w+\))\)"), r"decode(repeat('00', \1), 'hex')"),
    (
        re.compile(r"\breplace\((state|note), ('[^']*'), ('[^']*')\)"),
        r"convert_to(replace(convert_from(\1, 'UTF8'), \2, \3), 'UTF8')",
    ),
)
"""Spells what tests say of bytes in SQLite's words: bytes, zeros, and a text in bytes replaced."""

TABLES = (
    "SELECT relname::text, attname::text FROM pg_class "
    "JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped "
    f"WHERE relkind = 'r' AND relnamespace = '{SCHEMA}'::regnamespace ORDER BY relname, attnum"
)


class CountingCursor(PostgresCursor):
    """Also tells how many rows a statement changed, as SQLite's cursor does."""

    def beside(self) -> CountingCursor:
        """Return another cursor in the same transaction."""
        return CountingCursor(self._connection)

    @property
    def rowcount(self) -> int:
        """Return how many rows the last statement changed."""
        done = self._adapting.pgresult
        return 0 if done is None else done.command_tuples or 0


class OwnersHand:
    """Runs statements as the owner of the tables does, `?` for what is bound."""

    def __init__(self, cursor: CountingCursor) -> None:
        self._cursor = cursor

    def execute(self, statement: str, values: Sequence[Any] = ()) -> PostgresCursor:
        """Run a statement; return its rows. What is set of SQLite alone, a server has not."""
        done = self._cursor.beside()
        if statement.startswith("PRAGMA"):
            return done
        return done.execute(_spelled(statement), values)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> PostgresCursor:
        """Run a statement for each of several rows of values."""
        return self._cursor.beside().executemany(statement, rows)

    def executescript(self, statements: str) -> None:
        """Run several statements."""
        for statement in statements.split(";"):
            self.execute(statement)

    def tables(self) -> dict[str, list[str]]:
        """Return the columns of every table."""
        found: dict[str, list[str]] = {}
        for table, column in self.execute(TABLES).fetchall():
            found.setdefault(table, []).append(column)
        return found


def _spelled(statement: str) -> str:
    for found, spelled in SPELLINGS:
        statement = found.sub(spelled, statement)
    return statement


@contextmanager
def owners_hand(place: Path, *, guarded: bool = True) -> Iterator[OwnersHand]:
    """Give the ledger of a note to its owner, in one transaction.

    Unguarded, they switched the guards off first; they switch them on again when they are done.
    """
    name = ledgers_on_server.database_at(place)
    assert name is not None
    connection = connect(ServerAddress(ledgers_on_server.address(name)))
    try:
        connection.execute(f"BEGIN; SET LOCAL search_path TO {SCHEMA}, pg_temp".encode())
        hand = OwnersHand(CountingCursor(connection))
        guards = [] if guarded else hand.execute(GUARDS).fetchall()
        for table, guard, _ in guards:
            hand.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        yield hand
        for table, guard, enabled in guards:
            how = {"A": "ENABLE ALWAYS", "O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA"}
            hand.execute(f"ALTER TABLE {table} {how[enabled]} TRIGGER {guard}")
        connection.execute(b"COMMIT")
    finally:
        connection.close()
