"""The store: `eventsourcing`'s SQLite recorder, with the tree and the seals in its transaction.

Events, disclosures and the tiles of the tree are written through one cursor of the library's
transaction, so that an event is there with all that belongs to it, or not at all. What reads
through the library's own interface (streams, notifications) finds the events there. A transaction
that writes begins with BEGIN IMMEDIATE: with the library's deferred BEGIN, two writers who both
read first cannot both go on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from eventsourcing.persistence import PersistenceError, ProgrammingError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from answerable.ledger.errors import LedgerExists, LedgerNotFound, StorageFailed
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import BUSY_SECONDS
from answerable.ledger.store.rows import DisclosureRow, StoredRow
from answerable.ledger.store.sqlite.access import (
    NO_ROOM,
    Access,
    prepare,
    uri,
    way_in,
    without_room,
)
from answerable.ledger.store.sqlite.cursor import SqliteCursor
from answerable.ledger.store.sqlite.database import check_place, storage_errors
from answerable.ledger.store.sqlite.patience import Patience, busy_timeout
from answerable.ledger.store.sqlite.schema import (
    APPLICATION_ID,
    CREATE_EVENTS,
    CREATE_REST,
    FORMAT,
    GROW_TILE,
    INSERT_DISCLOSURE,
    INSERT_EVENT,
)

MOST_CONNECTIONS = 200
"""The most connections: one for each transaction or iterator under way."""

PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -16000",
)
"""FULL: what is acknowledged survives a power cut. secure_delete: what is erased is overwritten."""


class _ImmediateTransaction(SQLiteTransaction):
    """A transaction that takes the write lock when it begins, if it is going to write."""

    connection: LedgerConnection

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        patience = self.connection.patience

        def begin(seconds: float) -> None:
            self.connection.wait_at_most(seconds)
            cursor.execute("BEGIN IMMEDIATE" if self.commit else "BEGIN")

        if self.commit:
            patience.spend(begin)
        else:
            begin(patience.seconds)
        return cursor


class LedgerConnection(SQLiteConnection):
    """A connection to a ledger's file, which knows how long it waits for who holds that."""

    def __init__(
        self, connection: sqlite3.Connection, max_age: float | None, patience: Patience
    ) -> None:
        super().__init__(connection, max_age)
        self.patience = patience
        self._waits: float | None = None

    def wait_at_most(self, seconds: float) -> None:
        """Wait so long, from now on, for who holds the file."""
        if seconds != self._waits:
            self._sqlite_conn.execute(busy_timeout(seconds))
            self._waits = seconds

    def cursor(self) -> SQLiteCursor:
        return SQLiteCursor(self._sqlite_conn.cursor(SqliteCursor))

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        with _ImmediateTransaction(self, commit=commit) as cursor, cursor:
            yield cursor


