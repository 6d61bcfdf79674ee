"""A measure is one that the guideline allows for the finding that it answers."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.policies import judged as judged_by
from tests.support.policies import rule

from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.rules.measures.guideline import BETTER, best_of
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

GUIDELINE = """
[[rule.row]]
offence_class = ["theft"]
grade = ["executive"]
permitted = ["dismissal", "other"]
[[rule.row]]
offence_class = ["theft", "fraud"]
permitted = ["written-warning", "fine"]
excluded = ["dismissal", "demotion"]
unless_aggravated = ["dismissal"]
unless_mitigated = ["fine"]
[[rule.row]]
responsibility = ["managerial"]
permitted = ["oral-warning"]
"""

FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "offence_class": "fraud",
    "grade": "staff",
}


def judged(measure: str, *, decision: Step | None = None, withheld: str = "", **f: Any) -> Verdict:
    log = Memory()
    log.add(**{**FINDING, **f})
    basis = ["@f"]
    taken = ""
    if decision is not None:
        fields = {"as": "d", "kind": "decision-taken", "outcome": "sanction", "basis": ["@f"]}
        taken = log.add(**{**fields, **decision})
        basis = ["@d"]
    if withheld:
        log.withhold(taken, withheld)
    words = {"measure_text": "x"} if measure == "other" else {}
    log.add(kind="sanction-imposed", subject="p-1", measure=measure, basis=basis, **words)
    return judged_by(RecordView(log), rule("guideline", GUIDELINE))


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("written-warning", "pass"),
        ("demotion", "fail"),
        ("dismissal", "fail"),
        ("oral-warning", "fail"),  # neither permitted nor excluded: outside the row
        ("other", "indeterminate"),
    ],
)
def test_a_row_permits_and_excludes(measure: str, expected: str) -> None:
    assert judged(measure).verdict == expected


def test_without_a_row_the_guideline_says_nothing() -> None:
    assert judged("dismissal", offence_class="lateness").verdict == "not-applicable"


def test_the_first_row_that_fits_holds() -> None:
    executive: Step = {"offence_class": "theft", "grade": "executive"}
    assert judged("dismissal", **executive).verdict == "pass"
    assert judged("written-warning", **executive).verdict == "fail"
    assert judged("other", **executive).verdict == "pass"


@pytest.mark.parametrize(
    ("measure", "told", "expected"),
    [
        ("dismissal", {"aggravating_factors": ["repeated"]}, "pass"),
        ("dismissal", {"aggravating": ["they did it again"]}, "pass"),
        ("dismissal", {"mitigating_factors": ["first"]}, "fail"),
        ("demotion", {"aggravating_factors": ["repeated"]}, "fail"),
        ("fine", {}, "pass"),
        ("fine", {"mitigating_factors": ["first"]}, "fail"),
    ],
)
def test_a_factor_counts_where_it_is_on_record(measure: str, told: Step, expected: str) -> None:
    assert judged(measure, decision=told).verdict == expected


def test_a_factor_that_may_be_withheld_leaves_it_open() -> None:
    found = judged("dismissal", decision={"aggravating": ["x"]}, withheld="aggravating")
    assert found.verdict == "indeterminate"
    assert found.settles == ("the aggravating factors of the decision #1",)


@pytest.mark.parametrize(
    ("measure", "told", "expected"),
    [
        ("dismissal", {"offence_class": "theft", "grade": None}, "indeterminate"),
        ("demotion", {"offence_class": "theft", "grade": None}, "fail"),  # by either row
        ("written-warning", {"offence_class": None}, "pass"),  # permitted, or no row
        ("demotion", {"offence_class": None}, "indeterminate"),  # excluded, or no row
        ("oral-warning", {"offence_class": None, "responsibility": "managerial"}, "indeterminate"),
        ("dismissal", {"offence_class": "fraud", "grade": None}, "fail"),  # the grade is beside it
    ],
)
def test_a_field_that_is_not_told_leaves_open_which_row_holds(
    measure: str, told: Step, expected: str
) -> None:
    assert judged(measure, **told).verdict == expected


def test_the_field_that_would_settle_it_is_named() -> None:
    found = judged("dismissal", offence_class="theft", grade=None)
    assert found.settles == ("the grade of the finding about p-1 (#0)",)


def test_it_is_enough_to_be_allowed_for_one_finding_that_it_answers() -> None:
    log = Memory()
    log.add(**FINDING)
    log.add(**{**FINDING, "as": "g", "offence_class": "theft", "grade": "executive"})
    fields = {"kind": "sanction-imposed", "subject": "p-1", "measure": "dismissal"}
    log.add(**fields, basis=["@f", "@g"])
    assert judged_by(RecordView(log), rule("guideline", GUIDELINE)).verdict == "pass"


def test_a_measure_that_was_lifted_was_decided_all_the_same() -> None:
    log = Memory()
    log.add(**FINDING)
    fields = {"as": "s", "kind": "sanction-imposed", "subject": "p-1", "measure": "demotion"}
    log.add(**fields, basis=["@f"])
    log.add(kind="sanction-lifted", sanction="@s", reason="x")
    assert judged_by(RecordView(log), rule("guideline", GUIDELINE)).verdict == "fail"


def test_the_best_over_every_choice_is_found_without_trying_each() -> None:
    some = [set(each) for size in (1, 2, 3) for each in combinations(BETTER, size)]
    for count in (1, 2, 3):
        for sets in product(some, repeat=count):
            tried = {min(choice, key=BETTER.index) for choice in product(*sets)}
            assert {*best_of(sets)} == tried


def test_a_measure_that_may_answer_many_findings_is_judged_at_once() -> None:
    log = Memory()
    for _ in range(60):
        log.add(**{**FINDING, "as": "f", "offence_class": None, "grade": None})
    log.add(kind="sanction-imposed", subject="p-1", measure="dismissal")
    found = judged_by(RecordView(log), rule("guideline", GUIDELINE))
    assert found.verdict == "indeterminate"
