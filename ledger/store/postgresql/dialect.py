"""Say PostgreSQL's own way what stores say differently: schema, settings, the index of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, cast

import psycopg

from answerable.ledger.store.postgresql.dropping import drop, make
from answerable.ledger.store.postgresql.schema import (
    CREATE_NAMES,
    CREATE_WITHHELD,
    MADE,
    TILE,
    TILES,
)
from answerable.ledger.store.problem import Problem
from answerable.ledger.tlog.edge import edge_of
from answerable.ledger.tlog.merkle import TILE_WIDTH, ShortTileError

if TYPE_CHECKING:
    from answerable.ledger.store.protocol.cursor import Cursor, TextIndex
    from answerable.ledger.system.server_standing import Standing

UPPER_TILE = "SELECT hashes FROM tiles WHERE level = ? AND number = ?"

HEAD = "SELECT size, edge FROM head"

COPY_DOCUMENTS = b"COPY documents FROM STDIN (FORMAT BINARY)"

TABLE = "SELECT to_regclass(?) IS NOT NULL"
"""Finds a table or an index by its name, in the schema of the ledger."""


class PostgresDialect:
    """Implements `answerable.ledger.store.protocol.cursor.Dialect`."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    tiles = TILES

    @cached_property
    def text_index(self) -> TextIndex:
        """Return the index of words: tsvectors of our own words."""
        from answerable.ledger.store.postgresql.text_index import TsvectorIndex

        return TsvectorIndex()

    def read_tile(self, cursor: Cursor, level: int, number: int) -> bytes:
        """Return the hashes of a tile of the tree, in a row; none where it is not there."""
        if level:
            row = cursor.execute(UPPER_TILE, (level, number)).fetchone()
        else:
            first = number * TILE_WIDTH
            row = cursor.execute(TILE, (first, first + TILE_WIDTH)).fetchone()
        return (row and row[0]) or b""

    def leaf_of(self, row: str) -> str:
        """Write what gives the leaf of the tree that an entry is, by the number of its row."""
        return f"(SELECT leaf FROM stored_events WHERE rowid = {row})"

    def tree_problems(self, cursor: Cursor, size: int) -> Iterator[Problem]:
        """Yield how the head row differs from the log: from it the next append goes on."""
        try:
            edge = edge_of(size, partial(self.read_tile, cursor))
        except ShortTileError:
            return  # Which of them, the tiles themselves tell.
        if cursor.execute(HEAD).fetchall() != [(size, edge)]:
            yield Problem(None, "the head of the log is not that of its entries and their tree")

    def table_exists(self, cursor: Cursor, table: str) -> bool:
        """Tell whether a table was made."""
        found: bool = cursor.execute(TABLE, (table,)).fetchone()[0]
        return found

    def index_exists(self, cursor: Cursor, index: str) -> bool:
        """Tell whether an index was made."""
        return self.table_exists(cursor, index)

    def make_names(self, cursor: Cursor) -> None:
        """Make the table of the index of names anew, empty."""
        drop(cursor, "named")
        make(cursor, CREATE_NAMES)

    def make_withheld(self, cursor: Cursor) -> None:
        """Make what the index of texts keeps beside it, empty."""
        make(cursor, CREATE_WITHHELD)

    def drop_made(self, cursor: Cursor, table: str) -> None:
        """Drop a table made from the record, or else empty it, if it is there."""
        drop(cursor, table)

    def standing(self, cursor: Cursor) -> Standing | None:
        """Return where the server stands among those that follow it."""
        from answerable.ledger.store.postgresql.servers.standing import standing_of

        return standing_of(cursor)

    def by_index(self, table: str, _: str) -> str:
        """Name a table: PostgreSQL takes no hint for an index."""
        return table

    @contextmanager
    def wide_cache(self, _: Cursor) -> Iterator[None]:
        """Keep what the server keeps: its memory is the operator's to set."""
        yield

    def schema_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what the schema lacks, what in it was changed, and what it holds besides."""
        from answerable.ledger.store.postgresql.guards import schema_problems

        return schema_problems(cursor)

    def acting_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what in the schema can act on what is written: copy it, or swallow it."""
        from answerable.ledger.store.postgresql.guards import acting_problems

        return acting_problems(cursor)

    def add_documents(self, cursor: Cursor, rows: Iterable[tuple[str, str, str, bytes]]) -> None:
        """Write many rows of `documents`, none of which is there, in one copy."""
        with cast("Any", cursor).copy(COPY_DOCUMENTS) as copied:
            copied.set_types(("text", "text", "text", "bytea"))
            for row in rows:
                copied.write_row(row)

    def remake(self, cursor: Cursor, made: Iterable[str]) -> None:
        """Drop tables made from the record, and make what every ledger has."""
        for name in made:
            drop(cursor, name)
        make(cursor, MADE.values())


POSTGRESQL = PostgresDialect()
