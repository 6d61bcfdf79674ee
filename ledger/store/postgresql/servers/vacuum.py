"""Have a server give back the pages that held what was erased, and find out whether it did.

Who does not own the table is only warned that it was left as it is. And what a transaction anywhere
may still read, a standby's too, is kept for it: that shows in the table's statistics, which a
vacuum sets.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import Diagnostic

from answerable.ledger.store.postgresql.schema import SCHEMA

TELL = b"SELECT pg_stat_force_next_flush()"
"""Has this session tell the statistics what it erased before the vacuum sets them."""

VACUUM = f"VACUUM {SCHEMA}.disclosures".encode()

STILL_READ = f"""
SELECT coalesce(sum(n_dead_tup), 0) FROM pg_stat_all_tables
WHERE relid IN (
    SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class
    WHERE oid = '{SCHEMA}.disclosures'::regclass
)""".encode()


def remains_after_vacuum(connection: psycopg.Connection[tuple[Any, ...]]) -> str | None:
    """Vacuum the table of sealed texts.

    Args:
        connection: one outside any transaction.

    Returns:
        Why bytes of what was erased remain; None where none do.
    """
    warned: list[str] = []

    def hear(said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            warned.append(said.message_primary or "the server gave a warning")

    connection.execute(TELL)
    connection.add_notice_handler(hear)
    try:
        connection.execute(VACUUM)
    finally:
        connection.remove_notice_handler(hear)
    if warned:
        return warned[0]
    row = connection.execute(STILL_READ).fetchone()
    if row is not None and row[0]:
        return "a transaction that began before may still read them"
    return None
