"""Whatever is recorded, a derivation's graphs have each of its events, and each link once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAssociation,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
)
from tests.support.builders import Memory
from tests.support.dot_reader import read
from tests.support.history_strategies import histories
from tests.support.lengths import examples

from answerable.domain import edtf
from answerable.domain.event import Event
from answerable.projections.facts.corrected_dates import occurred
from answerable.projections.facts.facts import of_case
from answerable.projections.facts.time import happened
from answerable.projections.why.graphviz import dot
from answerable.projections.why.prov import bounds, prov_json, provenance, question
from answerable.projections.why.why import Derivation, tree_lines, why_event

KINDS = (
    "authority-granted",
    "authority-revoked",
    "evidence-registered",
    "allegation-made",
    "finding-made",
    "decision-taken",
    "sanction-imposed",
    "sanction-executed",
    "appeal-lodged",
    "appeal-decided",
    "statement-published",
    "correction",
    "retraction",
    "dispute",
)

REVISION = "prov:Revision"

MOMENTS = st.sampled_from(
    [
        datetime(2025, 12, 1, tzinfo=UTC),
        datetime(2026, 1, 5, 6, 3, tzinfo=UTC),
        datetime(2026, 1, 5, 12, tzinfo=UTC),
        datetime(2026, 1, 20, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
    ]
)

recorded = histories(kinds=KINDS, min_events=3, max_events=14, all_named=True)


def log_of(events: Sequence[Event]) -> Memory:
    log = Memory()
    for event in events:
        log.record(event)
    return log


def asked(data: st.DataObject, log: Memory) -> Derivation:
    event = data.draw(st.sampled_from(log.log[-4:]))
    return why_event(log, event)


def links(found: Derivation) -> list[tuple[str, str]]:
    return [
        (node.event_id, rest.event_id) for node in found.nodes.values() for rest in node.rests_on
    ]


@settings(max_examples=examples(25))
@given(recorded, st.data())
def test_prov_has_every_event_and_every_link_once_and_reads_back(
    events: list[Event], data: st.DataObject
) -> None:
    log = log_of(events)
    found = asked(data, log)
    document = provenance(found, question(log))
    assert ProvDocument.deserialize(content=prov_json(document).decode(), format="json") == document

    entities = Counter(str(each.identifier) for each in document.get_records(ProvEntity))
    activities = Counter(str(each.identifier) for each in document.get_records(ProvActivity))
    agents = Counter(str(each.identifier) for each in document.get_records(ProvAgent))
    assert set((entities + activities + agents).values()) == {1}
    for event_id in found.nodes:
        assert f"event:{event_id}" in entities
        assert f"act:{event_id}" in activities
    derived = [
        (str(each.args[0]).removeprefix("event:"), str(each.args[1]).removeprefix("event:"))
        for each in document.get_records(ProvDerivation)
        if REVISION not in map(str, each.get_asserted_types())
    ]
    assert Counter(derived) == Counter(links(found))
    for did in document.get_records(ProvAssociation):
        assert str(did.args[0]) in activities
        assert str(did.args[1]) in agents


@settings(max_examples=examples(25))
@given(recorded, st.data())
def test_a_drawing_has_every_event_and_every_link_once(
    events: list[Event], data: st.DataObject
) -> None:
    log = log_of(events)
    found = asked(data, log)
    drawn = read(dot(found, question(log)))
    assert set(drawn.boxes) == set(found.nodes)
    assert Counter((one, other) for one, other, _ in drawn.arrows) == Counter(links(found))


@settings(max_examples=examples(25))
@given(recorded, st.data())
def test_the_tree_has_every_event_and_ends_in_its_case(
    events: list[Event], data: st.DataObject
) -> None:
    log = log_of(events)
    found = asked(data, log)
    assert {line.node.event_id for line in tree_lines(found)} == set(found.nodes)
    assert set(found.cases) == {node.case_id for node in found.nodes.values()}


@given(
    st.sampled_from(["2026-01-05", "../2026", "2026-01-05T09:00:00", "2026-01-05T09:00:00+08:00"])
)
def test_a_time_lies_in_its_date(text: str) -> None:
    span = edtf.parse(text)
    start, end = bounds(text)
    assert (start is None) == (end is None)
    assert start is None or (start, end) == (span.earliest, span.latest)


@settings(max_examples=examples(25))
@given(recorded, MOMENTS)
def test_what_had_happened_is_told_alike_event_by_event_and_case_by_case(
    events: list[Event], moment: datetime
) -> None:
    log = log_of(events)
    when = occurred(log)
    for event in log.log:
        fact = of_case(log, event.case_id).facts[event.event_id]
        assert happened(when(event), event.recorded_at, moment, fact.zone) == fact.when(moment)
