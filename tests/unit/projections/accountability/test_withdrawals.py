"""Blame and decisions that were withdrawn: from when, and what falls with them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.bars import bars_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.said.finding import Finding
from answerable.projections.facts.case_view import CaseView
from answerable.projections.wording.finding import finding_words

FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
OTHER: dict[str, Any] = {**FINDING, "as": "g", "subject": "p-2", "occurred": "2026-01-12"}
DECISION: dict[str, Any] = {"as": "d", "kind": "decision-taken", "outcome": "sanction"}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@d"],
    "occurred": "2026-01-06",
}
WITHDRAWN: dict[str, Any] = {"as": "w", "kind": "blame-withdrawn", "blame": "@f"}
RESCINDED: dict[str, Any] = {"kind": "decision-withdrawn", "decision": "@d"}


def on(day: int) -> datetime:
    """The end of a day of January 2026, as `--as-of` means it."""
    return datetime(2026, 1, day, 23, 59, 59, 999999, tzinfo=UTC)


def answers(log: Memory, party: str = "p-1", days: tuple[int, ...] = (4, 9, 10)) -> list[str]:
    """Whether a party was accountable at the end of each of some days; no where nothing is said."""
    found = []
    for day in days:
        state = accountability_of(CaseView(log.facts(), on(day)))
        found.append(next((p.accountable for p in state.people if p.party == party), "no"))
    return found


def finding(log: Memory, day: int) -> Finding:
    people = accountability_of(CaseView(log.facts(), on(day))).people
    return next(each for p in people for each in p.findings if p.party == "p-1")


def test_blame_stands_until_it_is_withdrawn_and_not_after() -> None:
    log = case(FINDING, {**WITHDRAWN, "occurred": "2026-01-10"})
    assert answers(log) == ["no", "yes", "no"]


def test_blame_goes_from_when_the_withdrawal_says_whenever_it_was_settled() -> None:
    late = {**WITHDRAWN, "occurred": "2026-01-20", "effective": "2026-01-10"}
    assert answers(case(FINDING, late)) == ["no", "yes", "no"]
    early = {**WITHDRAWN, "occurred": "2026-01-07", "effective": "2026-01-10"}
    assert answers(case(FINDING, early)) == ["no", "yes", "no"]


def test_a_withdrawal_without_a_date_is_never_taken_from_when_it_was_recorded() -> None:
    # It was recorded in February.
    assert answers(case(FINDING, WITHDRAWN), days=(4, 9)) == ["no", "unknown"]


def test_a_loose_date_leaves_it_open() -> None:
    log = case(FINDING, {**WITHDRAWN, "occurred": "2026-01-08/2026-01-10"})
    assert answers(log, days=(7, 9, 10)) == ["yes", "unknown", "no"]
    assert finding(log, 9).withdrawn == "unknown"


def test_blame_passes_to_whom_the_new_finding_blames() -> None:
    log = case(FINDING, OTHER, {**WITHDRAWN, "occurred": "2026-01-12", "reassigned_to": "@g"})
    assert answers(log, "p-1", (11, 12)) == ["yes", "no"]
    assert answers(log, "p-2", (11, 12)) == ["no", "yes"]
    old = finding(log, 12)
    assert (old.withdrawn, old.withdrawn_by, old.withdrawn_at) == ("yes", log.ids["w"], 2)
    assert (old.withdrawn_from, old.reassigned_to) == ("2026-01-12", log.ids["g"])
    assert finding_words(old, str, name_of=str.upper) == (
        "substantiated, direct responsibility (blame withdrawn 2026-01-12, reassigned by #2 to P-2)"
    )
    assert "withdrawn" not in finding_words(finding(log, 11), str)


def test_to_whom_blame_passed_is_not_told_of_another_case_or_a_retracted_finding() -> None:
    gone = {"kind": "retraction", "target": "@g"}
    passed = {**WITHDRAWN, "occurred": "2026-01-12", "reassigned_to": "@g"}
    assert finding(case(FINDING, OTHER, passed, gone), 12).reassigned_party is None
    log = Memory()
    log.add("other", **OTHER)
    log.add(**FINDING)
    log.add(**passed)
    assert finding(log, 12).reassigned_party is None
    assert finding_words(finding(log, 12), str).endswith(
        "(blame withdrawn 2026-01-12, reassigned by #2)"
    )


def test_a_retracted_withdrawal_withdraws_nothing() -> None:
    log = case(
        FINDING,
        {**WITHDRAWN, "occurred": "2026-01-10"},
        {"kind": "retraction", "target": "@w"},
    )
    assert answers(log) == ["no", "yes", "yes"]


def test_a_withdrawn_acquittal_acquits_nobody() -> None:
    acquittal = {**FINDING, "as": "a", "outcome": "exonerated", "responsibility": "none"}
    acquittal |= {"basis": ["@f"], "occurred": "2026-01-07"}
    withdrawn = {**WITHDRAWN, "blame": "@a", "occurred": "2026-01-10"}
    assert answers(case(FINDING, acquittal, withdrawn), days=(6, 9, 10)) == ["yes", "no", "yes"]


def test_an_allegation_that_was_withdrawn_waits_for_no_finding() -> None:
    log = case(
        {"as": "f", "kind": "allegation-made", "subject": "p-1", "conduct": "theft"},
        {**WITHDRAWN, "occurred": "2026-01-10"},
    )
    assert [each.open for each in obligations_of(CaseView(log.facts(), on(9)))] == ["unknown"]
    assert obligations_of(CaseView(log.facts(), on(10))) == ()


@pytest.mark.parametrize(
    ("withdrawal", "by"),
    [({"kind": "blame-withdrawn", "blame": "@s"}, "blame"), (RESCINDED, "decision")],
)
def test_a_sanction_stands_until_it_or_its_decision_is_withdrawn(
    withdrawal: dict[str, Any], by: str
) -> None:
    log = case(DECISION, SANCTION, {**withdrawal, "as": by, "occurred": "2026-01-10"})
    assert answers(log) == ["no", "yes", "no"]
    (person,) = accountability_of(CaseView(log.facts(), on(10))).people
    (sanction,) = person.sanctions
    assert (sanction.state, sanction.ended_by) == ("withdrawn", log.ids[by])
    assert [each.open for each in obligations_of(CaseView(log.facts(), on(10)))] == []


def test_a_sanction_stands_while_one_of_its_decisions_does() -> None:
    two = {**SANCTION, "basis": ["@d", "@e"]}
    log = case(DECISION, {**DECISION, "as": "e"}, two, {**RESCINDED, "occurred": "2026-01-10"})
    assert answers(log)[-1] == "yes"
    log.add(kind="appeal-lodged", against="@e", occurred="2026-01-10", **{"as": "l"})
    log.add(kind="appeal-decided", appeal="@l", outcome="allowed", occurred="2026-01-11")
    assert answers(log, days=(10, 11)) == ["yes", "no"]


def test_what_a_decision_of_another_case_would_bear_is_open() -> None:
    log = Memory()
    log.add("other", **{**DECISION, "as": "e"})
    log.add(**DECISION)
    log.add(**{**SANCTION, "basis": ["@d", "@e"]})
    log.add(**RESCINDED, occurred="2026-01-10")
    assert answers(log)[-1] == "unknown"


def test_a_bar_falls_with_its_decision() -> None:
    barred = {"kind": "counterparty-barred", "counterparty": "k", "from": "2026-01-06"}
    log = case(
        DECISION,
        {**barred, "basis": ["@d"], "occurred": "2026-01-06"},
        {**RESCINDED, "as": "w", "occurred": "2026-01-10"},
    )
    assert [bars_of(CaseView(log.facts(), on(day)))[0].in_force for day in (9, 10)] == ["yes", "no"]
    (bar,) = bars_of(CaseView(log.facts(), on(10)))
    assert (bar.withdrawn_by, bar.withdrawn_from) == (log.ids["w"], "2026-01-10")
