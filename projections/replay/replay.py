"""A case step by step, as it came to be decided; and the whole log, a case at a time.

A step is one event in the order of recording, with what it changed: in who is accountable
(`changes`), in all else that runs on (`status`), and in what is still to be done (`due`). Of a
decision it also tells what it could have rested on, and what came on record only later
(`hindsight`). What a step changes is worked out from what the event bears upon, and not from the
whole case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.accountability import Accountability, accountability_of
from answerable.projections.accountability.obligations import Obligation, RunningObligations
from answerable.projections.accountability.outside.other_houses import other_house
from answerable.projections.errors import NotFound, no_case
from answerable.projections.facts.facts import initial
from answerable.projections.facts.names import NameOf, TypeOf, untold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.replay.changes import Change, RunningAccountability
from answerable.projections.replay.effects import Effect, effects
from answerable.projections.replay.hindsight import DecisionContext, DecisionContexts
from answerable.projections.replay.material import DECIDING
from answerable.projections.replay.verdicts import MOST_JUDGED, RunningVerdicts, VerdictChange
from answerable.projections.wording.sentence import sentence_in

Until = str | int
"""The end of a replay: after an event (its id), or a position. Dates are `as_of` or `known_by`."""


class ReplayStep(NamedTuple):
    """One event of a case, and what it changed.

    Attributes:
        event: as it was recorded.
        gist: the event in one line.
        as_of: whether it had happened by the moment asked about; `unknown` where its date does
            not tell.
        changes: what changed in the accountability state.
        effects: what else changed.
        begun: the obligations open from now on.
        ended: those no longer open.
        altered: those still open that read otherwise: by when, by whom, whether on hold.
        open: the number of obligations open after the step.
        state: the accountability state after the step.
        argument: what a decision could have rested on; None of what settles nothing, or had not
            happened by the moment asked about.
        verdicts: the rules of policies whose verdict it changed, where that was asked for.
    """

    event: RecordedEvent
    gist: str
    as_of: When
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    begun: tuple[Obligation, ...]
    ended: tuple[Obligation, ...]
    altered: tuple[Obligation, ...]
    open: int
    state: Accountability
    argument: DecisionContext | None = None
    verdicts: tuple[VerdictChange, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the step as JSON has it."""
        return as_dict(self)


def replay_case(
    reader: Reader,
    case_id: str,
    *,
    until: Until | None = None,
    known_by: Asked | None = None,
    as_of: Asked | None = None,
    name_of: NameOf = str,
    type_of: TypeOf = untold,
    judged: bool = False,
) -> Iterator[ReplayStep]:
    """Yield the steps of a case in the order of their recording.

    Args:
        reader: the record.
        case_id: the case.
        until: the last step to show.
        known_by: leaves out what was recorded later.
        as_of: leaves out what had not happened by then, and changed nothing by then.
        name_of: what to call a party in the sentences.
        type_of: what a party is.
        judged: also which verdicts each step changed; a case of more than `MOST_JUDGED` events is
            not judged.

    Raises:
        NotFound: there is no such case, or no such event in it.
    """
    _check_stop(reader, case_id, until)
    record = RecordView(reader, as_of, known_by, name_of=name_of)
    events = known_events(record, case_id)
    view = record.look_at(initial(case_id, record.zone_of(case_id)))
    running, open_ = RunningAccountability(case_id), RunningObligations()
    contexts = DecisionContexts(record, case_id, events)
    judged = judged and len(events) <= MOST_JUDGED
    judging = events if judged else ()
    verdicts = RunningVerdicts(reader, judging, as_of, name_of=name_of, type_of=type_of)
    for event in events:
        if _beyond(event, until):
            break
        before, view = view, view.after(event)
        changes = running.take_in(view, event)
        others = tuple(effects(before, view, event))
        shift = open_.take_in(view, event)
        fact = view.facts[event.event_id]
        happened = view.when(fact)
        # What another house weighed is not on this record.
        own = event.kind in DECIDING and other_house(view, fact) is None
        decides = own and happened != "no"
        argument = contexts.of(event) if decides else None
        contexts.take_in(view, event)
        if happened != "no" or changes or others or any(shift):
            yield ReplayStep(
                event=event,
                gist=sentence_in(view, fact, event.fields),
                as_of=happened,
                changes=changes,
                effects=others,
                **shift._asdict(),
                open=open_.count,
                state=running.state,
                argument=argument,
                verdicts=verdicts.take_in(view, event) if judged else (),
            )
        if event.event_id == until:
            return


def carry(due: dict[tuple[str, str], Obligation], step: ReplayStep) -> None:
    """Carry the open obligations over a step: those it ended go, and those it began come.

    Those it altered take the place of what they were.
    """
    for each in step.ended:
        del due[each.what, each.event_id]
    due.update(((each.what, each.event_id), each) for each in (*step.begun, *step.altered))


def replay_all(
    reader: Reader, *, known_by: Asked | None = None, as_of: Asked | None = None
) -> Iterator[Accountability]:
    """Yield the accountability state of every case, by slug, from the whole log.

    One case is in memory at a time.
    """
    return map(accountability_of, RecordView(reader, as_of, known_by).each_case())


def known_events(record: RecordView, case_id: str) -> Sequence[RecordedEvent]:
    """List the events recorded of a case by a moment, in the order of recording.

    Raises:
        NotFound: nothing was.
    """
    events = tuple(record.events(case=case_id))
    if not events:
        raise no_case(case_id, record.known_by)
    return events


def _check_stop(reader: Reader, case_id: str, until: Until | None) -> None:
    if not isinstance(until, str):
        return
    event = reader.event(until)
    if event is None or event.case_id != case_id:
        raise NotFound(
            f"there is no event {until} in the case {case_id!r}.",
            field="until",
            hint="Look for its id among the events of the case.",
            cli_hint=f"`answerable log --case {case_id}` lists the events and their ids.",
        )


def _beyond(event: RecordedEvent, until: Until | None) -> bool:
    if isinstance(until, int):
        return event.position > until
    return False
