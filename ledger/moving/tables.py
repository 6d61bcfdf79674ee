"""Name the tables that a ledger consists of, and read their rows in an order all stores have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product, zip_longest
from typing import Any, NamedTuple

from answerable.ledger.errors import NotVerified
from answerable.ledger.moving.errors import NotTheSame
from answerable.ledger.store.protocol.cursor import Cursor, Dialect
from answerable.ledger.store.rows import NUMBERS

BYTES_OR_NOTHING = (bytes, type(None))
WHOLE_OR_NOTHING = (int, type(None))


class Table(NamedTuple):
    """A table of the record.

    Attributes:
        name: its name, in every store.
        columns: its columns, in the order of their values.
        types: what each of its columns holds: one type, or several.
        key: how many of them, from the first, tell a row from the others.
        what: what its rows are, in words.
        order: the column that they are ordered by, where that is not their key.
    """

    name: str
    columns: tuple[str, ...]
    types: tuple[type | tuple[type, ...], ...]
    key: int
    what: str
    order: str = ""

    def rows(self, dialect: Dialect) -> str:
        """Return the statement that reads its rows in the order of their keys."""
        order = self.order or ", ".join(self.columns[: self.key])
        source = dialect.tiles if self is TILES else self.name
        return f"SELECT {', '.join(self.columns)} FROM {source} ORDER BY {order}"


EVENTS = Table(
    "stored_events",
    ("rowid", "originator_id", "originator_version", "topic", "state"),
    (int, str, int, str, bytes),
    1,
    "the entries",
)
DISCLOSURES = Table(
    "disclosures",
    ("position", "number", "field", "about", "disclosure"),
    (int, int, str, str, BYTES_OR_NOTHING),
    2,
    "the sealed texts",
)
TILES = Table("tiles", ("level", "number", "hashes"), (int, int, bytes), 2, "the tree")
KEYS = Table(
    "keys",
    ("vkey", "adopted", "retired"),
    (str, int, WHOLE_OR_NOTHING),
    1,
    "the ledger's own keys",
    "rowid",
)
CHECKPOINTS = Table("checkpoints", ("size", "note"), (int, bytes), 1, "the signed checkpoints")
TIMESTAMPS = Table(
    "timestamps", ("token", "size", "note"), (bytes, int, bytes), 1, "the time stamps"
)
IMPORTS = Table("imports", ("digest", "lines"), (bytes, int), 1, "the marks of what was imported")

BESIDE = (KEYS, CHECKPOINTS, TIMESTAMPS, IMPORTS)
"""The tables that are small, and are carried over at the end."""

RECORD = (EVENTS, DISCLOSURES, TILES, *BESIDE)
"""All that a ledger is. Views and indexes are made again from it."""


def rows_of(cursor: Cursor, table: Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table in the order of their keys, some at a time."""
    yield from well_typed(table, cursor.stream(table.rows(cursor.dialect)))


def well_typed(table: Table, rows: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    """Yield the rows of a table, each of whose values is of the type of its column.

    A file that somebody else made may be called a ledger, and hold anything: texts with a NUL,
    which no server takes, and numbers that none has a place for.

    Raises:
        NotVerified: one is not.
    """
    allowed = frozenset(
        product(*(each if isinstance(each, tuple) else (each,) for each in table.types))
    )
    for each in rows:
        row = tuple(each)
        if tuple(map(type, row)) not in allowed or _holds_what_none_does(table, row):
            raise NotVerified(
                f"among {table.what}, one is not of the types that a ledger has: "
                f"{_shown(table, row[: table.key])}.",
                hint="`verify_ledger` says what was altered.",
                cli_hint="`answerable verify` of the one that was read says what was altered.",
            )
        yield row


def _holds_what_none_does(table: Table, row: tuple[Any, ...]) -> bool:
    if table is DISCLOSURES and not 0 <= row[1] < NUMBERS:
        return True
    return any(type(value) is str and "\0" in value for value in row)


def check_same(ours: Cursor, theirs: Cursor) -> None:
    """Check that two ledgers hold the same rows, to the byte.

    Args:
        ours: a transaction on the one; its cursor is used for nothing else meanwhile.
        theirs: one on the other.

    Raises:
        NotTheSame: one of them has what the other does not; it is said which row differs.
    """
    for table in RECORD:
        for one, other in zip_longest(rows_of(ours, table), rows_of(theirs, table)):
            if one != other:
                at = (one or other or ())[: table.key]
                raise NotTheSame(
                    f"{table.what} are not the same in both ledgers: the first that differs is "
                    f"{_shown(table, at)}.",
                    hint="Nothing was taken from the one that was read. Carry it over again, into "
                    "an empty place.",
                )


def _shown(table: Table, at: tuple[Any, ...]) -> str:
    if table is EVENTS and type(at[0]) is int:
        return f"at position {at[0] - 1}"
    if table is DISCLOSURES:
        return f"text {at[1]} of the entry at position {at[0]}"
    told = (value.hex()[:16] if isinstance(value, bytes) else f"{value!s:.80}" for value in at)
    return ", ".join(f"{name} {value}" for name, value in zip(table.columns, told, strict=False))
