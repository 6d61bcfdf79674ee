"""The state that a decider had before them, and what came on record only later."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.unit.projections.replay.test_hindsight import at, decided, evidence, upon

from answerable.domain.answers import json_value
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.errors import NotFound
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold
from answerable.projections.replay.state_before import StateBefore, state_before

FINDING = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}


def state(log: Memory, name: str = "d", **options: Any) -> StateBefore:
    event = log.event(log.ids[name])
    assert event is not None
    return state_before(log, event, **options)


@pytest.fixture
def log() -> Memory:
    return case(
        {"kind": "case-opened", "title": "A case", "recorded_at": at("01")},
        {"as": "c1", "kind": "conflict-declared", "party": "p-7", "subject": "p-1",
         "recorded_at": at("02")},
        {"kind": "recused", "party": "p-8", "recorded_at": at("02")},
        {"as": "bar", "kind": "counterparty-barred", "counterparty": "kol", "from": "2026-01-02",
         "occurred": "2026-01-02", "recorded_at": at("03")},
        evidence("e", "05", "2026-01-04"),
        upon("dispute", "e", "06"),
        {**FINDING, "as": "f", "subject": "p-1", "basis": ["@e"], "occurred": "2026-01-07",
         "recorded_at": at("07")},
        {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "fine",
         "due": "2026-01-08", "occurred": "2026-01-07", "recorded_at": at("07")},
        decided(basis=["@f"]),
        {"kind": "conflict-waived", "conflict": "@c1", "recorded_at": at("12")},
        {**FINDING, "subject": "p-2", "occurred": "2026-01-09", "recorded_at": at("13")},
        {"kind": "sanction-executed", "sanction": "@s", "recorded_at": at("13")},
        {"kind": "case-closed", "disposition": "sanctioned", "recorded_at": at("14")},
    )  # fmt: skip


def test_it_is_what_was_on_record_just_before(log: Memory) -> None:
    found = state(log)

    assert (found.on_record, found.later, found.state) == (8, 4, "open")
    assert [person.party for person in found.accountability.accountable] == ["p-1"]
    assert [(each.what, each.overdue) for each in found.open] == [
        ("case to close", "unknown"),
        ("sanction to execute", "yes"),
    ]
    assert [(bar.counterparty, bar.in_force) for bar in found.bars] == [("kol", "yes")]
    assert [(each.party, each.state) for each in found.conflicts] == [
        ("p-7", "neither recused nor waived"),
        ("p-8", "recused"),
    ]
    assert [(each.kind, len(each.disputed_by)) for each in found.amended] == [
        ("evidence-registered", 1)
    ]


def test_what_came_later_is_apart(log: Memory) -> None:
    argument = state(log).argument

    assert [each.stood.position for each in argument.hindsight] == [10]
    assert [each.stood.position for each in argument.indeterminate] == [9]
    assert [each.stood.position for each in argument.named] == [6]


def test_it_holds_for_the_last_moment_at_which_the_event_can_have_happened(log: Memory) -> None:
    assert state(log).as_of == datetime(2026, 1, 10, 23, 59, 59, 999999, UTC)
    asked = datetime(2026, 1, 5, tzinfo=UTC)

    early = state(log, as_of=asked)

    assert early.as_of == asked
    assert early.accountability.people == ()


def test_an_event_whose_date_is_open_sets_no_limit() -> None:
    log = case({**FINDING, "subject": "p-1", "occurred": "2027"}, decided(occurred="2026-01-10/.."))

    assert state(log).as_of is None
    assert len(state(log).accountability.accountable) == 1
    dated = case({**FINDING, "subject": "p-1", "occurred": "2027"}, decided())
    assert state(dated).accountability.people == ()


def test_what_became_of_it_is_told_though_it_lies_after_its_own_time(log: Memory) -> None:
    log.add(kind="case-reopened", reason="an appeal", recorded_at=at("19"))
    log.add(**upon("appeal-lodged", "s", "20", occurred="2026-01-20"))
    log.add(**upon("appeal-decided", "appeal-lodged", "21", outcome="allowed", occurred="2026-02"))

    assert [each.what for each in state(log, "s").argument.since] == ["overturned"]
    assert state(log, "s", as_of=datetime(2026, 1, 12, tzinfo=UTC)).argument.since == ()


def test_the_first_event_of_a_case_had_nothing_before_it(log: Memory) -> None:
    first = state_before(log, log.log[0])

    assert (first.on_record, first.state, first.open, first.bars) == (0, None, (), ())


def test_any_event_can_be_asked_about(log: Memory) -> None:
    for event in log.log:
        prefix = fold("c", [each for each in log.log if each.position < event.position])
        found = state_before(log, event)
        assert found.accountability == accountability_of(CaseView(prefix, found.as_of))


def test_what_is_not_on_record_by_then_is_not_found(log: Memory) -> None:
    event = log.event(log.ids["d"])
    assert event is not None

    with pytest.raises(NotFound, match="by then"):
        state_before(log, event, known_by=datetime(2026, 1, 8, tzinfo=UTC))
    with pytest.raises(NotFound, match="no case"):
        state_before(log, event, known_by=datetime(2025, 1, 1, tzinfo=UTC))


def test_it_is_plain_data(log: Memory) -> None:
    told = json_value(state(log))

    assert told["as_of"] == "2026-01-10T23:59:59.999999Z"
    assert told["accountability"]["people"][0]["accountable"] == "yes"
    assert told["argument"]["named"][0]["stood"]["kind"] == "finding-made"
