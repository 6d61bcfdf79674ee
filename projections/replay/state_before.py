"""The state that a decider had before them: the record as it was just before an event came on it.

What came later is told beside it, and apart. Nothing here tells what anybody knew.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.accountability import Accountability, accountability_of
from answerable.projections.accountability.bars import Bar, bars_of
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact, fold
from answerable.projections.facts.lifecycle import CaseStatus, case_status
from answerable.projections.facts.names import NameOf
from answerable.projections.facts.record_view import RecordView
from answerable.projections.replay.effects import status
from answerable.projections.replay.hindsight import DecisionContext, DecisionContexts
from answerable.projections.replay.material import EventThen, event_then
from answerable.projections.replay.replay import known_events
from answerable.projections.wording.sentence import sentence_in


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
    known_by: Asked | None = None,
    as_of: Asked | None = None,
    name_of: NameOf = str,
) -> StateBefore:
    """Work out the state of an event's case just before the event was recorded.

    Args:
        reader: the record.
        event: any event.
        known_by: what was recorded later is not told as hindsight either.
        as_of: the state as of this moment, instead of the last at which the event can have
            happened.
        name_of: what to call a party in the sentences.

    Raises:
        NotFound: the event was not on record by `known_by`.
    """
    record = RecordView(reader, as_of, known_by, name_of=name_of)
    events = known_events(record, event.case_id)
    places = [at for at, each in enumerate(events) if each.event_id == event.event_id]
    if not places:
        raise NotFound(f"there is no event {event.event_id} on record by then.", field="at")
    at = places[0]
    whole = fold(event.case_id, events, record.zone_of(event.case_id))
    fact = whole.facts[event.event_id]
    date = record.look_at(whole).span(fact)
    facts = fold(event.case_id, events[:at], whole.zone)
    # What became of it is told whenever that happened, unless a moment is asked about.
    contexts = DecisionContexts(record, event.case_id, events)
    contexts.take_in_all(record.look_at(facts))
    if as_of is None and date is not None:
        as_of = date.latest
    view = CaseView(facts, as_of, name_of=name_of)
    return StateBefore(
        event_id=event.event_id,
        case_id=event.case_id,
        position=event.position,
        kind=event.kind,
        gist=sentence_in(view, fact, event.fields),
        occurred=fact.fields.get("occurred"),
        recorded_at=event.recorded_at,
        as_of=view.as_of,
        on_record=at,
        later=len(events) - at - 1,
        state=case_status(view),
        accountability=accountability_of(view),
        open=obligations_of(view),
        bars=bars_of(view),
        conflicts=tuple(
            _conflict(view, fact)
            for fact in view.standing("conflict-declared", "recused")
            if fact.kind == "conflict-declared" or "conflict" not in fact.fields
        ),
        amended=tuple(
            event_then(view, fact)
            for fact in facts.facts.values()
            if fact.corrections or fact.disputes or not fact.stands
        ),
        argument=contexts.of(event),
    )


def _conflict(view: CaseView, fact: Fact) -> Conflict:
    return Conflict(
        event_id=fact.event_id,
        position=fact.event.position,
        party=fact.fields["party"],
        subject=fact.fields.get("subject"),
        state=status(view, fact) or "recused",
    )
