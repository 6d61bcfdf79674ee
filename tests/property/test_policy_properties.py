"""Test that more knowledge settles, and never turns, a verdict: of every rule of every profile."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.domain.policy.shipped import profiles
from answerable.projections.conformance.in_force.versions import Version, Versions
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import ORDER, Judgement
from answerable.projections.facts.record_view import RecordView

POLICIES = Versions(
    tuple(
        Version(each._replace(policy=each.policy.model_copy(update={"jurisdictions": ("*",)})))
        for each in profiles()
    )
)
"""The profiles, each for every case."""

OPPOSITE: dict[str, Judgement] = {"pass": "fail", "fail": "pass"}

Told = dict[tuple[str, str, str], set[Judgement]]


def judged(log: Memory, as_of: datetime) -> Told:
    """The verdicts on each activation, by policy, rule and the event that asks."""
    record = RecordView(log, as_of)
    found: Told = {}
    for outcome in Judges(record, POLICIES).outcomes(record.case("c")):
        for each in outcome.judged:
            if each.events:
                key = (outcome.head.policy, outcome.head.rule, each.events[0])
                found.setdefault(key, set()).add(each.judgement)
    return found


def contradicted(log: Memory) -> bool:
    """Tell whether dates contradict what rests on what, so that there is no world at all."""
    view = RecordView(log).case("c")
    return any(not bound.holds for fact in view.facts.values() for bound in view.bounds.told(fact))


def narrowed(log: Memory, at: int, data: st.DataObject) -> Memory:
    """The same record, with one date told to the day, within what links allow already."""
    event = log.log[at]
    fact = RecordView(log).case("c").facts[event.event_id]
    span = RecordView(log).case("c").span(fact)
    assume(span is not None)
    assert span is not None
    assume(span.first_day is not None and span.last_day is not None)
    assert span.first_day is not None
    assert span.last_day is not None
    days = (span.last_day - span.first_day).days
    day = span.first_day + timedelta(data.draw(st.integers(0, days), label="day"))
    told = Memory()
    told.__dict__.update(log.__dict__)
    told.log = list(log.log)
    told.log[at] = event._replace(fields={**event.fields, "occurred": day.isoformat()})
    return told


@settings(
    max_examples=examples(36), deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
@given(records(moves=9, imprecise=4), st.integers(1, 6).map(end_of), st.data())
def test_a_date_that_is_told_better_never_turns_a_verdict(
    log: Memory, as_of: datetime, data: st.DataObject
) -> None:
    loose = [
        at
        for at, event in enumerate(log.log)
        if event.case_id == "c" and len(event.fields.get("occurred") or "") != 10
    ]
    assume(loose)
    at = data.draw(st.sampled_from(loose), label="event")
    told = narrowed(log, at, data)
    assume(not contradicted(log) and not contradicted(told))
    before, after = judged(log, as_of), judged(told, as_of)
    for key, verdicts in after.items():
        for verdict in verdicts:
            if before.get(key) == {OPPOSITE.get(verdict, verdict)}:
                assert verdict not in OPPOSITE, (key, before[key], verdicts)


def hidden(log: Memory, event_id: str) -> Memory | None:
    """The same record without an event that neither names another nor is named; None of others.

    What names another tells when that one was, and may undo it. Of two of a kind, one leaves open
    which of them is meant by what names none. What says from when a case can be tells when others
    were, too.
    """
    rest = [event for event in log.log if event.event_id != event_id]
    (gone,) = (event for event in log.log if event.event_id == event_id)
    linked = (event_id in str(e.fields) or e.event_id in str(gone.fields) for e in rest)
    of_a_pair = sum(event.kind == gone.kind for event in rest) == 1
    if any(linked) or of_a_pair or "earliest" in gone.fields:
        return None
    told = Memory()
    told.__dict__.update(log.__dict__)
    told.log = rest
    return told


GRAVITY = {verdict: at for at, verdict in enumerate(ORDER)}


@settings(
    max_examples=examples(36), deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
@given(records(moves=9, imprecise=3), st.integers(1, 6).map(end_of), st.data())
def test_to_hide_what_a_verdict_did_not_need_never_improves_it(
    log: Memory, as_of: datetime, data: st.DataObject
) -> None:
    own = [event.event_id for event in log.log if event.case_id == "c"]
    assume(own)
    gone = data.draw(st.sampled_from(own), label="hidden")
    less = hidden(log, gone)
    assume(less is not None)
    assert less is not None
    without = {
        (outcome.head.rule, each.events[0], str(each.telling.item)): each.judgement
        for outcome in Judges(RecordView(less, as_of), POLICIES).outcomes(
            RecordView(less, as_of).case("c")
        )
        for each in outcome.judged
        if each.events
    }
    record = RecordView(log, as_of)
    for outcome in Judges(record, POLICIES).outcomes(record.case("c")):
        if outcome.head.kind not in ("declare", "chain", "complete", "not-during"):
            continue
        for each in outcome.judged:
            key = (outcome.head.rule, each.events[0] if each.events else "", str(each.telling.item))
            if gone not in each.events and key in without:
                assert GRAVITY[without[key]] <= GRAVITY[each.judgement], (key, gone)
