"""How many entries a thing made from the record reflects: a row of the library's tracking table."""

from __future__ import annotations

import sqlite3


def reflected(cursor: sqlite3.Cursor, name: str) -> int | None:
    """How many entries it has taken in; None where it was never made."""
    position: int | None = cursor.execute(
        "SELECT max(notification_id) FROM tracking WHERE application_name = ?", (name,)
    ).fetchone()[0]
    return position


def reflect(cursor: sqlite3.Cursor, name: str, size: int) -> None:
    """Have taken in so many entries, if the transaction is committed."""
    cursor.execute("INSERT OR REPLACE INTO tracking VALUES (?, ?)", (name, size))


def forget(cursor: sqlite3.Cursor, names: str) -> None:
    """Have taken in nothing, under any of the names that a pattern (`GLOB`) fits."""
    cursor.execute("DELETE FROM tracking WHERE application_name GLOB ?", (names,))


def is_there(cursor: sqlite3.Cursor, table: str) -> bool:
    """Whether a table was made."""
    statement = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return cursor.execute(statement, (table,)).fetchone() is not None
