"""Telling whether row security keeps sealed texts from who asks: they are there, and not shown."""

from __future__ import annotations

from answerable.ledger.store.protocol.cursor import Cursor

SHOWN = """
SELECT NOT row_security_active(pg_class.oid) OR EXISTS (
    SELECT 1 FROM pg_policy, unnest(polroles) AS whose
    WHERE polrelid = pg_class.oid AND polcmd IN ('r', '*')
        AND pg_get_expr(polqual, polrelid) = 'true'
        AND (whose = 0 OR pg_has_role(current_user, whose, 'USAGE'))
), current_user::text
FROM pg_class WHERE pg_class.oid = to_regclass('disclosures')"""
"""Tells whether all rows are shown, and to whom."""


def withheld_from(cursor: Cursor) -> str:
    """Return whom sealed texts are not shown to: the user; empty where they are."""
    row = cursor.execute(SHOWN).fetchone()
    return "" if row is None or row[0] else row[1]
