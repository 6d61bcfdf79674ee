"""Test that each way to change a ledger's schema on a server is named, and tuning it is not.

Each change is made in a transaction that is undone, and the schema is looked at in between.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.support.lengths import sample
from tests.support.postgresql import Server

from answerable.cli.main import run
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import connect
from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor
from answerable.ledger.store.postgresql.guards import schema_problems

BEGIN = (
    "BEGIN; SET LOCAL search_path TO answerable, pg_temp; SET LOCAL allow_system_table_mods = on"
)

AGAIN = (
    "DO $$ DECLARE made text := (SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = "
    "'{name}' AND pronamespace = 'answerable'::regnamespace); BEGIN {drop} EXECUTE "
    "replace(made, '{was}', '{now}'); END $$"
)
"""Makes a function again, as it was but for a part of its declaration."""

NOTHING = (
    "CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NULL; END'; "
)

OF_EACH_TABLE = (
    "ALTER TABLE {table} SET UNLOGGED",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY other ON {table} USING (true)",
    "ALTER TABLE {table} RENAME TO other",
    "ALTER TABLE {table} ADD CHECK (true) NOT VALID",
    "ALTER TABLE {table} ADD other integer",
    "ALTER TABLE {table} ADD other integer GENERATED ALWAYS AS (1) STORED",
    "CREATE RULE other AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TABLE public.other () INHERITS ({table})",
    "CREATE TABLE public.other (); ALTER TABLE {table} INHERIT public.other",
    "CREATE PUBLICATION other FOR TABLE {table}",
    "CREATE MATERIALIZED VIEW public.other AS SELECT * FROM {table}",
    NOTHING + "CREATE TRIGGER other AFTER INSERT ON {table} EXECUTE FUNCTION public.nothing()",
    NOTHING + "CREATE TRIGGER other BEFORE TRUNCATE ON {table} EXECUTE FUNCTION public.nothing()",
    "GRANT UPDATE ON {table} TO PUBLIC",
    "ALTER TABLE {table} OWNER TO pg_monitor",
)

OF_EACH_FUNCTION = (
    "ALTER FUNCTION {name} STRICT",
    "ALTER FUNCTION {name} IMMUTABLE",
    "ALTER FUNCTION {name} STABLE",
    "ALTER FUNCTION {name} SECURITY DEFINER",
    "ALTER FUNCTION {name} LEAKPROOF",
    "ALTER FUNCTION {name} PARALLEL SAFE",
    "ALTER FUNCTION {name} SET work_mem = '64kB'",
    "ALTER FUNCTION {name} RENAME TO other",
    "ALTER FUNCTION {name} SET SCHEMA public",
    "ALTER FUNCTION {name} OWNER TO pg_monitor",
    "DROP FUNCTION {name} CASCADE",
)

OF_EACH_INDEX = (
    "ALTER INDEX {name} RENAME TO other",
    *(
        f"UPDATE pg_index SET {column} = {value} WHERE indexrelid = '{{name}}'::regclass"
        for column, value in {
            "indisvalid": "false",
            "indisready": "false",
            "indislive": "false",
            "indisunique": "NOT indisunique",
            "indimmediate": "false",
        }.items()
    ),
)

FOREIGN = "CREATE FOREIGN DATA WRAPPER other; CREATE SERVER other FOREIGN DATA WRAPPER other; "

ELSEWHERE = "ALTER TABLE checkpoints SET SCHEMA public; "

OTHERS = (
    AGAIN.format(name="settle", drop="", was="on_standbys boolean", now="on_standbys integer"),
    AGAIN.format(name="settle", drop="DROP FUNCTION settle;", was="RETURNS void",
                 now="RETURNS SETOF void"),
    AGAIN.format(name="append", drop="", was="texts bytea[],", now="texts bytea[] DEFAULT NULL,"),
    AGAIN.format(name="append", drop="", was="place bigint", now="place integer"),
    AGAIN.format(name="append", drop="DROP FUNCTION append;", was="place bigint",
                 now="place numeric"),
    "CREATE PROCEDURE other() LANGUAGE sql AS ''",
    "CREATE AGGREGATE other(integer) (SFUNC = int4pl, STYPE = integer)",
    "CREATE TYPE other AS ENUM ('a')",
    "CREATE TYPE other AS (a integer)",
    "CREATE DOMAIN other AS text",
    "CREATE SEQUENCE other",
    "CREATE VIEW other AS SELECT 1",
    "CREATE MATERIALIZED VIEW other AS SELECT 1",
    FOREIGN + "CREATE FOREIGN TABLE other (a integer) SERVER other",
    FOREIGN + ELSEWHERE + "CREATE FOREIGN TABLE checkpoints (size bigint, note bytea) SERVER other",
    ELSEWHERE + "CREATE VIEW checkpoints AS SELECT * FROM public.checkpoints",
    ELSEWHERE + "CREATE MATERIALIZED VIEW checkpoints AS SELECT * FROM public.checkpoints",
    ELSEWHERE + "CREATE TABLE checkpoints (LIKE public.checkpoints) PARTITION BY RANGE (size)",
    ELSEWHERE + "CREATE TABLE checkpoints (LIKE public.checkpoints INCLUDING ALL)",
    "CREATE TEXT SEARCH CONFIGURATION simple (COPY = english)",
    "CREATE TEXT SEARCH DICTIONARY other (TEMPLATE = simple)",
    "CREATE CONVERSION other FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
    "CREATE FUNCTION public.same(bytea, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'; "
    "CREATE OPERATOR = (LEFTARG = bytea, RIGHTARG = text, FUNCTION = public.same)",
    "CREATE OPERATOR FAMILY other USING btree",
    "CREATE COLLATION \"C\" (provider = icu, locale = 'de')",
    "CREATE FUNCTION public.other(bytea) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''x'''; "
    "CREATE CAST (bytea AS text) WITH FUNCTION public.other(bytea) AS IMPLICIT",
    "CREATE PUBLICATION other FOR ALL TABLES",
    "CREATE PUBLICATION other FOR TABLES IN SCHEMA answerable",
    "CREATE SUBSCRIPTION other CONNECTION 'host=other' PUBLICATION other WITH (connect = false); "
    "INSERT INTO pg_subscription_rel SELECT oid, 'imports'::regclass, 'r' FROM pg_subscription",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA answerable GRANT ALL ON TABLES TO PUBLIC",
    "CREATE TABLE public.other (size bigint REFERENCES checkpoints ON DELETE CASCADE)",
    "CREATE TABLE public.other (digest bytea PRIMARY KEY); ALTER TABLE imports ADD FOREIGN KEY "
    "(digest) REFERENCES public.other ON DELETE CASCADE",
    NOTHING + "CREATE CONSTRAINT TRIGGER other AFTER INSERT ON imports DEFERRABLE INITIALLY "
    "DEFERRED FOR EACH ROW EXECUTE FUNCTION public.nothing()",
    *(
        f"ALTER SEQUENCE keys_rowid_seq {each}"
        for each in ("INCREMENT 2", "CYCLE", "MAXVALUE 5", "CACHE 10", "AS integer", "MINVALUE -5")
    ),
    "ALTER TABLE keys ALTER rowid SET GENERATED BY DEFAULT",
    "ALTER TABLE stored_events DROP CONSTRAINT stored_events_originator_id_originator_version_key; "
    "ALTER TABLE stored_events ADD UNIQUE (originator_id, originator_version) DEFERRABLE",
    "GRANT CREATE ON SCHEMA answerable TO PUBLIC",
    "ALTER SCHEMA answerable OWNER TO pg_monitor",
    "ALTER TRIGGER events_are_not_deleted ON stored_events RENAME TO other",
    "UPDATE pg_trigger SET tgtype = 2 WHERE tgname = 'events_are_not_deleted'",
    NOTHING + "UPDATE pg_trigger SET tgfoid = 'public.nothing'::regproc "
    "WHERE tgname = 'events_are_not_deleted'",
    "UPDATE pg_class SET relhastriggers = false WHERE relname = 'stored_events'",
    "UPDATE pg_class SET relhasindex = false WHERE relname = 'stored_events'",
    "GRANT UPDATE (about) ON disclosures TO PUBLIC",
)  # fmt: skip

SHORT = 70
"""The number of changes of each table, function and index that are tried, but in a soak."""

TUNING = (
    "ALTER TABLE {table} SET (fillfactor = 50, autovacuum_enabled = false)",
    "COMMENT ON TABLE {table} IS 'kept for ten years'",
    "ALTER TABLE {table} REPLICA IDENTITY FULL",
    "CREATE VIEW public.other AS SELECT * FROM {table}",
)
"""Lists what an operator may do: it neither keeps what is recorded nor acts on it."""


@pytest.fixture(scope="module")
def hand(postgresql: Server) -> Iterator[Connection]:
    """A connection of the owner's, to a ledger with all of its indexes."""
    name = postgresql.database()
    address = postgresql.address(name)
    with Ledger.create(address) as made:
        fields = {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person"}
        made.append(parse({**fields, "name": "Ann Bo"}), recorded_by="jane")
    for asked in (["search", "ann"], ["status", "--person", "Ann Bo"]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ANSWERABLE_LEDGER", address)
            assert run(asked) == 0
    connection = connect(ServerAddress(address))
    # Else psycopg would have the server forget all that is prepared, with each change undone.
    connection.prepare_threshold = None
    yield connection
    connection.close()
    postgresql.put_back(name)


def problems(hand: Connection, change: str = "SELECT") -> list[str]:
    """What is named while a change is there."""
    try:
        hand.execute(BEGIN.encode())
        hand.execute(change.encode())
        return [each.what for each in schema_problems(PostgresCursor(hand))]
    finally:
        hand.execute(b"ROLLBACK")


def names(hand: Connection, query: str) -> list[str]:
    rows = hand.execute(f"{query} = 'answerable'::regnamespace ORDER BY 1".encode()).fetchall()
    return [name for (name,) in rows]


def test_a_ledger_with_all_of_its_indexes_is_as_it_should_be(hand: Connection) -> None:
    assert problems(hand) == []


def test_each_change_is_named(hand: Connection) -> None:
    tables = names(hand, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace")
    functions = names(hand, "SELECT proname FROM pg_proc WHERE pronamespace")
    indexes = names(hand, "SELECT relname FROM pg_class WHERE relkind = 'i' AND relnamespace")
    assert {"texts", "named", "head"} < {*tables}
    assert {"append", "settle", "refuse"} == {*functions}
    of_each = [
        *(each.format(table=table) for table in tables for each in OF_EACH_TABLE),
        *(each.format(name=name) for name in functions for each in OF_EACH_FUNCTION),
        *(each.format(name=name) for name in indexes for each in OF_EACH_INDEX),
    ]
    changes = [*OTHERS, *sample(of_each, SHORT)]
    assert [change for change in changes if not problems(hand, change)] == []


def test_what_an_operator_may_tune_is_not_named(hand: Connection) -> None:
    for change in TUNING:
        for table in ("stored_events", "disclosures", "texts"):
            assert problems(hand, change.format(table=table)) == []
