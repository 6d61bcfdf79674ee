"""Holding the rights on a ledger's tables against those that its roles have, and no more.

Who may change a row by a right that no ledger gives, owns a table, passes row security, or is in a
role of another's, is found. What a superuser does, nobody can be kept from.
"""

from __future__ import annotations

from collections.abc import Iterator

from answerable.ledger.store.postgresql.rights.roles import (
    Right,
    Role,
    database_of,
    rights,
    tables_of,
)
from answerable.ledger.store.postgresql.schema import SCHEMA
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.protocol.cursor import Cursor

NAMED = "CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee)::text END"

GRANTED = f"""
SELECT {NAMED}, relname::text, privilege_type
FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner)))
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind NOT IN ('i', 'I', 'S', 'c')
    AND grantee != relowner
UNION ALL
SELECT {NAMED}, relname || '.' || attname, privilege_type
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, aclexplode(attacl)
WHERE relnamespace = '{SCHEMA}'::regnamespace AND grantee != relowner
UNION ALL
SELECT {NAMED}, 'the schema', privilege_type
FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
WHERE nspname = '{SCHEMA}' AND grantee != nspowner
"""
"""Lists what others than the owner may do: who, on what, and what."""

OWNERS = f"""
SELECT 'the schema', pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = '{SCHEMA}'
UNION ALL
SELECT 'the table ' || relname, pg_get_userbyid(relowner)::text FROM pg_class
WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r'
UNION ALL
SELECT 'the function ' || proname, pg_get_userbyid(proowner)::text FROM pg_proc
WHERE pronamespace = '{SCHEMA}'::regnamespace
"""

SCHEMA_OWNER = (
    f"SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = '{SCHEMA}'"
)

ATTRIBUTES = """
SELECT rolname::text, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles
WHERE rolname IN (?, ?, ?, ?, ?)
"""

MEMBERS = """
SELECT pg_get_userbyid(roleid)::text, pg_get_userbyid(member)::text FROM pg_auth_members
WHERE pg_get_userbyid(member) IN (?, ?, ?, ?, ?)
"""

OF_ALL_DATA = """
SELECT pg_get_userbyid(member)::text, pg_get_userbyid(roleid)::text FROM pg_auth_members
WHERE pg_get_userbyid(roleid) IN ('pg_read_all_data', 'pg_write_all_data')
"""

HARMLESS = frozenset({"SELECT", "USAGE"})
"""List what anyone may be given on a ledger without roles, whose owner sees to that."""


def rights_problems(cursor: Cursor, *, with_roles: bool) -> Iterator[Problem]:
    """Yield who may do what nobody should, and who may not do what a role is for."""
    database = database_of(cursor)
    if with_roles:
        owner = Role.OWNER.of(database)
        yield from _roles_problems(cursor, database)
    else:
        (owner,) = cursor.execute(SCHEMA_OWNER).fetchone()
    for what, owned_by in cursor.execute(OWNERS).fetchall():
        if owned_by != owner:
            yield Problem(None, f"{what} belongs to the role {owned_by}, and should to {owner}")
    there = {Right(*row) for row in cursor.execute(GRANTED).fetchall()}
    given = set(_given(cursor, database)) if with_roles else set[Right]()
    for right in sorted(there - given):
        if with_roles or right.to not in HARMLESS:
            what = f"the role {right.role} may {right.to} on {right.on}, which no role of it may"
            yield Problem(None, what)
    for right in sorted(given - there):
        yield Problem(None, f"the role {right.role} may not {right.to} on {right.on}, and should")


def _given(cursor: Cursor, database: str) -> Iterator[Right]:
    yield from rights(database, tables_of(cursor))
    for role in Role:
        if role != Role.OWNER:
            yield Right(role.of(database), "the schema", "USAGE")


def _roles_problems(cursor: Cursor, database: str) -> Iterator[Problem]:
    names = [role.of(database) for role in Role]
    found = {name: powers for name, *powers in cursor.execute(ATTRIBUTES, names).fetchall()}
    for name in names:
        if name not in found:
            yield Problem(None, f"the role {name} is not there")
            continue
        is_super, passes, logs_in = found[name]
        if is_super or passes:
            yield Problem(None, f"the role {name} passes by what the others are kept to")
        if logs_in:
            yield Problem(None, f"the role {name} can log in, and nobody should as a role")
    writer_of_eraser = (Role.WRITER.of(database), Role.ERASER.of(database))
    members = {tuple(row) for row in cursor.execute(MEMBERS, names).fetchall()}
    for role, member in sorted(members - {writer_of_eraser}):
        yield Problem(None, f"the role {member} may do all that {role} may, and should not")
    if writer_of_eraser not in members:
        yield Problem(None, f"the role {names[2]} may not do what {names[1]} may, and should")
    for member, role in cursor.execute(OF_ALL_DATA).fetchall():
        yield Problem(None, f"the role {member} has the tables of all ledgers here, by {role}")
