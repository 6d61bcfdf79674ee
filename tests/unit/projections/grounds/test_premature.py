"""Hold that each answer says what acts upon something that is dated later than itself."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.unit.projections.grounds.test_problems import chain

from answerable.projections.auditing.audit import audit_of
from answerable.projections.facts.record_view import RecordView
from answerable.projections.gaps import needs
from answerable.projections.grounds.problems import problems_of
from answerable.projections.metrics.metrics import metrics_of
from answerable.projections.status.status import overview_of
from answerable.projections.why.why import why_event

LATER = "rests on something dated later than itself"

EXECUTED: dict[str, Any] = {
    "as": "x",
    "kind": "sanction-executed",
    "sanction": "@s",
    "occurred": "2025-01-06",
}


def executed(occurred: str | None = "2025-01-06") -> Memory:
    """A chain in which nothing is missing, with an execution in the end."""
    log = chain()
    log.add(**{name: told for name, told in (EXECUTED | {"occurred": occurred}).items() if told})
    return log


def test_an_execution_before_its_sanction_is_told_by_every_answer() -> None:
    log = executed()
    *_, sanction, execution = log.events()
    view = RecordView(log).case("c")

    (problem,) = problems_of(view)
    assert (problem.event_id, problem.sort, problem.verdict) == (
        execution.event_id,
        "wrong",
        "fail",
    )
    assert problem.text.startswith(LATER)
    assert overview_of(log, "c").problems == (problem,)
    assert problem.text in " ".join(each.text for each in needs(log, case="c"))

    (row,) = audit_of(view).rows
    assert row.backed == "no"
    assert row.cells["execution"].state == "wrong"
    assert row.cells["execution"].positions == (execution.position,)

    for event in (sanction, execution):
        said = [(node.position, text) for node, text in why_event(log, event).flawed]
        assert said == [(execution.position, problem.text)]


@pytest.mark.parametrize("occurred", ["2026-01-06", "2026-01-09", "2026", None])
def test_an_execution_that_may_have_followed_is_not_wrong(occurred: str | None) -> None:
    view = RecordView(executed(occurred)).case("c")
    (row,) = audit_of(view).rows
    assert problems_of(view) == ()
    assert row.backed == "yes"


def test_no_length_is_counted_from_a_date_that_cannot_be() -> None:
    def length(log: Memory) -> tuple[int, int]:
        lengths = {each.name: each for each in metrics_of(log).lengths}
        found = lengths["sanctions to execution"]
        return found.known.least, found.unknown.least

    assert length(executed("2026-01-09")) == (1, 0)
    assert length(executed()) == (0, 1)


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "sanction-lifted", "sanction": "@s", "reason": "x"},
        {"kind": "sanction-suspended", "sanction": "@s"},
        {"kind": "appeal-lodged", "against": "@s"},
        {"kind": "decision-withdrawn", "decision": "@other"},
    ],
    ids=lambda step: step["kind"],
)
def test_so_is_any_step_before_what_it_acts_upon(step: dict[str, Any]) -> None:
    log = chain()
    log.add(**{"as": "other"}, kind="decision-taken", outcome="x", occurred="2026-02-01")
    log.add(**step, occurred="2025-01-01")
    view = RecordView(log).case("c")
    *_, last = view.facts
    texts = [each.text for each in problems_of(view) if each.event_id == last]
    assert [text.startswith(LATER) for text in texts] == [True]


def test_a_bar_lifted_before_it_was_imposed_is_told() -> None:
    log = case(
        {"as": "b", "kind": "counterparty-barred", "counterparty": "org-1", "occurred": "2026-02"},
        {"kind": "bar-lifted", "bar": "@b", "reason": "x", "occurred": "2026-01"},
    )
    (row,) = audit_of(RecordView(log).case("c")).rows
    assert row.cells["execution"].state == "wrong"


def test_a_revocation_before_the_grant_is_told_on_the_register() -> None:
    log = Memory()
    log.add("house", **{"as": "g"}, kind="authority-granted", party="board", occurred="2026-02")
    log.add("house", kind="authority-revoked", authority="@g", occurred="2026-01")
    assert [each.sort for each in problems_of(RecordView(log).case("house"))] == ["wrong"]
