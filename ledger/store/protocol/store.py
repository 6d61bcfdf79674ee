"""Hold a ledger: its transactions, what is written in them, and what opens it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from answerable.ledger.errors import StorageFailed
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.rows import DisclosureRow, Last, StoredRow
from answerable.ledger.tlog.merkle import Growth

BUSY_SECONDS = 60
"""Seconds that a writer waits for the others before it gives up."""


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
        known: Last,
        latest: str,
    ) -> Placed | None:
        """Write events in one go that were drafted without a look at the log.

        Args:
            events: the rows, as if they went on where the log ended that is known.
            disclosures: their texts.
            known: the last entry of that log.
            latest: when the last entry may be recorded at the latest; they bear its time then.

        Returns:
            Where they went; None where they did not, since that entry is not there any more, or
            something was recorded since that they may rest on.

        Raises:
            StorageFailed: the store would not take them.
        """
        ...

    def settle(
        self, last: Last | None = None, *, recorded: bool = False, on_standbys: bool = False
    ) -> bool:
        """Wait until all that may be read is on disk: before it is vouched for.

        Args:
            last: the last entry that was read, or recorded; None where there is none.
            recorded: it was just recorded, so that what goes wrong leaves unknown if it is.
            on_standbys: and on those that commits wait for, though it was committed long ago.

        Returns:
            Whether that entry is there. A server that was killed since may have lost what was not
            on its disk: nobody was told of it.

        Raises:
            OutcomeUnknown: it may not be on disk.
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
