"""A provision that is cited was in force when the conduct, or the event, occurred."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.policies import judged as judged_by
from tests.support.policies import rule

from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.rules.registers.provisions import Provision, provisions
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

AT_CONDUCT = 'clause = "finding-made.clause"\nat = "conduct"\n'

FINDING: Step = {
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "conduct_occurred": "2025-11",
    "clause": "conduct 4.2",
    "occurred": "2026-01-06",
}


def adopted(begins: str | None, version: str = "1", policy: str = "conduct") -> Step:
    fields = {"kind": "policy-adopted", "policy": policy, "policy_version": version}
    return {**fields, "from": begins}


def judged(*house: Step, body: str = AT_CONDUCT, **finding: Any) -> Verdict:
    log = Memory()
    for each in house:
        log.add("house", **each)
    log.add(**{**FINDING, **finding})
    return judged_by(RecordView(log), rule("in-force", body))


@pytest.mark.parametrize(
    ("begins", "expected"),
    [
        ("2025", "indeterminate"),
        ("2025-10", "pass"),
        ("2025-11-01", "pass"),
        ("2025-11-15", "indeterminate"),
        ("2025-12-01", "fail"),
        (None, "indeterminate"),
    ],
)
def test_it_was_in_force_from_when_it_was_adopted(begins: str | None, expected: str) -> None:
    assert judged(adopted(begins)).verdict == expected


def test_what_leaves_it_open_is_named() -> None:
    found = judged(adopted("2025-11-15"))
    assert found.settles == ("when exactly the conduct of the finding about p-1 (#1) occurred",)
    found = judged(adopted("2025"), conduct_occurred="2025-11-03")
    assert found.settles == ("from when 1 of conduct (#0) was in force",)


def test_a_policy_that_is_not_on_the_register_tells_nothing() -> None:
    for house in ((), (adopted("2020", policy="travel"),)):
        found = judged(*house)
        assert found.verdict == "indeterminate"
        assert "No register on record" in found.explanation
    assert judged().settles == ()  # nor is the day of the conduct told
    told = judged(conduct_occurred="2025-11-03")
    assert told.settles == ("the adoption of the policy of conduct 4.2",)


def test_without_the_date_of_the_conduct_nobody_can_tell() -> None:
    found = judged(adopted("2020"), conduct_occurred=None)
    assert found.verdict == "indeterminate"
    assert found.settles == ("when the conduct of the finding about p-1 (#1) occurred",)


def test_the_allegation_tells_when_the_conduct_was_where_the_finding_does_not() -> None:
    log = Memory()
    log.add("house", **adopted("2025-06"))
    alleged = {"kind": "allegation-made", "subject": "p-1", "conduct": "x"}
    log.add(**{**alleged, "as": "a", "conduct_occurred": "2025-01"})
    log.add(**{**FINDING, "allegation": "@a", "conduct_occurred": None})
    assert judged_by(RecordView(log), rule("in-force", AT_CONDUCT)).verdict == "fail"


def test_each_provision_is_judged_by_itself() -> None:
    found = judged(adopted("2020"), clause=["conduct 4.2", "travel 3.1"])
    assert [each.verdict for each in found.activations] == ["indeterminate", "pass"]


def test_a_finding_that_blames_nobody_need_not_cite_any() -> None:
    assert judged(outcome="unsubstantiated", clause=None).verdict == "not-applicable"
    assert judged(clause=None).verdict == "indeterminate"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("cited", "conduct", "expected"),
    [
        ("1", "2025-06", "pass"),
        ("1", "2025-11", "fail"),
        ("2", "2025-06", "fail"),
        ("2", "2025-11", "pass"),
        ("2", "2025-08/2025-10", "indeterminate"),
        (None, "2025-08/2025-10", "pass"),
        ("3", "2025-11", "fail"),
    ],
)
def test_a_version_is_in_force_until_the_next_one_whichever_was_recorded_first(
    order: tuple[int, int], cited: str | None, conduct: str, expected: str
) -> None:
    versions = (adopted("2024", "1"), adopted("2025-09-01", "2"))
    house = [versions[at] for at in order]
    clause = {"policy": "conduct", "version": cited, "number": "4.2"}
    assert judged(*house, clause=clause, conduct_occurred=conduct).verdict == expected


def test_at_the_event_itself() -> None:
    body = AT_CONDUCT.replace('"conduct"', '"occurred"')
    assert judged(adopted("2025-12"), body=body).verdict == "pass"
    assert judged(adopted("2026-02"), body=body).verdict == "fail"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("conduct 4.2", [Provision("conduct 4.2", "conduct")]),
        ("Conduct § 4.2", [Provision("Conduct § 4.2", "conduct")]),
        ("conduct-of-trade 3", [Provision("conduct-of-trade 3", "conduct-of-trade")]),
        ("conductor 3", [Provision("conductor 3", None)]),
        ("gdpr art. 17(1)(a)", [Provision("gdpr art. 17(1)(a)", None)]),
        (None, []),
        (
            ({"policy": "conduct", "version": "2", "number": "4.2"}, "conduct 5"),
            [Provision("conduct@2 4.2", "conduct", "2"), Provision("conduct 5", "conduct")],
        ),
        ({"policy": "travel", "number": "3"}, [Provision("travel 3", "travel")]),
    ],
)
def test_a_provision_names_its_policy(told: Any, expected: list[Provision]) -> None:
    assert list(provisions(told, ("conduct", "conduct-of-trade"))) == expected
