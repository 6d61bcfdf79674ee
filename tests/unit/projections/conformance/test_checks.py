"""The built-in checks."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case

from answerable.projections.conformance.checks import CHECKS, checks
from answerable.projections.conformance.verdict import ORDER, TITLES, Verdict
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView
from answerable.projections.report.markdown import markdown
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


def judged(rule: str, log: Memory, **options: Any) -> Verdict:
    (found,) = (each for each in checks(CaseView(log.facts(), **options)) if each.rule == rule)
    return found


def verdict(rule: str, *steps: dict[str, Any], **options: Any) -> str:
    return judged(rule, case(*steps), **options).verdict


def test_each_check_is_named_after_its_rule() -> None:
    assert [each.rule for each in checks(CaseView(Memory().facts()))] == list(CHECKS)


@pytest.mark.parametrize("rule", CHECKS)
def test_where_there_is_nothing_to_judge_it_says_so(rule: str) -> None:
    found = judged(rule, case({"kind": "contact-made", "counterparty": "p-1"}))
    assert found.verdict == "not-applicable"
    assert found.explanation.startswith("Nothing to judge")
    assert found.title == TITLES[rule]


def test_it_is_neither_a_failure_nor_a_question() -> None:
    assert ORDER[-1] == "not-applicable"
    made = report_on(case({"kind": "contact-made", "counterparty": "p-1"}), "c", version="1")
    assert {each.verdict for each in made.checks} == {"not-applicable"}
    assert not made.failed
    text = markdown(made)
    assert text.count("| **not applicable** |") == len(CHECKS)
    assert "checks were made" not in text


class TestConflict:
    def test_independent_deciders_pass(self) -> None:
        found = judged("conflict", case(LEAD, FINDING, DECISION, SANCTION))
        assert (found.verdict, found.warning, found.missing) == ("pass", False, ())

    def test_deciding_on_oneself_fails(self) -> None:
        log = case(FINDING, {**DECISION, "deciders": ["p-8", "p-1"]}, SANCTION)
        found = judged("conflict", log, name_of={"p-1": "Ann", "p-8": "Bo"}.get)
        assert found.verdict == "fail"
        assert found.explanation.startswith("Ann decided (#1)")
        assert set(found.witnesses) == {log.ids["f"], log.ids["d"], log.ids["s"]}

    @pytest.mark.parametrize("field", ["lead", "mandate_giver"])
    def test_investigating_oneself_fails(self, field: str) -> None:
        assert verdict("conflict", {**LEAD, field: "p-1"}, FINDING) == "fail"

    def test_deciding_an_appeal_against_ones_own_sanction_fails(self) -> None:
        steps = (
            FINDING,
            DECISION,
            SANCTION,
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed", "deciders": ["p-1"]},
        )
        assert verdict("conflict", *steps) == "fail"

    def test_deciding_an_appeal_against_what_ones_sanction_rests_on_fails(self) -> None:
        steps = (
            {**DECISION, "basis": []},
            SANCTION,
            {"as": "a", "kind": "appeal-lodged", "against": "@d"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed", "deciders": ["p-1"]},
        )
        assert verdict("conflict", *steps) == "fail"

    def test_unknown_deciders_are_missing(self) -> None:
        found = judged("conflict", case(FINDING, {**DECISION, "deciders": []}, SANCTION))
        assert (found.verdict, found.missing) == ("indeterminate", ("who decided (#1)",))

    def test_an_organisation_is_not_who_decided(self) -> None:
        log = case(FINDING, {**DECISION, "deciders": ["org-1"]}, SANCTION)
        assert judged("conflict", log).verdict == "pass"
        found = judged("conflict", log, type_of={"org-1": "organisation"}.get)
        assert found.missing == ("which persons decided for org-1 (#1)",)

    def test_what_is_not_told_of_several_is_said_once(self) -> None:
        board = {**DECISION, "deciders": ["board"]}
        nobody = {"kind": "decision-taken", "outcome": "bar"}
        log = case(FINDING, board, SANCTION, {**board, "as": "e"}, nobody, nobody)
        found = judged("conflict", log, type_of={"board": "body"}.get)
        assert found.missing == (
            "which persons decided for board (#1, #3)",
            "who decided (#4, #5)",
        )
        assert found.explanation == f"Not told: {'; '.join(found.missing)}."

    def test_a_sanction_that_nobody_decided_leaves_who_unknown(self) -> None:
        found = judged("conflict", case(FINDING, {**SANCTION, "basis": ["@f"]}))
        assert found.missing == ("who decided on the sanction (#1)",)

    @pytest.mark.parametrize(
        "event",
        [
            {"kind": "engagement-terminated", "counterparty": "p-3", "announced_by": "p-1"},
            {"kind": "decision-taken", "outcome": "terminate", "deciders": ["p-1"]},
        ],
    )
    def test_announcing_or_deciding_other_things_is_a_warning(self, event: dict[str, Any]) -> None:
        found = judged("conflict", case(event, FINDING, DECISION, SANCTION))
        assert (found.verdict, found.warning) == ("pass", True)
        assert "p-1, who is sanctioned in this case" in found.warnings[0]

    @pytest.mark.parametrize("about", ["@d", "@s", "@b"])
    def test_announcing_what_was_decided_is_a_warning(self, about: str) -> None:
        barred = {"as": "b", "kind": "counterparty-barred", "counterparty": "p-3"}
        found = judged(
            "conflict", case(FINDING, DECISION, SANCTION, barred, SAID | {"basis": [about]})
        )
        assert (found.verdict, found.warning) == ("pass", True)
        assert "announced what was decided (#4)" in found.warnings[0]

    def test_a_sanction_that_names_the_announcement_is_announced_by_it(self) -> None:
        carried = {**SANCTION, "basis": ["@d", "@n"]}
        assert judged("conflict", case(FINDING, DECISION, SAID, carried)).warning

    @pytest.mark.parametrize(
        "event",
        [
            {"acts": ["deny"], "basis": ["@d"]},
            {"basis": []},
            {"basis": ["@k"]},
            {"basis": ["@l"]},
        ],
    )
    def test_another_statement_is_none(self, event: dict[str, Any]) -> None:
        before = (
            {"as": "k", "kind": "contact-made", "counterparty": "p-3"},
            {"as": "l", "kind": "decision-taken", "outcome": "launch", "deciders": ["p-8"]},
        )
        steps = (*before, FINDING, DECISION, SANCTION, SAID | event)
        assert not judged("conflict", case(*steps)).warning

    def test_an_accusation_that_nobody_has_taken_up_is_nothing_to_judge(self) -> None:
        alleged = {"kind": "allegation-made", "subject": "p-1", "conduct": "x"}
        assert verdict("conflict", alleged) == "not-applicable"

    @pytest.mark.parametrize(
        ("waived", "by", "expected"),
        [
            ("2026-01-05", "p-9", "pass"),
            ("2026-01-05", None, "pass"),
            ("2026-01-05", "p-1", "fail"),
            ("2026-01-07", "p-9", "fail"),
            (None, "p-9", "indeterminate"),
        ],
    )
    def test_a_waiver_by_another_must_come_first(
        self, waived: str | None, by: str | None, expected: str
    ) -> None:
        steps = (
            FINDING,
            {"as": "k", "kind": "conflict-declared", "party": "p-1"},
            {"kind": "conflict-waived", "conflict": "@k", "occurred": waived, "waived_by": by},
            {**DECISION, "deciders": ["p-1"]},
            SANCTION,
        )
        assert verdict("conflict", *steps) == expected

    def test_one_who_stood_aside_and_decided_contradicts_the_record(self) -> None:
        recused = {"kind": "recused", "party": "p-1", "occurred": "2026-01-01"}
        found = judged("conflict", case(FINDING, recused, {**DECISION, "deciders": ["p-1"]}))
        assert (found.verdict, found.warning) == ("indeterminate", True)

    @pytest.mark.parametrize(
        ("recused", "expected"),
        [("2026-01-04", "pass"), ("2026-01-06", "fail"), (None, "indeterminate")],
    )
    def test_a_lead_can_stand_aside_before_being_accused(
        self, recused: str | None, expected: str
    ) -> None:
        steps = (
            {**LEAD, "lead": "p-1"},
            {"kind": "recused", "party": "p-1", "occurred": recused},
            FINDING,
        )
        assert verdict("conflict", *steps) == expected


class TestEvidence:
    def test_directly_or_not(self) -> None:
        assert verdict("evidence", EVIDENCE, {**FINDING, "basis": ["@e"]}) == "pass"
        alleged = {"kind": "allegation-made", "subject": "p-1", "conduct": "x", "basis": ["@e"]}
        steps = (EVIDENCE, {"as": "a", **alleged}, {**FINDING, "allegation": "@a"})
        assert verdict("evidence", *steps) == "pass"

    def test_none_on_record(self) -> None:
        log = case(EVIDENCE, FINDING)
        found = judged("evidence", log)
        assert (found.verdict, found.witnesses) == ("fail", (log.ids["f"],))
        assert found.missing == ("evidence behind the finding about p-1 (#1)",)

    def test_what_was_retracted_carries_nothing(self) -> None:
        steps = (EVIDENCE, {**FINDING, "basis": ["@e"]}, {"kind": "retraction", "target": "@e"})
        assert verdict("evidence", *steps) == "fail"

    def test_evidence_of_a_later_date_cannot_have_been_the_ground(self) -> None:
        late = {**EVIDENCE, "occurred": "2026-01-09"}
        assert verdict("evidence", late, {**FINDING, "basis": ["@e"]}) == "fail"

    def test_each_finding_needs_its_own(self) -> None:
        steps = (EVIDENCE, {**FINDING, "basis": ["@e"]}, {**FINDING, "as": "g", "subject": "p-2"})
        assert verdict("evidence", *steps) == "fail"

    def test_an_acquittal_needs_none(self) -> None:
        assert verdict("evidence", {**FINDING, "outcome": "exonerated"}) == "not-applicable"

    def test_a_finding_overturned_needs_none(self) -> None:
        steps = (
            FINDING,
            {"as": "a", "kind": "appeal-lodged", "against": "@f"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert verdict("evidence", *steps) == "not-applicable"

    def test_evidence_in_another_case_is_found_where_it_can_be_looked_for(self) -> None:
        log = Memory()
        log.add("other", **EVIDENCE)
        log.add(**{**FINDING, "basis": ["@e"]})
        assert judged("evidence", log).verdict == "indeterminate"
        assert judged("evidence", log).missing == (log.ids["e"],)
        assert judged("evidence", log, find=RecordView(log).fact).verdict == "pass"


class TestManagerial:
    @pytest.mark.parametrize("responsibility", ["managerial", "executive"])
    @pytest.mark.parametrize("outcome", ["substantiated", "exonerated"])
    def test_any_finding_above_will_do(self, responsibility: str, outcome: str) -> None:
        above = {**ABOVE, "responsibility": responsibility, "outcome": outcome}
        assert verdict("managerial", FINDING, above) == "pass"

    def test_none_fails_once_the_investigation_is_over(self) -> None:
        assert verdict("managerial", FINDING) == "fail"
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


class TestExecution:
    @pytest.mark.parametrize(
        ("due", "as_of", "expected"),
        [
            (None, None, "indeterminate"),
            (None, MARCH, "indeterminate"),
            ("2026-03-14", None, "indeterminate"),
            ("2026-03-14", MARCH, "fail"),
            ("2026-03-15", MARCH, "pending"),
            ("2026-03", MARCH, "indeterminate"),
        ],
    )
    def test_not_executed(self, due: str | None, as_of: datetime | None, expected: str) -> None:
        found = judged("execution", case(FINDING, DECISION, {**SANCTION, "due": due}), as_of=as_of)
        assert found.verdict == expected
        assert found.missing == (
            () if expected == "pending" else ("execution of fine of p-1 (#2)",)
        )

    @pytest.mark.parametrize(
        "ending",
        [
            {"kind": "sanction-executed", "sanction": "@s"},
            {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"},
        ],
    )
    def test_executed_or_lifted(self, ending: dict[str, Any]) -> None:
        assert verdict("execution", FINDING, DECISION, SANCTION, ending) == "pass"

    def test_suspended(self) -> None:
        steps = (FINDING, DECISION, SANCTION, {"kind": "sanction-suspended", "sanction": "@s"})
        assert verdict("execution", *steps) == "pending"

    def test_an_execution_that_may_be_later(self) -> None:
        executed = {"kind": "sanction-executed", "sanction": "@s", **LATER}
        steps = (FINDING, DECISION, SANCTION, executed)
        assert verdict("execution", *steps, as_of=MARCH) == "indeterminate"

    def test_the_gravest_counts(self) -> None:
        other = {**SANCTION, "as": "t", "due": "2026-03-01"}
        assert verdict("execution", FINDING, DECISION, SANCTION, other, as_of=MARCH) == "fail"


PROMISE: dict[str, Any] = {
    "as": "s",
    "kind": "commitment-made",
    "by": "p-1",
    "promise": "x",
    "due": "2026-02-10",
}


class TestDeadlines:
    @pytest.mark.parametrize("as_of", [None, MARCH])
    @pytest.mark.parametrize("rule", ["execution", "deadlines"])
    @pytest.mark.parametrize(
        ("due", "executed", "expected"),
        [
            ("2026-02-10", "2026-02-10", "pass"),
            ("2026-02-10", "2026-02-11", "fail"),
            ("2026-02", "2026-02-01", "pass"),
            ("2026-02", "2026-02-28", "indeterminate"),
            ("2026-02", "2026-03-01", "fail"),
            ("2026-02-10", "2026-02", "indeterminate"),
            ("2026-02-10", "../2026-02-12", "indeterminate"),
            ("2026-02-10", None, "indeterminate"),
        ],
    )
    def test_what_is_executed_late_does_not_pass(
        self, rule: str, due: str, executed: str | None, expected: str, as_of: datetime | None
    ) -> None:
        done = {"kind": "sanction-executed", "sanction": "@s", "occurred": executed}
        log = case(FINDING, DECISION, SANCTION | {"due": due}, done)
        assert judged(rule, log, as_of=as_of).verdict == expected

    def test_how_late_it_was_is_told_in_days_and_not_as_a_thing_to_do(self) -> None:
        done = {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-02-19"}
        log = case(FINDING, DECISION, SANCTION | {"due": "2026-02-10"}, done)
        for rule in ("execution", "deadlines"):
            said = judged(rule, log, as_of=MARCH).explanation
            assert said == (
                "Done after its due date: fine of p-1 (#2), due 2026-02-10, done 2026-02-19, "
                "9 days late."
            )
        assert "to execute" not in markdown(report_on(log, "c", version="1", as_of=MARCH))

    def test_a_suspension_may_have_moved_the_date(self) -> None:
        log = case(
            FINDING,
            DECISION,
            SANCTION | {"due": "2026-02-10"},
            {"kind": "sanction-suspended", "sanction": "@s", "occurred": "2026-02-01"},
            {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-02-19"},
        )
        assert judged("deadlines", log).verdict == "indeterminate"

    def test_what_was_overturned_was_not_owed(self) -> None:
        log = case(
            FINDING,
            DECISION,
            SANCTION | {"due": "2026-02-10"},
            {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-02-19"},
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        )
        assert judged("deadlines", log).verdict != "fail"

    @pytest.mark.parametrize(
        ("fulfilled", "as_of", "expected"),
        [
            ("2026-02-09", None, "pass"),
            ("2026-02-12", None, "fail"),
            (None, None, "indeterminate"),
            (None, datetime(2026, 2, 9, tzinfo=UTC), "pending"),
            (None, MARCH, "fail"),
        ],
    )
    def test_a_promise_is_kept_by_its_date(
        self, fulfilled: str | None, as_of: datetime | None, expected: str
    ) -> None:
        kept = {"kind": "commitment-fulfilled", "commitment": "@s", "occurred": fulfilled}
        log = case(PROMISE, *((kept,) if fulfilled else ()))
        assert judged("deadlines", log, as_of=as_of).verdict == expected

    def test_without_a_date_there_is_nothing_to_judge(self) -> None:
        assert verdict("deadlines", FINDING, DECISION, SANCTION) == "not-applicable"


class TestTraceability:
    def test_a_whole_chain(self) -> None:
        log = case(FINDING, DECISION, SANCTION)
        found = judged("traceability", log)
        assert found.verdict == "pass"
        assert found.witnesses == (log.ids["s"], log.ids["d"])

    @pytest.mark.parametrize(
        ("steps", "missing"),
        [
            (({**SANCTION, "basis": []},), ("decision", "finding about the person")),
            ((FINDING, {**SANCTION, "basis": ["@f"]}), ("decision",)),
            (({**DECISION, "basis": []}, SANCTION), ("finding about the person",)),
            (({**FINDING, "subject": "p-2"}, DECISION, SANCTION), ("finding about the person",)),
            (({**FINDING, "outcome": "exonerated"}, DECISION, SANCTION), ("a finding that",)),
        ],
    )
    def test_missing_links(
        self, steps: tuple[dict[str, Any], ...], missing: tuple[str, ...]
    ) -> None:
        found = judged("traceability", case(*steps))
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
        assert judged("traceability", log, as_of=as_of).verdict == expected

    def test_a_ground_that_is_out_of_sight(self) -> None:
        log = Memory()
        log.add("other", **FINDING)
        log.add(**DECISION)
        log.add(**SANCTION)
        assert judged("traceability", log).verdict == "indeterminate"
        assert judged("traceability", log, find=RecordView(log).fact).verdict == "pass"
