"""Cursors over a ledger's file that give plain tuples, and know what SQLite says in its own way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from answerable.ledger.store.protocol.cursor import Dialect
from answerable.ledger.store.sqlite.dialect import SQLITE


class SqliteCursor(sqlite3.Cursor):
    """Implements `answerable.ledger.store.protocol.cursor.Cursor` over SQLite's own."""

    dialect: ClassVar[Dialect] = SQLITE

    def beside(self) -> SqliteCursor:
        """Return another cursor in the same transaction, to be used while this one is read."""
        return plain_cursor(self.connection)

    def stream(
        self, statement: str, parameters: Sequence[Any] = (), /, *, few: bool = True
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement as they are read, whatever else the transaction does."""
        return plain_cursor(self.connection).execute(statement, parameters)


def plain_cursor(connection: sqlite3.Connection) -> SqliteCursor:
    """Return a cursor whose rows are tuples, whatever its connection gives otherwise."""
    made = connection.cursor(SqliteCursor)
    made.row_factory = None
    return made
