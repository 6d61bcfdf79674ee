"""The rules of the profile for the Senior Managers and Certification Regime, each on an example."""

import pytest
from tests.support.worked_examples import Example, Step, holds, judgeable, unshown

POLICY = "uk-smcr"
LONDON = {"jurisdiction": "gb", "zone": "Europe/London"}

FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-12",
}
SENIOR: Step = {**FINDING, "grade": "smf"}
DECISION: Step = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["p-8"],
    "basis": ["@f"],
    "occurred": "2026-01-15",
}
WARNING: Step = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "written-warning",
    "basis": ["@f"],
    "occurred": "2026-01-15",
}
HEARD: Step = {"kind": "subject-heard", "subject": "p-1", "occurred": "2026-01-09"}
REPORT: Step = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}
CLOSED: Step = {"kind": "case-closed", "disposition": "sanctioned", "occurred": "2026-01-26"}
LEAD: Step = {"kind": "investigation-opened", "lead": "p-7", "occurred": "2026-01-06"}
APPEAL: Step = {"as": "a", "kind": "appeal-lodged", "against": "@s", "occurred": "2026-01-20"}

DECIDED: Step = {**WARNING, "basis": ["@d", "@f"]}
CITING: Step = {**FINDING, "clause": "cocon 2.1.1", "conduct_occurred": "2025-06-30"}
ADOPTED: Step = {
    "kind": "policy-adopted",
    "case_id": "house",
    "policy": "cocon",
    "policy_version": "1",
    "from": "2016-03-07",
}
GRANT: Step = {
    "kind": "authority-granted",
    "case_id": "house",
    "party": "p-8",
    "measures": ["written-warning"],
    "from": "2025-01-01",
}


def told(on: str, basis: str = "fsma s. 64c") -> Step:
    return {
        "kind": "disclosure-made",
        "to": "org-9",
        "legal_basis": basis,
        "events": ["@s"],
        "occurred": on,
    }


def erased(on: str) -> Step:
    return {
        "kind": "personal-data-erased",
        "subject": "p-1",
        "legal_basis": "gdpr art. 17(1)(a)",
        "occurred": on,
    }


def decided_by(*deciders: str) -> Step:
    return {"kind": "appeal-decided", "appeal": "@a", "outcome": "dismissed", "deciders": deciders}


