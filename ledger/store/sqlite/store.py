"""A ledger's file as a store: its transactions, what is left of erased bytes, and its upgrade."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple, Self, cast

from eventsourcing.persistence import PersistenceError
from eventsourcing.sqlite import SQLiteConnection

from answerable.ledger.errors import BytesRemain, OutcomeUnknown, StorageFailed
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow
from answerable.ledger.store.sqlite.access import connect
from answerable.ledger.store.sqlite.cursor import SqliteCursor, plain_cursor
from answerable.ledger.store.sqlite.database import (
    check_is_ledger,
    check_place,
    failed_to_flush,
    storage_errors,
)
from answerable.ledger.store.sqlite.patience import reader_of
from answerable.ledger.store.sqlite.recorder import (
    LedgerConnection,
    LedgerDatastore,
    LedgerRecorder,
)
from answerable.ledger.store.sqlite.schema import FORMAT, READABLE_FORMAT
from answerable.ledger.system.locks import QUIET_SECONDS, say_waiting
from answerable.ledger.tlog.merkle import Growth, grow

REMAINING = (
    "the erasure is recorded and the texts can no longer be read, but their bytes are still in the "
    "write-ahead log beside the ledger."
)

READERS_SECONDS = 5
"""Seconds that an erasure waits for those who read. No other writer gets on meanwhile."""

WRITTEN = "PRAGMA data_version"
"""Gives another number when another connection wrote: https://sqlite.org/pragma.html."""


class SqliteWorker(NamedTuple):
    """Opens a ledger's file in another process.

    It needs no more than the standard library's sqlite3, so that it is quickly loaded there.

    Attributes:
        uri: the file's name as SQLite takes it.
    """

    uri: str

    @contextmanager
    def reading(self, *, damaged: bool = False) -> Iterator[SqliteCursor]:
        """Give a cursor over one unchanging view of the file.

        Args:
            damaged: gives what is no text, where text should be, in signs that say so.
        """
        with closing(connect(self.uri)) as connection:
            if damaged:
                connection.text_factory = _text
            connection.execute("BEGIN")
            yield plain_cursor(connection)

    def structure(self) -> str | None:
        """Return what is wrong with the file as a database; None if nothing is."""
        from answerable.ledger.store.sqlite.structure import check_structure

        return check_structure(self.uri)


