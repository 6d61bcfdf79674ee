"""Reading the record: events, texts, entries and the head of the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any, Literal, overload

from answerable.domain.edtf import check_moment
from answerable.domain.errors import InvalidEvent
from answerable.domain.kinds import kind_named
from answerable.domain.record import (
    CaseRange,
    CaseSummary,
    Disclosed,
    OpenedEvent,
    RecordedEvent,
    TreeHead,
)
from answerable.domain.zone.zone import UNTOLD, Zone
from answerable.ledger.entry.codec import decode
from answerable.ledger.store.opened import OpenLedger
from answerable.ledger.store.protocol.cursor import FETCH
from answerable.ledger.store.queries import (
    disclosed_at_each,
    entries_at,
    find_event,
    last_of,
    log_size,
    recorded_at,
    registrations_naming,
    tile_reader,
    timestamp,
    tree_errors,
)
from answerable.ledger.store.rows import AMENDED, AMENDS, EVENT_ID
from answerable.ledger.tlog import merkle
from answerable.ledger.tlog.leaves import Leaves

GREATEST = 2**63 - 1
"""The greatest row id that SQLite has (https://sqlite.org/autoinc.html)."""


class StoreReader(OpenLedger):
    """The record, to be read from the tables that hold it.

    Attributes:
        zone: where the days of a case are days that tells no zone.
    """

    zone: Zone = UNTOLD
    _leaves: Leaves | None = None

    def __len__(self) -> int:
        """Return how many entries there are."""
        with self._reading() as cursor:
            return log_size(cursor)

    def head(self) -> TreeHead:
        """Return the size and the root of the log, all of which is on disk."""
        while True:
            with self._reading() as cursor, tree_errors():
                size = log_size(cursor)
                read = cache(tile_reader(cursor))
                head = TreeHead(size, merkle.tree_root(size, read))
                last = last_of(size, read)
            if self._store.settle(last):
                return head

    def cases(self) -> Iterator[CaseSummary]:
        """Yield every case, by its slug."""
        rows = self._scan(
            "SELECT originator_id, count(*), min(rowid), max(rowid) FROM stored_events "
            "GROUP BY originator_id ORDER BY originator_id"
        )
        for case_id, events, first, last in rows:
            yield CaseSummary(case_id, events, first - 1, last - 1)

    @overload
    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        since: int = 0,
        opened: Literal[False] = False,
    ) -> Iterator[RecordedEvent]: ...

    @overload
    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        since: int = 0,
        opened: Literal[True],
    ) -> Iterator[OpenedEvent]: ...

    @overload
    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        since: int = 0,
        opened: bool,
    ) -> Iterator[RecordedEvent] | Iterator[OpenedEvent]: ...

    def events(
        self,
        *,
        case: str | None = None,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        since: int = 0,
        opened: bool = False,
    ) -> Iterator[RecordedEvent] | Iterator[OpenedEvent]:
        """Yield events in the order of the log: of one case, of some kinds, recorded by a moment.

        Args:
            case: only those of this case.
            kinds: only those of these kinds.
            known_by: only those that were recorded by then.
            since: only those at this position and after it.
            opened: gives with each what is sealed in it, as far as that is at hand.

        Raises:
            InvalidEvent: there is no such kind.
        """
        order = "rowid" if case is None else "originator_version"
        events = self._decoded(*self._where(case, kinds, known_by, since), order)
        return self._opened(events) if opened else events

    def _opened(self, events: Iterator[RecordedEvent]) -> Iterator[OpenedEvent]:
        while some := list(islice(events, FETCH)):
            texts = self.opened(event.position for event in some)
            yield from (OpenedEvent(event, texts[event.position]) for event in some)

    def events_by_case(
        self,
        *,
        kinds: Collection[str] | None = None,
        known_by: datetime | None = None,
        among: CaseRange | None = None,
    ) -> Iterator[RecordedEvent]:
        """Yield the whole log a case at a time: cases by slug, events by version.

        Args:
            kinds: only the events of these kinds.
            known_by: only those that were recorded by then.
            among: only those of these cases.
        """
        return self._decoded(
            *self._where(None, kinds, known_by, among=among), "originator_id, originator_version"
        )

    def _decoded(self, where: str, parameters: list[Any], order: str) -> Iterator[RecordedEvent]:
        statement = f"SELECT rowid - 1, topic, state FROM stored_events {where} ORDER BY {order}"
        for position, kind, state in self._scan(statement, parameters):
            yield decode(position, kind, state)

    def _where(
        self,
        case: str | None,
        kinds: Collection[str] | None,
        known_by: datetime | None,
        since: int = 0,
        among: CaseRange | None = None,
    ) -> tuple[str, list[Any]]:
        """Write the conditions of a query in SQL, with their parameters."""
        clauses: list[str] = []
        parameters: list[Any] = []
        # With a sign no index is taken for it, where that of the case finds fewer.
        row = "rowid" if case is None else "+rowid"
        if case is not None:
            clauses.append("originator_id = ?")
            parameters.append(case)
        if among is not None:
            clauses.append("originator_id >= ?")
            parameters.append(among.first)
            if among.end is not None:
                clauses.append("originator_id < ?")
                parameters.append(among.end)
        if kinds is not None:
            if isinstance(kinds, str):
                raise InvalidEvent(f"kinds are a set, as {{{kinds!r}}}, not a text.", field="kinds")
            # Written out, not bound, and one as an equation, so that SQLite finds its index.
            quoted = [f"'{kind_named(kind)}'" for kind in sorted(kinds)]
            one = len(quoted) == 1
            clauses.append(
                f"topic = {quoted[0]}" if one else f"topic IN ({', '.join(quoted) or 'NULL'})"
            )
        if known_by is not None:
            clauses.append(f"{row} <= ?")
            parameters.append(self.size_at(known_by))
        if since:
            clauses.append(f"{row} > ?")
            parameters.append(since)
        return ("WHERE " + " AND ".join(clauses) if clauses else "", parameters)

    def size_known_by(self, known_by: datetime | None) -> int:
        """Return how many entries were recorded by a moment, or in all."""
        return len(self) if known_by is None else self.size_at(known_by)

    def _limit(self, known_by: datetime | None) -> int:
        """Return the greatest row id of what was recorded by a moment; None: that counts all."""
        return GREATEST if known_by is None else self.size_at(known_by)

    def size_at(self, moment: datetime) -> int:
        """Return how many entries were recorded by a moment.

        The log's clock never runs backwards.

        Raises:
            AnswerableError: it is no moment, or knows no zone.
        """
        check_moment(moment, "known_by")
        limit = timestamp(moment)
        with self._reading() as cursor:
            low, high = 0, log_size(cursor)
            while low < high:
                middle = (low + high) // 2
                if recorded_at(cursor, middle) <= limit:
                    low = middle + 1
                else:
                    high = middle
            return low

    def cases_since(self, moment: datetime, most: int) -> set[str] | None:
        """Find the cases of which an event was recorded after a moment; None of more than most."""
        rows = self._scan(
            "SELECT rowid, originator_id FROM stored_events WHERE rowid > ? ORDER BY rowid LIMIT ?",
            (self.size_at(moment), most + 1),
        )
        found = [case_id for _, case_id in rows]
        return None if len(found) > most else set(found)

    def size_before(self, moment: datetime) -> int:
        """Return how many entries were recorded before a moment."""
        tick = timedelta(microseconds=1)
        # Before the first moment that there is, nothing can have been recorded.
        return (
            0 if moment - datetime.min.replace(tzinfo=UTC) < tick else self.size_at(moment - tick)
        )

    def event(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id; None where there is none."""
        with self._reading() as cursor:
            return find_event(cursor, event_id)

    def events_by_prefix(self, prefix: str, limit: int = 10) -> list[RecordedEvent]:
        """Return events whose ids begin with a prefix, at most `limit` of them."""
        low, high = prefix.encode(), prefix.encode() + b"\xff"
        rows = self._scan(
            f"SELECT rowid - 1, topic, state FROM stored_events "
            f"WHERE {EVENT_ID} >= ? AND {EVENT_ID} < ? ORDER BY {EVENT_ID} LIMIT ?",
            (low, high, limit),
        )
        return [decode(*row) for row in rows]

    def events_between(self, first: str, last: str) -> Iterator[RecordedEvent]:
        """Yield the events whose ids lie between two, these included, in the order of the ids."""
        rows = self._scan(
            f"SELECT rowid - 1, topic, state FROM stored_events "
            f"WHERE {EVENT_ID} BETWEEN ? AND ? ORDER BY {EVENT_ID}",
            (first.encode(), last.encode()),
        )
        return (decode(*row) for row in rows)

    def entry(self, position: int) -> bytes | None:
        """Return the bytes of the entry at a position; None where there is no such position."""
        with self._reading() as cursor:
            row = cursor.execute(
                "SELECT state FROM stored_events WHERE rowid = ?", (position + 1,)
            ).fetchone()
            return None if row is None else row[0]

    def opened(self, positions: Iterable[int]) -> Mapping[int, Disclosed]:
        """Return what is sealed at these positions, as far as it is at hand."""
        with self._reading() as cursor:
            if not self.withheld_from:
                return disclosed_at_each(cursor, positions)
            wanted = sorted({*positions})
            shown = disclosed_at_each(cursor, wanted)
            for position, entry in entries_at(cursor, wanted):
                shown[position] = _with_missing(decode(position, "", entry), shown[position])
            return shown

    def registrations(
        self, parties: Iterable[str], *, known_by: datetime | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the registrations that ever named some parties, recorded or corrected, in order."""
        with self._reading() as cursor:
            found = registrations_naming(cursor, parties, self._limit(known_by))
        yield from found

    def amended(
        self, events: Iterable[RecordedEvent], *, known_by: datetime | None = None
    ) -> list[RecordedEvent]:
        """Return some events with all that amends them, in the order of the log."""
        limit = self._limit(known_by)
        waiting = [event for event in events if event.position < limit]
        found: dict[int, RecordedEvent] = {}
        with self._reading() as cursor:
            while waiting:
                event = waiting.pop()
                if event.position in found:
                    continue
                found[event.position] = event
                rows = cursor.execute(
                    f"SELECT rowid - 1, topic, state FROM stored_events WHERE {AMENDS} "
                    f"AND {AMENDED} = ? AND +rowid <= ?",
                    (event.event_id.encode(), limit),
                )
                waiting.extend(decode(*row) for row in rows.fetchall())
        return [found[position] for position in sorted(found)]

    def altered(self, positions: Iterable[int] | None = None) -> list[int]:
        """List those of some positions, or all, whose entries are not what the tree was made of.

        All, and a range of them, are read in one pass.

        Raises:
            NotVerified: the tree holds less than the log.
        """
        with self._reading() as cursor, tree_errors():
            size, read = log_size(cursor), tile_reader(cursor)
            # A server that was restored may have another log of the same size.
            root = merkle.tree_root(size, read)
            if self._leaves is None or (self._leaves.size, self._leaves.root) != (size, root):
                self._leaves = Leaves(size, root)
            if positions is None:
                positions = range(GREATEST)
            if isinstance(positions, range):
                entries = self._scan(
                    "SELECT rowid - 1, state FROM stored_events "
                    "WHERE rowid > ? AND rowid <= ? ORDER BY rowid",
                    (positions.start, positions.stop),
                )
                return self._leaves.altered(entries, read)
            wanted = sorted(positions)
            found = list(entries_at(cursor, wanted))
            gone = set(wanted).difference(position for position, _ in found)
            return sorted((*self._leaves.altered(found, read), *gone))

    def disclosures(self, position: int) -> list[bytes]:
        """Return the texts behind the commitments of one entry, as far as they are at hand."""
        rows = self._scan(
            "SELECT disclosure FROM disclosures WHERE position = ? AND disclosure IS NOT NULL",
            (position,),
        )
        return [row[0] for row in rows]


def _with_missing(event: RecordedEvent, shown: Disclosed) -> Disclosed:
    """Return what is sealed in an entry to who is not shown all of it."""
    there = len(shown.fields) + len(shown.erased)
    return shown._replace(missing=len(event.fields.get("_sd", ())) - there)
