"""Bringing a ledger of an earlier version to this one, in one transaction; no entry is touched.

Format 1 kept the leaf hashes in tiles of level 0. They are moved beside their entries as they are,
and not worked out again: an entry that was altered has to differ from its hash afterwards, too. The
table is written anew without an UPDATE, so that no guard over the entries is switched off. A guard
that is off or has another body stays so, for `verify` to find.

Format 2 had functions of other bodies, which did not look at whether the last entry was altered.
One that has yet another body stays as it is, for `verify` to find.
"""

from __future__ import annotations

from answerable.ledger.store.postgresql.schema import FORMAT, SCHEMA
from answerable.ledger.store.postgresql.writing.functions import FUNCTIONS
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import BUSY_SECONDS
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.tlog.edge import edge_of
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH, ShortTileError

WAITED = f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"

HELD = "SELECT version FROM format FOR UPDATE"
"""Tells the version to one at a time."""

LEAF_OF = f"""
CREATE FUNCTION leaf_of(place bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT substr(hashes, (((place - 1) % {TILE_WIDTH}) * {HASH_SIZE} + 1)::int, {HASH_SIZE})
        FROM tiles WHERE level = 0 AND number = (place - 1) / {TILE_WIDTH}
    ), ''::bytea)
$$"""

LEAVES = (
    LEAF_OF,
    "ALTER TABLE stored_events ADD leaf bytea",
    "ALTER TABLE stored_events ALTER leaf TYPE bytea USING leaf_of(rowid)",
    "ALTER TABLE stored_events ALTER leaf SET NOT NULL",
    "DROP FUNCTION leaf_of(bigint)",
)

BODIES = {
    "append": "357678e2968a3274fdd9f4928c806843",
    "settle": "120e6d5354ae0682c8c96d43660394df",
}
"""The MD5 of the bodies of the functions of format 2, by name."""

BODY = (
    f"SELECT md5(prosrc) FROM pg_proc WHERE pronamespace = '{SCHEMA}'::regnamespace AND proname = ?"
)

KEEPER = "tiles_are_not_deleted"

KEEPING = "SELECT tgenabled::text FROM pg_trigger WHERE tgrelid = 'tiles'::regclass AND tgname = ?"

KEPT_AGAIN = {"A": "ENABLE ALWAYS", "O": "ENABLE", "R": "ENABLE REPLICA"}
"""Says how a trigger is switched on as it was; one that was off stays off."""


def upgrade(cursor: Cursor) -> None:
    """Bring a ledger to this version, in a transaction that the caller commits."""
    cursor.execute(WAITED)
    (version,) = cursor.execute(HELD).fetchone()
    if version == FORMAT:
        return
    if version == 1:
        _leaves_beside_entries(cursor)
        for function in FUNCTIONS:
            cursor.execute(function)
    else:
        for name, function in zip(BODIES, FUNCTIONS, strict=True):
            if cursor.execute(BODY, (name,)).fetchall() == [(BODIES[name],)]:
                cursor.execute(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1))
    cursor.execute("UPDATE format SET version = ?", (FORMAT,))


def _leaves_beside_entries(cursor: Cursor) -> None:
    for statement in LEAVES:
        cursor.execute(statement)
    _without_level_0(cursor)
    (size,) = cursor.execute("SELECT size FROM head").fetchone()
    try:
        edge = edge_of(size, tile_reader(cursor))
    except ShortTileError:
        edge = b""  # The tree was cut short: `verify` says where.
    cursor.execute("ALTER TABLE head ADD edge bytea, ADD early boolean")
    cursor.execute("UPDATE head SET edge = ?, early = false", (edge,))
    cursor.execute("ALTER TABLE head ALTER edge SET NOT NULL, ALTER early SET NOT NULL")


def _without_level_0(cursor: Cursor) -> None:
    row = cursor.execute(KEEPING, (KEEPER,)).fetchone()
    again = row and KEPT_AGAIN.get(row[0])
    if again:
        cursor.execute(f"ALTER TABLE tiles DISABLE TRIGGER {KEEPER}")
    cursor.execute("DELETE FROM tiles WHERE level = 0")
    if again:
        cursor.execute(f"ALTER TABLE tiles {again} TRIGGER {KEEPER}")
