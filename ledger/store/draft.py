"""Drafting the rows that record events, inside the transaction that will write them.

A batch is drafted in two passes. The first lets each case accept its events, one after another.
The second seals what is to be sealed in all of them at once, and completes the entries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from uuid_utils import uuid7

from answerable.domain.case import CaseState, KindElsewhere, check_possible, target_of
from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.domain.kinds import ERASURE
from answerable.domain.record import ClockReading, TreeHead
from answerable.ledger.entry.about import Naming, naming_of, party_fields, whom_texts_are_about
from answerable.ledger.entry.clock import ClockRule
from answerable.ledger.entry.codec import (
    at_time,
    entry_bytes,
    parties_of,
    recorder_field,
    take_apart,
)
from answerable.ledger.entry.destroyed import Coverage, Destroyed, Remains, check_names_texts
from answerable.ledger.entry.disclosure import commit_all, commitment, disclose_all
from answerable.ledger.entry.intent import Intent
from answerable.ledger.store.case_states import CaseStates
from answerable.ledger.store.drafting.expected import Expected
from answerable.ledger.store.drafting.log_end import LogEnd
from answerable.ledger.store.idempotency import check_repeated, ids_on_record, receipt_on_record
from answerable.ledger.store.protocol.cursor import Cursor
from answerable.ledger.store.queries import covered_texts, find_event, position_of, timestamp
from answerable.ledger.store.receipt import Receipt, Receipts
from answerable.ledger.store.rows import DisclosureRow, StoredRow
from answerable.ledger.tlog.merkle import Growth, leaf_hash

if TYPE_CHECKING:
    from answerable.domain.kinds.catalogue.periods import TellsField
    from answerable.domain.kinds.record import Correction, PersonalDataErased


class SignedTexts(Protocol):
    """The texts of a signed event, salted before it was signed: all that the store needs of it."""

    @property
    def field(self) -> tuple[str, bytes]:
        """Return the signature, as a field to be sealed."""
        ...

    def texts(self, sealed: Sequence[tuple[str, bytes]]) -> list[bytes]:
        """Return the texts for what is to be sealed in the event, the signature's among them.

        Raises:
            InvalidEvent: they are not of this event.
        """
        ...


class Accepted(NamedTuple):
    """An event that its case accepted, and its place in the batch."""

    place: int
    event: Event
    event_id: str
    version: int
    opening: bytes
    about: str
    sealed: int
    """The number of fields to be sealed, beside what the ledger seals with every event."""


class Draft(NamedTuple):
    """A batch of events as it will be on disk.

    Attributes:
        first: the position of the first entry.
        accepted: the events that make new entries.
        sealed: what is to be sealed in them, entry after entry.
        answers: for each event of the batch its place in `accepted`, or its receipt if it is on
            record already.
        repeated: which events of the batch repeat an earlier one of it.
        erasures: the events that record one: index in the batch, position, what it covers.
    """

    first: int
    recorded_at: str
    accepted: list[Accepted]
    sealed: list[tuple[str, bytes]]
    answers: list[int | Receipt]
    repeated: set[int]
    erasures: list[tuple[int, int, Coverage]]
    rows: list[StoredRow]
    disclosures: list[DisclosureRow]
    leaves: list[bytes]

    def at(self, first: int, recorded_at: str) -> Draft:
        """Return the draft as it was recorded: at another position, or at a later time."""
        if (first, recorded_at) == (self.first, self.recorded_at):
            return self
        rows = [
            (number - self.first + first, case_id, version, kind, at_time(entry, recorded_at))
            for number, case_id, version, kind, entry in self.rows
        ]
        leaves = [leaf_hash(row[-1]) for row in rows]
        return self._replace(first=first, recorded_at=recorded_at, rows=rows, leaves=leaves)

    def end(self, before: LogEnd) -> LogEnd:
        """Return where the log ends with this, which ended otherwise before."""
        if not self.rows:
            return before
        greatest = max(before.greatest, *(each.event_id for each in self.accepted))
        return LogEnd(self.first + len(self.rows), self.recorded_at, greatest, self.leaves[-1])

    def receipts(self, growth: Growth) -> Receipts:
        """Make out the receipts for the batch, under the head of the tree that it is in."""
        head = TreeHead(growth.size, growth.root)
        return Receipts(self.answers, self.repeated, self.rows, self.leaves, self.recorded_at, head)


def draft_batch(
    cursor: Cursor,
    events: Sequence[Event],
    *,
    end: LogEnd,
    states: CaseStates,
    now: datetime,
    rule: ClockRule,
    intent: Intent,
    recorded_by: str,
    expected_versions: Mapping[str, int] | None = None,
    signed: SignedTexts | None = None,
) -> Draft:
    """Draft the rows that record these events, in this order.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        events: what happened.
        end: where that log ends.
        states: what is known of the cases; brought up to date on the way.
        now: the ledger's clock. Time never runs backwards in a log, so if the last entry bears a
            later time than this, the new ones bear that one too.
        rule: how far it may be from the time of the last entry.
        intent: what whoever records says that they mean.
        recorded_by: who records.
        expected_versions: how many events the cases had when the caller last looked.
        signed: the recorder's signature, where there is one event and it was prepared.

    Raises:
        Refused: one of the events is impossible; the error's `index` says which.
        ClockAstray: there is something to record, and the clock is too far from the last entry.
    """
    first = end.size
    said = timestamp(now)
    reading = ClockReading(said, end.recorded_at or said)
    drafted = Draft(first, max(reading), [], [], [], set(), [], [], [], [])
    recorder, about = recorder_field(recorded_by)
    recorder_fields = [recorder] if signed is None else [recorder, signed.field]
    # Where the clock is behind the last entry, that tells better what is in the future.
    moment = _moment(drafted.recorded_at, now)
    meant = Expected(cursor, intent, recorded_by, moment, dict(expected_versions or {}))
    on_record = ids_on_record(cursor, events, end.greatest)
    _accept_all(cursor, events, on_record, states, recorder_fields, meant, drafted)
    clock = rule.stated_of(reading, first - 1) if drafted.accepted else b""
    texts = disclose_all(drafted.sealed) if signed is None else signed.texts(drafted.sealed)
    _complete_entries(cursor, drafted, len(recorder_fields), about, texts, clock)
    return drafted


def _moment(recorded_at: str, now: datetime) -> datetime:
    """Read when the last entry was recorded; where that is no time, the clock is named for it."""
    try:
        return datetime.fromisoformat(recorded_at)
    except ValueError:
        return now


def _accept_all(
    cursor: Cursor,
    events: Sequence[Event],
    on_record: Collection[str],
    states: CaseStates,
    recorder_fields: list[tuple[str, bytes]],
    meant: Expected,
    drafted: Draft,
) -> None:
    """Have the cases accept the events one after another, and note what is to be sealed."""
    accepted, sealed, answers = drafted.accepted, drafted.sealed, drafted.answers
    accepted_at: dict[str, int] = {}

    def kind_elsewhere(event_id: str) -> str | None:
        if event_id in accepted_at:
            return accepted[accepted_at[event_id]].event.kind
        found = find_event(cursor, event_id)
        return None if found is None else found.kind

    def told(event_id: str) -> TellsField:
        if event_id in accepted_at:
            return accepted[accepted_at[event_id]].event.told
        found = find_event(cursor, event_id)
        fields: Mapping[str, Any] = {} if found is None else found.fields
        return fields.get

    for index, event in enumerate(events):
        event_id = event.event_id or str(uuid7())
        try:
            state = states.of(cursor, event.case_id)
            if event.kind == "correction":
                event = _checked_correction(event, state, kind_elsewhere)
            if event_id in accepted_at:
                check_repeated(event, accepted[accepted_at[event_id]].event)
                answers.append(accepted_at[event_id])
                drafted.repeated.add(index)
                continue
            if event_id in on_record:
                answers.append(receipt_on_record(cursor, event, event_id))
                continue
            meant.check(event, state)
            target = check_possible(state, event, kind_elsewhere)
            if event.kind == "correction":
                from answerable.domain.corrections import check_terms

                check_terms(cast("Correction", event), state, told)
            if event.kind == ERASURE:
                coverage = _checked_coverage(cursor, drafted, event, accepted_at, kind_elsewhere)
                drafted.erasures.append((index, drafted.first + len(accepted), coverage))
        except AnswerableError as error:
            error.index = index
            raise
        version = state.apply(event_id, event.kind, target)
        opening, fields, about = take_apart(event, event_id, version)
        if fields and target is not None:
            replaced = cast("Correction", event).fields if event.kind == "correction" else None
            find = partial(_naming_on_record, cursor, drafted, accepted_at)
            about = whom_texts_are_about(_naming(event), find, replaced)
        at = accepted_at[event_id] = len(accepted)
        answers.append(at)
        accepted.append(Accepted(index, event, event_id, version, opening, about, len(fields)))
        sealed += recorder_fields
        sealed += fields


def _complete_entries(
    cursor: Cursor,
    drafted: Draft,
    leading: int,
    recorder: str,
    texts: Sequence[bytes],
    clock: bytes,
) -> None:
    """Complete the entries; the first `leading` texts of each are about the recorder.

    The first entry states of the clock what there is to state.
    """
    sealed = drafted.sealed
    commitments = commit_all(texts)
    recorded = drafted.recorded_at.encode()
    rows, disclosures = drafted.rows, drafted.disclosures
    destroying = _Destroying(cursor, drafted)
    begin = 0
    for number, (index, event, _, version, opening, about, fields) in enumerate(
        drafted.accepted, drafted.first
    ):
        order: Sequence[int] = range(begin, begin + leading + fields)
        if len(order) > 1:
            order = sorted(order, key=commitments.__getitem__)
        try:
            state = entry_bytes(
                opening,
                recorded,
                [commitments[at] for at in order],
                destroying.stated_by(number) + clock,
            )
        except AnswerableError as error:
            error.index = index
            raise
        rows.append((number + 1, event.case_id, version, event.kind, state))
        disclosures += [
            (number, n, sealed[at][0], recorder if at < begin + leading else about, texts[at])
            for n, at in enumerate(order)
        ]
        begin += leading + fields
        clock = b""
    drafted.leaves.extend([leaf_hash(row[-1]) for row in rows])


class _Destroying:
    """The texts that the erasures of a batch will destroy, in the record and in the batch."""

    def __init__(self, cursor: Cursor, drafted: Draft) -> None:
        self._cursor = cursor
        self._drafted = drafted
        self._coverage = {position: coverage for _, position, coverage in drafted.erasures}
        self._gone: set[tuple[int, int]] = set()

    def stated_by(self, position: int) -> bytes:
        """Return what the entry at a position states; nothing unless it is an erasure."""
        coverage = self._coverage.get(position)
        if coverage is None:
            return b""
        on_record = covered_texts(self._cursor, position, coverage)
        remains = [
            Remains(at, number, field, commitment(text), about)
            for at, number, field, about, text in chain(on_record, self._drafted.disclosures)
            if text is not None
            and coverage.covers(at, field, about)
            and (at, number) not in self._gone
        ]
        self._gone.update((each.position, each.number) for each in remains)
        return bytes(Destroyed.of(remains))


def _naming_on_record(
    cursor: Cursor, drafted: Draft, accepted_at: dict[str, int], event_id: str
) -> Naming | None:
    """Return whom an event on record, or earlier in the batch, names."""
    if event_id in accepted_at:
        return _naming(drafted.accepted[accepted_at[event_id]].event)
    found = find_event(cursor, event_id)
    return found and naming_of(found.kind, found.fields, party_fields(found.kind))


def _naming(event: Event) -> Naming:
    return Naming(event.kind, parties_of(event), target_of(event))


def _checked_correction(event: Event, state: CaseState, kind_of: KindElsewhere) -> Event:
    """Return a correction with its fields checked against its target's kind."""
    from answerable.domain.corrections import check_correction

    correction = cast("Correction", event)
    step = state.steps.get(correction.target)
    return event if step is None else check_correction(correction, step.kind, kind_of)


def _checked_coverage(
    cursor: Cursor,
    drafted: Draft,
    event: Event,
    accepted_at: dict[str, int],
    kind_of: KindElsewhere,
) -> Coverage:
    """Return what an erasure covers, where it says so without contradiction."""
    erasure = cast("PersonalDataErased", event)
    check_names_texts(erasure.events, erasure.fields, kind_of)

    def position(event_id: str) -> int | None:
        if event_id in accepted_at:
            return drafted.first + accepted_at[event_id]
        return position_of(cursor, event_id)

    return Coverage.told_by(erasure.__dict__, position)
