"""Tell whether a pooler stands before the server, and leave out what does not pass through one.

A pooler such as PgBouncer gives each transaction to whichever connection to the server is free, so
what a session keeps is missing there, or another's: statements that were prepared, above all. It
greets its clients with a process number of its own, which is no process of the server's.
"""

from __future__ import annotations

from typing import Any

import psycopg

WHO = b"SELECT pg_backend_pid()"


def is_pooled(connection: psycopg.Connection[tuple[Any, ...]]) -> bool:
    """Tell whether who answers is another than who greeted: a pooler is between."""
    row = connection.execute(WHO).fetchone()
    return row is not None and row[0] != connection.info.backend_pid
