"""Say what every store offers, so that nothing above names one: a file of SQLite's, or a server.

A `Store` gives transactions, a transaction a `Cursor`, and that its `Dialect`: the few things that
stores say each in their own way. Statements are written in the part of SQL that all of them have,
with `?` for each value that is bound. Rows are plain tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.problem import Problem
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow
from answerable.ledger.tlog.merkle import Growth

if TYPE_CHECKING:
    from answerable.domain.search.query import Query
    from answerable.ledger.system.server_standing import Standing


class Placed(NamedTuple):
    """The place of what was recorded without a look at the log before.

    Attributes:
        first: the position of the first entry.
        recorded_at: the time that they bear.
        growth: the tree with them.
    """

    first: int
    recorded_at: str
    growth: Growth


BUSY_SECONDS = 60
"""Seconds that a writer waits for the others before it gives up."""

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

    def remake(self, cursor: Cursor, made: Iterable[str]) -> None:
        """Drop tables made from the record, whatever they are, and make what every ledger has."""
        ...


class Worker(Protocol):
    """Opens a store for reading in another process: it can be pickled."""

    def reading(self, *, damaged: bool = False) -> AbstractContextManager[Cursor]:
        """Give a cursor over one unchanging view.

        Args:
            damaged: gives what is no text, where text should be, in signs that say so.
        """
        ...

    def structure(self) -> str | None:
        """Return what is wrong with the store as a database; None if nothing is."""
        ...


class Store(Protocol):
    """Holds one ledger. Any number of threads may use it at once; one writes at a time.

    Attributes:
        name: what messages call the ledger: its file, or its server. It tells no secret.
        place: its file; None where it is on a server, and nothing lies beside it.
        address: what opens it again. It may hold a password, and is for no message.
        as_it_lies: why it is read without locks; empty where it is not.
        withheld_from: the user that sealed texts are not shown to; empty where they are.
        unchecked: what `verify` does not check of the store, in words.
        takes_unseen: whether it can take what was drafted without a look at the log.
        group: whether an append leaves it to `settle` to wait for the disk, together with others.
    """

    group: bool

    @property
    def name(self) -> str: ...
    @property
    def place(self) -> Path | None: ...
    @property
    def address(self) -> str: ...
    @property
    def unchecked(self) -> Sequence[str]: ...
    @property
    def as_it_lies(self) -> str: ...
    @property
    def withheld_from(self) -> str: ...
    @property
    def takes_unseen(self) -> bool: ...

    def close(self) -> None:
        """Close what nobody uses; who has a transaction ends it."""
        ...

    def reading(self) -> AbstractContextManager[Cursor]:
        """Give a cursor over one unchanging view."""
        ...

    def writing(self) -> AbstractContextManager[Cursor]:
        """Give a cursor in the one transaction that writes; it is committed at the end.

        Raises:
            StorageFailed: others hold the store for too long, or it would not take it.
        """
        ...

    def scan(
        self, statement: str, parameters: Sequence[Any]
    ) -> Generator[list[tuple[Any, ...]], None, None]:
        """Yield the rows of a query, some at a time, in a transaction of their own."""
        ...

    def record(
        self,
        cursor: Cursor,
        size: int,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        leaves: Sequence[bytes],
    ) -> Growth:
        """Write events with all that belongs to them: their texts, and the tree over them.

        Args:
            cursor: the transaction that writes.
            size: how many entries the log has.
            events: the rows, which go on where it ends.
            disclosures: their texts.
            leaves: their leaf hashes.

        Returns:
            The tree with them.
        """
        ...

    def record_unseen(
        self,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        known: int,
        latest: str,
    ) -> Placed | None:
        """Write events in one go that were drafted without a look at the log.

        Args:
            events: the rows, as if they went on where the log ended that is known.
            disclosures: their texts.
            known: how many entries that log had.
            latest: when the last entry may be recorded at the latest; they bear its time then.

        Returns:
            Where they went; None where they did not, since something was recorded that they may
            rest on.

        Raises:
            StorageFailed: the store would not take them.
        """
        ...

    def settle(self, last: Last | None = None, *, recorded: bool = False) -> bool:
        """Wait until all that may be read is on disk: before it is vouched for.

        Args:
            last: the last entry that was read, or recorded; None where there is none.
            recorded: it was just recorded, so that what goes wrong leaves unknown if it is.

        Returns:
            Whether that entry is there. A server that was killed since may have lost what was not
            on its disk: nobody was told of it.

        Raises:
            OutcomeUnknown: it may not be on disk.
        """
        ...

    def confirm(self) -> None:
        """Wait until whoever the store's commits wait for has all that may be read.

        Raises:
            OutcomeUnknown: the wait was given up.
        """
        ...

    def forget_bytes(self) -> None:
        """Overwrite what was erased wherever the store keeps what was written before.

        Raises:
            BytesRemain: it could not be done now.
        """
        ...

    def upgrade(self) -> None:
        """Add the tables that an earlier version did not have. Nothing recorded is touched.

        Raises:
            StorageFailed: that cannot be done, and it cannot be read as it is either.
        """
        ...

    def check_writable(self) -> None:
        """Check that nothing is known to keep the store from being written.

        Raises:
            StorageFailed: something is.
        """
        ...

    def check_free(self) -> None:
        """Check that the store can be written just now, without waiting for anybody.

        Raises:
            StorageFailed: it cannot.
        """
        ...

    def undisturbed(self) -> AbstractContextManager[None]:
        """Hold that what is read without locks is not written to within the block.

        Raises:
            StorageFailed: it was.
        """
        ...

    def errors(self) -> AbstractContextManager[None]:
        """Turn what the driver says into what a user can act on.

        Raises:
            LedgerClosed: it was closed.
            StorageFailed: it failed.
            NotVerified: what is stored is damaged.
        """
        ...

    def misfit(self, error: StorageFailed) -> str | None:
        """Say what the store said of a statement that its tables do not allow; None for others."""
        ...

    def watched(self) -> AbstractContextManager[Callable[[], bool]]:
        """Give a function that tells whether someone wrote since the block was entered."""
        ...

    def worker(self) -> Worker:
        """Return what opens the store in another process."""
        ...