class SqliteStore:
    """Implements `answerable.ledger.store.protocol.store.Store` over a file.

    Attributes:
        place: the file.
        recorder: the library's way to read the events, as streams and as notifications.
    """

    withheld_from = ""
    unchecked: Sequence[str] = ()
    takes_unseen = False
    group = False

    def __init__(self, path: Path, datastore: LedgerDatastore, version: int = FORMAT) -> None:
        self.place = path
        self.recorder = LedgerRecorder(datastore)
        self._datastore = datastore
        self._version = version

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open the file of a ledger.

        Raises:
            LedgerNotFound: there is none.
            NotALedger: the file is something else.
            StorageFailed: others hold it for too long, or it is where there are no locks.
        """
        place = check_place(path)
        version = check_is_ledger(place)
        return cls(place, LedgerDatastore.there(place), version)

    @property
    def name(self) -> str:
        """Return the place of the file."""
        return str(self.place)

    @property
    def address(self) -> str:
        """Return the place of the file, wherever this process goes."""
        return str(self.place.absolute())

    def close(self) -> None:
        """Close what nobody uses; who has a transaction ends it."""
        self._datastore.close()

    @property
    def as_it_lies(self) -> str:
        """Tell why the file is read as it lies, without locks; empty where it is not."""
        access = self._datastore.access
        return "" if access.lay is None else access.barrier

    def reading(self) -> AbstractContextManager[SqliteCursor]:
        """Give a cursor over one unchanging view of the file."""
        return self._transaction(commit=False)

    @contextmanager
    def writing(self) -> Iterator[SqliteCursor]:
        """Give a cursor in the one transaction that writes; it is committed at the end.

        Raises:
            OutcomeUnknown: all was written, and the disk did not say that it has it.
            StorageFailed: nothing was written.
        """
        try:
            with self._transaction(commit=True) as cursor:
                yield cursor
        except StorageFailed as error:
            if failed_to_flush(error) and not self._overwritten():
                raise OutcomeUnknown(
                    f"the disk did not say that it has what was written to {self.place} "
                    f"({error.__cause__}); whether it is recorded is not known.",
                    hint="Look at the disk. Then look before it is recorded again; what is given "
                    "under the same id is recorded once.",
                ) from error
            raise

    def _overwritten(self) -> bool:
        """Write over what was not flushed. Tell whether that is on disk.

        A transaction may lie whole in the write-ahead log then. Nobody sees it, and who writes
        next writes there. But were nobody to, because the machine stops, SQLite would find it.
        """
        try:
            with self._transaction(commit=True) as cursor:
                (version,) = cursor.execute("PRAGMA user_version").fetchone()
                cursor.execute(f"PRAGMA user_version = {version}")
        except StorageFailed:
            return False
        return True

    @contextmanager
    def _transaction(self, *, commit: bool) -> Iterator[SqliteCursor]:
        with (
            self.undisturbed(),
            storage_errors(self.place),
            self._datastore.transaction(commit=commit) as cursor,
        ):
            plain = cast("SqliteCursor", cursor.sqlite_cursor)
            plain.row_factory = None
            yield plain

    def record(
        self,
        cursor: Cursor,
        size: int,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        leaves: Sequence[bytes],
    ) -> Growth:
        """Write events with all that belongs to them: their texts, and the tree over them."""
        growth = grow(size, leaves, tile_reader(cursor))
        self.recorder.record(cursor, events, disclosures, growth.tiles)
        return growth

    def record_unseen(self, *_: object) -> None:
        """Refuse: a look at a file costs no round trip."""

    def settle(
        self, last: Last | None = None, *, recorded: bool = False, on_standbys: bool = False
    ) -> bool:
        """Do nothing: what can be read is on disk, and a file has no standby."""
        return True

    def forget_bytes(self) -> None:
        """Overwrite what was erased in the write-ahead log too.

        Raises:
            BytesRemain: it could not be done now.
        """
        patience = min(QUIET_SECONDS, READERS_SECONDS)
        try:
            with self._datastore.get_connection(commit=True) as connection:
                in_use = _truncate_log(connection, patience)
                if in_use and patience < READERS_SECONDS:
                    say_waiting(reader_of(self.place), self.place)
                    in_use = _truncate_log(connection, READERS_SECONDS - patience)
        except (PersistenceError, sqlite3.Error) as error:
            raise BytesRemain(REMAINING, hint=f"The store said: {error}.") from error
        if in_use:
            raise BytesRemain(
                REMAINING,
                hint="An iterator of this program or another process is reading; they go when the "
                "last one closes the ledger, or with the next erasure.",
            )

    def upgrade(self) -> None:
        """Add the tables that an earlier version did not have. Nothing recorded is touched.

        Raises:
            StorageFailed: that cannot be done, and it cannot be read as it is either.
        """
        if self._version >= FORMAT:
            return
        try:
            self.check_writable()
            with self.writing() as cursor:
                for statement in self.recorder.construct_create_table_statements():
                    cursor.execute(statement)
        except StorageFailed:
            if self._version < READABLE_FORMAT:
                raise

    def check_writable(self) -> None:
        """Check that nothing is known to keep the file from being written.

        Raises:
            StorageFailed: something is.
        """
        self._datastore.access.check_writable()

    def check_free(self) -> None:
        """Check that the file can be written just now, without waiting for anybody.

        Raises:
            StorageFailed: it cannot.
        """
        self.check_writable()
        with (
            storage_errors(self.place),
            closing(connect(self._datastore.access.uri, timeout=0)) as other,
        ):
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
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
    def errors(self) -> Iterator[None]:
        """Turn what SQLite and the library say into what a user can act on.

        Raises:
            LedgerClosed: it was closed.
            StorageFailed: the disk is full, the file is read-only, or the database is busy.
            NotVerified: the file is damaged.
        """
        with storage_errors(self.place):
            yield

    def misfit(self, error: StorageFailed) -> str | None:
        """Say what SQLite said of a statement that its tables do not allow; None for others."""
        cause = error.__cause__
        if cause is not None and not isinstance(cause, sqlite3.Error):
            cause = cause.__cause__
        return str(cause) if getattr(cause, "sqlite_errorname", None) == "SQLITE_ERROR" else None

    @contextmanager
    def watched(self) -> Iterator[Callable[[], bool]]:
        """Give a function that tells whether someone wrote since the block was entered."""
        with (
            self.undisturbed(),
            storage_errors(self.place),
            closing(connect(self._datastore.access.uri)) as file,
        ):
            before = file.execute(WRITTEN).fetchone()
            yield lambda: file.execute(WRITTEN).fetchone() != before

    def worker(self) -> SqliteWorker:
        """Return what opens the file in another process."""
        return SqliteWorker(self._datastore.access.uri)


def _truncate_log(connection: SQLiteConnection, seconds: float) -> bool:
    """Empty the write-ahead log. Return whether somebody read it for too long."""
    cast("LedgerConnection", connection).wait_at_most(seconds)
    cursor = connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (in_use, *_) = cursor.fetchone()
    return bool(in_use)


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "backslashreplace")
