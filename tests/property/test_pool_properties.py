"""Test that all is looked up as a possible answer that a rule's link and fields let be one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.domain.policy.shipped import profile
from answerable.projections.conformance.house import House, Situation
from answerable.projections.conformance.matching.chosen import Chosen
from answerable.projections.conformance.matching.correlation import Correlation
from answerable.projections.conformance.matching.pool import Pool
from answerable.projections.conformance.matching.standing import by_kind, standing
from answerable.projections.facts.record_view import RecordView

CORRELATIONS = (
    Correlation((), None, None),
    Correlation(("subject",), None, None),
    Correlation(("basis", "subject"), None, None),
    Correlation((), "sanction", None),
    Correlation((), "allegation", None),
    Correlation((), "basis", None),
    Correlation(("subject",), "decision", None),
    Correlation(("subject",), None, "basis"),
    Correlation((), None, "basis"),
)


@pytest.mark.parametrize("correlation", CORRELATIONS)
@settings(max_examples=examples(30))
@given(log=records(moves=8, imprecise=3))
def test_nothing_that_may_answer_is_left_out(correlation: Correlation, log: Memory) -> None:
    assume(log.log)
    record = RecordView(log)
    on = Situation(record.case("c"), profile("generic").policy, House(record))
    found = (each for kind in by_kind(on.view) for each in standing(on.view, kind))
    answers = [Chosen(fact, "yes", happened) for fact, happened in found]
    pool = Pool(correlation, answers, on.view.basis)
    for fact in on.view.facts.values():
        near = pool.near(fact)
        assert near == [each for each in answers if each in near]
        left = [each for each in answers if each not in near]
        assert all(correlation.match(on, fact, each.fact) == "no" for each in left)


def test_what_links_to_one_event_is_held_against_that_alone() -> None:
    log = Memory()
    log.add(kind="case-opened", title="Fines")
    fines = [log.add(kind="sanction-imposed", subject=f"p-{i}", measure="fine") for i in range(50)]
    for fine in fines:
        log.add(kind="sanction-executed", sanction=fine)
    view = RecordView(log).case("c")
    executed = [Chosen(fact, "yes", "yes") for fact in view.standing("sanction-executed")]
    pool = Pool(Correlation((), "sanction", None), executed)
    for imposed in view.standing("sanction-imposed"):
        assert [each.fact.fields["sanction"] for each in pool.near(imposed)] == [imposed.event_id]


def test_what_rests_on_one_event_is_held_against_that_alone() -> None:
    log = Memory()
    log.add(kind="case-opened", title="Fines")
    found: dict[str, Any] = {"outcome": "substantiated", "responsibility": "direct"}
    findings = [log.add(kind="finding-made", subject="p-1", **found) for _ in range(50)]
    for each in findings:
        log.add(kind="sanction-imposed", subject="p-1", measure="fine", basis=[each])
    view = RecordView(log).case("c")
    blaming = [Chosen(fact, "yes", "yes") for fact in view.standing("finding-made")]
    pool = Pool(Correlation(("subject",), None, "basis"), blaming, view.basis)
    for imposed in view.standing("sanction-imposed"):
        assert [each.fact.event_id for each in pool.near(imposed)] == [*imposed.fields["basis"]]
