"""Whatever happens in a case: what a decision is held against, and what is called hindsight."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain import dates, edtf
from answerable.domain.event import Event
from answerable.domain.record import RecordedEvent
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.bars import bars_of
from answerable.projections.accountability.obligations import Obligation, obligations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold
from answerable.projections.replay.decision_moment import Material
from answerable.projections.replay.hindsight import DecisionContext
from answerable.projections.replay.material import BEARING, DECIDING
from answerable.projections.replay.replay import carry, replay_case
from answerable.projections.replay.state_before import state_before

TIMES = st.lists(
    st.sampled_from(["2025-12-31", "2026-01-05", "2026-01-06", "2026-02-01"]), max_size=14
)
MOMENTS = st.none() | st.sampled_from(
    [datetime.fromisoformat("2026-01-05T23:59:59Z"), datetime.fromisoformat("2026-01-20T00:00:00Z")]
)
KINDS = (
    *sorted(DECIDING | BEARING),
    *("correction", "retraction", "dispute", "case-opened", "investigation-opened"),
)


def remembered(events: list[Event], days: list[str]) -> Memory:
    """The events on record, some in one go, others days apart."""
    memory = Memory()
    ordered = sorted((days * len(events))[: len(events)]) or ["2026-01-06"] * len(events)
    for event, day in zip(events, ordered, strict=True):
        memory.record(event, recorded_at=f"{day}T09:00:00.000000Z")
    return memory


records = st.builds(
    remembered,
    histories(cases=("c",), kinds=KINDS, max_events=10)
    | histories(cases=("c", "elsewhere"), kinds=KINDS, max_events=10),
    TIMES,
).filter(lambda record: record.log != [])  # of one event that is refused, nothing is left


def lists(argument: DecisionContext) -> tuple[tuple[Material, ...], ...]:
    return (
        argument.named,
        argument.behind,
        argument.not_named,
        argument.together,
        argument.hindsight,
        argument.indeterminate,
    )


def read(date: str | None, zone: Zone) -> dates.Span | None:
    """A date in a zone, with the margins that it has where it is rough."""
    return None if date is None else dates.widened(edtf.parse(date, zone), zone=zone)


def case_of(record: Memory) -> str:
    return record.log[0].case_id


def arguments(
    record: Memory, as_of: datetime | None
) -> list[tuple[RecordedEvent, DecisionContext]]:
    return [
        (step.event, step.argument)
        for step in replay_case(record, case_of(record), as_of=as_of)
        if step.argument is not None
    ]


@given(records, MOMENTS)
@settings(max_examples=examples(20))
def test_what_is_called_hindsight_was_recorded_after(
    record: Memory, as_of: datetime | None
) -> None:
    for event, argument in arguments(record, as_of):
        for each in (*argument.hindsight, *argument.indeterminate):
            assert each.stood.position > event.position
            assert each.stood.recorded_at > event.recorded_at
        for each in argument.together:
            assert each.stood.position > event.position
            assert each.stood.recorded_at == event.recorded_at
        for each in (*argument.named, *argument.behind, *argument.not_named):
            assert each.stood.position < event.position


@given(records, MOMENTS)
@settings(max_examples=examples(20))
def test_what_could_bear_a_decision_lies_in_one_place(
    record: Memory, as_of: datetime | None
) -> None:
    case_id = case_of(record)
    events = list(record.events(case=case_id))
    now = CaseView(fold(case_id, events), as_of)
    for event, argument in arguments(record, as_of):
        placed = [each.stood.event_id for part in lists(argument) for each in part]
        assert len(placed) == len(set(placed))
        so_far = fold(case_id, [each for each in events if each.position < event.position])
        could = {fact.event_id for fact in CaseView(so_far, as_of).standing(*BEARING)}
        could |= {
            fact.event_id for fact in now.standing(*BEARING) if fact.event.position > event.position
        }
        named = {each.stood.event_id for each in (*argument.named, *argument.behind)}
        assert set(placed) - named <= could
        assert argument.afterwards == len(could - set(placed))


@given(records)
@settings(max_examples=examples(20))
def test_had_it_happened_and_was_it_on_record_are_what_the_dates_tell(record: Memory) -> None:
    for event, argument in arguments(record, None):
        taken = read(argument.taken, argument.zone)
        for each in (every for part in lists(argument) for every in part):
            if each.stood.case_id == event.case_id:
                own = read(each.stood.occurred, argument.zone)
                # Where the two dates leave it open, what they are linked to may settle it.
                assert dates.precedes(own, taken) in ("unknown", each.happened)
            recorded = edtf.parse(each.stood.recorded_at[:19] + "Z")
            assert each.on_record == dates.precedes(recorded, taken)
        assert {each.happened for each in argument.hindsight} <= {"yes"}
        assert {each.happened for each in argument.indeterminate} <= {"unknown"}
        assert "no" not in {each.happened for each in argument.not_named}


@given(records, MOMENTS)
@settings(max_examples=examples(20))
def test_the_state_before_an_event_is_the_fold_of_what_came_before_it(
    record: Memory, as_of: datetime | None
) -> None:
    case_id = case_of(record)
    events = list(record.events(case=case_id))
    for at, event in enumerate(events):
        prefix = fold(case_id, events[:at])
        found = state_before(record, event, as_of=as_of)
        assert found.accountability == accountability_of(CaseView(prefix, found.as_of))
        assert found.open == obligations_of(CaseView(prefix, found.as_of))
        assert found.bars == bars_of(CaseView(prefix, found.as_of))
        assert (found.on_record, found.later) == (at, len(events) - at - 1)


@given(records, MOMENTS)
@settings(max_examples=examples(20))
def test_a_step_and_the_state_before_it_tell_the_same_argument(
    record: Memory, as_of: datetime | None
) -> None:
    for event, argument in arguments(record, as_of):
        assert state_before(record, event, as_of=as_of).argument == argument


@given(records, MOMENTS)
@settings(max_examples=examples(20))
def test_what_is_open_after_each_step_is_what_the_whole_fold_says(
    record: Memory, as_of: datetime | None
) -> None:
    case_id = case_of(record)
    events = list(record.events(case=case_id))
    due: dict[tuple[str, str], Obligation] = {}
    for step in replay_case(record, case_id, as_of=as_of):
        carry(due, step)
        so_far = fold(case_id, [each for each in events if each.position <= step.event.position])
        expected = obligations_of(CaseView(so_far, as_of))
        assert due == {(each.what, each.event_id): each for each in expected}
        assert step.open == len(expected)
