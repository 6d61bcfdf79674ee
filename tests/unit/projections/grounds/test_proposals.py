"""Test what was proposed against what was decided: what differs, and whether it is told why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.builders import Memory, case

from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView
from answerable.projections.grounds.problems import Problem, problems_of
from answerable.projections.grounds.proposals import Proposed, differing_words
from answerable.projections.why.why import why_event

PROPOSED: dict[str, Any] = {
    "as": "p",
    "kind": "sanction-proposed",
    "subject": "p-1",
    "measure": "dismissal",
    "proposed_by": "p-2",
    "occurred": "2026-01-05",
}
FINAL: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "dismissal",
    "occurred": "2026-01-06",
    "proposal": "@p",
}


def view(log: Memory) -> CaseView:
    return RecordView(log).case("c")


def found(log: Memory) -> Proposed | None:
    (event,) = (each for each in log.log if each.kind in ("sanction-imposed", "finding-made"))
    return why_event(log, event).nodes[event.event_id].proposed


def asked(log: Memory) -> list[Problem]:
    return [each for each in problems_of(view(log)) if each.link == "difference"]


def test_what_is_as_proposed_needs_no_reason() -> None:
    log = case(PROPOSED, FINAL)
    recommended = found(log)
    assert recommended is not None
    assert (recommended.differs, recommended.reason, recommended.by) == ((), None, "p-2")
    assert asked(log) == []


def test_what_differs_without_a_reason_is_named() -> None:
    log = case(PROPOSED, {**FINAL, "measure": "fine", "amount": "500 EUR"})
    (problem,) = asked(log)
    assert problem.text == (
        "why it differs from what was proposed (#0) is not told: measure was dismissal, is now fine"
    )
    assert (problem.sort, problem.verdict, problem.of) == ("missing", "indeterminate", "decision")


def test_a_reason_ends_it_and_so_does_a_correction_that_tells_one() -> None:
    milder = {**FINAL, "measure": "fine"}
    assert asked(case(PROPOSED, {**milder, "difference": "a first offence"})) == []
    log = case(PROPOSED, milder)
    log.add(kind="correction", target="@s", sealed_fields={"difference": "a first offence"})
    assert asked(log) == []


@pytest.mark.parametrize("gone", ["erase", "withhold"])
def test_a_reason_that_cannot_be_read_is_not_missing(gone: str) -> None:
    log = case(PROPOSED, {**FINAL, "measure": "fine", "difference": "a first offence"})
    getattr(log, gone)(log.ids["s"], "difference")
    assert asked(log) == []
    recommended = found(log)
    assert recommended is not None
    assert recommended.reason == {"erase": "erased", "withhold": "withheld"}[gone]


def test_a_proposal_about_somebody_else_is_wrong_and_nothing_is_compared() -> None:
    log = case(PROPOSED, {**FINAL, "subject": "p-9", "measure": "fine"})
    assert asked(log) == []
    assert (
        "names a proposal about somebody else: Proposed sanction against p-1: dismissal (by p-2)"
    ) in [each.text for each in problems_of(view(log)) if each.sort == "wrong"]


def test_what_the_proposal_leaves_open_is_not_departed_from() -> None:
    proposal = {name: value for name, value in PROPOSED.items() if name != "proposed_by"}
    fine = {**FINAL, "measure": "fine"}
    log = case({**proposal, "measure": "fine"}, {**fine, "amount": "500 EUR"})
    assert asked(log) == []
    log = case({**proposal, "measure": "fine", "amount": "500 EUR"}, fine)
    assert len(asked(log)) == 1


def test_a_finding_is_held_against_its_proposal_and_clauses_in_any_order() -> None:
    whole = {
        "subject": "p-1",
        "outcome": "substantiated",
        "responsibility": "direct",
        "clause": ["code 1", {"policy": "code", "number": "2"}],
    }
    proposal = {"as": "p", "kind": "finding-proposed", **whole}
    final = {**whole, "as": "f", "kind": "finding-made", "proposal": "@p"}
    turned = {**final, "clause": [*reversed(whole["clause"])]}
    assert asked(case(proposal, turned)) == []
    milder = {**final, "responsibility": "managerial"}
    (problem,) = asked(case(proposal, milder))
    assert problem.of == "finding"
    recommended = found(case(proposal, milder))
    assert recommended is not None
    assert differing_words(recommended) == "responsibility was direct, is now managerial"


@given(
    st.fixed_dictionaries({"measure": st.sampled_from(["fine", "dismissal"])},
                          optional={"days": st.integers(1, 3), "period": st.just("2025")}),
    st.fixed_dictionaries({"measure": st.sampled_from(["fine", "dismissal"])},
                          optional={"days": st.integers(1, 3), "period": st.just("2025")}),
)  # fmt: skip
def test_it_differs_in_just_what_the_proposal_tells_and_the_final_act_does_not(
    proposal: dict[str, Any], final: dict[str, Any]
) -> None:
    common = {"subject": "p-1"}
    log = case(
        {"as": "p", "kind": "sanction-proposed", **common, **proposal},
        {"as": "s", "kind": "sanction-imposed", **common, **final, "proposal": "@p"},
    )
    recommended = found(log)
    assert recommended is not None
    assert {(each.field, each.proposed, each.final) for each in recommended.differs} == {
        (name, value, final.get(name))
        for name, value in proposal.items()
        if final.get(name) != value
    }
    assert bool(asked(log)) == bool(recommended.differs)
