"""The verdicts of the generic profile on small cases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.domain.policy.shipped import profile
from answerable.projections.conformance.in_force.versions import alone
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.worlds import ORDER
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.report import report_on

MARCH = datetime(2026, 3, 15, 23, 59, 59, 999999, tzinfo=UTC)
LATER = {"occurred": "../2026-04-01"}
"""The date of what may be later than that."""

EVIDENCE: dict[str, Any] = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": f"sha256:{'0' * 64}",
}
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
DECISION: dict[str, Any] = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["p-8"],
    "basis": ["@f"],
    "occurred": "2026-01-06",
}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@d"],
    "occurred": "2026-01-06",
}
LEAD: dict[str, Any] = {
    "as": "i",
    "kind": "investigation-opened",
    "lead": "p-7",
    "mandate_giver": "p-8",
    "occurred": "2026-01-02",
}


SAID: dict[str, Any] = {
    "as": "n",
    "kind": "statement-published",
    "acts": ["announce"],
    "speaker": "p-1",
}
"""A public statement by the later subject: the launch of a campaign, where nothing else is told."""

ABOVE = {**FINDING, "as": "m", "subject": "p-2"}


def judged(rule: str, log: Memory, as_of: datetime | None = None, **options: Any) -> Verdict:
    record = RecordView(log, as_of, **options)
    found = Judges(record, alone(profile("generic"))).judge(record.case("c"))
    (verdict,) = (each for each in found if each.rule == rule)
    return verdict


def verdict(rule: str, *steps: dict[str, Any], **options: Any) -> str:
    return judged(rule, case(*steps), **options).verdict


def test_every_rule_says_so_where_there_is_nothing_to_judge() -> None:
    record = RecordView(case({"kind": "contact-made", "counterparty": "p-1"}))
    for found in Judges(record).judge(record.case("c")):
        if found.verdict != "pass":
            assert found.verdict == "not-applicable"
            assert found.explanation.startswith("Nothing to judge")


def test_it_is_neither_a_failure_nor_a_question() -> None:
    assert ORDER[-1] == "not-applicable"
    made = report_on(case({"kind": "contact-made", "counterparty": "p-1"}), "c", version="1")
    assert {each.verdict for each in made.checks} == {"not-applicable", "pass"}
    assert not made.failed
    text = in_markdown(made)
    assert "rules have nothing to judge." in text
    assert "rules were judged" not in text


class TestEvidence:
    def test_directly_or_not(self) -> None:
        assert verdict("evidenced", EVIDENCE, {**FINDING, "basis": ["@e"]}) == "pass"
        alleged = {"kind": "allegation-made", "subject": "p-1", "conduct": "x", "basis": ["@e"]}
        steps = (EVIDENCE, {"as": "a", **alleged}, {**FINDING, "allegation": "@a"})
        assert verdict("evidenced", *steps) == "pass"

    def test_none_on_record(self) -> None:
        log = case(EVIDENCE, FINDING)
        found = judged("evidenced", log)
        assert (found.verdict, found.witnesses) == ("fail", (log.ids["f"],))
        assert found.missing == ("evidence behind the finding about p-1 (#1)",)

    def test_what_was_retracted_carries_nothing(self) -> None:
        steps = (EVIDENCE, {**FINDING, "basis": ["@e"]}, {"kind": "retraction", "target": "@e"})
        assert verdict("evidenced", *steps) == "fail"

    def test_evidence_of_a_later_date_cannot_have_been_the_ground(self) -> None:
        late = {**EVIDENCE, "occurred": "2026-01-09"}
        assert verdict("evidenced", late, {**FINDING, "basis": ["@e"]}) == "fail"

    def test_each_finding_needs_its_own(self) -> None:
        steps = (EVIDENCE, {**FINDING, "basis": ["@e"]}, {**FINDING, "as": "g", "subject": "p-2"})
        assert verdict("evidenced", *steps) == "fail"

    def test_an_acquittal_needs_none(self) -> None:
        assert verdict("evidenced", {**FINDING, "outcome": "exonerated"}) == "not-applicable"

    def test_a_finding_overturned_needs_none(self) -> None:
        steps = (
            FINDING,
            {"as": "a", "kind": "appeal-lodged", "against": "@f"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert verdict("evidenced", *steps) == "not-applicable"

    def test_evidence_in_another_case_is_found(self) -> None:
        log = Memory()
        log.add("other", **EVIDENCE)
        log.add(**{**FINDING, "basis": ["@e"]})
        assert judged("evidenced", log).verdict == "pass"


class TestManagerial:
    @pytest.mark.parametrize("responsibility", ["managerial", "executive"])
    @pytest.mark.parametrize("outcome", ["substantiated", "exonerated"])
    def test_any_finding_above_will_do(self, responsibility: str, outcome: str) -> None:
        above = {**ABOVE, "responsibility": responsibility, "outcome": outcome}
        assert verdict("managerial", FINDING, above) == "pass"

    def test_none_fails_once_the_investigation_is_over(self) -> None:
        assert verdict("managerial", FINDING) == "pending"
        assert verdict("managerial", LEAD, FINDING) == "pending"
        concluded = {"kind": "investigation-concluded", "investigation": "@i"}
        assert verdict("managerial", LEAD, FINDING, concluded) == "fail"

    def test_a_conclusion_that_may_be_later_leaves_it_open(self) -> None:
        concluded = {"kind": "investigation-concluded", "investigation": "@i", **LATER}
        assert verdict("managerial", LEAD, FINDING, concluded, as_of=MARCH) == "indeterminate"

    def test_a_finding_overturned_asks_for_nothing(self) -> None:
        steps = (
            FINDING,
            {"as": "a", "kind": "appeal-lodged", "against": "@f"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert verdict("managerial", *steps) == "not-applicable"


DUE = {"due": "2026-02-10"}


def executed(occurred: str | None) -> dict[str, Any]:
    return {"kind": "sanction-executed", "sanction": "@s", "occurred": occurred}


class TestExecuted:
    @pytest.mark.parametrize(
        ("due", "as_of", "expected"),
        [
            (None, None, "indeterminate"),
            (None, MARCH, "indeterminate"),
            ("2030-03-14", None, "indeterminate"),
            ("2026-03-14", MARCH, "fail"),
            ("2026-03-15", MARCH, "pending"),
            ("2026-03", MARCH, "indeterminate"),
            ("2026-02~", MARCH, "indeterminate"),
        ],
    )
    def test_not_executed(self, due: str | None, as_of: datetime | None, expected: str) -> None:
        found = judged("executed", case(FINDING, DECISION, {**SANCTION, "due": due}), as_of=as_of)
        assert found.verdict == expected

    def test_what_is_missing_is_named(self) -> None:
        found = judged("executed", case(FINDING, DECISION, SANCTION), as_of=MARCH)
        assert found.missing == found.settles == ("the due date of the fine of p-1 (#2)",)
        late = case(FINDING, DECISION, SANCTION | {"due": "2030-03-14"})
        assert judged("executed", late).missing == ("the moment to judge by",)
        overdue = judged("executed", case(FINDING, DECISION, SANCTION | DUE), as_of=MARCH)
        assert overdue.missing[0].endswith("for the fine of p-1 (#2)")
        assert overdue.late == (33, 33)

    @pytest.mark.parametrize(
        "ending",
        [
            {"kind": "sanction-executed", "sanction": "@s"},
            {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"},
        ],
    )
    def test_executed_or_lifted(self, ending: dict[str, Any]) -> None:
        done = {**ending, "occurred": "2026-02-09"}
        assert verdict("executed", FINDING, DECISION, SANCTION | DUE, done) == "pass"
        assert verdict("executed", FINDING, DECISION, SANCTION, done) == "indeterminate"

    def test_a_suspension_holds_up_its_sanction_alone(self) -> None:
        held = {"kind": "sanction-suspended", "sanction": "@s", "occurred": "2026-02-01"}
        steps = (FINDING, DECISION, SANCTION | DUE, held)
        assert verdict("executed", *steps, as_of=MARCH) == "pending"
        assert verdict("executed", *steps, executed("2026-02-19"), as_of=MARCH) == "pass"
        other = {**SANCTION, **DUE, "as": "t"}
        assert verdict("executed", *steps, other, as_of=MARCH) == "fail"
        ended = held | {"until": "2026-02-12"}
        assert verdict("executed", *steps[:3], ended, as_of=MARCH) == "fail"

    def test_an_execution_that_may_be_later(self) -> None:
        done = {"kind": "sanction-executed", "sanction": "@s", **LATER}
        steps = (FINDING, DECISION, SANCTION | DUE, done)
        assert verdict("executed", *steps, as_of=MARCH) == "indeterminate"

    def test_the_gravest_counts(self) -> None:
        other = {**SANCTION, "as": "t", "due": "2026-03-01"}
        assert verdict("executed", FINDING, DECISION, SANCTION, other, as_of=MARCH) == "fail"

    @pytest.mark.parametrize("as_of", [None, MARCH])
    @pytest.mark.parametrize(
        ("due", "done", "expected"),
        [
            ("2026-02-10", "2026-02-10", "pass"),
            ("2026-02-10", "2026-02-11", "fail"),
            ("2026-02", "2026-02-01", "pass"),
            ("2026-02", "2026-02-28", "indeterminate"),
            ("2026-02~", "2026-02-28", "indeterminate"),
            ("2026-02", "2026-03-01", "fail"),
            ("2026-02-10", "2026-02", "indeterminate"),
            ("2026-02-10", "../2026-02-12", "indeterminate"),
        ],
    )
    def test_what_is_executed_late_does_not_pass(
        self, due: str, done: str, expected: str, as_of: datetime | None
    ) -> None:
        log = case(FINDING, DECISION, SANCTION | {"due": due}, executed(done))
        assert judged("executed", log, as_of=as_of).verdict == expected

    def test_how_late_it_was_is_told_in_days_and_not_as_a_thing_to_do(self) -> None:
        log = case(FINDING, DECISION, SANCTION | DUE, executed("2026-02-19"))
        found = judged("executed", log, as_of=MARCH)
        assert found.late == (9, 9)
        assert found.explanation.endswith(
            "late: the fine of p-1 (#2), due 2026-02-10, 9 days late."
        )
        assert "to execute" not in in_markdown(report_on(log, "c", version="1", as_of=MARCH))

    def test_what_was_overturned_was_not_owed(self) -> None:
        log = case(
            FINDING,
            DECISION,
            SANCTION | DUE,
            executed("2026-02-19"),
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert judged("executed", log).verdict == "not-applicable"


PROMISE: dict[str, Any] = {
    "as": "s",
    "kind": "commitment-made",
    "by": "p-1",
    "promise": "x",
    "due": "2026-02-10",
    "occurred": "2026-01-05",
}


@pytest.mark.parametrize(
    ("fulfilled", "as_of", "expected"),
    [
        ("2026-02-09", None, "pass"),
        ("2026-02-12", None, "fail"),
        (None, datetime(2026, 2, 9, tzinfo=UTC), "pending"),
        (None, MARCH, "fail"),
    ],
)
def test_a_promise_is_kept_by_its_date(
    fulfilled: str | None, as_of: datetime | None, expected: str
) -> None:
    kept = {"kind": "commitment-fulfilled", "commitment": "@s", "occurred": fulfilled}
    log = case(PROMISE, *((kept,) if fulfilled else ()))
    assert judged("promised", log, as_of=as_of).verdict == expected


class TestTraceability:
    def test_a_whole_chain(self) -> None:
        log = case(FINDING, DECISION, SANCTION)
        found = judged("traceable", log)
        assert found.verdict == "pass"
        assert found.witnesses == (log.ids["s"], log.ids["d"], log.ids["f"])

    @pytest.mark.parametrize(
        ("steps", "missing"),
        [
            (({**SANCTION, "basis": []},), ("decision", "finding about the same person")),
            ((FINDING, {**SANCTION, "basis": ["@f"]}), ("decision",)),
            (({**DECISION, "basis": []}, SANCTION), ("finding about the same person",)),
            (
                ({**FINDING, "subject": "p-2"}, DECISION, SANCTION),
                ("finding about the same person",),
            ),
            (
                ({**FINDING, "outcome": "exonerated"}, DECISION, SANCTION),
                ("finding about the same person",),
            ),
        ],
    )
    def test_missing_links(
        self, steps: tuple[dict[str, Any], ...], missing: tuple[str, ...]
    ) -> None:
        found = judged("traceable", case(*steps))
        assert found.verdict == "fail"
        assert len(found.missing) == len(missing)
        for told, wanted in zip(found.missing, missing, strict=True):
            assert told.startswith(wanted)

    @pytest.mark.parametrize(
        ("decided", "expected"),
        [("allowed", "not-applicable"), ("dismissed", "fail"), ("2026-04", "indeterminate")],
    )
    def test_a_sanction_that_was_overturned_asks_for_no_finding(
        self, decided: str, expected: str
    ) -> None:
        dated = decided.startswith("2026")
        appealed = {
            "kind": "appeal-decided",
            "appeal": "@a",
            "outcome": "allowed" if dated else decided,
            "occurred": decided if dated else None,
        }
        log = case(
            FINDING,
            DECISION,
            SANCTION,
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {name: value for name, value in appealed.items() if value is not None},
            {**FINDING, "as": "g", "outcome": "exonerated", "responsibility": "none"}
            | {"basis": ["@f"]},
        )
        as_of = datetime(2026, 4, 10, tzinfo=UTC) if dated else None
        assert judged("traceable", log, as_of=as_of).verdict == expected

    def test_a_ground_in_another_case_bears_it(self) -> None:
        log = Memory()
        log.add("other", **FINDING)
        log.add(**DECISION)
        log.add(**SANCTION)
        assert judged("traceable", log).verdict == "pass"

    def test_a_finding_that_was_overturned_bears_it_no_more(self) -> None:
        log = case(
            FINDING,
            DECISION,
            SANCTION,
            {"as": "a", "kind": "appeal-lodged", "against": "@f"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert judged("traceable", log).verdict == "fail"


def test_a_sentence_names_the_first_of_many_things_and_counts_the_rest() -> None:
    findings = [{**FINDING, "as": f"f-{at}"} for at in range(60)]
    found = judged("evidenced", case(*findings))
    assert "(#49); and 10 more." in found.explanation
    assert "(#50)" not in found.explanation
    assert len(found.activations) == 60


def test_a_subject_of_many_findings_is_told_by_the_first_of_each_kind() -> None:
    findings = [{**FINDING, "as": f"f-{at}"} for at in range(60)]
    log = case(*findings, {**DECISION, "deciders": ["p-1"], "basis": ["@f-0"]}, SANCTION)
    found = judged("independent", log)
    assert found.verdict == "fail"
    assert len(found.witnesses) == 3
