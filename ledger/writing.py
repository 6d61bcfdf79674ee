"""Writing events into a ledger: drafted, checked and stored in a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from answerable.domain.errors import AnswerableError, Refused
from answerable.domain.event import Event
from answerable.ledger.anonymity.check import Clean, check_no_names
from answerable.ledger.careful.check import check_meant
from answerable.ledger.entry.clock import ClockRule
from answerable.ledger.entry.intent import ANYTHING, Intent
from answerable.ledger.erasure import check_no_hold, erase
from answerable.ledger.errors import NOTHING_WRITTEN, StorageFailed
from answerable.ledger.indexes.names import is_far, keep_near
from answerable.ledger.indexes.reader import IndexedReader
from answerable.ledger.meant import suggesting
from answerable.ledger.store.case_states import CaseStates
from answerable.ledger.store.draft import Draft, draft_batch
from answerable.ledger.store.drafting.log_end import LogEnd
from answerable.ledger.store.drafting.unseen import (
    NothingSeen,
    NotRemembered,
    latest_for,
    may_go_unseen,
)
from answerable.ledger.store.errors import Conflict
from answerable.ledger.store.log_keys import check_rotations
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.protocol.store import Store
from answerable.ledger.store.queries import tile_reader
from answerable.ledger.store.rows import Last
from answerable.ledger.system.clock import checked
from answerable.ledger.tlog import merkle

if TYPE_CHECKING:
    from answerable.ledger.actors.prepared import SignedEvent


ATTEMPTS = 5
"""Attempts at an append where other writers come between, which a store's lock all but excludes."""

Attempted = TypeVar("Attempted")


class _Rehearsed(Exception):
    """Raised to roll back a rehearsal."""


