"""The state that a decider had before them: the record as it was just before an event came on it.

What came later is told beside it, and apart. Nothing here tells what anybody knew.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import (
    Accountability,
    accountability,
)
from answerable.projections.accountability.bars import (
    Bar,
    bars,
)
from answerable.projections.accountability.obligations import (
    Obligation,
    obligations,
)
from answerable.projections.errors import NotFound
from answerable.projections.facts.facts import (
    CaseFacts,
    Fact,
    fold,
)
from answerable.projections.facts.lifecycle import (
    CaseStatus,
    case_status,
)
from answerable.projections.facts.time import span
from answerable.projections.replay.effects import status
from answerable.projections.replay.hindsight import (
    DecisionContext,
    DecisionContexts,
)
from answerable.projections.replay.material import (
    EventThen,
    stood,
)
from answerable.projections.replay.replay import known_events
from answerable.projections.wording.sentence import (
    NameOf,
    sentence,
)


class Conflict(NamedTuple):
    """Someone who had declared an interest, or had stood aside.

    Attributes:
        subject: towards whom, where that is told.
        state: `neither recused nor waived`, `recused`, `waived`; `recused` too of one who stood
            aside without a declaration.
    """

    event_id: str
    position: int
    party: str
    subject: str | None
    state: str


class StateBefore(NamedTuple):
    """The state of a case just before one of its events was recorded.

    Attributes:
        gist: the event in one line, as it was first recorded.
        occurred: when it happened (EDTF), as the record has it now.
        as_of: the moment that the state holds for: as asked, else the last at which the event can
            have happened; None where its date sets no such limit.
        on_record: how many events of the case were on record.
        later: how many came after it.
        state: whether the case was open or closed; None where it was not opened yet.
        accountability: who was accountable.
        open: what was to be done.
        bars: the bars imposed in the case.
        conflicts: who had declared an interest or stood aside.
        amended: what was corrected, disputed or retracted by then.
        argument: what the event could rest on, and what came on record only later.
    """

    event_id: str
    case_id: str
    position: int
    kind: str
    gist: str
    occurred: str | None
    recorded_at: str
    as_of: datetime | None
    on_record: int
    later: int
    state: CaseStatus | None
    accountability: Accountability
    open: tuple[Obligation, ...]
    bars: tuple[Bar, ...]
    conflicts: tuple[Conflict, ...]
    amended: tuple[EventThen, ...]
    argument: DecisionContext


def state_before(
    reader: Reader,
    event: RecordedEvent,
    *,
    known_by: datetime | None = None,
    as_of: datetime | None = None,
    called: NameOf = str,
) -> StateBefore:
    """The state that the case of an event was in just before it was recorded.

    Args:
        reader: the record.
        event: any event.
        known_by: what was recorded later is not told as hindsight either.
        as_of: the state as of this moment, instead of the last at which the event can have
            happened.
        called: what to call a party in the sentences.

    Raises:
        NotFound: the event was not on record by `known_by`.
    """
    events = known_events(reader, event.case_id, known_by)
    places = [at for at, each in enumerate(events) if each.event_id == event.event_id]
    if not places:
        raise NotFound(f"there is no event {event.event_id} on record by then.", field="at")
    at = places[0]
    date = span(fold(event.case_id, events).facts[event.event_id].fields)
    facts = fold(event.case_id, events[:at])
    # What became of it is told whenever that happened, unless a moment is asked about.
    arguments = DecisionContexts(
        reader, event.case_id, events, known_by=known_by, as_of=as_of, called=called
    )
    arguments.take_in_all(facts)
    if as_of is None and date is not None:
        as_of = date.latest
    return StateBefore(
        event_id=event.event_id,
        case_id=event.case_id,
        position=event.position,
        kind=event.kind,
        gist=sentence(event.kind, event.fields, called),
        occurred=None if date is None else date.text,
        recorded_at=event.recorded_at,
        as_of=as_of,
        on_record=at,
        later=len(events) - at - 1,
        state=case_status(facts, as_of=as_of),
        accountability=accountability(facts, as_of=as_of),
        open=obligations(facts, as_of=as_of),
        bars=bars(facts, as_of=as_of),
        conflicts=tuple(
            _conflict(facts, fact, as_of)
            for fact in facts.standing("conflict-declared", "recused", as_of=as_of)
            if fact.kind == "conflict-declared" or "conflict" not in fact.fields
        ),
        amended=tuple(
            stood(facts, fact, as_of=as_of, called=called)
            for fact in facts.facts.values()
            if fact.corrections or fact.disputes or not fact.stands
        ),
        argument=arguments.of(event),
    )


def _conflict(facts: CaseFacts, fact: Fact, as_of: datetime | None) -> Conflict:
    return Conflict(
        event_id=fact.event_id,
        position=fact.event.position,
        party=fact.fields["party"],
        subject=fact.fields.get("subject"),
        state=status(facts, fact, as_of=as_of) or "recused",
    )
