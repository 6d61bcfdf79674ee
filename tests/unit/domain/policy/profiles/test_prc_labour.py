"""The rules of the profile for labour law of the People's Republic of China, each on an example."""

import pytest
from tests.support.worked_examples import Example, Step, holds, judgeable, unshown

POLICY = "prc-labour"
BEIJING = {"jurisdiction": "cn", "zone": "Asia/Shanghai"}

FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-12",
}
EXHIBIT: Step = {
    "as": "e",
    "kind": "evidence-registered",
    "digest": f"sha256:{'0' * 64}",
    "occurred": "2026-01-08",
}
DISMISSAL: Step = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "dismissal",
    "basis": ["@f"],
    "occurred": "2026-01-15",
}
CLOSED: Step = {
    "kind": "case-closed",
    "disposition": "sanctioned",
    "occurred": "2026-01-26",
    "retain_until": "2028-01-31",
}

UNION: Step = {
    "kind": "representatives-notified",
    "body": "org-3",
    "representing": "union",
    "subject": "p-1",
    "occurred": "2026-01-13",
}
CITING: Step = {**FINDING, "clause": "code 4.2", "conduct_occurred": "2025-06-30"}
ADOPTED: Step = {
    "kind": "policy-adopted",
    "case_id": "house",
    "policy": "code",
    "policy_version": "1",
    "from": "2025-01-01",
}


def step(term: str, on: str) -> Step:
    return {"kind": "step-taken", "term": term, "upon": "@s", "occurred": on}


def erased(on: str) -> Step:
    return {
        "kind": "personal-data-erased",
        "subject": "p-1",
        "legal_basis": "pipl art. 47",
        "occurred": on,
    }


EXAMPLES = [
    Example("serious-breach", "pass", ({**FINDING, "severity": "gross"}, DISMISSAL)),
    Example("serious-breach", "fail", ({**FINDING, "severity": "minor"}, DISMISSAL)),
    Example("serious-breach", "indeterminate", (FINDING, DISMISSAL)),
    Example("serious-breach", "not-applicable", (FINDING, {**DISMISSAL, "measure": "demotion"})),
    Example("union-first", "pass", (FINDING, UNION, DISMISSAL)),
    Example("union-first", "fail", (FINDING, DISMISSAL), says="before"),
    Example("union-first", "fail", (FINDING, {**UNION, "occurred": "2026-01-16"}, DISMISSAL)),
    Example("union-first", "fail", (FINDING, {**UNION, "subject": "p-2"}, DISMISSAL)),
    Example("union-first", "indeterminate", (FINDING, {**UNION, "occurred": "2026-01"}, DISMISSAL)),
    Example("union-first", "not-applicable", (FINDING, {**DISMISSAL, "measure": "demotion"})),
    Example("rules-told", "indeterminate", ({**FINDING, "clause": "code 4.2"},)),
    Example("rules-told", "pass", (ADOPTED, CITING)),
    Example("rules-told", "fail", ({**ADOPTED, "from": "2026-01-01"}, CITING)),
    Example("proved", "pass", (EXHIBIT, {**FINDING, "basis": ["@e"]}, DISMISSAL)),
    Example("proved", "fail", (FINDING, DISMISSAL)),
    Example(
        "certificate",
        "pass",
        (FINDING, DISMISSAL, step("termination certificate issued", "2026-01-15")),
        "2026-03-01",
    ),
    Example("certificate", "fail", (FINDING, DISMISSAL), "2026-01-20", 4),
    # 15 January and fifteen days are Friday the 30th.
    Example(
        "file-transferred",
        "pass",
        (FINDING, DISMISSAL, step("personal file transferred", "2026-01-30")),
        "2026-03-01",
    ),
    Example(
        "file-transferred",
        "fail",
        (FINDING, DISMISSAL, step("personal file transferred", "2026-02-02")),
        "2026-03-01",
        3,
    ),
    Example("file-transferred", "pending", (FINDING, DISMISSAL), "2026-01-30"),
    # 2 February and fifteen days lie in the days off for the Spring Festival, up to the 23rd.
    Example(
        "file-transferred",
        "pending",
        (FINDING, {**DISMISSAL, "occurred": "2026-02-02"}),
        "2026-02-24",
    ),
    Example(
        "file-transferred",
        "fail",
        (FINDING, {**DISMISSAL, "occurred": "2026-02-02"}),
        "2026-02-25",
        1,
    ),
    # Whether 2 January 2027 is worked is not announced.
    Example(
        "file-transferred",
        "indeterminate",
        (FINDING, {**DISMISSAL, "occurred": "2026-12-18"}),
        "2027-01-03",
        says="not told",
    ),
    Example("kept-for-disputes", "pass", (CLOSED, erased("2028-02-20"))),
    Example("kept-for-disputes", "fail", (CLOSED, erased("2026-03-01"))),
    Example("erased-in-time", "pass", (CLOSED, erased("2028-02-20")), "2028-06-01"),
    Example("erased-in-time", "pending", (CLOSED,), "2026-06-01"),
    Example(
        "erased-in-time",
        "fail",
        ({**CLOSED, "retain_until": "2026-03-31"}, erased("2026-05-20")),
        "2026-06-01",
        20,
    ),
    Example(
        "disclosed-on-a-basis",
        "pass",
        ({"kind": "disclosure-made", "to": "org-9", "legal_basis": "pipl art. 13"},),
    ),
    Example("disclosed-on-a-basis", "fail", ({"kind": "disclosure-made", "to": "org-9"},)),
    Example("record-kept", "pass", (FINDING,)),
]


@pytest.mark.parametrize("example", judgeable(POLICY, EXAMPLES), ids=lambda each: each.name)
def test_the_rule_gives_the_right_verdict(example: Example) -> None:
    holds(POLICY, example, opened=BEIJING)


def test_every_rule_passes_and_fails_in_an_example() -> None:
    assert unshown(POLICY, EXAMPLES, never=("record-kept",)) == set()
