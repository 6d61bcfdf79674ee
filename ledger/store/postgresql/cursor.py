"""Cursors of psycopg that take common statements, and give rows as SQLite's do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, ClassVar, cast

import psycopg
from psycopg.abc import Buffer, Query
from psycopg.adapt import Loader
from psycopg.types.numeric import NumericBinaryLoader

from answerable.ledger.store.postgresql.dialect import POSTGRESQL
from answerable.ledger.store.postgresql.servers.confirmed import ServerConnection
from answerable.ledger.store.postgresql.spelling import spelled_for_psycopg
from answerable.ledger.store.protocol.cursor import FETCH, Dialect

Connection = ServerConnection

_STREAMS = count()


class PostgresCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Implements `answerable.ledger.store.protocol.cursor.Cursor` over psycopg's own.

    All rows of a statement are in memory once it is executed, but for those of `stream`.
    """

    dialect: ClassVar[Dialect] = POSTGRESQL

    def beside(self) -> PostgresCursor:
        """Return another cursor in the same transaction, to be used while this one is read."""
        return PostgresCursor(self.connection)

    def execute(  # type: ignore[override]
        self, query: Query, params: Sequence[Any] = (), *, prepare: bool | None = None, **_: Any
    ) -> PostgresCursor:
        """Run a statement with the values of its marks; return this cursor, which has the rows.

        What is given as bytes goes to the server as it is: several statements in one round trip.
        """
        if isinstance(query, bytes):
            super().execute(query)
        else:
            super().execute(
                spelled_for_psycopg(cast("str", query)), params, prepare=prepare, binary=True
            )
        return self

    def executemany(  # type: ignore[override]
        self, query: Query, params_seq: Iterable[Sequence[Any]], **_: Any
    ) -> PostgresCursor:
        """Run a statement for each of several rows of values."""
        super().executemany(spelled_for_psycopg(cast("str", query)), params_seq)
        return self

    def stream(  # type: ignore[override]
        self, query: Query, params: Sequence[Any] = (), *, few: bool = True, **_: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, some at a time, whatever else the transaction does.

        Where they may be few, the first are asked for by a statement that the server has prepared:
        a cursor of its own takes three, which it plans each time.
        """
        rows = self.beside()
        if few and " LIMIT " not in str(query):
            some = rows.execute(f"{query!s} LIMIT {FETCH + 1}", params).fetchall()
            if len(some) <= FETCH:
                yield from some
                return
        name = f"rows_{next(_STREAMS)}"
        rows.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {query!s}", params, prepare=False)
        fetch = f"FETCH {FETCH} FROM {name}"
        # Whoever reads no further leaves it to the end of the transaction.
        while some := rows.execute(fetch, prepare=False).fetchall():
            yield from some
            if len(some) < FETCH:
                break
        rows.execute(f"CLOSE {name}", prepare=False)

    def fetchone(self) -> Any:
        """Return the next row; None where there is none."""
        return super().fetchone()


class _WholeNumber(NumericBinaryLoader):
    """Loads a sum of whole numbers as one: PostgreSQL adds up to `numeric`."""

    def load(self, data: Buffer) -> Any:
        return int(super().load(data))


def prepare(connection: Connection) -> None:
    """Have a new connection give cursors of this kind, and sums that are whole numbers."""
    connection.cursor_factory = PostgresCursor
    connection.adapters.register_loader("numeric", cast("type[Loader]", _WholeNumber))
