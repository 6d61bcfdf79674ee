"""Try every statement as each role, and every way to give one more than it should have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from psycopg import errors as sqlstates
from tests.support.postgresql import Server

from answerable.domain.kinds import FAMILY, model
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.opening import make_roles
from answerable.ledger.store.postgresql.guards import schema_problems
from answerable.ledger.store.postgresql.rights.roles import POLICY_TEXT
from answerable.ledger.verify.record import verify_record

ROLES = ("owner", "writer", "eraser", "reader", "auditor")
ALL, NONE = frozenset(ROLES), frozenset[str]()
RECORDING = frozenset(("owner", "writer", "eraser"))
SEEING = ALL - {"reader"}
OWNER = frozenset({"owner"})

EVENT = "INSERT INTO stored_events VALUES (9, 'acme', 9, 't', sha256('9'), 'leaf')"

MAY = {
    **{f"SELECT * FROM {table}": ALL for table in (
        "format", "head", "stored_events", "disclosures", "tiles", "imports", "keys",
        "checkpoints", "timestamps", "documents", "tracking",
    )},
    "SELECT * FROM named": SEEING,
    EVENT: RECORDING,
    "INSERT INTO disclosures VALUES (9, 0, 'title', '', 'text')": RECORDING,
    "INSERT INTO disclosures VALUES (9, 0, 'title', '', NULL)": OWNER,
    "INSERT INTO tiles VALUES (1, 9, 'h')": RECORDING,
    "INSERT INTO imports VALUES ('d', 1)": RECORDING,
    "INSERT INTO keys (vkey, adopted) VALUES ('k', 0)": RECORDING,
    "INSERT INTO checkpoints VALUES (9, 'note')": RECORDING,
    "INSERT INTO timestamps VALUES ('t', 9, 'note')": RECORDING,
    "INSERT INTO head VALUES (9, '', false)": OWNER,
    "INSERT INTO format VALUES (9)": OWNER,
    "UPDATE head SET size = size + 1": RECORDING,
    "UPDATE tiles SET hashes = hashes || 'h'": RECORDING,
    "UPDATE checkpoints SET note = note || 'n'": RECORDING,
    "UPDATE keys SET retired = 1 WHERE retired IS NULL": RECORDING,
    "UPDATE imports SET lines = 2": RECORDING,
    "DELETE FROM imports": RECORDING,
    "UPDATE disclosures SET disclosure = NULL": frozenset(("owner", "eraser")),
    "UPDATE disclosures SET disclosure = 'another'": NONE,
    "UPDATE disclosures SET disclosure = NULL, about = 'nobody'": NONE,
    "UPDATE disclosures SET field = 'another'": NONE,
    "UPDATE stored_events SET topic = 'dispute'": NONE,
    "UPDATE head SET size = 0": NONE,
    "UPDATE keys SET vkey = 'another'": NONE,
    "UPDATE tiles SET level = 7": NONE,
    "UPDATE timestamps SET note = 'another'": NONE,
    "UPDATE format SET version = 9": OWNER,
    **{f"DELETE FROM {table}": NONE for table in (
        "stored_events", "disclosures", "tiles", "keys", "checkpoints", "timestamps", "head",
    )},
    "DELETE FROM format": OWNER,
    **{f"TRUNCATE {table}": NONE for table in (
        "stored_events", "disclosures", "tiles", "keys", "checkpoints", "timestamps", "head",
    )},
    **{f"{change} {table}": RECORDING for change in ("DELETE FROM",) for table in (
        "documents", "tracking", "named",
    )},
    "TRUNCATE named": RECORDING,
    "TRUNCATE documents": RECORDING,
    "SELECT * FROM texts": SEEING,
    "SELECT * FROM withheld": SEEING,
    "TRUNCATE texts": RECORDING,
    "INSERT INTO named VALUES (9, 9, 9)": RECORDING,
    "INSERT INTO documents VALUES ('v', 'k', 'c', 'b')": RECORDING,
    "ALTER TABLE stored_events DISABLE TRIGGER ALL": OWNER,
    "ALTER TABLE disclosures DISABLE ROW LEVEL SECURITY": OWNER,
    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'": OWNER,
    "CREATE TABLE copies (text bytea)": OWNER,
    "CREATE TRIGGER more BEFORE INSERT ON stored_events EXECUTE FUNCTION refuse()": OWNER,
    "DROP TABLE documents": OWNER,
    "LOCK TABLE stored_events IN ACCESS EXCLUSIVE MODE": OWNER,
    "SET session_replication_role TO replica": NONE,
    "SET row_security TO off; SELECT disclosure FROM disclosures": OWNER,
}  # fmt: skip
"""Maps each statement to the roles that may run it."""

REFUSED = (sqlstates.InsufficientPrivilege, sqlstates.IntegrityConstraintViolation)


@pytest.fixture(scope="module")
def database(postgresql: Server) -> Iterator[str]:
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as made:
        made.append(parse({"case_id": "acme", "kind": "case-opened", "title": "t"}),
                    recorded_by="jane")  # fmt: skip
    make_roles(postgresql.address(name))
    for statement in (
        "INSERT INTO answerable.keys VALUES ('k-1', 0)",
        "INSERT INTO answerable.checkpoints VALUES (1, 'note')",
        "INSERT INTO answerable.timestamps VALUES ('t-1', 1, 'note')",
        "INSERT INTO answerable.tiles VALUES (1, 0, 'h')",
    ):
        postgresql.sql(statement, name)
    for role in ROLES:
        postgresql.sql(f"CREATE ROLE {role}_of_{name} LOGIN IN ROLE {name}_{role}")
    yield name
    postgresql.put_back(name)


def _may(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    """Tell whether a statement is run; it is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL search_path TO answerable")
            connection.execute(statement.encode())
    except REFUSED:
        return False
    return True


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_what_it_is_for_and_nothing_else(
    postgresql: Server, database: str, role: str
) -> None:
    address = postgresql.address(database, user=f"{role}_of_{database}")
    with closing(psycopg.connect(address)) as connection:
        may = {statement for statement in MAY if _may(connection, statement)}
    assert may == {statement for statement, roles in MAY.items() if role in roles}


