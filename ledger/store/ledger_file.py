"""The file of a ledger while it is open: its transactions, and the queries under way in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Self, cast

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteConnection

from answerable.ledger.errors import NOTHING_WRITTEN, BytesRemain, StorageFailed
from answerable.ledger.store.database import closed_error, storage_errors
from answerable.ledger.store.recorder import (
    BUSY_SECONDS,
    LedgerConnection,
    LedgerDatastore,
    LedgerRecorder,
)
from answerable.ledger.system.access import connect
from answerable.ledger.system.locks import QUIET_SECONDS, say_waiting
from answerable.ledger.system.parallel import Progress, no_progress
from answerable.ledger.system.patience import reader_of

FETCH = 1_000
"""Rows fetched at a time."""


REMAINING = (
    "the erasure is recorded and the texts can no longer be read, but their bytes are still in the "
    "write-ahead log beside the ledger."
)

READERS_SECONDS = 5
"""Seconds that an erasure waits for those who read. No other writer gets on meanwhile."""


class _Scan:
    """A query under way: read by one thread, a batch of rows at a time, and ended by any."""

    def __init__(self, path: Path, batches: Generator[list[tuple[Any, ...]], None, None]) -> None:
        self._path = path
        self._batches = batches
        # A thread that ends one may meet it again when it collects garbage on the way.
        self._lock = RLock()
        self._closed = False

    def batch(self) -> list[tuple[Any, ...]]:
        """Read the next rows; none at the end.

        Raises:
            LedgerClosed: it was ended.
        """
        with self._lock:
            if self._closed:
                raise closed_error(self._path)
            return next(self._batches, [])

    def close(self) -> None:
        """End the query. Who is reading a batch is waited for."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._batches.close()


