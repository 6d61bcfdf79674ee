"""Dropping what is made from the record, and making it, whoever owns it.

Where roles were made for the ledger, its owner made these tables with the rights on them, and
whoever else makes an index anew empties them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from answerable.ledger.store.postgresql.rights.roles import roles_made
from answerable.ledger.store.protocol.cursor import Cursor

RELATION = """
SELECT relkind::text, pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(?)
"""

MAKING = re.compile(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX) (?:IF NOT EXISTS )?(\w+)")
"""Finds what a statement makes."""

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

    With roles, and for who does not own it, it is emptied: then its file is another.
    """
    found = cursor.execute(RELATION, (name,)).fetchone()
    if found is not None:
        kind, owned = found
        emptied = kind == "r" and (not owned or roles_made(cursor))
        cursor.execute(f"TRUNCATE {name}" if emptied else f"DROP {KINDS[kind]} {name}")


def make(cursor: Cursor, statements: Iterable[str]) -> None:
    """Make those tables and indexes of some that are not there, and fill them.

    Only who may make tables may say IF NOT EXISTS of one that is there.
    """
    made = False
    for statement in statements:
        named = MAKING.match(statement.strip())
        if named is not None:
            if not cursor.dialect.table_exists(cursor, named[1]):
                cursor.execute(statement)
                made = True
        elif made or not statement.startswith("ALTER "):
            cursor.execute(statement)
