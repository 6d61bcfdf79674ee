"""An attacker who owns the tables of a ledger on a server, and puts everything back in its place.

What the server would refuse, it is made to do: guards are switched off and on again, constraints
dropped and made again. Some know the server's own tables too, which takes more than to own a
ledger's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.support.attacker import Attack
from tests.support.in_hand import OwnersHand, owners_hand

Apply = Callable[[Path], None]

VALUES = {
    "another row's": "(SELECT o.{column} FROM {table} o WHERE o.{column} != {table}.{column} "
    "ORDER BY o.{column} LIMIT 1)",
    "the greatest": "(SELECT o.{column} FROM {table} o ORDER BY o.{column} DESC LIMIT 1)",
    "a little more": "{column} + 1",
    "far more": "{column} + 1000",
    "less than nothing": "-1 - {column}",
    "cut short": "substr({column}, 1, length({column}) - 1)",
    "another text": "'person-9'",
    "nothing": "NULL",
    "empty": "''",
    "zero": "0",
    "bytes": "x'00'",
}
"""List what a column is made to say, in SQL."""

ADDED = ("{column} + 1", "-1 - {column}", "{column} || 'x'", "{column} || x'00'")
"""List what a column of an added row says, where the others say what another row does."""


def _run(*statements: str) -> Apply:
    def apply(place: Path) -> None:
        with owners_hand(place, guarded=False) as hand:
            for statement in statements:
                hand.execute(statement)

    return apply


def _unguarded(*statements: str) -> Apply:
    """Run statements that change the guards themselves, so that none is put back."""

    def apply(place: Path) -> None:
        with owners_hand(place) as hand:
            for statement in statements:
                hand.execute(statement)

    return apply


def _in_some_rows(table: str, column: str, value: str, where: str) -> Apply:
    return _run(f"UPDATE {table} SET {column} = {value} {where}")


def tables(place: Path) -> dict[str, list[str]]:
    """Every table of the ledger, with its columns."""
    with owners_hand(place) as hand:
        return hand.tables()


def column_attacks(place: Path) -> Iterator[Attack]:
    """Every column of every table: made to say something else, in all rows or in one."""
    for table, columns in tables(place).items():
        last = f"WHERE ctid = (SELECT ctid FROM {table} ORDER BY 1 DESC LIMIT 1)"
        for column in columns:
            for name, value in VALUES.items():
                said = value.format(table=table, column=column)
                for rows, where in (("all", ""), ("one", last)):
                    yield Attack(
                        f"{table}.{column}: {name}, in {rows}",
                        _in_some_rows(table, column, said, where),
                    )


def row_attacks(place: Path) -> Iterator[Attack]:
    """Every row of every table is deleted, one at a time; and each table is emptied."""
    for table in tables(place):
        with owners_hand(place) as hand:
            rows = hand.execute(f"SELECT ctid::text FROM {table} ORDER BY ctid").fetchall()
        for number, (ctid,) in enumerate(rows):
            yield Attack(
                f"{table}: row {number} deleted", _run(f"DELETE FROM {table} WHERE ctid = '{ctid}'")
            )
        yield Attack(f"{table}: emptied", _run(f"DELETE FROM {table}"))


def added_row_attacks(place: Path) -> Iterator[Attack]:
    """A copy of the rows of each table is added, with one of their columns otherwise."""
    for table, columns in tables(place).items():
        yield Attack(f"{table}: its rows twice", _run(f"INSERT INTO {table} SELECT * FROM {table}"))
        for column in columns:
            for value in ADDED:
                said = ", ".join(value.format(column=each) if each == column else each
                                 for each in columns)  # fmt: skip
                into = f"INSERT INTO {table} ({', '.join(columns)}) OVERRIDING SYSTEM VALUE"
                yield Attack(
                    f"{table}: rows added with {value.format(column=column)}",
                    _run(f"{into} SELECT {said} FROM {table} ON CONFLICT DO NOTHING"),
                )


def index_attacks(place: Path) -> Iterator[Attack]:
    """Every index: dropped, made over other rows under its name, or called unfit for use."""
    with owners_hand(place) as hand:
        found = hand.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), coalesce(conname, '') "
            "FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
            "LEFT JOIN pg_constraint ON conindid = indexrelid "
            "WHERE relnamespace = 'answerable'::regnamespace ORDER BY 1"
        ).fetchall()
    for name, text, constraint in found:
        drop = f"DROP INDEX {name}"
        if constraint:
            table = text.partition(" ON answerable.")[2].partition(" ")[0]
            drop = f"ALTER TABLE {table} DROP CONSTRAINT {constraint}"
        yield Attack(f"{name}: dropped", _run(drop))
        narrowed = f"({text.partition(' WHERE ')[2] or 'true'}) AND false"
        over_none = f"{text.partition(' WHERE ')[0]} WHERE {narrowed}"
        yield Attack(f"{name}: over no rows", _run(drop, over_none))
        yield Attack(
            f"{name}: unfit",
            _run(f"UPDATE pg_index SET indisvalid = false WHERE indexrelid = '{name}'::regclass"),
        )


def _guards(hand: OwnersHand) -> list[tuple[str, str, str]]:
    return hand.execute(
        "SELECT tgrelid::regclass::text, tgname::text, pg_get_triggerdef(pg_trigger.oid) "
        "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relnamespace = 'answerable'::regnamespace AND NOT tgisinternal ORDER BY 2"
    ).fetchall()


def guard_attacks(place: Path) -> Iterator[Attack]:
    """Every guard: dropped, switched off, on for some sessions alone, made to do nothing."""
    with owners_hand(place) as hand:
        found = _guards(hand)
        functions = [
            name
            for (name,) in hand.execute(
                "SELECT proname::text FROM pg_proc WHERE pronamespace = 'answerable'::regnamespace "
                "AND prorettype = 'trigger'::regtype"
            ).fetchall()
        ]
    for table, name, text in found:
        never = re.sub(r"( WHEN \(.*\))? EXECUTE ", " WHEN (false) EXECUTE ", text)
        again = f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
        for what, statements in {
            "dropped": (f"DROP TRIGGER {name} ON {table}",),
            "off": (f"ALTER TABLE {table} DISABLE TRIGGER {name}",),
            "not for replicas": (f"ALTER TABLE {table} ENABLE TRIGGER {name}",),
            "for replicas alone": (f"ALTER TABLE {table} ENABLE REPLICA TRIGGER {name}",),
            "never": (f"DROP TRIGGER {name} ON {table}", never, again),
        }.items():
            yield Attack(f"{name}: {what}", _unguarded(*statements))
    for function in functions:
        body = "BEGIN RETURN coalesce(new, old); END"
        yield Attack(
            f"{function}: does nothing",
            _unguarded(
                f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $${body}$$"
            ),
        )


PLANTED = {
    "a table": "CREATE TABLE kept (text text)",
    "an index": "CREATE INDEX kept ON disclosures (about)",
    "a view": "CREATE VIEW kept AS SELECT * FROM disclosures",
    "a function": "CREATE FUNCTION length(text, integer) RETURNS integer LANGUAGE sql "
    "AS 'SELECT 0'",
    "an operator": "CREATE FUNCTION public.never(bigint, text) RETURNS boolean LANGUAGE sql "
    "AS 'SELECT false'; CREATE OPERATOR <= (LEFTARG = bigint, RIGHTARG = text, "
    "FUNCTION = public.never)",
    "a domain": "CREATE DOMAIN bigint_1 AS bigint",
    "statistics": "CREATE STATISTICS kept ON topic, originator_id FROM stored_events",
    "a rule that swallows": "CREATE RULE kept AS ON INSERT TO documents DO INSTEAD NOTHING",
    "a rule that copies": "CREATE TABLE public.kept (LIKE disclosures); CREATE RULE kept AS ON "
    "UPDATE TO disclosures DO ALSO INSERT INTO public.kept SELECT old.*",
    "a trigger of another schema": "CREATE FUNCTION public.swallow() RETURNS trigger LANGUAGE "
    "plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TRIGGER kept BEFORE INSERT ON documents "
    "FOR EACH ROW EXECUTE FUNCTION public.swallow()",
    "a guard of another schema": "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN old; END'; DROP TRIGGER events_are_not_deleted ON stored_events; "
    "CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON stored_events FOR EACH ROW EXECUTE "
    "FUNCTION public.refuse('a recorded event is never deleted: record a retraction'); "
    "ALTER TABLE stored_events ENABLE ALWAYS TRIGGER events_are_not_deleted",
    "a child with rows": "CREATE TABLE public.kept () INHERITS (disclosures); INSERT INTO "
    "public.kept SELECT * FROM ONLY disclosures",
    "a policy that hides": "ALTER TABLE documents ENABLE ROW LEVEL SECURITY; ALTER TABLE documents "
    "FORCE ROW LEVEL SECURITY; CREATE POLICY kept ON documents USING (false)",
    "a column": "ALTER TABLE disclosures ADD kept text",
    "a default": "ALTER TABLE tracking ALTER notification_id SET DEFAULT 7",
    "another collation": "CREATE COLLATION public.\"C\" (provider = icu, locale = 'de'); ALTER "
    'TABLE documents ALTER key TYPE text COLLATE public."C"',
    "another order of columns": "ALTER TABLE disclosures RENAME about TO kept; ALTER TABLE "
    "disclosures RENAME field TO about; ALTER TABLE disclosures RENAME kept TO field; "
    "UPDATE disclosures SET field = about, about = field",
    "statistics of texts": "ALTER TABLE disclosures ALTER disclosure SET STATISTICS 100",
    "statistics of words": "ALTER TABLE texts ALTER line SET STATISTICS 100",
    "a table that a crash empties": "ALTER TABLE documents SET UNLOGGED",
    "no log of a table": "ALTER TABLE checkpoints SET UNLOGGED",
    "another type": "ALTER TABLE tracking ALTER notification_id TYPE integer",
    "no order of the keys": "ALTER TABLE keys ALTER rowid DROP IDENTITY",
    "keys counted anew": "ALTER SEQUENCE keys_rowid_seq RESTART WITH 1",
    "a document of another": "UPDATE documents SET body = (SELECT d.body FROM documents d WHERE "
    "d.view = documents.view AND d.key != documents.key LIMIT 1) WHERE view = 'person'",
    "another head": "INSERT INTO head SELECT * FROM head",
    "another format": "INSERT INTO format SELECT * FROM format",
    "another schema first": "ALTER DATABASE {database} SET search_path TO public",
    "nulls that are equal": "ALTER DATABASE {database} SET transform_null_equals TO on",
    "no row security": "ALTER DATABASE {database} SET row_security TO off",
    "words taken away": "UPDATE texts SET words = ts_delete(words, 'failure')",
    "a word added": "UPDATE texts SET words = words || 'failure'::tsvector, line = line || "
    "' failure ' WHERE rowid = (SELECT max(rowid) FROM texts)",
    "another rank": "UPDATE texts SET size = size * 7 WHERE rowid % 2 = 0",
    "another total": "UPDATE texts_total SET words = words * 3",
}
"""List what was never in a ledger's schema, or is there otherwise, by name."""


