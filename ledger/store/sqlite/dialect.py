"""Say SQLite's own way what stores say differently: schema, settings, the index of words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from answerable.ledger.store.sqlite.schema import CREATE_NAMES, CREATE_REST, CREATE_WITHHELD
from answerable.ledger.tlog.merkle import HASH_SIZE, TILE_WIDTH

if TYPE_CHECKING:
    from answerable.ledger.store.problem import Problem
    from answerable.ledger.store.protocol.cursor import Cursor, TextIndex

CACHE = 64_000
"""Kilobytes of pages kept in memory while rows are written all over a table."""

THERE = "SELECT 1 FROM sqlite_schema WHERE type = ? AND name = ?"

TILE = "SELECT hashes FROM tiles WHERE level = ? AND number = ?"

TABLES = "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')"


class SqliteDialect:
    """Implements `answerable.ledger.store.protocol.cursor.Dialect`."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    tiles = "tiles"

    @cached_property
    def text_index(self) -> TextIndex:
        """Return the index of words: FTS5's."""
        from answerable.ledger.store.sqlite.text_index import Fts5Index

        return Fts5Index()

    def read_tile(self, cursor: Cursor, level: int, number: int) -> bytes:
        """Return the hashes of a tile of the tree, in a row; none where it is not there."""
        row = cursor.execute(TILE, (level, number)).fetchone()
        return b"" if row is None else row[0]

    def leaf_of(self, row: str) -> str:
        """Write what gives the leaf of the tree that an entry is, by the number of its row."""
        first = f"({row} - 1) % {TILE_WIDTH} * {HASH_SIZE} + 1"
        return (
            f"(SELECT substr(hashes, {first}, {HASH_SIZE}) FROM tiles "
            f"WHERE level = 0 AND number = ({row} - 1) / {TILE_WIDTH})"
        )

    def tree_problems(self, _: Cursor, __: int) -> Iterator[Problem]:
        """Yield nothing: of the tree, there are its tiles alone."""
        yield from ()

    def table_exists(self, cursor: Cursor, table: str) -> bool:
        """Tell whether a table was made."""
        return cursor.execute(THERE, ("table", table)).fetchone() is not None

    def index_exists(self, cursor: Cursor, index: str) -> bool:
        """Tell whether an index was made."""
        return cursor.execute(THERE, ("index", index)).fetchone() is not None

    def make_names(self, cursor: Cursor) -> None:
        """Make the table of the index of names anew, empty."""
        for statement in ("DROP TABLE IF EXISTS named", *CREATE_NAMES):
            cursor.execute(statement)

    def make_withheld(self, cursor: Cursor) -> None:
        """Make what the index of texts keeps beside it, empty."""
        for statement in CREATE_WITHHELD:
            cursor.execute(statement)

    def drop_made(self, cursor: Cursor, table: str) -> None:
        """Drop a table made from the record, if it is there."""
        cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def standing(self, _: Cursor) -> None:
        """Return nothing: a file has no server."""
        return

    def by_index(self, table: str, index: str) -> str:
        """Name a table that is to be read by one of its indexes, or else not at all."""
        return f"{table} INDEXED BY {index}"

    @contextmanager
    def wide_cache(self, cursor: Cursor) -> Iterator[None]:
        """Keep more pages in memory within the block."""
        (usual,) = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size = {-CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")

    def schema_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what the schema lacks, what in it was changed, and what it holds besides."""
        from answerable.ledger.store.sqlite.guards import schema_problems

        return schema_problems(cursor)

    def acting_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what in the schema can act on what is written: copy it, or swallow it."""
        from answerable.ledger.store.sqlite.guards import acting_problems

        return acting_problems(cursor)

    def add_documents(self, cursor: Cursor, rows: Iterable[tuple[str, str, str, bytes]]) -> None:
        """Write many rows of `documents`, none of which is there."""
        cursor.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", rows)

    def remake(self, cursor: Cursor, made: Iterable[str]) -> None:
        """Drop tables made from the record, whatever they are, and make what every ledger has."""
        names = {*made}
        for name, kind in cursor.execute(TABLES).fetchall():
            if name in names or (name, kind) == ("texts", "view"):
                cursor.execute(f"DROP {kind} {name}")
        for statement in CREATE_REST:
            cursor.execute(statement)


SQLITE = SqliteDialect()
