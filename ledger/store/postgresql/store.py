"""A ledger on a server as a store: its transactions, its one writer, and what is left of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

import psycopg

from answerable.domain.language.saying import to_say
from answerable.ledger.errors import BytesRemain, StorageFailed
from answerable.ledger.store.errors import closed_error
from answerable.ledger.store.postgresql import connections
from answerable.ledger.store.postgresql.address import ServerAddress
from answerable.ledger.store.postgresql.connections import READING, WRITING, Connections
from answerable.ledger.store.postgresql.cursor import Connection, PostgresCursor
from answerable.ledger.store.postgresql.errors import Said, commit_errors, server_errors
from answerable.ledger.store.postgresql.rights.shown import withheld_from
from answerable.ledger.store.postgresql.schema import FORMAT
from answerable.ledger.store.postgresql.servers.confirmed import Unconfirmed
from answerable.ledger.store.postgresql.servers.found import format_of
from answerable.ledger.store.postgresql.servers.vacuum import remains_after_vacuum
from answerable.ledger.store.postgresql.writing import recording
from answerable.ledger.store.postgresql.writing.holding import holding
from answerable.ledger.store.postgresql.writing.outcome import appended
from answerable.ledger.store.postgresql.writing.settling import is_settled
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Placed
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow
from answerable.ledger.tlog.merkle import Growth

FREE = "SELECT size FROM head FOR UPDATE NOWAIT"

NOT_HERE = ("42501", "25006")
"""Name the errors that this user may not, or that a server takes no writes at all."""

NOTHING = "SELECT"
"""Shows that a connection is there still."""

REMAINING = (
    "the erasure is recorded and the texts can no longer be read, but their bytes are still in the "
    "table's pages on the server."
)


class PostgresWorker(NamedTuple):
    """Opens a ledger on a server in another process.

    Attributes:
        conninfo: the address; it may hold a password, and is handed over in memory.
    """

    conninfo: str

    def __repr__(self) -> str:
        return f"PostgresWorker({str(ServerAddress(self.conninfo))!r})"

    @contextmanager
    def reading(self, *, damaged: bool = False) -> Iterator[PostgresCursor]:
        """Give a cursor over one unchanging view of the ledger.

        Args:
            damaged: nothing: the server gives no text that is none.
        """
        address = ServerAddress(self.conninfo)
        with server_errors(address):
            connection = connections.connect(address)
            try:
                connection.execute(READING.encode())
                # It ends with its connection: who passed over a statement that failed, as one does
                # who looks for damage, has nothing to commit.
                yield PostgresCursor(connection)
            finally:
                connection.close()

    def structure(self) -> str | None:
        """Return what is wrong with the schema's version; None if nothing is."""
        with self.reading() as cursor:
            found = cursor.execute("SELECT version FROM format").fetchall()
        return None if found == [(FORMAT,)] else f"its format is {found!r:.40}, which none is"