def test_sealed_texts_are_shown_to_all_but_readers(postgresql: Server, database: str) -> None:
    for role in ROLES:
        address = postgresql.address(database, user=f"{role}_of_{database}")
        with Ledger.open(address) as ledger:
            shown = ledger.opened([0])[0]
            assert (shown.fields, shown.missing) == (
                ({}, 2) if role == "reader" else ({"title": "t", "recorded_by": "jane"}, 0)
            )
            assert ledger.withheld_from == (f"reader_of_{database}" if role == "reader" else "")


def test_readers_are_shown_the_texts_of_policies_and_of_no_other_kind(
    postgresql: Server, database: str
) -> None:
    assert [kind for kind in FAMILY if POLICY_TEXT in model(kind).sealed] == ["policy-adopted"]
    adopted = {"case_id": "house", "kind": "policy-adopted", "policy": "conduct",
               "policy_version": "1", "text": "No gifts."}  # fmt: skip
    with Ledger.open(postgresql.address(database)) as ledger:
        at = ledger.append(parse(adopted), recorded_by="jane").position
    address = postgresql.address(database, user=f"reader_of_{database}")
    with Ledger.open(address) as ledger:
        shown = ledger.opened([at])[at]
        assert (shown.fields, shown.missing) == ({"text": "No gifts."}, 1)
        assert ledger.withheld_from == f"reader_of_{database}"
    [(found,)] = postgresql.sql("SELECT count(*) FROM answerable.disclosures", database)
    with closing(psycopg.connect(address)) as connection:
        seen = connection.execute("SELECT field FROM answerable.disclosures").fetchall()
    assert seen == [("text",)]
    assert found > 1


