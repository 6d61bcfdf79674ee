"""Keeping for a while what is too much for memory, in a database without a name.

It spills to disk where it has to, and is gone when it is closed, or the process ends.
"""

from __future__ import annotations

import sqlite3

Scratch = sqlite3.Connection


def scratch(*tables: str) -> Scratch:
    """Return an empty database that is kept nowhere, with these tables."""
    made = sqlite3.connect("", isolation_level=None)
    for statement in ("PRAGMA synchronous = OFF", "PRAGMA journal_mode = OFF", *tables):
        made.execute(statement)
    return made
