"""The ledger: an append-only record of events, proved by a tree.

In use:

    with Ledger.open("answerable.db") as ledger:
        receipt = ledger.append(event, recorded_by="jane")
        print(receipt.position, receipt.root.hex())
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from eventsourcing.persistence import PersistenceError

from answerable.domain.case import CaseState
from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.ledger.erasure import (
    check_holds,
    erase,
)
from answerable.ledger.errors import (
    BytesRemain,
    DuplicateId,
    LedgerExists,
    StorageFailed,
)
from answerable.ledger.store.database import (
    check_is_ledger,
    storage_errors,
)
from answerable.ledger.store.draft import (
    Draft,
    Receipt,
    Receipts,
    draft,
)
from answerable.ledger.store.queries import (
    log_size,
    tile_reader,
)
from answerable.ledger.store.reader import (
    LedgerReader,
    timestamp,
)
from answerable.ledger.store.recorder import LedgerDatastore
from answerable.ledger.store.schema import (
    FORMAT,
    SUFFICIENT,
)
from answerable.ledger.tlog import merkle

if TYPE_CHECKING:
    from answerable.ledger.actors.allowed_signers import AllowedSigners
    from answerable.ledger.actors.prepared import (
        Prepared,
        SignedEvent,
    )

KEY_ROTATED = "key-rotated"
"""The kind that only a rotation of the keys may record of them."""

STATES_KEPT = 500
"""How many cases' states are kept between appends."""


REMAINING = (
    "the erasure is recorded and the texts can no longer be read, but their bytes are still in the "
    "write-ahead log beside the ledger."
)


class _Rehearsed(Exception):
    """Raised to roll back what was only rehearsed."""


