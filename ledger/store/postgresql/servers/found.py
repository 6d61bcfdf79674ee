"""Finding out whether a database holds a ledger, and of which format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.ledger.errors import LedgerNotFound, NotALedger, StorageFailed
from answerable.ledger.store.postgresql.schema import FORMAT, OLDEST_FORMAT, SCHEMA

if TYPE_CHECKING:
    from answerable.ledger.store.protocol.cursor import Cursor

THERE = f"""
SELECT (SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = '{SCHEMA}'),
    to_regclass('stored_events') IS NOT NULL AND EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = to_regclass('format')
        AND attname = 'version' AND atttypid = 'integer'::regtype
    )
"""
"""Tells whether who asks may look into the schema, if it is there, and it has what a ledger has."""


def format_of(cursor: Cursor, name: str) -> int:
    """Return the format of the ledger in a database.

    Args:
        cursor: a transaction that reads.
        name: what messages call the ledger.

    Raises:
        LedgerNotFound: there is none.
        NotALedger: it is of another version, or something else goes by its name.
        StorageFailed: who asks may not look into it.
    """
    may_look, ledger = cursor.execute(THERE).fetchone()
    if may_look is None:
        raise LedgerNotFound(
            f"there is no ledger at {name}.",
            hint="Make one with `Ledger.create`, or name another.",
            cli_hint="Make one with `answerable init`, or name another with --ledger.",
        )
    if not may_look:
        raise StorageFailed(
            f"your user of {name} may not look into the ledger there.",
            hint="Ask its owner to make you a member of the role that may: the one that ends in "
            "_reader, to ask about what stands in the open.",
        )
    found = cursor.execute("SELECT version FROM format").fetchall() if ledger else []
    if not found or found[0][0] is None:
        raise NotALedger(
            f"the schema {SCHEMA!r} at {name} holds no ledger: something else goes by that name, "
            "or tables of the ledger are gone.",
            hint="Name another database. If a ledger was there, restore a backup of it.",
        )
    version: int = found[0][0]
    if not OLDEST_FORMAT <= version <= FORMAT:
        raise NotALedger(
            f"{name} has format {version}; this version of answerable reads {FORMAT}.",
            hint="Use the version of answerable that made it.",
        )
    return version