class _ConnectionPool(SQLiteConnectionPool):
    """Connections to one file, for as many threads as there are.

    The library's pool closes connections under the threads that use them. Here, who has one when
    the pool is closed finishes with it, and the connection is closed when it comes back.

    Attributes:
        patience: how long to wait for who holds the file.
    """

    patience: Patience

    def get_connection(
        self, timeout: float | None = None, *, is_writer: bool | None = None
    ) -> SQLiteConnection:
        """Issue a connection.

        The library's lock for writers is left alone: where no connection can be made for a writer,
        it is never given back. The writers of a ledger wait for each other before they come here.
        """
        return super().get_connection(timeout)

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take back a connection: to be used again, or to be closed."""
        with self._put_condition:
            if not self._closed:
                super().put_connection(conn)
            elif self._in_use.pop(id(conn), None) is not None:
                conn.close()

    def close(self) -> None:
        """Close what nobody uses, and issue no connection any more."""
        with self._put_condition:
            self._closed = True
            while self._pool:
                self._pool.popleft().close()

    def _create_connection(self) -> SQLiteConnection:
        connection = self.patience.spend(self._connect, opening=True)
        prepare(connection, self.db_name)
        for pragma in (*PRAGMAS, busy_timeout(self.patience.seconds)):
            connection.execute(pragma)
        return LedgerConnection(connection, self.max_age, self.patience)

    def _connect(self, seconds: float) -> sqlite3.Connection:
        # One thread connects at a time, so this is its own.
        self.lock_timeout = seconds  # type: ignore[assignment]
        connection: sqlite3.Connection = super()._create_connection()._sqlite_conn
        return connection


class LedgerDatastore(SQLiteDatastore):
    """The connections to one ledger file.

    Attributes:
        access: the way in that they take.
    """

    def __init__(self, access: Access) -> None:
        super().__init__("", originator_id_type="text")
        self.pool.close()
        self.access = access
        self.pool = _ConnectionPool(
            db_name=access.uri,
            pool_timeout=BUSY_SECONDS,
            max_overflow=MOST_CONNECTIONS,
        )
        self.pool.patience = Patience(access.path, BUSY_SECONDS)
        # What is read as it lies stays in the mode that it is in, and is not even asked for it.
        self.pool.is_journal_mode_wal = access.lay is not None

    @classmethod
    def new(cls, path: Path) -> Self:
        """Return the connections to a file that is to become a ledger."""
        return cls(Access(path, uri(path, "mode=rwc")))

    @classmethod
    def there(cls, path: Path) -> Self:
        """Return the connections to a ledger that is there.

        Raises:
            LedgerNotFound: it is not.
            StorageFailed: others hold it for too long, or it is where there are no locks.
        """
        if not path.exists():
            raise LedgerNotFound(
                f"there is no ledger at {path}.",
                hint="Make one with `Ledger.create`, or name another.",
                cli_hint="Make one with `answerable init`, or name another with --ledger.",
            )
        found = cls(way_in(path))
        try:
            with found.transaction(commit=False) as cursor:
                cursor.execute("PRAGMA schema_version")
        except (PersistenceError, sqlite3.Error, UnicodeDecodeError) as error:
            cause = error if isinstance(error, sqlite3.Error) else error.__cause__
            if getattr(cause, "sqlite_errorname", None) in NO_ROOM:
                found.close()
                return cls(without_room(path, str(cause)))
            # Whatever else is wrong is told when something is asked.
        return found


class LedgerRecorder(SQLiteApplicationRecorder):
    """A recorder of events with their disclosures and the tiles that the tree grew by."""

    def __init__(self, datastore: LedgerDatastore) -> None:
        super().__init__(datastore)
        self.insert_events_statement = INSERT_EVENT

    def construct_create_table_statements(self) -> list[str]:
        """Return the statements that make an empty ledger; each can be run again without effect."""
        return [
            CREATE_EVENTS,
            *CREATE_REST,
            f"PRAGMA application_id = {APPLICATION_ID}",
            f"PRAGMA user_version = {FORMAT}",
        ]

    def record(
        self,
        c: Cursor,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        tiles: Mapping[tuple[int, int], bytes],
    ) -> None:
        """Write events with all that belongs to them, through the cursor of one transaction."""
        c.executemany(self.insert_events_statement, events)
        c.executemany(INSERT_DISCLOSURE, disclosures)
        c.executemany(GROW_TILE, [(*place, hashes) for place, hashes in tiles.items()])

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any
    ) -> Sequence[int] | None:
        """Refuse the library's own way in: an event enters with its seals and its proof."""
        raise ProgrammingError("events enter a ledger through Ledger.append, with their proofs")


def make_ledger_file(path: str | os.PathLike[str]) -> Path:
    """Make the file of an empty ledger; return its place. It appears whole or not at all.

    Raises:
        LedgerExists: there is something at this place already.
        NotALedger: the path is SQLite's name for a database in memory.
        StorageFailed: the folder does not exist, cannot be written, or is full.
    """
    place = check_place(path)
    exists = LedgerExists(
        f"there is something at {place} already, and it is not overwritten.",
        hint="Choose another place.",
        cli_hint="Choose another place with --ledger.",
    )
    if place.exists() or place.is_symlink():
        raise exists
    unfinished = place.with_name(f"{place.name}.{os.getpid()}.new")
    try:
        # What SQLite makes beside it has the mode of the file: its owner's alone.
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with storage_errors(place):
            datastore = LedgerDatastore.new(unfinished)
            try:
                LedgerRecorder(datastore).create_table()
            finally:
                datastore.close()
        os.link(unfinished, place)
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise StorageFailed(f"no ledger can be made at {place}: {error.strerror}.") from None
    finally:
        for leftover in (unfinished, Path(f"{unfinished}-wal"), Path(f"{unfinished}-shm")):
            leftover.unlink(missing_ok=True)
    return place