class PostgresStore:
    """Implements `answerable.ledger.store.protocol.store.Store` over a server."""

    place = None
    as_it_lies = ""
    takes_unseen = True
    group = False
    unchecked = (
        to_say("the server's own files and indexes, which `pg_amcheck` and data checksums are for"),
    )

    def __init__(self, address: ServerAddress, version: int = FORMAT) -> None:
        self._address = address
        self._version = version
        self.withheld_from = ""
        self._connections = Connections(address)

    @classmethod
    def open(cls, address: ServerAddress) -> Self:
        """Open a ledger on a server.

        Raises:
            LedgerNotFound: there is none in that database.
            NotALedger: it is of another version, or something else goes by its name.
            StorageFailed: the server does not answer.
        """
        opened = cls(address)
        try:
            with opened.reading() as cursor:
                opened._version = format_of(cursor, opened.name)
                opened.withheld_from = withheld_from(cursor)
        except BaseException:
            opened.close()
            raise
        return opened

    @property
    def name(self) -> str:
        """Return the address without what is secret."""
        return str(self._address)

    @property
    def address(self) -> str:
        """Return the address as it was given. It may hold a password."""
        return self._address.conninfo

    def close(self) -> None:
        """Close what nobody uses; who has a transaction ends it."""
        self._connections.close()

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Connection]:
        if self._connections.closed:
            raise closed_error(self.name)
        with self._connections.one(begin) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[PostgresCursor]:
        """Give a cursor over one unchanging view of the ledger."""
        with (
            self.errors(),
            self._begun(READING) as connection,
            connections.ended(connection) as cursor,
        ):
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[PostgresCursor]:
        """Give a cursor in the one transaction that writes; it is committed at the end.

        The row that says how long the log is, is locked first: so its size is the next position,
        and no number is left out whoever gives up.

        Raises:
            Conflict: another writer came between; the same may be tried again.
            StorageFailed: others hold the ledger for too long, or the server would not take it.
        """
        with self._connection_that_writes() as (connection, cursor):
            yield cursor
            with commit_errors(self._address):
                connections.commit(connection)

    @contextmanager
    def _connection_that_writes(self) -> Iterator[tuple[Connection, PostgresCursor]]:
        if self._connections.closed:
            raise closed_error(self.name)
        with self.errors(), holding(self._connections, self.name) as connection:
            try:
                yield connection, PostgresCursor(connection)
            except BaseException:
                connections.undo(connection)
                raise

    def record(
        self,
        cursor: Cursor,
        size: int,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        leaves: Sequence[bytes],
    ) -> Growth:
        """Write events with all that belongs to them: their texts, and the tree over them."""
        return recording.record(cursor, size, events, disclosures, leaves, early=self.group)

    def record_unseen(
        self,
        events: Sequence[StoredRow],
        disclosures: Sequence[DisclosureRow],
        known: Last,
        latest: str,
    ) -> Placed | None:
        """Write events in one round trip that were drafted without a look at the log.

        None where it does not hold any more what they were drafted against, or where no connection
        is at hand.
        """
        with self._connections.at_hand() as connection:
            if connection is None:
                return None
            return appended(
                connection, self._address, events, disclosures, known, latest, early=self.group
            )

    def settle(
        self, last: Last | None = None, *, recorded: bool = False, on_standbys: bool = False
    ) -> bool:
        """Wait until all that may be read is on the server's disk, and on synchronous standbys.

        Args:
            last: the last entry that was read, or recorded. Another connection than that which
                read it may be one to a server that was killed and started again since.
            recorded: it was just recorded, so that what goes wrong leaves unknown if it is.
            on_standbys: waits for the standbys that commits wait for, though nothing seems to be
                left to wait for: an entry may be read that they lack, where its own wait was given
                up, or the server was started again in it.

        Returns:
            Whether that entry is there.

        Raises:
            OutcomeUnknown: it may not be on disk.
        """
        try:
            with self._connections.at_hand() as kept:
                if kept is not None:
                    return is_settled(kept, last, on_standbys=on_standbys)
        except Unconfirmed:
            with commit_errors(self._address):
                raise
        except psycopg.OperationalError:
            pass  # It was cut off: what another tells holds as well.
        try:
            with self._begun(NOTHING) as connection:
                return is_settled(connection, last, on_standbys=on_standbys)
        except Unconfirmed:
            with commit_errors(self._address):
                raise
        except psycopg.Error as error:
            if recorded:
                with commit_errors(self._address):
                    raise psycopg.OperationalError from error
            with self.errors():
                raise

    def forget_bytes(self) -> None:
        """Have the server give back the pages that held what was erased.

        Its write-ahead log keeps them until it is recycled, and archives and backups for longer.

        Raises:
            BytesRemain: it could not be done now.
        """
        try:
            with server_errors(self._address), self._begun(NOTHING) as connection:
                why = remains_after_vacuum(connection)
        except StorageFailed as error:
            raise _bytes_remain(error.__cause__ or error) from error
        if why is not None:
            raise _bytes_remain(why)

    def upgrade(self) -> None:
        """Bring a ledger of an earlier version to this one. No entry is touched.

        Raises:
            StorageFailed: that cannot be done here: it takes the owner of the tables.
        """
        if self._version == FORMAT:
            return
        from answerable.ledger.store.postgresql.upgrade import upgrade

        try:
            with (
                self.errors(),
                self._begun(WRITING) as connection,
                connections.ended(connection) as cursor,
            ):
                upgrade(cursor)
        except StorageFailed as error:
            cause = error.__cause__
            if not (isinstance(cause, Said) and cause.sqlstate in NOT_HERE):
                raise
            raise StorageFailed(
                f"{self.name} has format {self._version}, and has to be brought to format {FORMAT} "
                f"before it is used ({cause}).",
                hint="Open it once as the owner of its tables, on the server that takes writes.",
                cli_hint="Run any command once as the owner of its tables, on the server that "
                "takes writes: `answerable verify` is one.",
            ) from cause
        self._version = FORMAT

    def check_writable(self) -> None:
        """Check nothing: what keeps a server from being written, it says itself."""

    def check_free(self) -> None:
        """Check that the ledger can be written just now, without waiting for anybody.

        Raises:
            StorageFailed: it cannot.
        """
        with (
            self.errors(),
            self._begun(WRITING) as connection,
            connections.ended(connection) as cursor,
        ):
            cursor.execute(FREE)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Hold nothing: a server gives one view to a transaction."""
        yield

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what the server and psycopg say into what a user can act on."""
        with server_errors(self._address):
            yield

    def misfit(self, error: StorageFailed) -> str | None:
        """Say what the server said of a statement that its tables do not allow; None for others."""
        cause = error.__cause__
        is_misfit = isinstance(cause, Said) and cause.sqlstate.startswith("42")
        return str(cause) if is_misfit else None

    @contextmanager
    def watched(self) -> Iterator[Callable[[], bool]]:
        """Give a function that tells whether someone wrote since the block was entered."""
        before = self._written()
        yield lambda: self._written() != before

    def _written(self) -> tuple[Any, ...]:
        """Return what changes with each transaction that writes: its number is in the head row."""
        with self.reading() as cursor:
            found: tuple[Any, ...] = cursor.execute("SELECT xmin::text, size FROM head").fetchone()
        return found

    def worker(self) -> PostgresWorker:
        """Return what opens the ledger in another process."""
        return PostgresWorker(self._address.conninfo)


def _bytes_remain(why: object) -> BytesRemain:
    return BytesRemain(
        REMAINING,
        hint=f"The store said: {why}. `Ledger.forget_bytes`, called later or by the owner of the "
        "table, finishes it.",
        cli_hint=f"The store said: {why}. `answerable db vacuum`, run later or as the owner of the "
        "table, finishes it.",
    )
