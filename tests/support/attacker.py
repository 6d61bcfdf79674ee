"""An attacker who has the ledger's file, SQLite and time, and puts everything back in its place.

What SQLite would refuse, it is made to do: the guards are dropped and made again with the same
text, types are taken from a table and given back, an index is emptied behind its table's back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from tests.support.in_hand import owners_hand
from tests.support.server_site.ledgers_on_server import database_at

Connection = sqlite3.Connection


class Attack(NamedTuple):
    """A change behind the ledger's back, by name."""

    name: str
    apply: Callable[[Path], None]


@contextmanager
def in_hand(place: Path) -> Iterator[Connection]:
    """The file, its guards dropped for the time and put back as they were; or a server's tables."""
    if database_at(place) is not None:
        with owners_hand(place, guarded=False) as hand:
            yield cast("Connection", hand)
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        try:
            yield connection
        finally:
            for _, text in guards:
                connection.execute(text)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrite_schema(place: Path, statement: str, *parameters: object) -> None:
    """Change `sqlite_schema` itself."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement, parameters)
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        connection.execute(f"PRAGMA schema_version = {version + 1}")
        connection.execute("PRAGMA writable_schema = OFF")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def told_otherwise(place: Path, name: str, text: Callable[[str], str]) -> Iterator[None]:
    """Have the schema tell otherwise how an object was made, for the time."""
    with closing(sqlite3.connect(place)) as connection:
        (true,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (name,)
        ).fetchone()
    rewrite_schema(place, "UPDATE sqlite_schema SET sql = ? WHERE name = ?", text(true), name)
    try:
        yield
    finally:
        rewrite_schema(place, "UPDATE sqlite_schema SET sql = ? WHERE name = ?", true, name)


def untyped(text: str) -> str:
    """A table's text without the word that holds its columns to their types."""
    return text.replace(" STRICT, WITHOUT ROWID", " WITHOUT ROWID").replace(") STRICT", ")")


def tables(place: Path) -> dict[str, list[str]]:
    """Every table of the file, with its columns."""
    with closing(sqlite3.connect(place)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
        }


def objects(place: Path, kind: str) -> list[str]:
    """The names of every index, or trigger, that a statement made."""
    with closing(sqlite3.connect(place)) as connection:
        rows = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL ORDER BY name",
            (kind,),
        )
        return [name for (name,) in rows]


def _update(table: str, column: str, value: str, where: str = "") -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        with in_hand(place) as connection:
            connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {value} {where}")

    return apply


def _update_untyped(table: str, column: str, value: str) -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        with told_otherwise(place, table, untyped), in_hand(place) as connection:
            connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {value}")

    return apply


def _run(*statements: str) -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        with in_hand(place) as connection:
            for statement in statements:
                connection.execute(statement)

    return apply


VALUES = {
    "another row's": "(SELECT o.{column} FROM {table} o WHERE o.{column} != {table}.{column} "
    "ORDER BY o.{column} LIMIT 1)",
    "the greatest": "(SELECT max({column}) FROM {table})",
    "a little more": "{column} + 1",
    "cut short": "substr({column}, 1, length({column}) - 1)",
    "another text": "'person-9'",
    "nothing": "NULL",
    "empty": "''",
    "zero": "0",
    "bytes": "x'00'",
}
"""What a column is made to say, in SQL."""

CLASSES = ("CAST({column} AS TEXT)", "CAST({column} AS BLOB)", "CAST({column} AS INTEGER)")
"""The same, in another storage class."""


def column_attacks(place: Path) -> Iterator[Attack]:
    """Every column of every table: made to say something else, in all rows or in one."""
    for table, columns in tables(place).items():
        for column in columns:
            for name, value in VALUES.items():
                said = value.format(table=table, column=column)
                yield Attack(f"{table}.{column}: {name}", _update(table, column, said))
            for value in CLASSES:
                said = value.format(column=column)
                yield Attack(f"{table}.{column}: {said}", _update_untyped(table, column, said))


def row_attacks(place: Path) -> Iterator[Attack]:
    """Every row of every table is deleted, one at a time; and each table is emptied."""
    for table, columns in tables(place).items():
        listed = ", ".join(columns)
        with closing(sqlite3.connect(place)) as connection:
            rows = connection.execute(f"SELECT {listed} FROM {table}").fetchall()
        for number, row in enumerate(rows):
            yield Attack(f"{table}: row {number} deleted", _delete(table, columns, row))
        yield Attack(f"{table}: emptied", _run(f"DELETE FROM {table}"))


def _delete(table: str, columns: list[str], row: tuple[object, ...]) -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        where = " AND ".join(f"{column} IS ?" for column in columns)
        with in_hand(place) as connection:
            connection.execute(f"DELETE FROM {table} WHERE {where}", row)

    return apply


def index_attacks(place: Path) -> Iterator[Attack]:
    """Every index: dropped, emptied while its text stays, or pointed at a copy that is stale."""
    for name in objects(place, "index"):
        yield Attack(f"{name}: dropped", _run(f"DROP INDEX {name}"))
        yield Attack(f"{name}: emptied", _emptied(name))
        yield Attack(f"{name}: pointed elsewhere", _pointed(name, "event_ids"))