ATTACKS = {
    "GRANT UPDATE ON answerable.stored_events TO {}_writer":
        "the role {}_writer may UPDATE on stored_events, which no role of it may",
    "GRANT UPDATE (about) ON answerable.disclosures TO {}_eraser":
        "the role {}_eraser may UPDATE on disclosures.about, which no role of it may",
    "GRANT SELECT ON answerable.disclosures TO PUBLIC":
        "the role PUBLIC may SELECT on disclosures, which no role of it may",
    "GRANT SELECT ON answerable.named TO {}_reader":
        "the role {}_reader may SELECT on named, which no role of it may",
    "GRANT CREATE ON SCHEMA answerable TO {}_writer":
        "the role {}_writer may CREATE on the schema, which no role of it may",
    "REVOKE INSERT ON answerable.stored_events FROM {}_writer":
        "the role {}_writer may not INSERT on stored_events, and should",
    "ALTER TABLE answerable.tiles OWNER TO writer_of_{}":
        "the table tiles belongs to the role writer_of_{}, and should to {}_owner",
    "ALTER FUNCTION answerable.refuse() OWNER TO writer_of_{}":
        "the function refuse belongs to the role writer_of_{}, and should to {}_owner",
    "ALTER ROLE {}_reader BYPASSRLS":
        "the role {}_reader passes by what the others are kept to",
    "ALTER ROLE {}_writer LOGIN": "the role {}_writer can log in, and nobody should as a role",
    "GRANT {}_owner TO {}_writer":
        "the role {}_writer may do all that {}_owner may, and should not",
    "REVOKE {}_writer FROM {}_eraser":
        "the role {}_eraser may not do what {}_writer may, and should",
    "GRANT pg_write_all_data TO reader_of_{}":
        "the role reader_of_{} has the tables of all ledgers here, by pg_write_all_data",
    "ALTER POLICY policies_are_read ON answerable.disclosures USING (true)":
        "the policy policies_are_read of the schema was changed",
    "DROP POLICY texts_are_recorded ON answerable.disclosures":
        "the policy texts_are_recorded of the schema was removed",
    "ALTER POLICY texts_are_read ON answerable.disclosures TO PUBLIC":
        "the policy texts_are_read of the schema was changed",
    "ALTER POLICY texts_are_erased ON answerable.disclosures WITH CHECK (true)":
        "the policy texts_are_erased of the schema was changed",
    "CREATE POLICY more ON answerable.disclosures FOR SELECT TO {}_reader USING (true)":
        "the schema has a policy that no ledger has, 'more'",
    "ALTER TABLE answerable.disclosures DISABLE ROW LEVEL SECURITY":
        "the relation disclosures of the schema was changed",
    "CREATE ROLE z{0}_writer; ALTER POLICY texts_are_read ON answerable.disclosures "
    "TO z{0}_writer, {0}_auditor": "the policy texts_are_read of the schema was changed",
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_role_with_too_much_power_or_too_little_is_found(
    postgresql: Server, database: str, attack: str
) -> None:
    with Ledger.open(postgresql.address(database)) as ledger:
        with ledger._undone() as cursor:
            assert list(schema_problems(cursor)) == []
            for statement in _filled(attack, database).split("; "):
                cursor.execute(statement)
            found = [problem.what for problem in schema_problems(cursor)]
        assert _filled(ATTACKS[attack], database) in found


def _filled(words: str, database: str) -> str:
    return words.replace("{0}", database).replace("{}", database)


def test_rights_that_were_changed_are_set_anew(postgresql: Server, database: str) -> None:
    postgresql.sql(f"GRANT UPDATE ON answerable.tiles TO {database}_reader", database)
    postgresql.sql("ALTER TABLE answerable.disclosures DISABLE ROW LEVEL SECURITY", database)
    make_roles(postgresql.address(database))
    with Ledger.open(postgresql.address(database)) as ledger, ledger._reading() as cursor:
        assert list(schema_problems(cursor)) == []


def test_who_may_make_roles_and_owns_the_ledger_needs_to_be_no_superuser(
    postgresql: Server,
) -> None:
    name = postgresql.database()
    admin = f"admin_of_{name}"
    postgresql.sql(f"CREATE ROLE {admin} LOGIN CREATEROLE")
    postgresql.sql(f"ALTER DATABASE {name} OWNER TO {admin}")
    place = postgresql.address(name, user=admin)
    Ledger.create(place).close()
    for _ in range(2):
        assert make_roles(place)[f"{name}_auditor"].startswith("reads everything")
    with Ledger.open(place) as ledger:
        ledger.append(parse({"case_id": "acme", "kind": "case-opened", "title": "t"}),
                      recorded_by="jane")  # fmt: skip
        assert verify_record(ledger).problems == ()
        ledger.forget_bytes()
    postgresql.sql(f"ALTER DATABASE {name} OWNER TO owner")
    postgresql.put_back(name)


def test_a_ledger_without_roles_is_its_owners_alone(postgresql: Server) -> None:
    name = postgresql.database()
    postgresql.sql(f"CREATE ROLE other_of_{name}")
    with Ledger.create(postgresql.address(name)) as made:
        postgresql.sql(f"GRANT SELECT ON answerable.stored_events TO other_of_{name}", name)
        assert verify_record(made).problems == ()
        postgresql.sql(f"GRANT DELETE ON answerable.stored_events TO other_of_{name}", name)
        [found] = verify_record(made).problems
    assert found.what == (
        f"the role other_of_{name} may DELETE on stored_events, which no role of it may"
    )
    postgresql.put_back(name)
