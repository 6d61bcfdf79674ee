"""Event logs for process mining: whatever is on record makes a log as its standard has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import STARTED, Memory
from tests.support.case_strategies import records
from tests.support.event_logs import ocel_of, values, xes_of
from tests.support.history_strategies import histories

from answerable.domain.event import Event
from answerable.projections.facts.basis import direct_basis
from answerable.projections.facts.record_view import RecordView
from answerable.projections.interchange.process_event import events_in

told = histories(max_events=12, all_named=True)
moments = st.none() | st.integers(-60, 14).map(lambda days: STARTED + timedelta(days=days))

SLACK = timedelta(hours=14)
"""Tell how far a date may be off that tells no zone, beside one that does."""


def recorded(events: list[Event]) -> Memory:
    log = Memory()
    for event in events:
        log.record(event)
    return log


@given(told, moments)
def test_any_record_makes_a_log_that_the_standards_take(
    events: list[Event], as_of: datetime | None
) -> None:
    log = recorded(events)
    ocel = ocel_of(log, as_of=as_of)
    xes = [values(event) for event in xes_of(log, as_of=as_of).iter("event")]
    view = RecordView(log, as_of)
    stand = [fact for case in view.each_case() for fact in case.standing()]
    assert [each["id"] for each in ocel["events"]] == [each["identity:id"] for each in xes]
    assert {each["id"] for each in ocel["events"]} == {fact.event_id for fact in stand}
    assert [each["type"] for each in ocel["events"]] == [each["concept:name"] for each in xes]
    assert [each["time"] for each in ocel["events"]] == [each["time:timestamp"] for each in xes]
    if as_of is None:
        for case in {fact.event.case_id for fact in stand}:
            ocel_of(log, case=case, keep=1)


@given(records(moves=8, imprecise=6))
def test_nothing_comes_before_what_it_rests_on(log: Memory) -> None:
    view = RecordView(log).case("c")
    events = events_in(view)
    at = {event.fact.event_id: place for place, event in enumerate(events)}
    for event in events:
        for below in direct_basis(event.fact):
            if below in at and view.bounds.follows(event.fact, view.facts[below]):
                assert at[below] < at[event.fact.event_id]


@given(records(moves=8, imprecise=6))
def test_the_time_of_an_event_is_one_that_its_bounds_allow(log: Memory) -> None:
    view = RecordView(log).case("c")
    for event in events_in(view):
        when = event.dated
        assert when.not_before is None or when.not_before - SLACK <= when.at
        assert when.not_after is None or when.at <= when.not_after
