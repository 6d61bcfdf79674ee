"""Say of a standby that it only reads, and which server it follows as far as that may be seen."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import errors as sqlstates

from answerable.ledger.errors import NOTHING_WRITTEN, OnStandby, StorageFailed
from answerable.ledger.store.postgresql.address import ServerAddress

REFUSALS = (sqlstates.FeatureNotSupported, sqlstates.ReadOnlySqlTransaction)
"""Name what a server in recovery says to a transaction that would write."""

FOLLOWED = (
    b"SELECT sender_host, sender_port FROM pg_stat_wal_receiver WHERE sender_host IS NOT NULL"
)
"""Asks whom a standby follows. Only who may read all statistics is told."""


INTERRUPTED = "ProcessInterrupts"
"""Names the function of a server that ends what is read there for what its primary removed."""


def begin(
    address: ServerAddress, connection: psycopg.Connection[tuple[Any, ...]], writing: str
) -> None:
    """Begin a transaction that writes.

    Raises:
        OnStandby: the server is a standby.
    """
    try:
        connection.execute(writing.encode())
    except REFUSALS:
        raise refused(address, connection) from None


def refusal(
    error: BaseException, address: ServerAddress, connection: psycopg.Connection[tuple[Any, ...]]
) -> OnStandby | None:
    """Return the refusal to write that an error of the server's is; None where it is another."""
    return refused(address, connection) if isinstance(error, REFUSALS) else None


def refused(
    address: ServerAddress, connection: psycopg.Connection[tuple[Any, ...]] | None = None
) -> OnStandby:
    """Return the refusal to write to a standby.

    Args:
        address: the server.
        connection: asks it which server it follows; None where that cannot be asked.
    """
    followed = None
    if connection is not None and not connection.closed:
        with suppress(psycopg.Error):
            followed = connection.execute(FOLLOWED).fetchone()
    primary = f" of the server at {followed[0]}, port {followed[1]}" if followed else ""
    return OnStandby(
        f"{address} is a standby{primary}, which is read and not written to{NOTHING_WRITTEN}.",
        hint="Name the primary; or both, of which the one is taken that can be written: "
        "postgresql://one,other/house?target_session_attrs=read-write.",
    )


def interrupted(address: ServerAddress) -> StorageFailed:
    """Return the error of a reading that a standby ended: not another writer came between."""
    return StorageFailed(
        f"{address} is a standby, and ended what was being read, to take in that its primary had "
        "overwritten what was erased.",
        hint="Ask again. With `hot_standby_feedback` the primary waits for who reads there, and so "
        "does what is erased; with `max_standby_streaming_delay` the standby does.",
    )
