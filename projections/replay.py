"""A case step by step, as it came to be decided; and the whole log, a case at a time.

A step is one event in the order of recording, with what it changed: in who is accountable
(`changes`), in all else that runs on (`status`), and in what is still to be done (`obligations`).
What a step changes is worked out from what the event bears upon, and not from the whole case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from answerable.domain.dates import When
from answerable.domain.kinds import FAMILIES
from answerable.domain.recorded import Reader, RecordedEvent
from answerable.projections.accountability import Accountability, accountability
from answerable.projections.changes import Change, Running
from answerable.projections.errors import NotFound
from answerable.projections.facts import CaseFacts, apply, borne_upon, initial, of_each_case
from answerable.projections.gist import Called, gist
from answerable.projections.obligations import DUTIES, Obligation, obligations
from answerable.projections.status import Effect, effects

Until = str | int | datetime
"""Where a replay stops: after an event (its id), a position, or the last event recorded by then."""


Due = Mapping[tuple[str, str], Obligation]
"""What is to be done, by what it is and the event that it began with."""

LEAVES_OPEN = frozenset((*DUTIES, *FAMILIES["case"], "investigation-concluded"))
"""What can change what is to be done, when it happens or is acted upon."""


class Step(NamedTuple):
    """One event of a case, and what it changed.

    Attributes:
        event: as it was recorded.
        gist: the event in one line.
        as_of: whether it had happened by the moment asked about; `unknown` where its date does
            not tell.
        changes: what changed in the accountability state.
        effects: what else changed.
        begun: what is to be done from now on.
        ended: what no longer is.
        open: how much is to be done after the step.
        state: the accountability state after the step.
    """

    event: RecordedEvent
    gist: str
    as_of: When
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    begun: tuple[Obligation, ...]
    ended: tuple[Obligation, ...]
    open: int
    state: Accountability


def replay(
    reader: Reader,
    case_id: str,
    *,
    until: Until | None = None,
    known_by: datetime | None = None,
    as_of: datetime | None = None,
    called: Called = str,
) -> Iterator[Step]:
    """The steps of a case in the order of their recording.

    Args:
        reader: the record.
        case_id: the case.
        until: the last step to show.
        known_by: leaves out what was recorded later.
        as_of: leaves out what had not happened by then, and changed nothing by then.
        called: what to call a party in the sentences.

    Raises:
        NotFound: there is no such case, or no such event in it.
    """
    _check_stop(reader, case_id, until)
    facts, running = initial(case_id), Running(case_id, as_of=as_of)
    due: Due = {}
    event = None
    for event in reader.events(case=case_id, known_by=known_by):
        if _beyond(event, until):
            break
        before, facts = facts, apply(facts, event)
        changes = running.take_in(facts, event)
        others = tuple(effects(before, facts, event, as_of=as_of, called=called))
        were_due, due = due, _due(due, facts, event, as_of)
        happened = facts.facts[event.event_id].when(as_of)
        if happened != "no" or changes or others:
            yield Step(
                event=event,
                gist=gist(event.kind, event.fields, called),
                as_of=happened,
                changes=changes,
                effects=others,
                begun=tuple(due[key] for key in due if key not in were_due),
                ended=tuple(were_due[key] for key in were_due if key not in due),
                open=len(due),
                state=running.state,
            )
        if event.event_id == until:
            return
    if event is None:
        when = "" if known_by is None else " on record by then"
        raise NotFound(
            f"there is no case {case_id!r}{when}.",
            field="case",
            hint="`answerable cases` lists the cases.",
        )


def replay_all(
    reader: Reader, *, known_by: datetime | None = None, as_of: datetime | None = None
) -> Iterator[Accountability]:
    """The accountability state of every case, by slug, from the whole log.

    One case is in memory at a time.
    """
    for facts in of_each_case(reader, known_by=known_by):
        yield accountability(facts, as_of=as_of)


def _check_stop(reader: Reader, case_id: str, until: Until | None) -> None:
    if not isinstance(until, str):
        return
    event = reader.event(until)
    if event is None or event.case_id != case_id:
        raise NotFound(
            f"there is no event {until} in the case {case_id!r}.",
            field="until",
            hint=f"`answerable log --case {case_id}` lists the events and their ids.",
        )


def _due(before: Due, facts: CaseFacts, event: RecordedEvent, as_of: datetime | None) -> Due:
    """What is to be done after an event; worked out again only where the event bears upon it."""
    if not any(fact.kind in LEAVES_OPEN for fact in borne_upon(facts, event)):
        return before
    return {(each.what, each.event_id): each for each in obligations(facts, as_of=as_of)}


def _beyond(event: RecordedEvent, until: Until | None) -> bool:
    if isinstance(until, int):
        return event.position > until
    if isinstance(until, datetime):
        return datetime.fromisoformat(event.recorded_at) > until
    return False
