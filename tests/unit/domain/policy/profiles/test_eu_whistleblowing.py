"""The rules of the profile for Directive (EU) 2019/1937, each on a worked example."""

import pytest
from tests.support.worked_examples import Example, Step, holds, judgeable, unshown, verdict_of

POLICY = "eu-whistleblowing"
IRELAND = {"jurisdiction": "ie", "zone": "Europe/Dublin"}

REPORT: Step = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}


def acknowledged(on: str) -> Step:
    return {"kind": "report-acknowledged", "report": "@r", "occurred": on, "acknowledged_by": "p-7"}


def feedback(on: str) -> Step:
    return {"kind": "feedback-given", "report": "@r", "occurred": on}


FINDING: Step = {
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-20",
}
HEARD: Step = {"kind": "subject-heard", "subject": "p-1", "occurred": "2026-01-12"}
CLOSED: Step = {"kind": "case-closed", "disposition": "sanctioned", "occurred": "2026-01-26"}
ERASED: Step = {
    "kind": "personal-data-erased",
    "subject": "p-1",
    "legal_basis": "gdpr art. 17(1)(a)",
    "occurred": "2026-01-30",
}

EXAMPLES = [
    # Monday 5 January: seven days later is Monday the 12th.
    Example("acknowledged", "pass", (REPORT, acknowledged("2026-01-12")), "2026-01-20"),
    Example("acknowledged", "fail", (REPORT, acknowledged("2026-01-14")), "2026-01-20", 2),
    Example("acknowledged", "fail", (REPORT,), "2026-01-15", 3),
    Example("acknowledged", "pending", (REPORT,), "2026-01-12"),
    Example(
        "acknowledged",
        "indeterminate",
        ({**REPORT, "occurred": "2026-01-0X"}, acknowledged("../2026-01-12")),
        "2026-01-20",
    ),
    # A last day that is a Sunday moves to Monday (Regulation 1182/71 art. 3(4)).
    Example(
        "acknowledged",
        "pass",
        ({**REPORT, "occurred": "2026-01-04"}, acknowledged("2026-01-12")),
        "2026-01-20",
    ),
    Example("acknowledged", "not-applicable", ({**REPORT, "route": "external"},), "2026-01-20"),
    Example("acknowledged", "fail", ({**REPORT, "route": "internal"},), "2026-01-20"),
    # Acknowledged on 12 January: three months later is Sunday 12 April, so Monday the 13th.
    Example(
        "feedback",
        "pass",
        (REPORT, acknowledged("2026-01-12"), feedback("2026-04-13")),
        "2026-05-01",
    ),
    Example(
        "feedback",
        "fail",
        (REPORT, acknowledged("2026-01-12"), feedback("2026-04-15")),
        "2026-05-01",
        2,
    ),
    # Never acknowledged: three months from the end of the seven days (12 January).
    Example("feedback", "fail", (REPORT,), "2026-04-14", 1),
    Example("feedback", "pending", (REPORT,), "2026-04-13"),
    Example(
        "diligent-follow-up",
        "pass",
        (REPORT, {"kind": "investigation-opened", "occurred": "2026-01-16"}),
        "2026-05-01",
    ),
    Example("diligent-follow-up", "fail", (REPORT,), "2026-05-01"),
    Example("diligent-follow-up", "pending", (REPORT,), "2026-02-01"),
    Example(
        "impartial",
        "pass",
        ({"kind": "investigation-opened", "lead": "p-7"}, FINDING),
    ),
    Example(
        "impartial",
        "fail",
        ({"kind": "investigation-opened", "lead": "p-1"}, FINDING),
    ),
    Example(
        "identity-kept",
        "pass",
        ({"kind": "disclosure-made", "to": "p-9", "legal_basis": "gdpr art. 6(1)(c)"},),
    ),
    Example(
        "identity-kept", "fail", ({"kind": "disclosure-made", "to": "p-9"},), says="legal basis"
    ),
    Example("defence", "pass", (HEARD, FINDING)),
    Example("defence", "fail", (FINDING, {**HEARD, "occurred": "2026-01-22"})),
    Example("defence", "fail", (FINDING, {**HEARD, "subject": "p-2"})),
    Example("defence", "indeterminate", ({**HEARD, "occurred": "2026-01"}, FINDING)),
    Example(
        "defence",
        "not-applicable",
        ({**FINDING, "outcome": "unsubstantiated", "responsibility": "none"},),
    ),
    Example(
        "not-kept-longer", "pass", ({**CLOSED, "retain_until": "2026-01-31"}, ERASED), "2026-03-15"
    ),
    # Kept until 31 January; a month later is Saturday 28 February, so Monday 2 March.
    Example(
        "not-kept-longer", "fail", ({**CLOSED, "retain_until": "2026-01-31"},), "2026-03-04", 2
    ),
    Example(
        "not-kept-longer", "pending", ({**CLOSED, "retain_until": "2026-01-31"},), "2026-03-02"
    ),
    Example("not-kept-longer", "indeterminate", (CLOSED,), "2026-03-02", says="not told"),
    Example(
        "not-kept-longer",
        "pending",
        (
            {**CLOSED, "retain_until": "2026-01-31"},
            {"kind": "legal-hold-set", "occurred": "2026-01-27"},
        ),
        "2026-06-01",
    ),
    Example("record-kept", "pass", (REPORT,)),
]


@pytest.mark.parametrize("example", judgeable(POLICY, EXAMPLES), ids=lambda each: each.name)
def test_the_rule_gives_the_right_verdict(example: Example) -> None:
    holds(POLICY, example, opened=IRELAND)


def test_every_rule_passes_and_fails_in_an_example() -> None:
    assert unshown(POLICY, EXAMPLES, never=("record-kept",)) == set()


@pytest.mark.parametrize("opened", [{}, {"jurisdiction": "cn"}])
def test_a_case_that_is_not_known_to_be_in_the_union_is_not_judged(
    opened: dict[str, str],
) -> None:
    for example in judgeable(POLICY, EXAMPLES):
        found = verdict_of(POLICY, example, opened=opened)
        assert found.verdict == "not-applicable"
        assert "jurisdiction" in found.explanation
