"""Asking a server which one it is, on which timeline, and whether commits wait for a standby."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from answerable.ledger.system.server_standing import Standing

if TYPE_CHECKING:
    from answerable.ledger.store.protocol.cursor import Cursor

STANDING = """
WITH followers AS (
    SELECT flush_lsn FROM pg_stat_replication
    WHERE application_name NOT IN ('pg_basebackup', 'pg_receivewal')
)
SELECT (SELECT system_identifier::text FROM pg_control_system()),
    CAST(CAST('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) AS bit(32)) AS int),
    EXISTS (SELECT 1 FROM followers)
        OR EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_type = 'physical'),
    EXISTS (SELECT 1 FROM followers),
    current_setting('synchronous_standby_names') != ''
        AND current_setting('synchronous_commit') IN ('on', 'remote_apply'),
    (SELECT CAST(min(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), flush_lsn)) AS bigint)
        FROM followers)
"""
"""Asks for it. How far others have come is told to those alone who may read all statistics.

The timeline is the beginning of the name of a file of the log
(https://www.postgresql.org/docs/15/functions-admin.html#FUNCTIONS-ADMIN-BACKUP).
"""


def standing_of(cursor: Cursor) -> Standing | None:
    """Return where a server stands; None where it is one that knows nothing of the kind."""
    cursor.execute("SAVEPOINT asked")
    try:
        row = cursor.execute(STANDING).fetchone()
    except (psycopg.errors.UndefinedFunction, psycopg.errors.UndefinedTable):
        cursor.execute("ROLLBACK TO asked")
        return None
    cursor.execute("RELEASE asked")
    return Standing(*row)
