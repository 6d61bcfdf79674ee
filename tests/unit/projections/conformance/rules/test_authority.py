"""Who decided on a measure held authority for it, over that grade, at the time."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.builders import Memory
from tests.support.policies import judged as judged_by
from tests.support.policies import rule

from answerable.projections.conformance.judgement import Verdict
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

AUTHORISED = 'act = "sanction-imposed"\nby = "decision-taken.deciders"\n'

FINDING: Step = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
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
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
    "basis": ["@d"],
}


def grant(party: str = "p-8", **more: Any) -> Step:
    fields = {"kind": "authority-granted", "party": party, "measures": ["fine"], "from": "2025"}
    return {**fields, **more}


def judged(
    *house: Step, decision: Step = DECISION, finding: Step = FINDING, types: Any = None
) -> Verdict:
    log = Memory()
    for each in house:
        log.add("house", **each)
    for each in (finding, decision, SANCTION):
        log.add(**each)
    return judged_by(RecordView(log, type_of=(types or {}).get), rule("authority", AUTHORISED))


def test_who_held_it_then_could_decide() -> None:
    assert judged(grant()).verdict == "pass"


def test_a_register_is_open_until_it_is_first_used() -> None:
    for house in ((), (grant(measures=["dismissal"]),)):
        found = judged(*house)
        assert found.verdict == "indeterminate"
        assert found.settles == ("a register of who may decide on a fine",)
    assert judged(grant("p-9")).verdict == "fail"
    assert judged(grant("p-9", **{"from": "2026-02"})).verdict == "indeterminate"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"from": "2026-02"}, "fail"),
        ({"from": "2026-01"}, "indeterminate"),
        ({"from": "2026-01-06"}, "pass"),
        ({"from": None}, "indeterminate"),
        ({"until": "2025-12"}, "fail"),
        ({"until": "2026-01-06"}, "pass"),
        ({"measures": []}, "indeterminate"),
        ({"grades": ["staff"]}, "indeterminate"),
    ],
)
def test_it_bears_what_it_covers_while_it_is_in_force(told: Step, expected: str) -> None:
    assert judged(grant(**told), grant("p-9")).verdict == expected


@pytest.mark.parametrize(
    ("grade", "expected"), [("staff", "pass"), ("executive", "fail"), (None, "indeterminate")]
)
def test_it_is_over_the_grades_that_it_lists(grade: str | None, expected: str) -> None:
    found = judged(grant(grades=["staff"]), finding={**FINDING, "grade": grade})
    assert found.verdict == expected
    if grade is None:
        assert found.settles == ("the grade of p-1 when #2 was decided",)


@pytest.mark.parametrize(
    ("own", "at", "expected"),
    [
        ("staff", "2025", "pass"),
        ("executive", "2025", "fail"),
        ("staff", "2026-02", "indeterminate"),
        ("staff", "2026-01", "indeterminate"),
    ],
)
def test_a_role_tells_the_grade_as_well(own: str, at: str, expected: str) -> None:
    role = {"kind": "role-assigned", "party": "p-1", "role": "x", "grade": own, "from": at}
    assert judged(role, grant(grades=["staff"])).verdict == expected


def test_one_authority_may_begin_where_another_ends() -> None:
    loose = {**DECISION, "occurred": "2026-01"}
    first, second = grant(until="2026-01-10"), grant(**{"from": "2026-01-11"})
    assert judged(first, second, decision=loose).verdict == "pass"
    late = grant(**{"from": "2026-01-12"})
    found = judged(first, late, decision=loose)
    assert found.verdict == "indeterminate"
    assert found.settles == ("the date of the decision: sanction (#3)",)


def test_one_of_several_who_decided_is_enough() -> None:
    both = {**DECISION, "deciders": ["p-7", "p-8"]}
    assert judged(grant(), decision=both).verdict == "pass"
    assert judged(grant("p-9"), decision=both).verdict == "fail"


def test_of_several_not_each_is_said_to_have_held_it() -> None:
    told = judged(grant(), decision={**DECISION, "deciders": ["p-8", "p-9"]}).explanation
    assert told.startswith("At least one of those who decided held authority for it: the fine")
    assert judged(grant()).explanation.startswith("Decided by who held authority for it: ")


def test_who_decided_has_to_be_told() -> None:
    untold = {**DECISION, "deciders": []}
    found = judged(grant(), decision=untold)
    assert (found.verdict, found.settles) == ("indeterminate", ("who decided (#2)",))
    assert judged(grant(until="2025-12"), decision=untold).verdict == "fail"


def test_who_cites_the_authority_of_another_may_have_acted_for_them() -> None:
    cited = {**DECISION, "authority": "@g"}
    assert judged(grant("p-9", **{"as": "g"}), decision=cited).verdict == "indeterminate"
    over = grant("p-9", **{"as": "g", "until": "2025-12"})
    assert judged(over, decision=cited).verdict == "fail"


def test_what_is_revoked_bears_nothing_later() -> None:
    revoked = {"kind": "authority-revoked", "authority": "@g", "occurred": "2026-01-05"}
    assert judged(grant(**{"as": "g"}), revoked).verdict == "fail"
    later = {**revoked, "occurred": "2026-01-07"}
    assert judged(grant(**{"as": "g"}), later).verdict == "pass"


def test_for_an_organisation_that_decided_any_holder_may_have() -> None:
    by = {"decision": {**DECISION, "deciders": ["board"]}, "types": {"board": "body"}}
    found = judged(grant("p-9"), **by)
    assert found.verdict == "indeterminate"
    assert found.settles == ("which persons decided for board (#2)",)
    assert judged(grant("board"), **by).verdict == "pass"
    assert judged(grant("p-9", until="2025-12"), **by).verdict == "fail"
