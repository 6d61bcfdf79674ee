"""The five roles of a ledger on a server, what each may do, and how they are made.

They are named after the database, and nobody logs in as one of them: who may record is made a
member, `GRANT house_writer TO jane`. What each may do is a list here, by tables and columns, which
`answerable.ledger.store.postgresql.rights.granted` holds the server's own against.

Row security is on the table of sealed texts alone: on entries it would turn a search by an index
into one through the whole table. A reader sees no row of it but the texts of policies that the
house adopted, by which its cases are judged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple

from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.protocol.cursor import Cursor

LONGEST_NAME = 63
"""Bytes of the longest name that a server keeps (NAMEDATALEN)."""


class Role(Enum):
    """A role of a ledger, by the end of its name."""

    OWNER = "owner"
    WRITER = "writer"
    ERASER = "eraser"
    READER = "reader"
    AUDITOR = "auditor"

    def of(self, database: str) -> str:
        """Return its name in the ledger of a database."""
        return f"{database}_{self.value}"


MAY = {
    Role.OWNER: "has the tables, vacuums them, and brings them up to a new version",
    Role.WRITER: "records, signs, and reads everything",
    Role.ERASER: "records as a writer does, and erases texts",
    Role.READER: "reads what stands in the open and the house's policies, and no other sealed text",
    Role.AUDITOR: "reads everything, sealed texts too, and writes nothing",
}
"""Maps each role to what it may do, in words."""

RECORD = frozenset(
    ("format", "head", "stored_events", "disclosures", "tiles", "imports", "keys", "checkpoints",
     "timestamps")
)  # fmt: skip
"""The tables of the record. All others are made from it."""

IN_THE_OPEN = frozenset(("documents", "tracking"))
"""The tables made from the record that tell nothing of what is sealed. The others do."""

RECORDED = {
    "head": ("UPDATE",),
    "stored_events": ("INSERT",),
    "disclosures": ("INSERT",),
    "tiles": ("INSERT",),
    "tiles.hashes": ("UPDATE",),
    "imports": ("INSERT", "DELETE"),
    "imports.lines": ("UPDATE",),
    "keys": ("INSERT",),
    "keys.retired": ("UPDATE",),
    "checkpoints": ("INSERT",),
    "checkpoints.note": ("UPDATE",),
    "timestamps": ("INSERT",),
}
"""Maps tables and columns of the record to what a writer may do beside reading."""


class Right(NamedTuple):
    """A right on a table, or a column of one.

    Attributes:
        role: who has it: a role's name.
        on: the table, or the table and the column.
        to: what may be done, as `aclexplode` calls it.
    """

    role: str
    on: str
    to: str


def rights(database: str, tables: Collection[str]) -> Iterator[Right]:
    """Yield what the roles may do with the tables that a ledger has."""
    writer = Role.WRITER.of(database)
    for table in tables:
        for role in (Role.WRITER, Role.AUDITOR):
            yield Right(role.of(database), table, "SELECT")
        if table in RECORD or table in IN_THE_OPEN:
            yield Right(Role.READER.of(database), table, "SELECT")
        if table not in RECORD:
            # What tells of sealed texts goes whole when one is erased.
            for may in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                yield Right(writer, table, may)
    for on, may_do in RECORDED.items():
        yield from (Right(writer, on, may) for may in may_do)
    yield Right(Role.ERASER.of(database), "disclosures.disclosure", "UPDATE")


POLICY_TEXT = "text"
"""The sealed field that readers are shown: the text of a policy, of which no other kind has one."""

POLICIES = (
    ("policies_are_read", "SELECT", (Role.READER,), f"USING (field = '{POLICY_TEXT}')"),
    ("texts_are_read", "SELECT", (Role.WRITER, Role.AUDITOR), "USING (true)"),
    ("texts_are_recorded", "INSERT", (Role.WRITER,), "WITH CHECK (disclosure IS NOT NULL)"),
    ("texts_are_erased", "UPDATE", (Role.ERASER,),
     "USING (disclosure IS NOT NULL) WITH CHECK (disclosure IS NULL)"),
)  # fmt: skip
"""Lists the policies on sealed texts: name, what for, whose, and which rows."""


def quoted(name: str) -> str:
    """Quote a name for a statement."""
    return '"' + name.replace('"', '""') + '"'


def database_of(cursor: Cursor) -> str:
    """Return the name of the database."""
    found: str = cursor.execute("SELECT current_database()::text").fetchone()[0]
    return found


def tables_of(cursor: Cursor) -> list[str]:
    """List the tables of the ledger."""
    rows = cursor.execute(
        f"SELECT relname::text FROM pg_class WHERE relnamespace = '{SCHEMA}'::regnamespace "
        "AND relkind = 'r' ORDER BY relname"
    )
    return [name for (name,) in rows.fetchall()]


def roles_made(cursor: Cursor) -> bool:
    """Tell whether roles were made for the ledger of this database."""
    found = cursor.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = ?", (Role.WRITER.of(database_of(cursor)),)
    )
    return found.fetchone() is not None


def make_roles(cursor: Cursor) -> dict[Role, str]:
    """Make the roles of a ledger, and give each what it may do and no more. Again is no harm.

    Args:
        cursor: a transaction of a superuser's, or of one who may make roles and owns the ledger.

    Returns:
        The roles by name.

    Raises:
        StorageFailed: the database's name is too long for names of roles.
    """
    database = database_of(cursor)
    names = {role: role.of(database) for role in Role}
    if any(len(name.encode()) > LONGEST_NAME for name in names.values()):
        raise StorageFailed(
            f"the name of the database, {database:.20}…, is too long to name roles after it.",
            hint="Give the database a name of at most 55 letters.",
        )
    there = {name for (name,) in cursor.execute("SELECT rolname::text FROM pg_roles").fetchall()}
    for name in names.values():
        if name not in there:
            cursor.execute(f"CREATE ROLE {quoted(name)} NOLOGIN")
    for statement in (*_owned(cursor, names[Role.OWNER]), *_granted(cursor, names)):
        cursor.execute(statement)
    return names


def _owned(cursor: Cursor, owner: str) -> Iterator[str]:
    """Yield what gives a ledger to its owner, whose member whoever gives it becomes."""
    (is_super,) = cursor.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not is_super:
        yield f"GRANT {quoted(owner)} TO CURRENT_USER"
    yield f"ALTER SCHEMA {SCHEMA} OWNER TO {quoted(owner)}"
    for table in tables_of(cursor):
        yield f"ALTER TABLE {SCHEMA}.{table} OWNER TO {quoted(owner)}"
    for function in _functions(cursor):
        yield f"ALTER FUNCTION {function} OWNER TO {quoted(owner)}"


def _functions(cursor: Cursor) -> list[str]:
    rows = cursor.execute(
        f"SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = '{SCHEMA}'::regnamespace"
    )
    return [name for (name,) in rows.fetchall()]


def _granted(cursor: Cursor, names: dict[Role, str]) -> Iterator[str]:
    """Yield what takes all rights from everyone but the owner, and gives each role its own."""
    others = {name for role, name in names.items() if role != Role.OWNER}
    listed = ", ".join(quoted(name) for name in sorted(others))
    tables = tables_of(cursor)
    yield f"GRANT {quoted(names[Role.WRITER])} TO {quoted(names[Role.ERASER])}"
    yield f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC, {listed}"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {listed}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {listed}"
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC, {listed}"
    yield f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} TO {quoted(names[Role.WRITER])}"
    # Who tells a head, be it to read, waits first until it is on disk.
    yield f"GRANT EXECUTE ON FUNCTION {SCHEMA}.settle(boolean) TO {listed}"
    for right in rights(database_of(cursor), tables):
        table, _, column = right.on.partition(".")
        what = f"{right.to} ({column})" if column else right.to
        yield f"GRANT {what} ON {SCHEMA}.{table} TO {quoted(right.role)}"
    yield f"ALTER TABLE {SCHEMA}.disclosures ENABLE ROW LEVEL SECURITY"
    for name, command, whose, rows in POLICIES:
        to = ", ".join(quoted(names[role]) for role in whose)
        yield f"DROP POLICY IF EXISTS {name} ON {SCHEMA}.disclosures"
        yield f"CREATE POLICY {name} ON {SCHEMA}.disclosures FOR {command} TO {to} {rows}"