class Ledger(LedgerReader):
    """A ledger that can be read and appended to. Use `create` or `open`.

    Many processes may append to one file: each append takes the write lock for its transaction,
    and waits for the others. One object is to be used by one thread at a time.
    """

    def __init__(
        self, path: Path, datastore: LedgerDatastore, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(path, datastore)
        self._clock = clock
        self._states: dict[str, CaseState] = {}
        self._states_at = 0

    @classmethod
    def create(
        cls, path: str | os.PathLike[str], *, clock: Callable[[], datetime] | None = None
    ) -> Self:
        """Make an empty ledger and open it. It appears whole or not at all.

        Raises:
            LedgerExists: there is something at this place already.
            StorageFailed: the folder does not exist, cannot be written, or is full.
        """
        place = Path(path)
        exists = LedgerExists(
            f"there is something at {place} already, and it is not overwritten.",
            hint="Choose another place with --ledger.",
        )
        if place.exists() or place.is_symlink():
            raise exists
        draft = place.with_name(f"{place.name}.{os.getpid()}.new")
        try:
            with storage_errors(place):
                datastore = LedgerDatastore(draft, "rwc")
                try:
                    LedgerReader(draft, datastore).recorder.create_table()
                finally:
                    datastore.close()
            os.link(draft, place)
        except FileExistsError:
            raise exists from None
        except OSError as error:
            raise StorageFailed(f"no ledger can be made at {place}: {error.strerror}.") from None
        finally:
            for leftover in (draft, Path(f"{draft}-wal"), Path(f"{draft}-shm")):
                leftover.unlink(missing_ok=True)
        return cls.open(place, clock=clock)

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, clock: Callable[[], datetime] | None = None
    ) -> Self:
        """Open a ledger that is there.

        Args:
            path: the ledger's file.
            clock: tells the time of recording; the system's by default.

        Raises:
            LedgerNotFound: there is none.
            NotALedger: the file is something else.
        """
        place = Path(path)
        version = check_is_ledger(place)
        opened = cls(place, LedgerDatastore(place, "rw"), clock or (lambda: datetime.now(UTC)))
        if version < FORMAT:
            try:
                opened._upgrade()
            except StorageFailed:
                if version < SUFFICIENT:
                    raise
        return opened

    def _upgrade(self) -> None:
        """Add the tables that an earlier version did not have. Nothing recorded is touched."""
        with self._transaction(commit=True) as cursor:
            for statement in self.recorder.construct_create_table_statements():
                cursor.execute(statement)

    def append(
        self, event: Event, *, recorded_by: str, expected_version: int | None = None
    ) -> Receipt:
        """Record one event, durably.

        Args:
            event: what happened.
            recorded_by: who records it. Sealed.
            expected_version: how many events the case had when the caller last looked.

        Raises:
            Refused: what it says is impossible; `DuplicateId`, `EntryTooLarge` and `CaseMoved`
                are refusals too.
            StorageFailed: the disk would not take it.
        """
        expected = _expected(event, expected_version)
        return self.append_all([event], recorded_by=recorded_by, expected_versions=expected)[0]

    def append_all(
        self,
        events: Iterable[Event],
        *,
        recorded_by: str,
        expected_versions: Mapping[str, int] | None = None,
        alongside: Callable[[sqlite3.Cursor], None] | None = None,
    ) -> Receipts:
        """Record events in one transaction: all of them, or none.

        Args:
            events: what happened, in this order.
            recorded_by: who records it.
            expected_versions: how many events the cases had when the caller last looked.
            alongside: writes what else is to be there if, and only if, the events are.

        Returns:
            A receipt for each, in their order.

        Raises:
            Refused: one of them is impossible; its `index` says which.
        """
        return self._append(list(events), recorded_by, expected_versions, alongside)

    def prepare(
        self, event: Event, *, recorded_by: str, expected_version: int | None = None
    ) -> Prepared:
        """Make an event ready to be signed by who records it. Nothing is recorded yet.

        Raises:
            Refused: as `append` would now, or the event is on record already.
        """
        from answerable.ledger.actors.prepared import Prepared

        with self._previewed(event, recorded_by, expected_version) as (drafted, _):
            if not drafted.accepted:
                raise DuplicateId(
                    f"the event {event.event_id} is on record already, so it is not prepared.",
                    field="event_id",
                    hint="`answerable show` tells whether it is signed.",
                )
            accepted = drafted.accepted[0]
        identified = accepted.event.model_copy(update={"event_id": accepted.event_id})
        return Prepared.of(identified, recorded_by)

    def append_prepared(
        self,
        prepared: Prepared,
        signature: str,
        signers: AllowedSigners,
        *,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record a prepared event with the signature of who records it.

        Args:
            prepared: the event.
            signature: what `ssh-keygen -Y sign -n answerable` made over its statement.
            signers: who may sign as whom.
            expected_version: how many events the case had when the caller last looked.

        Raises:
            SignatureRefused: the signature is not good, is not one of the actor's, or the event is
                on record without one.
            Refused: as `append`.
        """
        from answerable.ledger.actors.prepared import SignedEvent
        from answerable.ledger.actors.sshsig import SshSignature
        from answerable.ledger.actors.verify import refusing

        with refusing():
            signed = SignedEvent(prepared, SshSignature.parse(signature), signers)
        expected = _expected(prepared.event, expected_version)
        return self._append([prepared.event], prepared.recorded_by, expected, signed=signed)[0]

    def _append(
        self,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        alongside: Callable[[sqlite3.Cursor], None] | None = None,
        *,
        signed: SignedEvent | None = None,
    ) -> Receipts:
        try:
            with self._transaction(commit=True) as cursor:
                drafted, growth = self._write(
                    cursor, events, recorded_by, expected_versions, signed
                )
                if alongside is not None:
                    alongside(cursor)
                if any(event.kind == KEY_ROTATED for event in events):
                    from answerable.ledger.checkpoints.signing import check_rotations

                    check_rotations(cursor, (row[-2:] for row in drafted.rows))
        except BaseException:
            self._states.clear()
            raise
        if drafted.erasures:
            self._empty_wal()
        return Receipts(drafted, growth.size, growth.root)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """A cursor in a transaction that writes, for code of this package."""
        try:
            with self._transaction(commit=True) as cursor:
                yield cursor
        finally:
            self._states.clear()

    @contextmanager
    def rehearsal(self, *, recorded_by: str) -> Iterator[Callable[[Sequence[Event]], Receipts]]:
        """Appends batches within the block, as `append_all` would, and undoes it all at its end.

        It keeps other writers waiting for as long as it takes.
        """
        try:
            with self._transaction(commit=True) as cursor:

                def rehearse(events: Sequence[Event]) -> Receipts:
                    drafted, growth = self._write(cursor, events, recorded_by, None)
                    return Receipts(drafted, growth.size, growth.root)

                yield rehearse
                raise _Rehearsed  # noqa: TRY301 - it is what rolls the transaction back
        except _Rehearsed:
            return
        finally:
            self._states.clear()

    def preview(
        self, event: Event, *, recorded_by: str, expected_version: int | None = None
    ) -> tuple[bytes, Receipt]:
        """What `append` would store and answer now, without recording anything.

        The entry's bytes and hash will differ when it is recorded: the time and the salts will.

        Raises:
            Refused: as `append` would.
        """
        with self._previewed(event, recorded_by, expected_version) as (drafted, growth):
            entry = drafted.rows[0][-1] if drafted.rows else b""
            return entry, Receipts(drafted, growth.size, growth.root)[0]

    @contextmanager
    def _previewed(
        self, event: Event, recorded_by: str, expected_version: int | None
    ) -> Iterator[tuple[Draft, merkle.Growth]]:
        """What an append would write now."""
        expected = _expected(event, expected_version)
        try:
            with self._transaction() as cursor:
                drafted, growth = self._draft(cursor, [event], recorded_by, expected)
                for _, position, subject in drafted.erasures:
                    check_holds(cursor, position, subject)
            yield drafted, growth
        finally:
            self._states.clear()

    def _write(
        self,
        cursor: sqlite3.Cursor,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        signed: SignedEvent | None = None,
    ) -> tuple[Draft, merkle.Growth]:
        drafted, growth = self._draft(cursor, events, recorded_by, expected_versions, signed)
        if signed is not None:
            from answerable.ledger.actors.verify import check_signed

            check_signed(cursor, drafted, signed)
        self._recorder.record(cursor, drafted.rows, drafted.disclosures, growth.tiles)
        for index, position, subject in drafted.erasures:
            try:
                erase(cursor, position, subject)
            except Refused as error:
                error.index = index
                raise
        self._states_at = growth.size
        return drafted, growth

    def _draft(
        self,
        cursor: sqlite3.Cursor,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        signed: SignedEvent | None = None,
    ) -> tuple[Draft, merkle.Growth]:
        if self._states_at != log_size(cursor) or len(self._states) > STATES_KEPT:
            self._states.clear()
        drafted = draft(
            cursor,
            events,
            states=self._states,
            now=timestamp(self._clock()),
            recorder=recorded_by,
            expected_versions=expected_versions or {},
            signed=signed,
        )
        return drafted, merkle.grow(drafted.first, drafted.leaves, tile_reader(cursor))

    def _empty_wal(self) -> None:
        """Overwrite what was erased in the write-ahead log too.

        Raises:
            BytesRemain: it could not be done now.
        """
        try:
            with self._datastore.get_connection(commit=True) as connection:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (in_use, *_) = cursor.fetchone()
        except (PersistenceError, sqlite3.Error) as error:
            raise BytesRemain(REMAINING, hint=f"The store said: {error}.") from error
        if in_use:
            raise BytesRemain(
                REMAINING, hint="Another process is reading; they go when the last one closes it."
            )


def _expected(event: Event, version: int | None) -> dict[str, int] | None:
    """How many events the case of an event is to have, where the caller said so."""
    return None if version is None else {event.case_id: version}