EXAMPLES = [
    Example("breach-notified", "pass", (FINDING, WARNING, told("2026-10-20")), "2027-04-01"),
    Example("breach-notified", "fail", (FINDING, WARNING), "2027-03-16", 1),
    Example("breach-notified", "pending", (FINDING, WARNING), "2026-12-01"),
    Example(
        "breach-notified",
        "fail",
        (FINDING, WARNING, told("2026-10-20", "gdpr art. 6(1)(c)")),
        "2027-04-01",
    ),
    Example(
        "breach-notified",
        "not-applicable",
        (FINDING, {**WARNING, "measure": "training"}),
        "2027-04-01",
    ),
    # Thursday 15 January: seven business days later is Monday the 26th.
    Example("senior-manager-notified", "pass", (SENIOR, WARNING, told("2026-01-26")), "2026-02-10"),
    Example(
        "senior-manager-notified", "fail", (SENIOR, WARNING, told("2026-01-28")), "2026-02-10", 2
    ),
    Example("senior-manager-notified", "pending", (SENIOR, WARNING), "2026-01-26"),
    Example("senior-manager-notified", "indeterminate", (FINDING, WARNING), "2026-02-10"),
    Example(
        "senior-manager-notified",
        "not-applicable",
        ({**FINDING, "grade": "analyst"}, WARNING),
        "2026-02-10",
    ),
    # Good Friday (3 April 2026) and Easter Monday are bank holidays: Thursday 2 April, and seven
    # business days, is Wednesday the 15th.
    Example(
        "senior-manager-notified",
        "pass",
        (SENIOR, {**WARNING, "occurred": "2026-04-02"}, told("2026-04-15")),
        "2026-05-01",
    ),
    Example(
        "senior-manager-notified",
        "fail",
        (SENIOR, {**WARNING, "occurred": "2026-04-02"}, told("2026-04-16")),
        "2026-05-01",
        1,
    ),
    Example(
        "responsibility-considered",
        "pass",
        (
            FINDING,
            {**FINDING, "as": "m", "subject": "p-2", "responsibility": "managerial"},
            {"kind": "investigation-concluded", "occurred": "2026-01-20"},
        ),
    ),
    Example(
        "responsibility-considered",
        "fail",
        (FINDING, {"kind": "investigation-concluded", "occurred": "2026-01-20"}),
    ),
    Example("responsibility-considered", "pending", (FINDING,)),
    Example("rule-cited", "pass", ({**FINDING, "clause": "cocon 2.1.1"},)),
    Example("rule-cited", "fail", (FINDING,)),
    Example("rules-told", "indeterminate", ({**FINDING, "clause": "cocon 2.1.1"},)),
    Example("rules-told", "pass", (ADOPTED, CITING)),
    Example("rules-told", "fail", ({**ADOPTED, "from": "2026-01-01"}, CITING)),
    Example("authorised", "indeterminate", (FINDING, DECISION, DECIDED)),
    Example("authorised", "pass", (GRANT, FINDING, DECISION, DECIDED)),
    Example("authorised", "fail", ({**GRANT, "party": "p-6"}, FINDING, DECISION, DECIDED)),
    Example("heard-first", "pass", (HEARD, FINDING, WARNING)),
    Example("heard-first", "fail", (FINDING, WARNING)),
    Example("heard-first", "indeterminate", ({**HEARD, "occurred": "2026-01"}, FINDING, WARNING)),
    Example("inquiry-apart", "pass", (LEAD, FINDING, DECISION, DECIDED)),
    Example("inquiry-apart", "fail", ({**LEAD, "lead": "p-8"}, FINDING, DECISION, DECIDED)),
    Example("inquiry-apart", "not-applicable", (LEAD, FINDING)),
    Example("appeal-apart", "not-applicable", (LEAD, FINDING, DECISION, DECIDED, APPEAL)),
    Example(
        "appeal-apart",
        "fail",
        ({**LEAD, "lead": "p-6"}, FINDING, DECISION, DECIDED, APPEAL, decided_by("p-6")),
    ),
    Example("appeal-apart", "pass", (FINDING, DECISION, DECIDED, APPEAL, decided_by("p-6"))),
    Example("appeal-apart", "fail", (FINDING, DECISION, DECIDED, APPEAL, decided_by("p-8"))),
    Example("concern-assessed", "pass", (REPORT, LEAD)),
    Example("concern-assessed", "fail", (REPORT, CLOSED)),
    Example("concern-assessed", "pending", (REPORT,)),
    Example(
        "concern-answered",
        "pass",
        ({**REPORT, "reporter_is": "named"}, {"kind": "feedback-given", "report": "@r"}, CLOSED),
    ),
    Example("concern-answered", "fail", ({**REPORT, "reporter_is": "confidential"}, CLOSED)),
    Example("concern-answered", "indeterminate", (REPORT, CLOSED)),
    Example("concern-answered", "not-applicable", ({**REPORT, "reporter_is": "anonymous"}, CLOSED)),
    Example(
        "kept-for-references",
        "pass",
        ({**CLOSED, "retain_until": "2032-01-26"}, erased("2032-02-10")),
    ),
    Example(
        "kept-for-references",
        "fail",
        ({**CLOSED, "retain_until": "2032-01-26"}, erased("2026-01-30")),
    ),
    Example("kept-for-references", "not-applicable", (CLOSED, erased("2026-01-30"))),
    Example("retention-told", "pass", ({**CLOSED, "retain_until": "2032-01-26"},)),
    Example("retention-told", "fail", (CLOSED,)),
    Example("record-kept", "pass", (REPORT,)),
]


@pytest.mark.parametrize("example", judgeable(POLICY, EXAMPLES), ids=lambda each: each.name)
def test_the_rule_gives_the_right_verdict(example: Example) -> None:
    holds(POLICY, example, opened=LONDON)


def test_every_rule_passes_and_fails_in_an_example() -> None:
    assert unshown(POLICY, EXAMPLES, never=("record-kept",)) == set()
