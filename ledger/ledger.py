"""The ledger: an append-only record of events, proved by a tree.

In use:

    with Ledger.open("answerable.db") as ledger:
        event = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
        receipt = ledger.append(event, recorded_by="jane")
        print(receipt.position, receipt.root.hex())
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Self

from answerable.domain.event import Event
from answerable.domain.parsing import as_event, as_events
from answerable.domain.search.name_words import words_told
from answerable.ledger.anonymity.open_names import OpenName, open_names_since
from answerable.ledger.entry.clock import MAX_GAP, ClockRule
from answerable.ledger.entry.intent import ANYTHING, Intent
from answerable.ledger.store.errors import DuplicateId
from answerable.ledger.store.log_keys import check_rotations
from answerable.ledger.store.opening import make_store, open_store
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.receipt import Receipt, Receipts
from answerable.ledger.writing import LedgerWriter, expected_versions_of

if TYPE_CHECKING:
    from answerable.ledger.actors.allowed_signers import AllowedSigners
    from answerable.ledger.actors.prepared import Prepared, SignedEvent
    from answerable.ledger.store.draft import Draft
    from answerable.ledger.tlog.merkle import Growth


Durability = Literal["each", "group"]
"""The ways in which an append on a server waits for the disk."""


class Ledger(LedgerWriter):
    """A ledger that can be read and appended to. Use `create` or `open`.

    Many processes may append to one file: each append takes the write lock for its transaction,
    and waits for the others. So may many threads to one object, which is all that a web server
    needs: whatever a thread calls, it is answered as if it were alone. Reading waits for nobody,
    and sees what was on record when it began: an iterator that one thread reads is not disturbed by
    what others append, nor told of it. What one thread iterates over is that thread's.
    """

    @classmethod
    def create(
        cls, path: str | os.PathLike[str], *, clock: Callable[[], datetime] | None = None
    ) -> Self:
        """Make an empty ledger and open it. It appears whole or not at all.

        Raises:
            LedgerExists: there is something at this place already.
            NotALedger: the path is SQLite's name for a database in memory.
            StorageFailed: the folder does not exist, cannot be written, or is full.
        """
        make_store(path)
        return cls.open(path, clock=clock)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        clock: Callable[[], datetime] | None = None,
        allow_names: Collection[str] = (),
        max_gap: timedelta = MAX_GAP,
        accept_clock: bool = False,
        intent: Intent = ANYTHING,
        durability: Durability = "each",
    ) -> Self:
        """Open a ledger that is there.

        Args:
            path: the ledger's file.
            clock: tells the time of recording; the system's by default.
            allow_names: words of persons' names that mean something else where they stand in the
                open, as `grace` of a period of grace: an event that tells them is not refused.
            max_gap: how far it may be ahead of the last entry.
            accept_clock: records though the clock is further ahead than that, or behind the last
                entry by more than a minute. The entry then tells so.
            intent: what whoever records says that they mean: `CAREFUL` refuses a case that nobody
                opened, and dates far in the future.
            durability: how an append on a server waits for the disk, which it always does before it
                returns: `each` while it holds the log, `group` once others may go on, so that many
                writers wait together.

        Raises:
            LedgerNotFound: there is none.
            NotALedger: the file is something else.
            StorageFailed: others hold it for too long, or it is where there are no locks.
        """
        store = open_store(path)
        opened = cls(store, clock)
        opened._clock_rule = ClockRule(max_gap, accept_clock)
        opened.intent = intent
        store.group = durability == "group"
        opened.allowed_names = frozenset(word for each in allow_names for word in words_told(each))
        try:
            store.upgrade()
        except BaseException:
            store.close()
            raise
        return opened

    def append(
        self,
        event: Event | Mapping[str, Any],
        *,
        recorded_by: str,
        expected_version: int | None = None,
        intent: Intent | None = None,
    ) -> Receipt:
        """Record one event, durably.

        Args:
            event: what happened: an event, or its fields as `answerable.domain.parse` takes them.
            recorded_by: who records it. Sealed.
            expected_version: how many events the case had when the caller last looked.
            intent: what they say that they mean; None: as the ledger was opened.

        Raises:
            InvalidEvent: it is malformed, or nobody records it.
            Refused: what it says is impossible; `DuplicateId`, `EntryTooLarge`, `CaseMoved`,
                `ClockAstray`, `ClockUnusable`, `UnknownCase` and `FarAhead` are refusals too.
            StorageFailed: the disk would not take it.
        """
        event = as_event(event)
        expected = expected_versions_of(event, expected_version)
        return self.append_all(
            [event], recorded_by=recorded_by, expected_versions=expected, intent=intent
        )[0]

    def append_all(
        self,
        events: Iterable[Event | Mapping[str, Any]],
        *,
        recorded_by: str,
        expected_versions: Mapping[str, int] | None = None,
        alongside: Callable[[Cursor], None] | None = None,
        signed: SignedEvent | None = None,
        intent: Intent | None = None,
    ) -> Receipts:
        """Record events in one transaction: all of them, or none.

        Args:
            events: what happened, in this order, each as `append` takes it.
            recorded_by: who records it. Sealed.
            expected_versions: how many events the cases had when the caller last looked.
            alongside: writes what else is to be there if, and only if, the events are. It may be
                called again, where another writer came between.
            signed: the event with its signature, where there is one event and it was prepared
                (`append_prepared`).
            intent: as `append` takes it.

        Returns:
            A receipt for each, in their order.

        Raises:
            InvalidEvent: one of them is malformed; the error's `index` says which.
            Refused: one of them is impossible; so says that error's.
        """
        batch = as_events(events)

        def attempt() -> tuple[Draft, Growth]:
            with self._write_transaction() as cursor:
                drafted, growth = self._record(
                    cursor, batch, recorded_by, expected_versions, signed, intent
                )
                if alongside is not None:
                    alongside(cursor)
                check_rotations(cursor, drafted.rows)
            return drafted, growth

        with self._alone():
            done = None
            if alongside is None and signed is None:
                done = self._record_unseen(batch, recorded_by, expected_versions, intent)
            drafted, growth = done or self._until_nobody_comes_between(attempt)
        if self._store.group:
            self._settle(drafted)
        if drafted.erasures:
            self.forget_bytes()
        return drafted.receipts(growth)

    def forget_bytes(self) -> None:
        """Overwrite what was erased wherever the store keeps what was written before.

        An erasure does so itself. Where that raised `BytesRemain`, this does it later, or as
        someone who may.

        Raises:
            BytesRemain: it could not be done now.
        """
        with self._alone():
            self._store.forget_bytes()

    def prepare(
        self,
        event: Event | Mapping[str, Any],
        *,
        recorded_by: str,
        expected_version: int | None = None,
    ) -> Prepared:
        """Make an event ready to be signed by who records it. Nothing is recorded yet.

        Raises:
            Refused: as `append` would now, or the event is on record already.
        """
        from answerable.ledger.actors.prepared import Prepared

        event = as_event(event)
        with self._previewed(event, recorded_by, expected_version) as (drafted, _):
            if not drafted.accepted:
                raise DuplicateId(
                    f"the event {event.event_id} is on record already, so it is not prepared.",
                    field="event_id",
                    hint="Look at the event on record: is it signed?",
                    cli_hint="`answerable show` tells whether it is signed.",
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
        from answerable.ledger.actors.verify import refuse_bad_signature

        with refuse_bad_signature():
            signed = SignedEvent(prepared, SshSignature.parse(signature), signers)
        expected = expected_versions_of(prepared.event, expected_version)
        return self.append_all(
            [prepared.event],
            recorded_by=prepared.recorded_by,
            expected_versions=expected,
            signed=signed,
        )[0]

    @contextmanager
    def rehearsal(self, *, recorded_by: str) -> Iterator[Callable[..., Receipts]]:
        """Append batches within the block, as `append_all` would, and undo it all at its end.

        A batch that is refused leaves nothing, and others may follow. It keeps other writers
        waiting for as long as it takes.
        """
        with self._undone() as cursor:

            def rehearse(
                events: Iterable[Event | Mapping[str, Any]], intent: Intent | None = None
            ) -> Receipts:
                batch = as_events(events)
                cursor.execute("SAVEPOINT rehearsed")
                try:
                    drafted, growth = self._record(cursor, batch, recorded_by, intent=intent)
                except BaseException:
                    self._forget()
                    cursor.execute("ROLLBACK TO rehearsed")
                    raise
                cursor.execute("RELEASE rehearsed")
                return drafted.receipts(growth)

            yield rehearse

    def open_names_of(
        self, events: Iterable[Event | Mapping[str, Any]], *, recorded_by: str
    ) -> list[OpenName]:
        """List the words of persons' names that would stand in the open if events were recorded.

        Raises:
            Refused: as `append_all` would.
        """
        found: list[OpenName] = []
        with self._undone() as cursor:
            drafted, _ = self._record(cursor, as_events(events), recorded_by)
            found += open_names_since(cursor, drafted.first, self.allowed_names)
        return found

    def preview(
        self,
        event: Event | Mapping[str, Any],
        *,
        recorded_by: str,
        expected_version: int | None = None,
    ) -> tuple[bytes, Receipt]:
        """Return the entry and the receipt that `append` would give now. Nothing is recorded.

        The entry's bytes and hash will differ when it is recorded: the time and the salts will.

        Raises:
            Refused: as `append` would.
        """
        with self._previewed(as_event(event), recorded_by, expected_version) as (drafted, growth):
            entry = drafted.rows[0][-1] if drafted.rows else b""
            return entry, drafted.receipts(growth)[0]
