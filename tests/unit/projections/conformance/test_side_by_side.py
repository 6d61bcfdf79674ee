"""Cases that are judged side by side, rule by rule, are judged as each is by itself."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_policy_properties import POLICIES
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.projections.conformance import handfuls
from answerable.projections.conformance.errors import RuleTooWide
from answerable.projections.conformance.handfuls import handfuls as handfuls_of
from answerable.projections.conformance.judgement import Outcome
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.templates import catalogue
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView

HEARD = {"kind": "subject-heard", "subject": "p-1"}
FOUND = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}

Told = list[tuple[str, str, str, list[tuple[frozenset[str], tuple[str, ...]]]]]


def told(outcomes: Sequence[Outcome]) -> Told:
    return [
        (*each.head[:1], each.head.rule, each.verdict, [(j.values, j.events) for j in each.judged])
        for each in outcomes
    ]


def case(heard: int) -> CaseView:
    """A case in which a person was heard some times before a finding."""
    return RecordView(log_of(heard)).case("c")


def log_of(heard: int) -> Memory:
    """The record of such a case."""
    log = Memory()
    for _ in range(heard):
        log.add(**HEARD)
    log.add(**FOUND, subject="p-1")
    return log


@settings(max_examples=examples(15))
@given(st.lists(records(moves=5, imprecise=2), min_size=1, max_size=4), st.integers(1, 3))
def test_a_handful_is_judged_as_each_case_is(logs: list[Memory], size: int) -> None:
    views = [RecordView(log).case("c") for log in logs]
    record = RecordView(Memory())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handfuls, "HANDFUL", size)
        found = [*Judges(record, POLICIES).outcomes_of_each(views)]
    assert [view for view, _ in found] == views
    for view, outcomes in found:
        assert told(outcomes) == told(Judges(record, POLICIES).outcomes(view))


@given(st.lists(st.integers(1, 4), max_size=9), st.integers(1, 4), st.integers(1, 9))
def test_a_handful_is_of_few_cases_and_of_no_more_than_its_events_need(
    sizes: list[int], most: int, events: int
) -> None:
    views = [case(size - 1) for size in sizes]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handfuls, "HANDFUL", most)
        patch.setattr(handfuls, "MOST_AT_HAND", events)
        parts = [*handfuls_of(views)]
    assert [view for part in parts for view in part] == views
    for part in parts:
        assert 1 <= len(part) <= most
        assert sum(len(view.facts) for view in part[:-1]) < events
    for part in parts[:-1]:
        assert len(part) == most or sum(len(view.facts) for view in part) >= events


def test_cases_before_one_that_a_rule_is_too_wide_for_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "MOST_CANDIDATES", 3)
    views = [case(1), case(2), case(4), case(1)]
    judged = Judges(RecordView(Memory())).outcomes_of_each(views)
    assert [next(judged)[0], next(judged)[0]] == views[:2]
    with pytest.raises(RuleTooWide):
        next(judged)


def test_what_rules_found_is_remembered_of_the_cases_at_hand_alone() -> None:
    judges = Judges(RecordView(Memory()), POLICIES)
    views = [case(1), case(2), case(1)]
    for view in views:
        judges.outcomes(view)
    assert [*judges._preparing._found] == views[-1:]


def test_cases_that_were_judged_are_freed_without_the_collector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handfuls, "HANDFUL", 2)
    judges = Judges(RecordView(Memory()), POLICIES)
    gc.collect()
    gc.disable()
    try:
        views = (each for _ in range(12) for each in RecordView(log_of(1)).each_case())
        for view, outcomes in judges.outcomes_of_each(views):
            assert outcomes
            del view, outcomes
        alive = sum(type(each) is CaseView for each in gc.get_objects())
        gc.collect()
        kept = sum(type(each) is CaseView for each in gc.get_objects())
    finally:
        gc.enable()
    assert alive - kept <= 2 * 2, "the last handful, and each case of it as it is at present"
