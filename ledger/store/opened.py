"""A ledger while it is open: its transactions, and the queries under way in them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from threading import RLock, local
from typing import Any, Self

from answerable.ledger.errors import NOTHING_WRITTEN, StorageFailed
from answerable.ledger.store.errors import closed_error
from answerable.ledger.store.protocol.cursor import FETCH, Cursor
from answerable.ledger.store.protocol.store import BUSY_SECONDS, Store
from answerable.ledger.store.snapshot import Snapshot
from answerable.ledger.system.locks import QUIET_SECONDS, say_waiting
from answerable.ledger.system.parallel import Progress, no_progress


class _Scan:
    """A query under way: read by one thread, a batch of rows at a time, and ended by any."""

    def __init__(self, name: str, batches: Generator[list[tuple[Any, ...]], None, None]) -> None:
        self._name = name
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
                raise closed_error(self._name)
            return next(self._batches, [])

    def close(self) -> None:
        """End the query. Who is reading a batch is waited for."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._batches.close()


def _batches(
    reading: AbstractContextManager[Cursor], statement: str, parameters: Sequence[Any]
) -> Generator[list[tuple[Any, ...]], None, None]:
    """Yield the rows of a query, some at a time, for as long as the record is read."""
    with reading as cursor:
        rows = cursor.stream(statement, parameters)
        while some := list(islice(rows, FETCH)):
            yield some


TRIES = 5
"""The most times that indexes are caught up while others go on recording."""


class _Here(local):
    """What one thread looks at.

    Attributes:
        snapshot: the view that it keeps to; None: each question is asked of a view of its own.
        scans: the queries under way in that view.
    """

    snapshot: Snapshot | None = None

    def __init__(self) -> None:
        self.scans: set[_Scan] = set()


