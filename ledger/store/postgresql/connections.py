"""Connections to one server, for as many threads as there are: kept, and given out again."""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock

import psycopg
from psycopg import errors as sqlstates
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor, prepare
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.postgresql.servers import standby
from answerable.ledger.store.postgresql.servers.at_once import run_at_once
from answerable.ledger.store.postgresql.servers.pooler import is_pooled
from answerable.ledger.store.postgresql.servers.prepared import Prepared

# psycopg notes what it passes over when a connection is lost. It is told as an error of ours, and
# would come out on stderr beside that where nobody takes what is logged.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

IDLE = 5
"""The most connections that are kept while nobody uses them."""

CONNECT_SECONDS = 10
"""Seconds that a server is waited for, where its address says nothing else."""

BESIDE = f"SET LOCAL search_path TO {SCHEMA}, pg_temp"
"""Names the schema of the ledger, in each transaction: so a pooler may stand between."""

PATIENCE = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""Says how long a server is waited for that is gone without a word: a minute, and not for hours.

They are libpq's, in seconds, the last in milliseconds; an address or a service file may say
otherwise (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS).
"""

BELOW_DISK = "('off', 'local', 'remote_write')"
"""Names the settings by which a commit waits for less than a standby's disk, where it has one."""

READING = f"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; {BESIDE}"

WRITING = (
    f"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; {BESIDE}; "
    # Whatever a role or a database is set to, what is acknowledged is on disk, and that no standby
    # confirmed it is heard.
    f"SELECT CASE WHEN current_setting('synchronous_commit') IN {BELOW_DISK} "
    "THEN set_config('synchronous_commit', 'on', true) END, "
    "CASE WHEN current_setting('client_min_messages') = 'error' "
    "THEN set_config('client_min_messages', 'warning', true) END"
)


def connect(address: ServerAddress) -> Connection:
    """Open a connection, which begins and ends its transactions by statements of ours."""
    told = address.everything()
    if "service" not in told and "PGSERVICE" not in os.environ:
        known = {"connect_timeout"} if "PGCONNECT_TIMEOUT" in os.environ else set()
        told = {name: PATIENCE[name] for name in PATIENCE if name not in known} | told
    told.setdefault("fallback_application_name", "answerable")
    made = Connection.connect(make_conninfo(**told), autocommit=True)
    made.listen()
    prepare(made)
    pooled = is_pooled(made)
    made.prepared = Prepared(allowed=not pooled)
    if pooled:
        # It would lose what is prepared.
        made.prepare_threshold = None
    if made.info.encoding != "utf-8":
        made.execute("SET client_encoding TO 'UTF8'")
    return made


@contextmanager
def ended(connection: Connection) -> Iterator[PostgresCursor]:
    """Give a cursor in a transaction that was begun; it is committed at the end, or else undone."""
    try:
        yield PostgresCursor(connection)
    except BaseException:
        undo(connection)
        raise
    commit(connection)


def commit(connection: Connection) -> None:
    """Commit a transaction.

    Raises:
        InFailedSqlTransaction: a statement of it had failed, and that was passed over. The server
            answers a commit then that it undid everything, and takes that for no error.
        Unconfirmed: it is on the server's disk, and was not confirmed by a standby.
    """
    if run_at_once(connection, b"COMMIT") != "COMMIT":
        raise sqlstates.InFailedSqlTransaction("a statement of the transaction had failed")
    connection.check_confirmed()


def undo(connection: Connection) -> None:
    """Undo a transaction. Where that cannot be done, the connection is closed."""
    if not connection.closed:
        with suppress(psycopg.Error):
            run_at_once(connection, b"ROLLBACK")
            return
        connection.close()


def _is_cut_off(connection: Connection) -> bool:
    """Tell whether a connection that nobody used was ended, as far as that came through."""
    try:
        for _ in range(2):  # What the server said as it ended it, then the end.
            connection.pgconn.consume_input()
    except psycopg.Error:
        return True
    return False


class Connections:
    """Connections to a server. Who has one when this is closed finishes with it."""

    def __init__(self, address: ServerAddress) -> None:
        self._address = address
        self._idle = deque[Connection]()
        self._lock = Lock()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Tell whether no connection is given out any more."""
        return self._closed

    @contextmanager
    def one(self, begin: str) -> Iterator[Connection]:
        """Give a connection that a statement was run on, which begins a transaction as a rule.

        Where that shows that a connection was cut off while nobody used it, another is made.
        """
        connection = self._begun(begin)
        try:
            yield connection
        finally:
            self._put(connection)

    @contextmanager
    def at_hand(self) -> Iterator[Connection | None]:
        """Give a connection that is kept and was not cut off; None where none is.

        For what must not be run twice: it is looked at, and nothing is run to try it.
        """
        with self._lock:
            kept = self._idle.pop() if self._idle else None
        if kept is None or _is_cut_off(kept):
            if kept is not None:
                kept.close()
            yield None
            return
        try:
            yield kept
        finally:
            self._put(kept)

    def _begun(self, begin: str) -> Connection:
        while True:
            with self._lock:
                kept = self._idle.pop() if self._idle else None
            connection = connect(self._address) if kept is None else kept
            try:
                run_at_once(connection, begin.encode())
                connection.check_confirmed()
                return connection
            except BaseException as error:
                cut_off = isinstance(error, psycopg.OperationalError) and connection.closed
                undo(connection)
                refused = standby.refusal(error, self._address, connection)
                self._put(connection)
                if refused is not None:
                    raise refused from None
                if not cut_off or kept is None:
                    raise

    def _put(self, connection: Connection) -> None:
        idle = connection.pgconn.transaction_status == TransactionStatus.IDLE
        with self._lock:
            if idle and not self._closed and len(self._idle) < IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close what nobody uses, and keep nothing any more."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, deque()
        for connection in idle:
            connection.close()
