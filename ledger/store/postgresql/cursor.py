"""Run common statements on a connection of psycopg's, and give rows as SQLite does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, ClassVar, cast

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader, PyFormat, Transformer
from psycopg.pq import Format
from psycopg.types.numeric import NumericBinaryLoader

from answerable.ledger.store.postgresql.dialect import POSTGRESQL
from answerable.ledger.store.postgresql.servers.at_once import run_at_once
from answerable.ledger.store.postgresql.servers.confirmed import ServerConnection
from answerable.ledger.store.postgresql.spelling import spelled_for_libpq, spelled_for_psycopg
from answerable.ledger.store.protocol.cursor import FETCH, Dialect

Connection = ServerConnection

_STREAMS = count()

ASKING = ("SELECT", "WITH", "DECLARE")
"""Begin statements that ask, and write nothing."""

LEAST = "\1"
"""Stands in a question for NUL, which no text of a server's has: nothing that is looked up by has
this sign either, and it comes before all signs of that, as NUL does."""


class PostgresCursor:
    """Implements `answerable.ledger.store.protocol.cursor.Cursor` over a connection of psycopg's.

    All rows of a statement are in memory once it is executed, but for those of `stream`.
    """

    dialect: ClassVar[Dialect] = POSTGRESQL

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._adapting = Transformer(connection)
        self._next = self._count = 0

    def beside(self) -> PostgresCursor:
        """Return another cursor in the same transaction, to be used while this one is read."""
        return PostgresCursor(self._connection)

    def execute(
        self, statement: str | bytes, parameters: Sequence[Any] = (), /, *, again: bool = True
    ) -> PostgresCursor:
        """Run a statement with the values of its marks; return this cursor, which has the rows.

        Args:
            statement: what is given as bytes goes to the server as it is: several statements in
                one round trip, without rows.
            parameters: the values of its marks.
            again: whether it may come again, and is worth being prepared then.
        """
        if isinstance(statement, bytes):
            run_at_once(self._connection, statement)
            self._next = self._count = 0
            return self
        adapting = self._adapting
        formats = [PyFormat.AUTO] * len(parameters)
        try:
            values = adapting.dump_sequence(parameters, formats)
        except psycopg.DataError:
            if not statement.lstrip().startswith(ASKING):
                raise
            values = adapting.dump_sequence(_without_nul(parameters), formats)
        return self.run(
            spelled_for_libpq(statement),
            values,
            adapting.types or (),
            adapting.formats or (),
            again,
        )

    def run(
        self,
        statement: bytes,
        values: Sequence[Buffer | None],
        types: tuple[int, ...],
        formats: Sequence[Format],
        again: bool = True,
    ) -> PostgresCursor:
        """Run a statement with values as the server takes them; return this cursor.

        Args:
            statement: its marks are numbered.
            values: the values.
            types: their types, by the server's numbers.
            formats: whether each is in binary.
            again: whether it may come again.
        """
        connection = self._connection
        result = connection.prepared.run(connection, statement, values, types, formats, again=again)
        self._adapting.set_pgresult(result)
        self._next, self._count = 0, result.ntuples
        return self

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]], /) -> PostgresCursor:
        """Run a statement for each of several rows of values."""
        with psycopg.Cursor(self._connection) as cursor:
            cursor.executemany(spelled_for_psycopg(statement).encode(), parameters)
        return self

    @contextmanager
    def copy(self, statement: bytes) -> Iterator[psycopg.Copy]:
        """Copy rows into a table, in the format that the statement says."""
        with psycopg.Cursor(self._connection) as cursor, cursor.copy(statement) as copied:
            yield copied

    def stream(
        self, statement: str, parameters: Sequence[Any] = (), /, *, few: bool = True
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, some at a time, whatever else the transaction does.

        Where they may be few, the first are asked for by a statement that the server has prepared:
        a cursor of its own takes three, which it plans each time.
        """
        rows = self.beside()
        if few and " LIMIT " not in statement:
            some = rows.execute(f"{statement} LIMIT {FETCH + 1}", parameters).fetchall()
            if len(some) <= FETCH:
                yield from some
                return
        name = f"rows_{next(_STREAMS)}"
        declared = f"DECLARE {name} NO SCROLL CURSOR FOR {statement}"
        rows.execute(declared, parameters, again=False)
        fetch = f"FETCH {FETCH} FROM {name}"
        # Whoever reads no further leaves it to the end of the transaction.
        while some := rows.execute(fetch, again=False).fetchall():
            yield from some
            if len(some) < FETCH:
                break
        rows.execute(f"CLOSE {name}", again=False)

    def fetchone(self) -> Any:
        """Return the next row; None where there is none."""
        if self._next >= self._count:
            return None
        self._next += 1
        return self._adapting.load_row(self._next - 1, tuple)

    def fetchmany(self, size: int = FETCH) -> list[Any]:
        """Return the next rows, at most so many; none at the end."""
        first, self._next = self._next, min(self._next + size, self._count)
        return self._adapting.load_rows(first, self._next, tuple) if first < self._next else []

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return self.fetchmany(self._count)

    def __iter__(self) -> Iterator[Any]:
        while (row := self.fetchone()) is not None:
            yield row


def _without_nul(values: Sequence[Any]) -> list[Any]:
    return [each.replace("\0", LEAST) if isinstance(each, str) else each for each in values]


class _WholeNumber(NumericBinaryLoader):
    """Loads a sum of whole numbers as one: PostgreSQL adds up to `numeric`."""

    def load(self, data: Buffer) -> Any:
        return int(super().load(data))


def prepare(connection: Connection) -> None:
    """Have a new connection give sums that are whole numbers."""
    connection.adapters.register_loader("numeric", cast("type[Loader]", _WholeNumber))