class OpenLedger:
    """An open ledger, wherever it is stored.

    Any number of threads may use one object at once. Each transaction has a connection of its own;
    one thread writes at a time, and the others wait for it here, not at the store.

    Attributes:
        signs_unreplicated: whether its head may be signed though a standby of its server may lack
            what is signed, and take the server's place.
        progress: reports how far an index has come in taking in what was recorded since.
    """

    def __init__(self, store: Store) -> None:
        self.progress: Progress = no_progress
        self.signs_unreplicated = False
        self._store = store
        self._waited_in_vain = False
        self._write_lock = RLock()
        self._in_transaction = False
        self._scans: set[_Scan] = set()
        self._here = _Here()

    @property
    def name(self) -> str:
        """Return what messages call the ledger: its file, or its server, without a password."""
        return self._store.name

    @property
    def place(self) -> Path | None:
        """Return the ledger's file; None where it is on a server, and nothing lies beside it."""
        return self._store.place

    @property
    def path(self) -> Path:
        """Return the ledger's file.

        Raises:
            StorageFailed: it is on a server.
        """
        if self._store.place is None:
            raise StorageFailed(
                f"{self.name} is on a server, and no file lies beside it.",
                hint="Name the file that is meant.",
                cli_hint="Name the file: --key-file for keys, --signers for who may sign as whom.",
            )
        return self._store.place

    @property
    def address(self) -> str:
        """Return what opens the ledger again. It may hold a password, and is for no message."""
        return self._store.address

    def close(self) -> None:
        """Close the ledger. Closing it again does nothing.

        Nothing is pending: every append was on disk when it returned. An append that another thread
        is at is waited for. What another thread is reading is read to the end of its transaction;
        an iterator that has more to give raises `LedgerClosed` when it is asked for it.
        """
        with self._write_lock:
            for scan in list(self._scans):
                scan.close()
            self._store.close()

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
        return self._store.as_it_lies

    @property
    def withheld_from(self) -> str:
        """Tell which user of a server sealed texts are not shown to; empty where they are."""
        return self._store.withheld_from

    def _check_texts_shown(self, otherwise: str) -> None:
        """Check that whoever asks is shown sealed texts.

        Args:
            otherwise: what cannot be done without them, in words.

        Raises:
            StorageFailed: they are not.
        """
        if whom := self.withheld_from:
            raise StorageFailed(
                f"names and other sealed texts are not shown to {whom}, so {otherwise}.",
                hint="Ask as a member of the role whose name ends in _auditor.",
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep the other threads of this object from writing.

        Raises:
            StorageFailed: another thread was at it for too long.
        """
        if not self._acquire_write_lock():
            raise StorageFailed(
                f"{self.name} is held by another thread{NOTHING_WRITTEN}.", hint="Try again."
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
        say_waiting("another thread of this process", self.name)
        return self._write_lock.acquire(timeout=BUSY_SECONDS - QUIET_SECONDS)

    @contextmanager
    def _write_transaction(self) -> Iterator[Cursor]:
        """Give a cursor in the one transaction that writes.

        Raises:
            StorageFailed: this thread is in the middle of one, or the store cannot be written.
        """
        self._store.check_writable()
        with self._alone():
            if self._in_transaction:
                raise StorageFailed(
                    f"{self.name} is being written to already, by this very thread; nothing more "
                    "was written.",
                    hint="End that first.",
                )
            self._in_transaction = True
            try:
                with self._store.writing() as cursor:
                    yield cursor
            finally:
                self._in_transaction = False

    @contextmanager
    def at_one_moment(self, *ready: Callable[[Self], object]) -> Iterator[Self]:
        """Answer what this thread asks within the block of the record as it is when it begins.

        Without it each question is answered of the record as it is when it is asked, so that what
        is made of several answers may lack an event that its own tree head counts. Whoever writes
        is not held up; what this thread writes within the block, it does not see in it. A block
        within the block goes on with the same view.

        Args:
            ready: make the indexes ready that are going to be asked, as
                `answerable.ledger.indexes.names.make_ready` does: an index that lags behind the
                view is not asked, and the whole record is read instead.
        """
        if self._here.snapshot is not None:
            yield self
            return
        snapshot, scans = Snapshot(self._store), set[_Scan]()
        self._here.snapshot, self._here.scans = snapshot, scans
        try:
            snapshot.renew()
            for _ in range(TRIES):
                looks = snapshot.looks
                for make in ready:
                    make(self)
                if snapshot.looks == looks:
                    break
            snapshot.keep()
            yield self
        finally:
            self._here.snapshot = None
            for scan in list(scans):
                scan.close()
            snapshot.end()

    def _reading(self) -> AbstractContextManager[Cursor]:
        """Give a cursor over one unchanging view of the record, for code of this package."""
        snapshot = self._here.snapshot
        return self._store.reading() if snapshot is None else snapshot.reading()

    def _caught_up(self) -> bool:
        """Tell whether an index can be asked that was written to just now."""
        snapshot = self._here.snapshot
        return snapshot is None or snapshot.renew()

    @contextmanager
    def _writing_indexes(self) -> Iterator[Cursor]:
        """Give a cursor in a transaction that writes indexes, never the record.

        An answer may ask for it many times. Once it was waited for in vain, it is not waited for
        again: while another process holds the store, it is refused at once.

        Raises:
            StorageFailed: the store cannot be written.
        """
        if self._waited_in_vain:
            self._store.check_free()
        try:
            with self._write_transaction() as cursor:
                self._waited_in_vain = False
                yield cursor
        except StorageFailed:
            self._waited_in_vain = True
            raise

    def _scan(self, statement: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query. If nobody reads them to their end, `close` ends them."""
        here = self._here.scans
        scan = _Scan(self.name, _batches(self._reading(), statement, parameters))
        self._scans.add(scan)
        here.add(scan)
        try:
            while rows := scan.batch():
                yield from rows
        finally:
            self._scans.discard(scan)
            here.discard(scan)
            scan.close()
