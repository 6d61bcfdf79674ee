"""Waiting until what was committed is on the server's disk, and looking what is there then."""

from __future__ import annotations

from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.rows import Last

SETTLE = f"SELECT {SCHEMA}.settle(?), (SELECT leaf FROM {SCHEMA}.stored_events WHERE rowid = ?)"
"""Waits for the disk. What is seen as it begins is on disk when it is over."""


def is_settled(connection: Connection, last: Last | None, *, on_standbys: bool) -> bool:
    """Wait until all that was committed is on disk. Tell whether the last entry is among it.

    A server that was killed and started again may have lost it, and has nothing to wait for.

    Raises:
        Unconfirmed: a wait for a standby was given up.
    """
    position = -1 if last is None else last.position
    row = PostgresCursor(connection).execute(SETTLE, (on_standbys, position + 1)).fetchone()
    connection.check_confirmed()
    return last is None or (row is not None and row[1] == last.leaf)
