"""The rules of the profile for any house, each on a worked example."""

import pytest
from tests.support.worked_examples import Example, Step, holds, judgeable, unshown

POLICY = "generic"
ANYWHERE: dict[str, str] = {}

EXHIBIT: Step = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": f"sha256:{'0' * 64}",
    "collected_by": "p-7",
    "occurred": "2026-01-07",
}
HEARD: Step = {"kind": "subject-heard", "subject": "p-1", "occurred": "2026-01-09"}
FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-12",
}
ABOVE: Step = {**FINDING, "as": "m", "subject": "p-2", "responsibility": "managerial"}
DECISION: Step = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "deciders": ["p-8"],
    "basis": ["@f"],
    "occurred": "2026-01-15",
}
FINE: Step = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@d"],
    "occurred": "2026-01-16",
    "due": "2026-01-23",
}
REPORT: Step = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}
ALLEGED: Step = {
    "as": "a",
    "kind": "allegation-made",
    "subject": "p-1",
    "conduct": "took a gift",
    "occurred": "2026-01-05",
}
OPENED: Step = {
    "as": "i",
    "kind": "investigation-opened",
    "lead": "p-7",
    "mandate_giver": "p-8",
    "occurred": "2026-01-06",
}
CONCLUDED: Step = {
    "kind": "investigation-concluded",
    "investigation": "@i",
    "occurred": "2026-01-20",
}
CLOSED: Step = {"kind": "case-closed", "disposition": "sanctioned", "occurred": "2026-01-26"}
WORK: Step = {
    "as": "w",
    "kind": "remediation-opened",
    "owner": "p-5",
    "due": "2026-01-23",
    "occurred": "2026-01-12",
}
STATEMENT: Step = {
    "as": "n",
    "kind": "statement-published",
    "speaker": "p-3",
    "acts": ["deny"],
    "occurred": "2026-01-05",
}
CONTRADICTING: Step = {**FINDING, "contradicts": ["@n"]}
BAR: Step = {
    "as": "b",
    "kind": "counterparty-barred",
    "counterparty": "org-4",
    "from": "2026-01-10",
    "occurred": "2026-01-09",
}
APPEAL: Step = {"as": "l", "kind": "appeal-lodged", "against": "@s", "occurred": "2026-01-20"}


LIFTED: Step = {
    "kind": "sanction-lifted",
    "sanction": "@s",
    "reason": "imposed in error",
    "occurred": "2026-01-19",
}

GRANT: Step = {
    "kind": "authority-granted",
    "case_id": "house",
    "party": "p-8",
    "measures": ["fine"],
    "from": "2025-01-01",
    "occurred": "2025-01-01",
}
CITING: Step = {**FINDING, "clause": "conduct 4.2", "conduct_occurred": "2025-06-30"}
ADOPTED: Step = {
    "kind": "policy-adopted",
    "case_id": "house",
    "policy": "conduct",
    "policy_version": "1",
    "from": "2025-01-01",
}
ALIKE: Step = {**FINDING, "offence_class": "gifts", "grade": "clerk"}
DISMISSAL: Step = {**FINE, "measure": "dismissal", "basis": ["@f"]}
OTHERS = tuple(
    step
    for number in range(6)
    for step in (
        {**ALIKE, "as": f"f{number}", "case_id": f"c-{number}", "subject": f"p-2{number}"},
        {
            **DISMISSAL,
            "as": f"s{number}",
            "case_id": f"c-{number}",
            "subject": f"p-2{number}",
            "measure": "oral-warning",
            "basis": [f"@f{number}"],
        },
    )
)


def executed(on: str) -> Step:
    return {"kind": "sanction-executed", "sanction": "@s", "occurred": on}


def verified(on: str) -> Step:
    return {"kind": "remediation-verified", "remediation": "@w", "occurred": on}


def contact(on: str, with_: str = "org-4") -> Step:
    return {"kind": "contact-made", "counterparty": with_, "occurred": on}


