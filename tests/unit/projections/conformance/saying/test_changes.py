"""Test what differs between two policies, held to patches that make one from the other."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.domain.policy.document import Policy
from answerable.domain.policy.shipped import PROFILES, profile
from answerable.projections.conformance.saying.changes import changes

GENERIC = profile("generic").policy


def dumped(policy: Policy) -> dict[str, Any]:
    told: dict[str, Any] = policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    return told


@pytest.mark.parametrize("name", PROFILES)
def test_a_policy_does_not_differ_from_itself(name: str) -> None:
    policy = profile(name).policy
    assert changes(policy, policy) == ()
    assert changes(policy, Policy.model_validate(dumped(policy))) == ()


@given(st.sets(st.sampled_from([rule.id for rule in GENERIC.rule]), max_size=10))
def test_what_was_taken_out_is_removed_and_the_other_way_round_added(gone: set[str]) -> None:
    fewer = dumped(GENERIC)
    fewer["rule"] = [each for each in fewer["rule"] if each["id"] not in gone]
    less = Policy.model_validate(fewer)
    for old, new, how in ((GENERIC, less, "removed"), (less, GENERIC, "added")):
        found = changes(old, new)
        assert {(each.part, each.name, each.how) for each in found} == {
            ("rule", name, how) for name in gone
        }


def test_the_order_of_rules_tells_nothing() -> None:
    turned = dumped(GENERIC)
    turned["rule"].reverse()
    assert changes(GENERIC, Policy.model_validate(turned)) == ()


def test_a_field_that_differs_is_told_by_its_path() -> None:
    told = dumped(GENERIC)
    other = deepcopy(told)
    other["version"] = "2"
    (concluded,) = (each for each in other["rule"] if each["id"] == "concludes-in-time")
    concluded["within"] = {"months": 3}
    (heard,) = (each for each in other["rule"] if each["id"] == "heard-first")
    heard["severity"] = "warning"
    found = changes(GENERIC, Policy.model_validate(other))
    assert {(each.name, field) for each in found for field in each.fields} == {
        ("", ("version", "1", "2")),
        ("heard-first", ("severity", "error", "warning")),
        ("concludes-in-time", ("within.months", 6, 3)),
    }
    assert {each.how for each in found} == {"changed"}
    back = changes(Policy.model_validate(other), GENERIC)
    assert {(each.name, field.was, field.now) for each in back for field in each.fields} == {
        ("", "2", "1"),
        ("heard-first", "warning", "error"),
        ("concludes-in-time", 3, 6),
    }


def test_of_the_rows_of_a_guideline_each_is_compared_by_itself() -> None:
    (at,) = (at for at, rule in enumerate(GENERIC.rule) if rule.kind == "guideline")

    def with_rows(*rows: dict[str, Any]) -> Policy:
        told = dumped(GENERIC)
        told["rule"][at]["row"] = list(rows)
        return Policy.model_validate(told)

    one, other, third = (
        {"offence_class": [each], "permitted": ["fine"]} for each in ("fraud", "theft", "harm")
    )
    before = with_rows(one, other)

    def told_of(after: Policy) -> list[tuple[str, Any, Any]]:
        (changed,) = changes(before, after)
        return [tuple(each) for each in changed.fields]

    graver = {**other, "permitted": ["dismissal"]}
    assert told_of(with_rows(one, graver)) == [("row.1.permitted", ["fine"], ["dismissal"])]
    ((path, was, now),) = told_of(with_rows(third, one, other))
    assert (path, was, now["offence_class"]) == ("row.0", None, ["harm"])
    ((path, was, now),) = told_of(with_rows(other))
    assert (path, was["offence_class"], now) == ("row.0", ["fraud"], None)
