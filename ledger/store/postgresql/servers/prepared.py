"""Run statements with values, those that come again as prepared ones.

It does what psycopg's cursors do, at a third of their cost, which is paid for each statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import psycopg
from psycopg import errors as sqlstates
from psycopg.abc import Buffer
from psycopg.pq import ConnStatus, Format
from psycopg.pq.abc import PGresult

from answerable.ledger.store.postgresql.servers.at_once import HearingConnection, answers, failure

USES = 5
"""How often a statement is run before the server is to prepare it."""

MOST = 200
"""The most statements that a connection has prepared, or counts the uses of."""

CHANGING = (b"ALTER", b"DROP")
"""Begin what the server says of statements after which others may give other columns."""

STALE = (sqlstates.FeatureNotSupported, sqlstates.InvalidSqlStatementName)
"""The errors of a statement that gives other columns than when it was prepared, or is gone."""


class Prepared:
    """The statements that a connection has run, and the names of those that it prepared.

    Args:
        allowed: whether the server keeps what is prepared: a pooler may stand before it.
    """

    def __init__(self, *, allowed: bool = True) -> None:
        self._allowed = allowed
        self._uses: dict[tuple[bytes, tuple[int, ...]], int] = {}
        self._names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._numbers = count()

    def clear(self) -> None:
        """Prepare everything anew, under other names."""
        self._uses.clear()
        self._names.clear()

    def run(
        self,
        connection: HearingConnection,
        statement: bytes,
        values: Sequence[Buffer | None],
        types: tuple[int, ...],
        formats: Sequence[Format],
        *,
        again: bool,
    ) -> PGresult:
        """Run a statement in one round trip, and return what it gives, in binary.

        Args:
            connection: the connection.
            statement: its marks are numbered.
            values: the values of its marks, as the server takes them.
            types: their types, by the server's numbers.
            formats: whether each is in binary.
            again: whether it may come again.

        Raises:
            psycopg.Error: it failed, or the connection is cut.
        """
        server, key = connection.pgconn, (statement, types)
        with connection.lock:
            name = self._names.get(key)
            if name is None and again and self._is_due(key):
                name = b"own_%d" % next(self._numbers)
                server.send_prepare(name, statement, types)
                _checked(connection, answers(connection))
                self._names[key] = name
            if name is None:
                server.send_query_params(statement, values, types, formats, Format.BINARY)
            else:
                server.send_query_prepared(name, values, formats, Format.BINARY)
            try:
                result = _checked(connection, answers(connection))
            except STALE:
                self._names.pop(key, None)
                raise
            if (result.command_status or b"").startswith(CHANGING):
                self.clear()
        return result

    def _is_due(self, key: tuple[bytes, tuple[int, ...]]) -> bool:
        """Count a use of a statement; tell whether it is to be prepared now."""
        if not self._allowed:
            return False
        if len(self._uses) >= MOST:
            # Those that come again are prepared by now.
            self._uses.clear()
        uses = self._uses.get(key, 0) + 1
        self._uses[key] = uses
        return uses > USES and len(self._names) < MOST


def _checked(connection: HearingConnection, results: list[PGresult]) -> PGresult:
    failed = failure(connection, results) or connection.ended_by
    if failed is not None:
        raise failed
    if connection.pgconn.status == ConnStatus.BAD or not results:
        raise psycopg.OperationalError("the connection is cut")
    return results[-1]
