"""Whatever is recorded in a case, its facts are a fold, and corrections hide nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.reports import in_markdown

from answerable.domain.answers import json_value
from answerable.domain.errors import Refused
from answerable.domain.event import Event
from answerable.domain.parsing import parse
from answerable.domain.record import RecordedEvent
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.facts import disclosed as texts
from answerable.projections.facts import facts
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import CaseFacts, Fact
from answerable.projections.output.markdown_text import escaped, quoted, table
from answerable.projections.report.report import report_on

AMENDING = ("correction", "retraction", "dispute")

KINDS = (
    "contact-made",
    "finding-made",
    "sanction-imposed",
    "sanction-executed",
    "counterparty-barred",
    "bar-lifted",
    "appeal-lodged",
    "appeal-decided",
    "decision-taken",
    "investigation-opened",
    "investigation-concluded",
    *AMENDING,
)

few = settings(max_examples=examples(25))
"""Histories take a while to make."""

JANUARY = datetime(2026, 1, 5, tzinfo=UTC)

amended = histories(cases=("c",), kinds=KINDS, min_events=3, max_events=14, all_named=True)
anything = histories(cases=("c",), max_events=10, all_named=True)
moments = st.integers(-400, 400).map(lambda hours: JANUARY + timedelta(hours=hours))


def recorded(events: list[Event]) -> Memory:
    log = Memory()
    for event in events:
        log.record(event)
    return log


def said(state: CaseFacts) -> dict[str, tuple[dict[str, object], tuple[str, ...], bool]]:
    """What the facts amount to, the events that amend them apart."""
    return {
        fact.event_id: (dict(fact.fields), fact.disputes, fact.stands)
        for fact in state.facts.values()
        if fact.kind not in AMENDING
    }


@few
@given(amended)
def test_folding_step_by_step_is_folding_at_once(events: list[Event]) -> None:
    log = recorded(events)
    state = facts.initial("c", facts.zone_told(log.log))
    for event in log.log:
        before = dict(state.facts)
        state_after = facts.apply(state, event)
        assert state.facts == before, "a fold changes no earlier state"
        state = state_after
    assert state == log.facts()


@few
@given(amended)
def test_corrections_never_hide_the_original(events: list[Event]) -> None:
    log = recorded(events)
    kept = json.dumps([event.fields for event in log.log])
    state = log.facts()
    assert json.dumps([event.fields for event in log.log]) == kept
    for event, fact in zip(log.log, state.facts.values(), strict=True):
        assert fact.event is event
        if not fact.corrections:
            assert fact.fields == event.fields


def retract(log: Memory, event: RecordedEvent) -> bool:
    retraction = {"kind": "retraction", "case_id": "c", "target": event.event_id}
    try:
        log.record(parse(retraction))
    except Refused:
        return False
    return True


@few
@given(amended, st.data())
def test_retracting_an_amendment_removes_exactly_its_effect(
    events: list[Event], data: st.DataObject
) -> None:
    log = recorded(events)
    amendments = [each for each in log.log if each.kind in ("correction", "dispute")]
    assume(amendments)
    chosen = data.draw(st.sampled_from(amendments))
    without = [each for each in log.log if each is not chosen]
    about = {each.event_id for each in without if each.fields.get("target") == chosen.event_id}
    rest = [each for each in without if each.event_id not in about]
    if retract(log, chosen):
        assert said(log.facts()) == said(facts.fold("c", rest))


@few
@given(amended, st.data())
def test_retracting_an_event_leaves_every_other_reading(
    events: list[Event], data: st.DataObject
) -> None:
    log = recorded(events)
    assume(log.log)
    before = said(log.facts())
    chosen = data.draw(st.sampled_from(log.log))
    if chosen.kind in AMENDING or not retract(log, chosen):
        return
    after = said(log.facts())
    fields, disputes, _ = before.pop(chosen.event_id)
    assert after.pop(chosen.event_id) == (fields, disputes, False)
    assert after == before


@few
@given(amended)
def test_the_reading_is_the_standing_corrections_over_the_original(events: list[Event]) -> None:
    """A slow and obvious definition of what an event says now."""
    log = recorded(events)
    gone = {each.fields["target"] for each in log.log if each.kind == "retraction"}
    for fact in log.facts().facts.values():
        expected = dict(fact.event.fields)
        for later in log.log:
            if (
                later.kind == "correction"
                and later.fields["target"] == fact.event_id
                and later.event_id not in gone
            ):
                expected |= later.fields.get("fields", {})
        expected["standing"] = expected["standing"] or "asserted"
        assert fact.fields == {name: each for name, each in expected.items() if each is not None}
        assert fact.stands == (fact.event_id not in gone)


@few
@given(amended)
def test_sealed_texts_read_as_corrected(events: list[Event]) -> None:
    log = recorded(events)
    state = log.facts()
    opened = log.opened(range(len(log)))
    for fact in state.facts.values():
        expected = dict(log.texts[fact.event.position])
        for event_id in fact.corrections:
            correction = state.facts[event_id].event.position
            expected |= log.texts[correction].get("sealed_fields", {})
        told = {name: value for name, value in expected.items() if value is not None}
        assert texts.sealed(state, fact, opened).told == told


@few
@given(amended, moments, moments)
def test_what_is_shown_grows_with_the_moment_asked_about(
    events: list[Event], one: datetime, other: datetime
) -> None:
    state = recorded(events).facts()
    earlier, later = sorted((one, other))
    shown = [fact.event_id for fact in state.standing(as_of=later)]
    assert {fact.event_id for fact in state.standing(as_of=earlier)} <= set(shown)
    assert shown == [
        fact.event_id
        for fact in state.facts.values()
        if fact.stands and fact.when(later) in ("yes", "unknown")
    ]
    order = ("no", "unknown", "yes")
    for fact in state.facts.values():
        assert order.index(fact.when(earlier)) <= order.index(fact.when(later))


@few
@given(amended, st.data())
def test_what_was_known_is_a_beginning_of_what_is_known(
    events: list[Event], data: st.DataObject
) -> None:
    log = recorded(events)
    assume(log.log)
    at = data.draw(st.sampled_from(log.log))
    known_by = datetime.fromisoformat(at.recorded_at)
    known = facts.of_case(log, "c", known_by=known_by)
    assert list(known.facts) == list(log.facts().facts)[: at.position + 1]
    assert known == facts.fold("c", log.log[: at.position + 1])


@few
@given(amended)
def test_all_that_stands_against_someone_is_told(events: list[Event]) -> None:
    log = recorded(events)
    people = accountability_of(CaseView(log.facts())).people
    told = {each.event_id for person in people for each in person.findings}
    told |= {each.event_id for person in people for each in person.sanctions}
    standing: list[Fact] = list(log.facts().standing("finding-made", "sanction-imposed"))
    assert told == {fact.event_id for fact in standing}


@few
@given(anything, st.none() | moments)
def test_every_history_makes_a_report(events: list[Event], as_of: datetime | None) -> None:
    assume(events)
    log = recorded(events)
    made = report_on(log, "c", version="1", as_of=as_of)
    assert report_on(log, "c", version="1", as_of=as_of) == made
    json.dumps(json_value(made))
    for block in in_markdown(made).split("\n\n"):
        if block.startswith("|"):
            edges = {line.replace("\\|", "").count("|") for line in block.splitlines()}
            assert len(edges) == 1


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_text_breaks_a_table_or_begins_a_block(cells: list[str]) -> None:
    row = table(cells and ["a"] * len(cells), [[escaped(cell) for cell in cells]]).split("\n")
    assert len(row) == 3
    inert = row[2].replace("\\\\", "").replace("\\|", "")
    assert inert.count("|") == len(cells) + 1
    assert "<" not in inert.replace("<br>", "")
    for line in quoted(cells[0]).split("\n"):
        assert line.startswith("> ")
