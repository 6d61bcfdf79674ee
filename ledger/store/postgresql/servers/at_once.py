"""Run statements at the least cost: what begins and ends a transaction, and what answers come to.

psycopg's own way of a statement takes three times as long, which is most of what a short question
costs. This one waits as that does: other threads go on, and Ctrl-C is heard.
"""

from __future__ import annotations

from select import POLLIN, POLLOUT, poll
from typing import Any

import psycopg
from psycopg.errors import (
    Diagnostic,
    IdleInTransactionSessionTimeout,
    IdleSessionTimeout,
    error_from_result,
)
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

from answerable.ledger.store.postgresql.address import ServerAddress

UNHEARD = (IdleInTransactionSessionTimeout, IdleSessionTimeout)
"""The errors by which a server gives up who was idle: it has not read what was sent meanwhile."""

QUIET_SECONDS = 5.0
"""Seconds that a server is waited for without a word: longer than it waits for other writers."""


class HearingConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that hears why the server ends it, if that comes with an earlier answer.

    Attributes:
        ended_by: why; None where nothing was heard.
    """

    ended_by: psycopg.Error | None = None

    def listen(self) -> None:
        """Begin to hear it."""
        self.add_notice_handler(self._hear_end)

    def _hear_end(self, said: Diagnostic) -> None:
        for error in UNHEARD:
            if said.sqlstate == error.sqlstate:
                self.ended_by = error(said.message_primary or "")


FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


def answers(connection: HearingConnection) -> list[PGresult]:
    """Wait for what the server answers to what was sent, by who holds the connection's lock."""
    server = connection.pgconn
    found: list[PGresult] = []
    waiting = poll()
    waiting.register(server.socket, POLLIN)
    quiet: float | None = QUIET_SECONDS * 1_000
    while True:
        while server.is_busy():
            # What is long goes out in parts, as the server takes them.
            left = server.flush()
            waiting.modify(server.socket, POLLIN | POLLOUT if left else POLLIN)
            if not waiting.poll(quiet):
                _say_waiting(connection)
                quiet = None
                continue
            try:
                server.consume_input()
            except psycopg.OperationalError:
                # A server that ends a connection says why before it does: that may have come, too.
                while (result := server.get_result()) is not None:
                    found.append(result)
                said = failure(connection, found)
                if said is None or said.sqlstate is None:
                    if connection.ended_by is not None:
                        raise connection.ended_by from None
                    raise
                return found
        result = server.get_result()
        if result is None:
            return found
        found.append(result)


def _say_waiting(connection: HearingConnection) -> None:
    """Say that a server does not answer, who may have stopped, or wait itself."""
    from logging import getLogger

    getLogger("answerable").warning(
        "Waiting for the server of %s to answer: its disk, a standby that it waits for, or the "
        "network may keep it.",
        ServerAddress(connection.info.dsn),
    )


def failure(connection: HearingConnection, results: list[PGresult]) -> psycopg.Error | None:
    """Return the first error among what a server answered; None where there is none."""
    for result in results:
        if result.status in FAILED:
            return error_from_result(result, encoding=connection.info.encoding)
    return None


def run_at_once(connection: HearingConnection, statements: bytes) -> str:
    """Run statements in one round trip; return what the server says of the last: `COMMIT`.

    Raises:
        psycopg.Error: one of them failed, or the connection is cut.
    """
    with connection.lock:
        connection.pgconn.send_query(statements)
        results = answers(connection)
    failed = failure(connection, results) or connection.ended_by
    if connection.pgconn.status == ConnStatus.BAD and not isinstance(failed, UNHEARD):
        raise psycopg.OperationalError("the connection is cut") from failed
    if failed is not None:
        raise failed
    return ((results[-1].command_status if results else None) or b"").decode()