def planted_attacks(_: Path) -> Iterator[Attack]:
    """Yield what was never in a ledger's schema, or is there otherwise."""
    for name, statements in PLANTED.items():
        yield Attack(f"planted: {name}", partial(_plant, statements))


def table_attacks(place: Path) -> Iterator[Attack]:
    """Each table is dropped, or there is something else in its place."""
    for table in tables(place):
        yield Attack(f"{table}: a view in its place", partial(_shadow, table, "false"))
        yield Attack(f"{table}: another table in its place", partial(_replace, table))
        yield Attack(f"{table}: dropped", _unguarded(f"DROP TABLE {table} CASCADE"))


def _plant(statements: str, place: Path) -> None:
    with owners_hand(place, guarded=False) as hand:
        ((database,),) = hand.execute("SELECT current_database()::text").fetchall()
        # Where a body of a function ends, no statement does.
        for each in re.split(r"; (?!END)", statements):
            hand.execute(each.replace("{database}", database))


def _shadow(table: str, rows: str, place: Path) -> None:
    with owners_hand(place) as hand:
        hand.execute(f"ALTER TABLE {table} RENAME TO true_{table}")
        hand.execute(f"ALTER TABLE true_{table} SET SCHEMA public")
        hand.execute(f"CREATE VIEW {table} AS SELECT * FROM public.true_{table} WHERE {rows}")


def _replace(table: str, place: Path) -> None:
    with owners_hand(place) as hand:
        hand.execute(f"ALTER TABLE {table} RENAME TO true_{table}")
        hand.execute(f"ALTER TABLE true_{table} SET SCHEMA public")
        hand.execute(f"CREATE TABLE {table} AS SELECT * FROM public.true_{table}")


FAMILIES: dict[str, Callable[[Path], Iterator[Attack]]] = {
    "columns": column_attacks,
    "rows deleted": row_attacks,
    "rows added": added_row_attacks,
    "indexes": index_attacks,
    "guards": guard_attacks,
    "planted": planted_attacks,
    "tables": table_attacks,
}
