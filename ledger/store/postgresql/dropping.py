"""Dropping what is made from the record, whatever goes by its name, and whoever owns it."""

from __future__ import annotations

from answerable.ledger.store.protocol import Cursor

RELATION = """
SELECT relkind::text, pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(?)
"""

KINDS = {
    "r": "TABLE",
    "p": "TABLE",
    "v": "VIEW",
    "m": "MATERIALIZED VIEW",
    "f": "FOREIGN TABLE",
    "S": "SEQUENCE",
    "i": "INDEX",
    "c": "TYPE",
}
"""Maps what `pg_class` calls what has a name to what drops it."""


def drop(cursor: Cursor, name: str) -> None:
    """Drop a table, whatever goes by its name, if anything does.

    Who does not own it may still empty it: then it is empty, and its file is another.
    """
    found = cursor.execute(RELATION, (name,)).fetchone()
    if found is not None:
        kind, owned = found
        cursor.execute(f"DROP {KINDS[kind]} {name}" if owned else f"TRUNCATE {name}")
