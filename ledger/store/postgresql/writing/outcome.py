"""Tell what is known of an append drafted without a look, when something goes wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import errors as sqlstates

from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor
from answerable.ledger.store.postgresql.errors import CONFLICTS, commit_errors, server_errors
from answerable.ledger.store.postgresql.writing.recording import record_unseen
from answerable.ledger.store.protocol.store import Placed
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow

MAY_GO_OTHERWISE = (
    sqlstates.ReadOnlySqlTransaction,
    sqlstates.LockNotAvailable,
    sqlstates.IdleSessionTimeout,
)
"""Name what else says that nothing was written, and that a transaction of our own may get on."""


def appended(
    connection: Connection,
    address: ServerAddress,
    events: Sequence[StoredRow],
    disclosures: Sequence[DisclosureRow],
    known: Last,
    latest: str,
    *,
    early: bool,
) -> Placed | None:
    """Append events that were drafted without a look, in a statement that commits by itself.

    Returns:
        Where they went; None where nothing was written, and a look may tell more: what they were
        drafted against does not hold any more, others hold the log for so long that it is to be
        said, the server had given up the connection for idle, or this role's transactions only read
        unless they say otherwise.

    Raises:
        OutcomeUnknown: the connection was lost, or no standby confirmed it.
    """
    try:
        cursor = PostgresCursor(connection)
        placed = record_unseen(cursor, events, disclosures, known, latest, early=early)
    except (*CONFLICTS, *MAY_GO_OTHERWISE):
        return None
    except psycopg.Error:
        # Who is told of an error over a connection that stays is told that it is undone.
        with (commit_errors if connection.closed else server_errors)(address):
            raise
    with commit_errors(address):
        connection.check_confirmed()
    return placed
