"""Hold the verdicts after each step of a replay against those of judging that much from nothing."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.large import varied
from tests.benchmarks.workload import case as whole_case
from tests.property.test_likeness_properties import ADOPTED
from tests.property.test_policy_properties import POLICIES
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.history_strategies import histories
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.domain.errors import AnswerableError
from answerable.domain.event import Event
from answerable.domain.record import LEDGERS_OWN, RecordedEvent
from answerable.projections.conformance.house import House
from answerable.projections.conformance.in_force.versions import Versions
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import Judgement
from answerable.projections.facts.facts import fold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.like_findings import LikeFindings
from answerable.projections.replay import verdicts
from answerable.projections.replay.replay import replay_case

Told = dict[str, Judgement]

BY = (POLICIES, ADOPTED)
"""By the profiles that come with the program, and as a house adopted them, in two versions."""


def from_nothing(
    log: Memory, events: list[RecordedEvent], by: Versions, as_of: datetime | None
) -> Told:
    """Judge what was recorded of a case by an event, as it was known then, without any step."""
    then = datetime.fromisoformat(events[-1].recorded_at)
    record = RecordView(log, as_of, then)
    view = record.look_at(fold("c", events, record.zone_of("c")))
    record.keep(view)
    house = House(record, comparing=LikeFindings(record, most=verdicts.MOST_LIKE))
    found = Judges(record, by, house=house).outcomes(view)
    return {f"{each.head.policy}/{each.head.rule}": each.verdict for each in found}


def same_at_each_step(log: Memory, by: Versions, as_of: datetime | None = None) -> None:
    """Hold what a replay tells step by step against what each prefix of the case comes to."""
    own = [event for event in log.log if event.case_id == "c"]
    if not own:
        return
    told: Told = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "versions_of", lambda record: by)
        steps = list(replay_case(log, "c", as_of=as_of, judged=True))
    for step in steps:
        told.update((each.rule, each.now) for each in step.verdicts)
        count = own.index(step.event) + 1
        found = from_nothing(log, own[:count], by, as_of)
        assert {rule: told.get(rule, "not-applicable") for rule in found} == found, step.event


def in_days(log: Memory) -> Memory:
    """Tell of each date its day alone, so that most events bear upon no other."""
    found, ids = Memory(), dict[str, str]()
    for event in log.log:
        told = {
            name: value
            for name, value in {**event.fields, **log.texts[event.position]}.items()
            if name not in LEDGERS_OWN and name not in ("event_id", "case_id")
        }
        text = re.sub(r"T[0-9:]+|[~?%](?=[/\"])", "", json.dumps(told))
        for old, new in ids.items():
            text = text.replace(f'"{old}"', f'"{new}"')
        try:
            ids[event.event_id] = found.add(event.case_id, **json.loads(text))
        except AnswerableError:
            continue
    return found


MOMENTS = st.none() | st.integers(1, 4).map(end_of)


@settings(max_examples=examples(12), deadline=None)
@given(records(moves=9, imprecise=2), MOMENTS, st.sampled_from(BY))
def test_a_step_has_the_verdicts_of_all_before_it(
    log: Memory, as_of: datetime | None, by: Versions
) -> None:
    same_at_each_step(log, by, as_of)


@settings(max_examples=examples(12), deadline=None)
@given(records(moves=10, imprecise=0), MOMENTS, st.sampled_from(BY))
def test_so_it_has_where_all_is_told_by_days(
    log: Memory, as_of: datetime | None, by: Versions
) -> None:
    same_at_each_step(in_days(log), by, as_of)


@settings(max_examples=examples(10), deadline=None)
@given(histories(cases=("c", "other"), max_events=14), st.sampled_from(BY))
def test_so_it_has_whatever_kinds_of_events_it_is_made_of(
    events: list[Event], by: Versions
) -> None:
    log = Memory()
    for event in events:
        with suppress(AnswerableError):
            log.record(event)
    same_at_each_step(log, by)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("by", BY, ids=("shipped", "adopted"))
def test_so_it_has_where_several_matters_are_told_at_once(seed: int, by: Versions) -> None:
    """Matters of twenty and of ten events take turns; other cases come between, or at once."""
    chance, log = Random(seed), Memory()
    matters = [[*whole_case(0)], [*varied(1, 10)], [*varied(2, 10)]]
    at = 0
    while any(matters):
        told = chance.choice([each for each in matters if each]).pop(0)
        at += chance.randrange(3)
        case_id = "other" if chance.random() < 0.1 else "c"
        when = f"2026-03-{1 + at // 24:02}T{at % 24:02}:00:00.000000Z"
        with suppress(AnswerableError):
            log.add(**{**told, "case_id": case_id}, recorded_at=when)
    same_at_each_step(log, by)


def changes(log: Memory) -> dict[int, set[str]]:
    """Tell which rules each step of a replay gave another verdict, by its position."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdicts, "versions_of", lambda record: POLICIES)
        steps = list(replay_case(log, "c", judged=True))
    return {step.event.position: {each.rule for each in step.verdicts} for step in steps}


def test_time_alone_moves_what_was_open() -> None:
    log = Memory()
    opened, seen = "2026-01-05T12:00:00.000000Z", "2027-01-05T12:00:00.000000Z"
    log.add(kind="investigation-opened", occurred="2026-01-05", recorded_at=opened)
    log.add(kind="contact-made", occurred="2026-01-06", counterparty="p-9", recorded_at=opened)
    log.add(kind="contact-made", occurred="2026-01-07", counterparty="p-9", recorded_at=seen)
    same_at_each_step(log, POLICIES)
    found = changes(log)
    assert "generic/concludes-in-time" in found[0] & found[2]
    assert "generic/concludes-in-time" not in found[1]


def test_an_entry_of_the_house_between_two_steps_moves_what_asks_its_registers() -> None:
    log = Memory()
    decided = log.add(
        kind="decision-taken", outcome="sanction", deciders=["p-3"], occurred="2026-01-05"
    )
    sanction: dict[str, Any] = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}
    log.add(**sanction, basis=[decided], occurred="2026-01-05")
    grant: dict[str, Any] = {"kind": "authority-granted", "party": "p-3", "measures": ["fine"]}
    log.add("house", **grant, **{"from": "2025-01-01"})
    log.add(kind="contact-made", occurred="2026-01-06", counterparty="p-9")
    same_at_each_step(log, POLICIES)
    assert "generic/authorised" in changes(log)[3]