def erased(on: str) -> Step:
    return {
        "kind": "personal-data-erased",
        "subject": "p-1",
        "legal_basis": "gdpr art. 17(1)(a)",
        "occurred": on,
    }


def decided_by(*deciders: str) -> Step:
    return {"kind": "appeal-decided", "appeal": "@l", "outcome": "dismissed", "deciders": deciders}


DEMANDING: Step = {
    "kind": "policy-adopted",
    "policy": "signing",
    "policy_version": "1",
    "requires": ["signature"],
}
"""A signature is sealed, and no step tells one: what passes is in `test_signatures.py`."""

PROMISE: Step = {
    "as": "p",
    "kind": "commitment-made",
    "by": "p-1",
    "promise": "x",
    "occurred": "2026-01-05",
    "due": "2026-02-10",
}


def kept(occurred: str) -> Step:
    return {"kind": "commitment-fulfilled", "commitment": "@p", "occurred": occurred}


EXAMPLES = [
    Example("heard-first", "pass", (HEARD, FINDING)),
    Example("heard-first", "fail", (FINDING,)),
    Example("heard-first", "fail", (HEARD, {**FINDING, "subject": "p-2"})),
    Example("heard-first", "indeterminate", ({**HEARD, "occurred": "2026-01"}, FINDING)),
    Example("heard-first", "not-applicable", (HEARD, {**FINDING, "outcome": "unfounded"})),
    Example("managerial", "pass", (OPENED, FINDING, ABOVE, CONCLUDED)),
    Example("managerial", "pass", (FINDING, {**ABOVE, "outcome": "exonerated"})),
    Example("managerial", "fail", (OPENED, FINDING, CONCLUDED)),
    Example("managerial", "pending", (OPENED, FINDING)),
    Example("executed", "pass", (FINDING, DECISION, FINE, executed("2026-01-22")), "2026-03-01"),
    Example("executed", "fail", (FINDING, DECISION, FINE), "2026-01-26", 3),
    Example("executed", "fail", (FINDING, DECISION, FINE, executed("2026-01-30")), "2026-03-01", 7),
    Example("executed", "pending", (FINDING, DECISION, FINE), "2026-01-23"),
    Example(
        "executed",
        "indeterminate",
        (FINDING, DECISION, {key: FINE[key] for key in FINE if key != "due"}),
        "2026-03-01",
        says="not told",
    ),
    Example(
        "executed",
        "pass",
        (FINDING, DECISION, FINE, LIFTED),
    ),
    Example("disposed", "pass", (ALLEGED, {**FINDING, "allegation": "@a"}, CLOSED)),
    Example("disposed", "fail", (ALLEGED, CLOSED)),
    Example("disposed", "pending", (ALLEGED,)),
    Example("opens-in-time", "pass", (REPORT, OPENED), "2026-06-01"),
    # 30 working days after Monday 5 January are Monday 16 February.
    Example("opens-in-time", "pending", (REPORT,), "2026-02-16"),
    Example("opens-in-time", "fail", (REPORT,), "2026-02-17", 1),
    Example("concludes-in-time", "pass", (OPENED, CONCLUDED), "2026-12-01"),
    Example("concludes-in-time", "pending", (OPENED,), "2026-07-06"),
    Example("concludes-in-time", "fail", (OPENED,), "2026-07-08", 2),
    Example(
        "concludes-in-time",
        "indeterminate",
        ({**OPENED, "occurred": "../2026-01-06"},),
        "2026-07-06",
    ),
    Example("remediated", "pass", (WORK, verified("2026-01-23")), "2026-03-01"),
    Example("remediated", "fail", (WORK, verified("2026-01-27")), "2026-03-01", 4),
    Example("remediated", "fail", ({**WORK, "due": "2026-03-31"}, CLOSED), "2026-02-10"),
    Example("remediated", "pending", (WORK,), "2026-01-20"),
    Example("steps-in-order", "pass", (FINDING, DECISION, FINE)),
    Example("steps-in-order", "pass", (FINDING, {**FINE, "occurred": None, "basis": ["@f"]})),
    Example(
        "steps-in-order",
        "fail",
        (FINDING, {**FINE, "occurred": "2026-01-08", "basis": ["@f"]}),
    ),
    Example("statement-corrected", "not-applicable", (STATEMENT, FINDING)),
    Example(
        "statement-corrected",
        "pass",
        (
            STATEMENT,
            CONTRADICTING,
            {**STATEMENT, "as": "n2", "basis": ["@n"], "occurred": "2026-01-19"},
        ),
        "2026-03-01",
    ),
    Example("statement-corrected", "fail", (STATEMENT, CONTRADICTING), "2026-01-28", 2),
    Example("statement-corrected", "pending", (STATEMENT, CONTRADICTING), "2026-01-26"),
    Example(
        "erased-in-time",
        "pass",
        ({**CLOSED, "retain_until": "2026-03-31"}, erased("2026-04-15")),
        "2026-06-01",
    ),
    Example("erased-in-time", "fail", ({**CLOSED, "retain_until": "2026-03-31"},), "2026-05-02", 2),
    Example("erased-in-time", "pending", ({**CLOSED, "retain_until": "2026-03-31"},), "2026-04-30"),
    Example(
        "erased-in-time",
        "pending",
        (
            {**CLOSED, "retain_until": "2026-03-31"},
            {"kind": "legal-hold-set", "occurred": "2026-01-27"},
        ),
        "2026-12-01",
    ),
    Example("erased-in-time", "not-applicable", (CLOSED,), "2026-06-01"),
    Example("traceable", "pass", (FINDING, DECISION, FINE)),
    Example("traceable", "fail", ({**DECISION, "basis": []}, FINE), says="no finding"),
    Example("traceable", "fail", ({**FINDING, "subject": "p-2"}, DECISION, FINE)),
    Example("evidenced", "pass", (EXHIBIT, {**FINDING, "basis": ["@e"]})),
    Example("evidenced", "fail", (EXHIBIT, FINDING)),
    Example(
        "evidenced",
        "fail",
        ({**EXHIBIT, "occurred": "2026-01-20"}, {**FINDING, "basis": ["@e"]}),
        says="dated later",
    ),
    Example("independent", "pass", (OPENED, FINDING, DECISION)),
    Example("independent", "fail", (OPENED, FINDING, {**DECISION, "deciders": ["p-1"]})),
    Example("independent", "fail", ({**OPENED, "lead": "p-1"}, FINDING)),
    Example("independent", "pass", (FINDING, DECISION, FINE, APPEAL, decided_by("p-6"))),
    Example("independent", "fail", (FINDING, DECISION, FINE, APPEAL, decided_by("p-8"))),
    Example("authorised", "indeterminate", (FINDING, DECISION, FINE), says="No register"),
    Example("authorised", "pass", (GRANT, FINDING, DECISION, FINE)),
    Example("authorised", "fail", ({**GRANT, "party": "p-6"}, FINDING, DECISION, FINE)),
    Example("authorised", "fail", ({**GRANT, "until": "2026-01-10"}, FINDING, DECISION, FINE)),
    Example(
        "guideline",
        "pass",
        (ABOVE, {**DECISION, "basis": ["@m"]}, {**FINE, "subject": "p-2", "measure": "demotion"}),
    ),
    Example(
        "guideline",
        "fail",
        (ABOVE, {**DECISION, "basis": ["@m"]}, {**FINE, "subject": "p-2", "measure": "dismissal"}),
    ),
    Example("guideline", "not-applicable", (FINDING, DECISION, FINE)),
    Example("alike", "not-applicable", (FINDING, DECISION, FINE)),
    Example("alike", "pass", (*OTHERS, ALIKE, {**DISMISSAL, "measure": "oral-warning"})),
    Example("alike", "fail", (*OTHERS, ALIKE, DISMISSAL)),
    Example("alike", "pass", (*OTHERS, ALIKE, {**DISMISSAL, "reason": "the third time"})),
    Example(
        "executed",
        "pass",
        (
            FINDING,
            DECISION,
            FINE,
            {
                "kind": "sanction-not-executed",
                "sanction": "@s",
                "cause": "left",
                "occurred": "2026-01-19",
            },
        ),
    ),
    Example("exhibit-complete", "pass", (EXHIBIT,)),
    Example(
        "exhibit-complete",
        "fail",
        ({key: EXHIBIT[key] for key in EXHIBIT if key != "collected_by"},),
    ),
    Example("remediation-complete", "pass", (WORK,)),
    Example("remediation-complete", "fail", ({"kind": "remediation-opened", "owner": "p-5"},)),
    Example(
        "disclosed-on-a-basis",
        "pass",
        ({"kind": "disclosure-made", "legal_basis": "gdpr art. 6(1)(c)"},),
    ),
    Example("disclosed-on-a-basis", "fail", ({"kind": "disclosure-made", "to": "org-9"},)),
    Example("notice", "indeterminate", (FINDING,)),
    Example("notice", "indeterminate", (CITING,), says="No register"),
    Example("notice", "pass", (ADOPTED, CITING)),
    Example("notice", "fail", ({**ADOPTED, "from": "2026-01-01"}, CITING)),
    Example("notice", "indeterminate", ({**ADOPTED, "from": "2025"}, CITING)),
    Example("bar-kept", "pass", (BAR, contact("2026-01-08"))),
    Example("bar-kept", "fail", (BAR, contact("2026-01-12"))),
    Example("bar-kept", "indeterminate", (BAR, contact("2026-01"))),
    Example("bar-kept", "not-applicable", (BAR, contact("2026-01-12", "org-5"))),
    # As of a day before the bar was imposed, nothing was forbidden yet.
    Example("bar-kept", "not-applicable", (BAR, contact("2026-01-08")), "2026-01-08"),
    Example("bar-kept", "pass", (BAR, contact("2026-01-08")), "2026-01-09"),
    Example(
        "bar-kept",
        "indeterminate",
        ({**BAR, "from": "2026-01-01", "occurred": "2026-01-05/2026-01-09"}, contact("2026-01-04")),
        "2026-01-07",
        says="Whether there was the bar #1 by then is not told",
    ),
    Example(
        "bar-kept",
        "pass",
        (
            BAR,
            {"kind": "bar-lifted", "bar": "@b", "occurred": "2026-01-14"},
            contact("2026-01-20"),
        ),
    ),
    Example(
        "custody",
        "pass",
        (
            EXHIBIT,
            {
                "kind": "custody-transferred",
                "evidence": "@e",
                "from": "p-7",
                "to": "p-6",
                "occurred": "2026-01-08",
            },
        ),
    ),
    Example(
        "custody",
        "fail",
        (
            EXHIBIT,
            {
                "kind": "custody-transferred",
                "evidence": "@e",
                "from": "p-5",
                "to": "p-6",
                "occurred": "2026-01-08",
            },
        ),
    ),
    Example("custody", "not-applicable", (FINDING,)),
    Example("nothing-hidden", "pass", (FINDING,)),
    Example("signed", "not-applicable", (FINDING,)),
    Example("signed", "fail", (DEMANDING, FINDING), says="while signing 1 demanded one"),
    Example("promised", "pass", (PROMISE, kept("2026-02-10"))),
    Example("promised", "fail", (PROMISE, kept("2026-02-12")), late=2),
    Example("promised", "pending", (PROMISE,), as_of="2026-02-10"),
    Example("promised", "indeterminate", ({**PROMISE, "due": None}, kept("2026-02-10"))),
]


@pytest.mark.parametrize("example", judgeable(POLICY, EXAMPLES), ids=lambda each: each.name)
def test_the_rule_gives_the_right_verdict(example: Example) -> None:
    holds(POLICY, example, opened=ANYWHERE)


def test_every_rule_passes_and_fails_in_an_example() -> None:
    assert unshown(POLICY, EXAMPLES, never=("nothing-hidden",)) == {"signed: pass"}