def _emptied(name: str) -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        def nowhere(text: str) -> str:
            return f"{text} AND 0" if " WHERE " in text else f"{text} WHERE 0"

        with told_otherwise(place, name, nowhere), in_hand(place) as connection:
            connection.execute(f"REINDEX {name}")

    return apply


def _pointed(name: str, other: str) -> Callable[[Path], None]:
    def apply(place: Path) -> None:
        rewrite_schema(
            place,
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE "
            "name = ?) WHERE name = ?",
            other,
            name,
        )

    return apply


def schema_attacks(place: Path) -> Iterator[Attack]:
    """What was never in a ledger's schema; and every guard, dropped or made to do nothing."""
    for name in objects(place, "trigger"):
        yield Attack(f"{name}: dropped", partial(_drop, name))
        yield Attack(f"{name}: does nothing", partial(_void, name))
    planted = {
        "statistics": "ANALYZE",
        "a table": "CREATE TABLE kept (text)",
        "an index": "CREATE INDEX kept ON disclosures (about)",
        "a view": "CREATE VIEW kept AS SELECT * FROM disclosures",
        "a trigger that copies": "CREATE TRIGGER kept BEFORE UPDATE ON disclosures "
        "BEGIN SELECT 1; END",
        "a trigger that swallows": "CREATE TRIGGER kept BEFORE INSERT ON documents "
        "BEGIN SELECT RAISE(IGNORE); END",
    }
    for name, statement in planted.items():
        yield Attack(f"planted: {name}", _run(statement))
    for name, statement in {
        "all words deleted": "INSERT INTO texts (texts) VALUES ('delete-all')",
        "another rank": "INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25(-1.0)')",
        "a word added": "INSERT INTO texts (rowid, words) VALUES (256, 'failure')",
        "a word taken away": "INSERT INTO texts (texts, rowid, words) "
        "SELECT 'delete', max(rowid), 'failure' FROM texts",
        "a document of another": "UPDATE documents SET body = (SELECT body FROM documents d WHERE "
        "d.view = documents.view AND d.key != documents.key)",
    }.items():
        yield Attack(f"index: {name}", _run(statement))
    for table in ("stored_events", "disclosures", "documents", "keys"):
        yield Attack(f"{table}: a view in its place", partial(_shadow, table))


def _drop(name: str, place: Path) -> None:
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute(f"DROP TRIGGER {name}")


def _void(name: str, place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        (text,) = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE name = ?", (name,)
        ).fetchone()
    head = text[: text.index("BEGIN")]
    rewrite_schema(
        place, "UPDATE sqlite_schema SET sql = ? WHERE name = ?", f"{head}BEGIN SELECT 1; END", name
    )


def _shadow(table: str, place: Path) -> None:
    with in_hand(place) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute(f"ALTER TABLE {table} RENAME TO true_{table}")
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM true_{table} WHERE 0")


def added_row_attacks(place: Path) -> Iterator[Attack]:
    """A copy of a row of each table is added, with one of its columns otherwise."""
    for table, columns in tables(place).items():
        for column in columns:
            for value in (
                f"{column} + 1",
                f"{column} || 'x'",
                f"(SELECT max({column}) FROM {table})",
            ):
                said = ", ".join(value if each == column else each for each in columns)
                into = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)})"
                statement = f"{into} SELECT {said} FROM {table}"
                yield Attack(f"{table}: rows added with {column} = {value}", _run(statement))


def page_attacks(place: Path, older: Path) -> Iterator[Attack]:
    """Each page of the file is put back as it was in an older copy."""
    old, size = older.read_bytes(), 4096
    for number in range(1, len(old) // size):
        page = old[number * size : (number + 1) * size]
        if page != place.read_bytes()[number * size : (number + 1) * size]:
            yield Attack(f"page {number + 1} of an older copy", partial(_put_page, number, page))


def _put_page(number: int, page: bytes, place: Path) -> None:
    content = bytearray(place.read_bytes())
    content[number * len(page) : (number + 1) * len(page)] = page
    place.write_bytes(content)


def written_anew(place: Path, encoding: str) -> None:
    """Write the whole file anew, every row and every text of the schema, in another encoding."""
    anew = place.with_name("anew.db")
    with (
        closing(sqlite3.connect(place)) as there,
        closing(sqlite3.connect(anew, isolation_level=None)) as made,
    ):
        made.execute(f"PRAGMA encoding = '{encoding}'")
        made.execute("PRAGMA synchronous = OFF")
        made.execute("BEGIN")
        for table in tables(place):
            (text,) = there.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,))
            made.execute(text[0])
            for row in there.execute(f"SELECT * FROM {table}"):
                made.execute(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in row)})", row)
        for (text,) in there.execute(
            "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ):
            made.execute(text)
        for pragma in ("application_id", "user_version"):
            ((value,),) = there.execute(f"PRAGMA {pragma}")
            made.execute(f"PRAGMA {pragma} = {value}")
        made.execute("COMMIT")
    anew.replace(place)


def left_in_the_log(place: Path, statement: str) -> None:
    """Write something that stays in the write-ahead log, and does not come into the file."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(statement)
        file, log = place.read_bytes(), place.with_name(f"{place.name}-wal").read_bytes()
    place.write_bytes(file)
    place.with_name(f"{place.name}-wal").write_bytes(log)