class LedgerFile:
    """An open ledger file.

    Any number of threads may use one object at once. Each transaction has a connection of its own;
    one thread writes at a time, and the others wait for it here, not at the file.

    Attributes:
        path: the file.
        progress: reports how far an index has come in taking in what was recorded since.
    """

    def __init__(self, path: Path, datastore: LedgerDatastore) -> None:
        self.path = path
        self.progress: Progress = no_progress
        self._datastore = datastore
        self._recorder = LedgerRecorder(datastore)
        self._waited_in_vain = False
        self._write_lock = RLock()
        self._in_transaction = False
        self._scans: set[_Scan] = set()

    def close(self) -> None:
        """Close the file. Closing it again does nothing.

        Nothing is pending: every append was on disk when it returned. An append that another thread
        is at is waited for. What another thread is reading is read to the end of its transaction;
        an iterator that has more to give raises `LedgerClosed` when it is asked for it.
        """
        with self._write_lock:
            for scan in list(self._scans):
                scan.close()
            self._datastore.close()

    def __bool__(self) -> bool:
        """Tell that there is a ledger, though it may be empty."""
        return True

    def __dir__(self) -> list[str]:
        """List what is public."""
        return [name for name in super().__dir__() if not name.startswith("_")]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def reading_as_it_lies(self) -> str:
        """Tell why the file is read as it lies, without locks; empty where it is not."""
        access = self._datastore.access
        return "" if access.lay is None else access.barrier

    @property
    def _uri(self) -> str:
        """Return the file's name as SQLite takes it."""
        return self._datastore.access.uri

    @contextmanager
    def _transaction(self, *, commit: bool = False) -> Iterator[sqlite3.Cursor]:
        """Give a cursor in a transaction, its rows as plain tuples."""
        with (
            self._undisturbed(),
            storage_errors(self.path),
            self._datastore.transaction(commit=commit) as cursor,
        ):
            plain = cursor.sqlite_cursor
            plain.row_factory = None
            yield plain

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Hold that a file which is read without locks is not written to within the block.

        Whatever else went wrong in it, that comes first: it may be why.

        Raises:
            StorageFailed: it was.
        """
        access = self._datastore.access
        access.check_undisturbed()
        try:
            yield
        finally:
            access.check_undisturbed()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep the other threads of this object from writing.

        Raises:
            StorageFailed: another thread was at it for too long.
        """
        if not self._acquire_write_lock():
            raise StorageFailed(
                f"{self.path} is held by another thread{NOTHING_WRITTEN}.", hint="Try again."
            )
        try:
            yield
        finally:
            self._write_lock.release()

    def _acquire_write_lock(self) -> bool:
        """Wait for the other threads, and say so where that takes long."""
        if self._write_lock.acquire(timeout=min(QUIET_SECONDS, BUSY_SECONDS)):
            return True
        if BUSY_SECONDS <= QUIET_SECONDS:
            return False
        say_waiting("another thread of this process", self.path)
        return self._write_lock.acquire(timeout=BUSY_SECONDS - QUIET_SECONDS)

    @contextmanager
    def _write_transaction(self) -> Iterator[sqlite3.Cursor]:
        """Give a cursor in the one transaction that writes.

        Raises:
            StorageFailed: this thread is in the middle of one, or the file cannot be written.
        """
        self._datastore.access.check_writable()
        with self._alone():
            if self._in_transaction:
                raise StorageFailed(
                    f"{self.path} is being written to already, by this very thread; nothing more "
                    "was written.",
                    hint="End that first.",
                )
            self._in_transaction = True
            try:
                with self._transaction(commit=True) as cursor:
                    yield cursor
            finally:
                self._in_transaction = False

    def _empty_log(self) -> None:
        """Overwrite what was erased in the write-ahead log too.

        Raises:
            BytesRemain: it could not be done now.
        """
        patience = min(QUIET_SECONDS, READERS_SECONDS)
        try:
            with self._datastore.get_connection(commit=True) as connection:
                in_use = _truncate_log(connection, patience)
                if in_use and patience < READERS_SECONDS:
                    say_waiting(reader_of(self.path), self.path)
                    in_use = _truncate_log(connection, READERS_SECONDS - patience)
        except (PersistenceError, sqlite3.Error) as error:
            raise BytesRemain(REMAINING, hint=f"The store said: {error}.") from error
        if in_use:
            raise BytesRemain(
                REMAINING,
                hint="An iterator of this program or another process is reading; they go when the "
                "last one closes the ledger, or with the next erasure.",
            )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        """Give a cursor over one unchanging view of the file, for code of this package."""
        with self._transaction() as cursor:
            yield cursor

    @contextmanager
    def _writing_indexes(self) -> Iterator[sqlite3.Cursor]:
        """Give a cursor in a transaction that writes indexes, never the record.

        An answer may ask for it many times. Once it was waited for in vain, it is not waited for
        again: while another process holds the file, it is refused at once.

        Raises:
            StorageFailed: the file cannot be written.
        """
        if self._waited_in_vain:
            self._check_writable()
        try:
            with self._write_transaction() as cursor:
                self._waited_in_vain = False
                yield cursor
        except StorageFailed:
            self._waited_in_vain = True
            raise

    def _check_writable(self) -> None:
        """Check that the file can be written just now.

        Raises:
            StorageFailed: it cannot.
        """
        self._datastore.access.check_writable()
        with (
            storage_errors(self.path),
            closing(connect(self._uri, timeout=0)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")

    def _scan(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query. If nobody reads them to their end, `close` ends them."""
        scan = _Scan(self.path, self._batches(statement, parameters))
        self._scans.add(scan)
        try:
            while rows := scan.batch():
                yield from rows
        finally:
            self._scans.discard(scan)
            scan.close()

    def _batches(
        self, statement: str, parameters: Sequence[Any]
    ) -> Generator[list[tuple[Any, ...]], None, None]:
        with self._transaction() as cursor:
            cursor.execute(statement, parameters)
            while rows := cursor.fetchmany(FETCH):
                yield rows


def _truncate_log(connection: SQLiteConnection, seconds: float) -> bool:
    """Empty the write-ahead log. Return whether somebody read it for too long."""
    cast("LedgerConnection", connection).wait_at_most(seconds)
    cursor = connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (in_use, *_) = cursor.fetchone()
    return bool(in_use)