class LedgerWriter(IndexedReader):
    """Write events in transactions that the caller commits, or that are undone.

    Attributes:
        allowed_names: words of persons' names that mean something else where they stand in the
            open.
        intent: what whoever records says that they mean.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(store)
        self._clock = checked(clock)
        self.allowed_names: frozenset[str] = frozenset()
        self._clock_rule = ClockRule()
        self.intent = ANYTHING
        self._states = CaseStates()
        self._clean = Clean()
        self._end: LogEnd | None = None

    def _forget(self) -> None:
        """Forget what is known of a log that was not written, or that others wrote to."""
        self._states.clear()
        self._clean.clear()
        self._end = None

    def _forget_draft(self) -> None:
        """Forget what a draft left that asked nothing: which pseudonyms stand is known as before.

        To find that out again is to read the whole log.
        """
        self._states.clear()
        self._clean.forget_values()
        self._end = None

    def _until_nobody_comes_between(self, attempt: Callable[[], Attempted]) -> Attempted:
        """Attempt a whole append, and again from the first look where another writer came between.

        Raises:
            StorageFailed: others came between each time.
        """
        left = ATTEMPTS
        while True:
            left -= 1
            try:
                return attempt()
            except BaseException as error:
                self._forget()
                if not isinstance(error, Conflict):
                    raise
                if not left:
                    raise StorageFailed(error.message, hint=error.hint) from error

    @contextmanager
    def _writing(self) -> Iterator[Cursor]:
        """Give a cursor in a transaction that writes, for code of this package."""
        with self._alone():
            try:
                with self._write_transaction() as cursor:
                    yield cursor
            finally:
                self._forget()

    @contextmanager
    def _undone(self) -> Iterator[Cursor]:
        """Give a cursor in a transaction that writes, and undo at its end what was written."""
        try:
            with self._writing() as cursor:
                yield cursor
                raise _Rehearsed  # noqa: TRY301 - it is what rolls the transaction back
        except _Rehearsed:
            return

    @contextmanager
    def _previewed(
        self, event: Event, recorded_by: str, expected_version: int | None
    ) -> Iterator[tuple[Draft, merkle.Growth]]:
        """Draft an event as an append would now, in a transaction that only reads."""
        expected = expected_versions_of(event, expected_version)
        with self._reading() as cursor:
            end = LogEnd.read(cursor)
            drafted = self._draft(cursor, end, [event], CaseStates(), recorded_by, expected)
            check_meant(cursor, drafted.accepted, self.intent)
            check_no_names(cursor, drafted.first, drafted.accepted, self.allowed_names, Clean())
            growth = merkle.grow(drafted.first, drafted.leaves, tile_reader(cursor))
            for _, position, coverage in drafted.erasures:
                check_no_hold(cursor, position, coverage)
        yield drafted, growth

    def _settle(self, drafted: Draft) -> None:
        """Wait until what was recorded is on disk.

        Raises:
            StorageFailed: the server was started again before it was, and has lost it.
            OutcomeUnknown: nobody knows.
        """
        rows, leaves = drafted.rows, drafted.leaves
        last = Last(rows[-1][0] - 1, leaves[-1]) if rows else None
        there = False
        try:
            there = self._store.settle(last, recorded=True)
        finally:
            if not there:
                with self._alone():
                    self._forget()
        if not there:
            raise StorageFailed(
                f"{self.name} was started again before what was recorded was on its disk, and has "
                f"lost it{NOTHING_WRITTEN}.",
                hint="Record it again.",
            )

    def _record(
        self,
        cursor: Cursor,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None = None,
        signed: SignedEvent | None = None,
        intent: Intent | None = None,
    ) -> tuple[Draft, merkle.Growth]:
        """Record events, and the erasures among them, in a transaction that the caller commits."""
        end, goes_on = LogEnd.read_after(cursor, self._end)
        if not goes_on:
            self._forget()
        self._states.begin(end.size)
        drafted = self._checked_draft(
            cursor, end, events, recorded_by, expected_versions, signed, intent
        )
        growth = self._store.record(
            cursor, end.size, drafted.rows, drafted.disclosures, drafted.leaves
        )
        for index, position, coverage in drafted.erasures:
            try:
                erase(cursor, position, coverage)
            except Refused as error:
                error.index = index
                raise
        self._states.keep(growth.size)
        self._clean.follow(drafted.rows, growth.size)
        self._end = drafted.end(end)
        return drafted, growth

    def _record_unseen(
        self,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        intent: Intent | None,
    ) -> tuple[Draft, merkle.Growth] | None:
        """Record events in one round trip, by what is remembered of the log.

        None where that does not do, for whatever reason: nothing was recorded then.
        """
        end = self._end
        if not (end and end.size and self._store.takes_unseen):
            return None
        if not may_go_unseen(events, self._states):
            return None
        if is_far(end.size, len(events)):
            # That takes a look, and nothing that is remembered is wrong.
            return None
        try:
            drafted = self._checked_draft(
                NothingSeen(), end, events, recorded_by, expected_versions, None, intent
            )
            check_rotations(NothingSeen(), drafted.rows)
        except NotRemembered:
            self._forget_draft()
            return None
        except AnswerableError:
            # Refused by what is remembered, it may be possible by now.
            self._forget()
            return None
        placed = None
        try:
            placed = self._store.record_unseen(
                drafted.rows, drafted.disclosures, end.last, latest_for(drafted.recorded_at)
            )
        finally:
            if placed is None:
                self._forget()
        if placed is None:
            # A look tells whether the log goes on from there.
            self._end = end
            return None
        drafted = drafted.at(placed.first, placed.recorded_at)
        self._states.follow(placed.first, placed.growth.size)
        self._clean.follow(drafted.rows, placed.growth.size)
        self._end = drafted.end(end)
        return drafted, placed.growth

    def _checked_draft(
        self,
        cursor: Cursor,
        end: LogEnd,
        events: Sequence[Event],
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        signed: SignedEvent | None,
        intent: Intent | None,
    ) -> Draft:
        """Draft events that may be recorded, before what they tell or how they are meant."""
        drafted = self._draft(
            cursor, end, events, self._states, recorded_by, expected_versions, signed, intent
        )
        if signed is not None:
            from answerable.ledger.actors.verify import check_signed_draft

            check_signed_draft(cursor, drafted, signed)
        keep_near(self, cursor, drafted.first, len(drafted.accepted))
        check_meant(cursor, drafted.accepted, self.intent if intent is None else intent)
        check_no_names(cursor, drafted.first, drafted.accepted, self.allowed_names, self._clean)
        return drafted

    def _draft(
        self,
        cursor: Cursor,
        end: LogEnd,
        events: Sequence[Event],
        states: CaseStates,
        recorded_by: str,
        expected_versions: Mapping[str, int] | None,
        signed: SignedEvent | None = None,
        intent: Intent | None = None,
    ) -> Draft:
        with suggesting(cursor):
            return draft_batch(
                cursor,
                events,
                end=end,
                states=states,
                now=self._clock(),
                rule=self._clock_rule,
                intent=self.intent if intent is None else intent,
                recorded_by=recorded_by,
                expected_versions=expected_versions,
                signed=signed,
            )


def expected_versions_of(event: Event, version: int | None) -> dict[str, int] | None:
    """Return how many events an event's case is to have, where the caller said so."""
    return None if version is None else {event.case_id: version}
