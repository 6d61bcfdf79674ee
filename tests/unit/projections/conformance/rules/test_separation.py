"""Who found out, who decided and who heard the appeal; who accused, and who reports to whom."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.policies import judged as judged_by
from tests.support.policies import rule

from answerable.domain.dates import When
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

INDEPENDENT = """
acts = [
  "decision-taken.deciders", "appeal-decided.deciders", "investigation-opened.lead",
  "investigation-opened.mandate_giver", "verification-completed.performer",
  "allegation-made.made_by", "report-received.reporter",
]
about = ["allegation-made.subject", "finding-made.subject", "sanction-imposed.subject"]
reporting_line = "both"
excused_by = ["conflict-waived", "recused"]
near = [
  "engagement-terminated.announced_by", "sanction-imposed.announced_by",
  "statement-published.speaker",
]
"""

ALLEGED: Step = {"as": "l", "kind": "allegation-made", "subject": "p-1", "conduct": "x"}
LEAD: Step = {
    "as": "i",
    "kind": "investigation-opened",
    "lead": "p-7",
    "mandate_giver": "p-6",
    "occurred": "2026-01-02",
}
FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
DECISION: Step = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["p-8"],
    "basis": ["@f"],
    "occurred": "2026-01-06",
}
SANCTION: Step = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@d"],
    "occurred": "2026-01-06",
}
APPEAL: Step = {"as": "a", "kind": "appeal-lodged", "against": "@s", "occurred": "2026-01-08"}
HEARD: Step = {
    "as": "h",
    "kind": "appeal-decided",
    "appeal": "@a",
    "outcome": "dismissed",
    "deciders": ["p-9"],
    "occurred": "2026-01-20",
}


def judged(
    *steps: Step, house: tuple[Step, ...] = (), types: Any = None, body: str = INDEPENDENT
) -> Verdict:
    log = Memory()
    for step in house:
        log.add("house", **step)
    for step in steps:
        log.add(**step)
    return judged_by(RecordView(log, type_of=(types or {}).get), rule("separation", body))


def whole(lead: str = "p-7", decider: str = "p-8", hearer: str = "p-9", *more: Step) -> Verdict:
    return judged(
        *more,
        {**LEAD, "lead": lead},
        FINDING,
        {**DECISION, "deciders": [decider]},
        SANCTION,
        APPEAL,
        {**HEARD, "deciders": [hearer]},
    )


class TestParts:
    def test_three_people_pass(self) -> None:
        assert whole().verdict == "pass"

    def test_one_for_all_three_does_not_pass(self) -> None:
        found = whole("p-7", "p-7", "p-7")
        assert found.verdict == "fail"
        for said in (
            "p-7 decided (#2), having led the investigation (#0)",
            "p-7 decided the appeal (#5), having led the investigation (#0)",
            "p-7 decided the appeal (#5), having decided (#2)",
        ):
            assert said in found.explanation

    @pytest.mark.parametrize(
        ("lead", "decider", "hearer"),
        [
            ("p-7", "p-7", "p-9"),
            ("p-7", "p-8", "p-7"),
            ("p-7", "p-8", "p-8"),
            ("p-7", "p-8", "p-6"),
        ],
    )
    def test_any_two_in_one_hand_fail(self, lead: str, decider: str, hearer: str) -> None:
        assert whole(lead, decider, hearer).verdict == "fail"

    def test_who_ordered_the_inquiry_may_decide(self) -> None:
        assert whole("p-7", "p-6").verdict == "pass"

    def test_an_organisation_has_many_hands(self) -> None:
        steps = (
            FINDING,
            {**DECISION, "deciders": ["board"]},
            SANCTION,
            APPEAL,
            {**HEARD, "deciders": ["board"]},
        )
        assert judged(*steps, types={"board": "body"}).verdict == "indeterminate"

    def test_a_decision_about_something_else_is_no_part(self) -> None:
        other = {"kind": "decision-taken", "outcome": "terminate", "deciders": ["p-7"]}
        assert whole("p-7", "p-8", "p-9", other).verdict == "pass"

    @pytest.mark.parametrize(
        ("waived", "by", "expected"),
        [
            ("2026-01-19", "p-6", "pass"),
            ("2026-01-19", "p-8", "fail"),
            ("2026-01-21", "p-6", "fail"),
            (None, "p-6", "indeterminate"),
        ],
    )
    def test_what_was_waived_after_disclosure_is_no_conflict(
        self, waived: str | None, by: str, expected: str
    ) -> None:
        declared = {
            "as": "k",
            "kind": "conflict-declared",
            "party": "p-8",
            "occurred": "2026-01-18",
        }
        waiver = {
            "kind": "conflict-waived",
            "conflict": "@k",
            "waived_by": by,
            "occurred": waived,
        }
        assert whole("p-7", "p-8", "p-8", declared, waiver).verdict == expected

    def test_what_was_excused_says_so_and_rests_on_the_excuse(self) -> None:
        declared = {
            "as": "c",
            "kind": "conflict-declared",
            "party": "p-8",
            "occurred": "2026-01-03",
        }
        waiver = {
            "as": "w",
            "kind": "conflict-waived",
            "conflict": "@c",
            "waived_by": "p-9",
            "occurred": "2026-01-04",
        }
        found = whole("p-7", "p-8", "p-8", declared, waiver)
        assert found.verdict == "pass"
        told = next(each for each in found.activations if "Excused before by #" in each.text)
        assert told.text.startswith("Excused before by #")
        assert "(conflict waived): p-8 decided the appeal" in told.text
        assert told.events[-1] in found.witnesses
        assert not any(
            "nor with another part in it: p-8, who decided the appeal" in each.text
            for each in found.activations
        )

    def test_a_waiver_before_the_disclosure_waives_nothing(self) -> None:
        declared = {
            "as": "k",
            "kind": "conflict-declared",
            "party": "p-8",
            "occurred": "2026-01-18",
        }
        waiver = {"kind": "conflict-waived", "conflict": "@k", "occurred": "2026-01-17"}
        assert whole("p-7", "p-8", "p-8", declared, waiver).verdict == "fail"

    def test_one_who_stood_aside_and_decided_all_the_same_contradicts_the_record(self) -> None:
        aside = {"kind": "recused", "party": "p-8", "occurred": "2026-01-17"}
        found = whole("p-7", "p-8", "p-8", aside)
        assert (found.verdict, found.warning) == ("indeterminate", True)


class TestAccuser:
    @pytest.mark.parametrize("field", ["lead", "deciders"])
    def test_who_accused_neither_inquires_nor_decides(self, field: str) -> None:
        accuser = "p-7" if field == "lead" else "p-8"
        steps = ({**ALLEGED, "made_by": accuser}, LEAD, FINDING, DECISION, SANCTION)
        found = judged(*steps)
        assert found.verdict == "fail"
        assert "having accused p-1 (#0)" in found.explanation

    def test_neither_does_who_reported_what_the_allegation_rests_on(self) -> None:
        report = {"as": "r", "kind": "report-received", "reporter": "p-8"}
        alleged = {**ALLEGED, "basis": ["@r"]}
        found = judged(report, alleged, FINDING, DECISION, SANCTION)
        assert found.verdict == "fail"
        assert judged(report, ALLEGED, FINDING, DECISION, SANCTION).verdict == "pass"

    def test_who_accused_someone_else_may(self) -> None:
        accused = {**ALLEGED, "subject": "p-2", "made_by": "p-8"}
        assert judged(accused, FINDING, DECISION, SANCTION).verdict == "pass"


def role(party: str, above: str, **more: Any) -> Step:
    fields = {"kind": "role-assigned", "party": party, "role": "x", "reports_to": above}
    return {**fields, "from": "2025", **more}


CASE = (LEAD, FINDING, DECISION, SANCTION)


class TestReportingLine:
    @pytest.mark.parametrize(
        ("house", "said"),
        [
            ((role("p-8", "p-1"),), "p-8 decided (#3), and reports to p-1"),
            ((role("p-1", "p-8"),), "p-8 decided (#3), and p-1, a subject of the matter, reports"),
            ((role("p-7", "p-1"),), "p-7 led the investigation (#1), and reports to p-1"),
            ((role("p-8", "p-2"), role("p-2", "p-1")), "p-8 decided (#4), and reports to p-1"),
        ],
    )
    def test_nobody_judges_in_their_own_line(self, house: tuple[Step, ...], said: str) -> None:
        found = judged(*CASE, house=house)
        assert found.verdict == "fail"
        assert said in found.explanation

    @pytest.mark.parametrize(
        ("line", "above", "below"),
        [("none", "pass", "pass"), ("above", "fail", "pass"), ("both", "fail", "fail")],
    )
    def test_the_rule_says_which_line_counts(self, line: str, above: str, below: str) -> None:
        body = INDEPENDENT.replace('"both"', f'"{line}"')
        assert judged(*CASE, house=(role("p-8", "p-1"),), body=body).verdict == above
        assert judged(*CASE, house=(role("p-1", "p-8"),), body=body).verdict == below

    def test_a_line_of_others_is_none(self) -> None:
        assert judged(*CASE, house=(role("p-8", "p-2"), role("p-1", "p-3"))).verdict == "pass"

    @pytest.mark.parametrize(
        ("dates", "expected"),
        [
            ({"from": "2026-02"}, "pass"),
            ({"from": "2026-01"}, "indeterminate"),
            ({"from": None}, "indeterminate"),
            ({"from": None, "occurred": "2025-03"}, "fail"),
        ],
    )
    def test_it_is_the_line_at_the_time(self, dates: Step, expected: str) -> None:
        assert judged(*CASE, house=(role("p-8", "p-1", **dates),)).verdict == expected

    @pytest.mark.parametrize(
        ("ended", "expected"),
        [
            ({"occurred": "2025-12-31"}, "pass"),
            ({"occurred": "2026-01-31"}, "fail"),
            ({}, "indeterminate"),
            ({"occurred": "2025-12-31", "effective": "2026-03-31"}, "fail"),
        ],
    )
    def test_a_role_that_had_ended_ties_nobody(self, ended: Step, expected: str) -> None:
        over = {"kind": "role-ended", "assignment": "@o", **ended}
        assert judged(*CASE, house=(role("p-8", "p-1", **{"as": "o"}), over)).verdict == expected

    def test_a_circle_comes_to_an_end(self) -> None:
        house = (role("p-8", "p-2"), role("p-2", "p-8"), role("p-2", "p-3"))
        assert judged(*CASE, house=house).verdict == "pass"

    def test_a_waiver_towards_someone_else_is_another_one(self) -> None:
        declared = {
            "as": "k",
            "kind": "conflict-declared",
            "party": "p-8",
            "occurred": "2026-01-02",
        }
        waiver = {"kind": "conflict-waived", "conflict": "@k", "waived_by": "p-6"}
        waiver["occurred"] = "2026-01-03"
        house = (role("p-8", "p-1"),)
        towards = judged({**declared, "subject": "p-1"}, waiver, *CASE, house=house)
        assert towards.verdict == "pass"
        other = judged({**declared, "subject": "p-2"}, waiver, *CASE, house=house)
        assert other.verdict == "fail"


def test_what_a_regulator_imposes_on_the_house_makes_it_no_judge_in_its_own_matter() -> None:
    opened = {"kind": "case-opened", "title": "x", "organisation": "bank"}
    capped = {"kind": "sanction-imposed", "subject": "bank", "measure": "growth-cap"}
    ordered = {**LEAD, "mandate_giver": "bank"}
    inquired = (opened, ALLEGED, ordered, {**FINDING, "basis": ["@i"]})
    assert judged(*inquired, {**capped, "imposed_by": "fed"}) == judged(*inquired)
    assert judged(*inquired, capped).verdict == "fail"


def test_only_what_the_rule_takes_for_an_excuse_is_one() -> None:
    declared = {"as": "k", "kind": "conflict-declared", "party": "p-8", "subject": "p-1"}
    waiver = {"kind": "conflict-waived", "conflict": "@k", "waived_by": "p-6"}
    declared["occurred"], waiver["occurred"] = "2026-01-01", "2026-01-03"
    steps = (declared, waiver, *CASE)
    house = (role("p-8", "p-1"),)
    assert judged(*steps, house=house).verdict == "pass"
    strict = INDEPENDENT.replace('"conflict-waived", ', "")
    assert judged(*steps, house=house, body=strict).verdict == "fail"


def test_who_announced_it_is_worth_a_warning_and_no_more() -> None:
    announced = {**SANCTION, "announced_by": "p-1"}
    found = judged(LEAD, FINDING, DECISION, announced)
    assert (found.verdict, found.warning) == ("pass", True)
    assert found.warnings == ("p-1, who is sanctioned in this case, announced the sanction (#3).",)


def test_a_sanction_without_a_decision_leaves_open_who_decided() -> None:
    found = judged(LEAD, FINDING, {**SANCTION, "basis": ["@f"]})
    assert found.verdict == "indeterminate"
    assert found.settles == ("who decided on the fine of p-1 (#2)",)


@pytest.mark.parametrize(
    ("declaring", "waiving", "settles"),
    [
        ({"subject": "p-1"}, {}, "who waived the conflict (#2)"),
        ({}, {"waived_by": "p-6"}, "towards whom the conflict #1 was declared"),
    ],
)
def test_what_is_not_told_of_a_waiver_leaves_it_open(
    declaring: Step, waiving: Step, settles: str
) -> None:
    declared = {"as": "k", "kind": "conflict-declared", "party": "p-8", "occurred": "2026-01-01"}
    waived = {"kind": "conflict-waived", "conflict": "@k", "occurred": "2026-01-03"}
    steps = ({**declared, **declaring}, {**waived, **waiving}, *CASE[1:])
    found = judged(*steps, house=(role("p-8", "p-1"),))
    assert (found.verdict, found.settles) == ("indeterminate", (settles,))


def test_a_board_that_decides_on_many_is_not_held_against_itself_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = Memory()
    log.add(kind="case-opened", title="Many")
    for number in range(60):
        finding = log.add(
            kind="finding-made",
            subject=f"p-{number}",
            outcome="substantiated",
            responsibility="direct",
        )
        log.add(kind="decision-taken", outcome="sanction", deciders=["board"], basis=[finding])
    asked: list[object] = []
    precedes = CaseView.precedes

    def counted(view: CaseView, one: Fact, other: Fact) -> When:
        asked.append((one, other))
        return precedes(view, one, other)

    monkeypatch.setattr(CaseView, "precedes", counted)
    record = RecordView(log)
    found = {each.head.rule: each for each in Judges(record).outcomes(record.case("c"))}
    assert found["independent"].verdict == "pass"
    assert len(found["independent"].judged) == 60
    assert len(asked) < 60
