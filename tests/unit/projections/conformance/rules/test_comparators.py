"""A measure outside the band of like cases has a reason on record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.policies import rule

from answerable.domain.policy.reading import read_document
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

ALIKE = """
key = ["offence_class", "responsibility", "grade"]
band = { quantiles = [0.1, 0.9], least = 5 }
reason = "sanction-imposed.reason"
"""


def answer(log: Memory, case: str, measure: str, *, grade: str = "staff", **more: Any) -> str:
    """Record a finding and how it was answered; gives the id of the measure."""
    found = log.add(
        case,
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="direct",
        offence_class="fraud",
        grade=grade,
    )
    fields = {"kind": "sanction-imposed", "subject": "p-1", "measure": measure, "basis": [found]}
    return log.add(case, **{**fields, **more})


def house(others: int = 6, measure: str = "fine", **more: Any) -> tuple[Memory, str]:
    log = Memory()
    for number in range(others):
        answer(log, f"other-{number}", "fine")
    return log, answer(log, "c", measure, **more)


def judged(
    log: Memory, *, every: bool = False, as_of: datetime | None = None, now: bool = False
) -> Verdict:
    record = RecordView(log, as_of)
    document = read_document(rule("comparators", ALIKE).encode())
    judges = Judges(record, alone(document), every=every, now=now)
    (found,) = judges.judge(record.case("c"))
    return found


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize(
    ("measure", "more", "expected"),
    [
        ("fine", {}, "pass"),
        ("dismissal", {}, "fail"),
        ("oral-warning", {}, "fail"),
        ("dismissal", {"reason": "they did it five times"}, "pass"),
    ],
)
def test_outside_the_band_there_is_a_reason(
    measure: str, more: dict[str, Any], expected: str, every: bool
) -> None:
    log, _ = house(6, measure, **more)
    assert judged(log, every=every).verdict == expected


@pytest.mark.parametrize("every", [False, True])
def test_of_too_few_nothing_is_usual(every: bool) -> None:
    log, _ = house(4, "dismissal")
    assert judged(log, every=every).verdict == "not-applicable"
    log, _ = house(6, "dismissal", grade="executive")
    assert judged(log, every=every).verdict == "not-applicable"


def test_what_is_withheld_may_be_a_reason_and_what_is_erased_was_one() -> None:
    log, imposed = house(6, "dismissal", reason="x")
    log.withhold(imposed, "reason")
    found = judged(log)
    assert found.verdict == "indeterminate"
    assert found.settles == ("the reason of the dismissal of p-1 (#13)",)
    log, imposed = house(6, "dismissal", reason="x")
    log.erase(imposed, "reason")
    assert judged(log).verdict == "pass"


def test_what_is_missing_is_said() -> None:
    log, _ = house(6, "dismissal")
    found = judged(log)
    assert found.missing == ("the reason of the dismissal of p-1 (#13)",)
    assert found.explanation == (
        "Answered graver than like findings, and no reason on record: the finding about p-1 (#12)."
    )


@pytest.mark.parametrize("every", [False, True])
def test_comparators_are_of_the_moment_asked_about_or_else_of_all_that_is_recorded(
    every: bool,
) -> None:
    log = Memory()
    for number in range(6):
        answer(log, f"other-{number}", "fine", occurred="2026-03")
    answer(log, "c", "dismissal", occurred="2026-01")
    then = datetime(2026, 2, 20, tzinfo=UTC)
    assert judged(log, every=every, as_of=then, now=True) == judged(log, every=every)
    assert judged(log, every=every).verdict == "fail"
    # As of then, none of the others was answered by a fine: a dismissal is graver all the same.
    assert "graver" in judged(log, every=every, as_of=then).explanation
    later = datetime(2026, 12, 1, tzinfo=UTC)
    assert judged(log, every=every, as_of=later).verdict == "fail"


def test_what_a_reason_is_asked_of_can_be_the_decision() -> None:
    log = Memory()
    for number in range(6):
        answer(log, f"other-{number}", "fine")
    found = log.add(
        kind="finding-made",
        subject="p-1",
        outcome="substantiated",
        responsibility="direct",
        offence_class="fraud",
        grade="staff",
    )
    told: dict[str, Any] = {"reasons": "they did it five times", "basis": [found]}
    taken = log.add(kind="decision-taken", outcome="sanction", **told)
    log.add(kind="sanction-imposed", subject="p-1", measure="dismissal", basis=[taken, found])
    record = RecordView(log)
    body = ALIKE.replace("sanction-imposed.reason", "decision-taken.reasons")
    judges = Judges(record, alone(read_document(rule("comparators", body).encode())))
    assert [each.verdict for each in judges.judge(record.case("c"))] == ["pass"]


def test_what_leaves_it_open_is_named_beside_the_reason_that_would_settle_it() -> None:
    log, imposed = house(6, "dismissal")
    log.add(kind="appeal-lodged", against=imposed, **{"as": "a"})
    told = {"appeal": "@a", "outcome": "allowed", "occurred": "2026-02/2026-12"}
    log.add(kind="appeal-decided", **told)
    found = judged(log, as_of=datetime(2026, 6, 1, tzinfo=UTC))
    assert found.verdict == "indeterminate"
    assert found.missing == (
        "which measures for the finding about p-1 (#12) are in force",
        "the reason of the dismissal of p-1 (#13)",
    )
    assert found.settles == ("the reason of the dismissal of p-1 (#13)",)
