"""Holding the log of a ledger on a server, which one writer does at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from psycopg.errors import LockNotAvailable

from answerable.ledger.store.postgresql.connections import WRITING, Connections
from answerable.ledger.store.postgresql.cursor import Connection
from answerable.ledger.store.protocol.store import BUSY_SECONDS
from answerable.ledger.system.locks import QUIET_SECONDS, say_waiting

HOLD = (
    WRITING + "; SET LOCAL lock_timeout = '{:.0f}ms'; "
    "UPDATE head SET size = size, early = false; SET LOCAL lock_timeout = 0"
)
"""Begins to write. The row is not only locked but written, so that it tells that someone wrote."""

WAITS = (QUIET_SECONDS, BUSY_SECONDS - QUIET_SECONDS)
"""The seconds that others are waited for without a word, and after it."""


@contextmanager
def holding(connections: Connections, name: str) -> Iterator[Connection]:
    """Give a connection in a transaction that holds the log. Where that takes long, it is said.

    Args:
        connections: those to the server.
        name: what messages call the ledger.

    Raises:
        LockNotAvailable: others hold it for too long.
    """
    quiet, patient = WAITS
    with ExitStack() as stack:
        try:
            held = stack.enter_context(connections.one(HOLD.format(quiet * 1_000)))
        except LockNotAvailable:
            say_waiting("another writer", name)
            held = stack.enter_context(connections.one(HOLD.format(patient * 1_000)))
        yield held
