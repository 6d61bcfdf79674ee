"""Give a transaction its cursor, what the store says in its own way, and its index of words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from answerable.ledger.store.problem import Problem

if TYPE_CHECKING:
    from answerable.domain.search.query import Query
    from answerable.ledger.system.server_standing import Standing

FETCH = 1_000
"""Rows fetched at a time."""


class Cursor(Protocol):
    """Runs statements in a transaction, and gives their rows."""

    @property
    def dialect(self) -> Dialect:
        """Return what the store says in its own way."""
        ...

    def beside(self) -> Cursor:
        """Return another cursor in the same transaction, to be used while this one is read."""
        ...

    def stream(
        self, statement: str, parameters: Sequence[Any] = ..., /, *, few: bool = ...
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement as they are read, whatever else the transaction does.

        What may be as many as the log is long is read so: it need not fit into memory.

        Args:
            statement: it ends with its order, or with how many rows it gives at the most.
            parameters: the values of its marks.
            few: whether to ask for the first rows in one go, for they may be all: unless to find
                the first of them takes as long as to find all.
        """
        ...

    def execute(self, statement: str, parameters: Sequence[Any] = ..., /) -> Cursor:
        """Run a statement with the values of its marks; return this cursor, which has the rows."""
        ...

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]], /) -> Cursor:
        """Run a statement for each of several rows of values."""
        ...

    def fetchone(self) -> Any:
        """Return the next row; None where there is none."""
        ...

    def fetchmany(self, size: int = ...) -> list[Any]:
        """Return the next rows, at most so many; none at the end."""
        ...

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class TextIndex(Protocol):
    """An index of words in texts, which holds no text. `NUMBERS` says how its rows are numbered.

    Attributes:
        joined: the rows found, each joined to the disclosure that it is of, to select from.
        row: the number of a row found.
    """

    @property
    def joined(self) -> str: ...
    @property
    def row(self) -> str: ...

    def available(self, cursor: Cursor) -> bool:
        """Tell whether the store can keep one here."""
        ...

    def make(self, cursor: Cursor) -> None:
        """Make an empty one."""
        ...

    def drop(self, cursor: Cursor) -> None:
        """Drop the index with every word in it, if it is there. Its bytes are overwritten."""
        ...

    def fill(self, cursor: Cursor, rows: Iterable[tuple[int, str]]) -> None:
        """Take in texts: the number of each, and its words in a line."""
        ...

    def filled(self, cursor: Cursor) -> None:
        """Make ready for searches what was filled."""
        ...

    def matching(self, query: Query) -> tuple[str, tuple[Any, ...]]:
        """Write the condition that a row is what a query asks for, with the values of its marks."""
        ...

    def by_rank(self, cursor: Cursor, query: Query) -> tuple[str, tuple[Any, ...]]:
        """Write the order of the rows found, the best first, with the values of its marks."""
        ...

    def ranked_before(
        self,
        cursor: Cursor,
        query: Query,
        rows: Sequence[int],
        lines: Callable[[], Iterable[tuple[int, str]]],
        end: int,
    ) -> list[int]:
        """Rank texts that were found as the index ranked them when it had no row from `end` on.

        Args:
            cursor: a transaction that sees the index.
            query: what was searched for.
            rows: the rows found.
            lines: gives the number of each, and its words in a line.
            end: the first row that does not count.
        """
        ...

    def differences(
        self, cursor: Cursor, expected: Iterable[Iterable[tuple[int, str]]]
    ) -> Iterator[str]:
        """Describe how the index differs from one made of the rows that it should have."""
        ...


class Dialect(Protocol):
    """Says in a store's own way what stores say differently.

    Attributes:
        errors: what its driver raises.
        text_index: its index of words; None where it has none, and every text is read.
        tiles: what to select `level`, `number` and `hashes` of all tiles of the tree from.
    """

    @property
    def errors(self) -> tuple[type[Exception], ...]: ...
    @property
    def text_index(self) -> TextIndex | None: ...
    @property
    def tiles(self) -> str: ...

    def read_tile(self, cursor: Cursor, level: int, number: int) -> bytes:
        """Return the hashes of a tile of the tree, in a row; none where it is not there."""
        ...

    def leaf_of(self, row: str) -> str:
        """Write what gives the leaf of the tree that an entry is, by the number of its row."""
        ...

    def tree_problems(self, cursor: Cursor, size: int) -> Iterator[Problem]:
        """Yield what is wrong with what the store keeps of a tree of some size beside its tiles."""
        ...

    def table_exists(self, cursor: Cursor, table: str) -> bool:
        """Tell whether a table was made."""
        ...

    def index_exists(self, cursor: Cursor, index: str) -> bool:
        """Tell whether an index was made."""
        ...

    def make_names(self, cursor: Cursor) -> None:
        """Make the table of the index of names anew, empty."""
        ...

    def make_withheld(self, cursor: Cursor) -> None:
        """Make what the index of texts keeps beside it, empty."""
        ...

    def drop_made(self, cursor: Cursor, table: str) -> None:
        """Drop a table made from the record, or else empty it, if it is there."""
        ...

    def standing(self, cursor: Cursor) -> Standing | None:
        """Return where the server stands among those that follow it; None where there is none."""
        ...

    def by_index(self, table: str, index: str) -> str:
        """Name a table that is to be read by one of its indexes, as far as that can be asked."""
        ...

    def wide_cache(self, cursor: Cursor) -> AbstractContextManager[None]:
        """Keep more in memory within the block: rows are written all over a table."""
        ...

    def schema_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what the schema lacks, what in it was changed, and what it holds besides."""
        ...

    def acting_problems(self, cursor: Cursor) -> Iterator[Problem]:
        """Yield what in the schema can act on what is written: copy it, or swallow it."""
        ...

    def add_documents(self, cursor: Cursor, rows: Iterable[tuple[str, str, str, bytes]]) -> None:
        """Write many rows of `documents`, none of which is there: view, key, case and body."""
        ...

    def remake(self, cursor: Cursor, made: Iterable[str]) -> None:
        """Drop tables made from the record, whatever they are, and make what every ledger has."""
        ...
