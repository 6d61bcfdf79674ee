"""Versions of a policy: which judges what, and what is said where a date leaves that open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.policies import HEAD, RULE

from answerable.domain.edtf import parse
from answerable.domain.policy.reading import read_document
from answerable.domain.zone.days import ends
from answerable.projections.conformance.in_force.versions import Version, Versions
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

HEARD = """
template = "precedence"
then = "finding-made"
first = "subject-heard"
same = ["subject"]
"""
TOLD = """
template = "precedence"
then = "finding-made"
first = "representatives-notified"
same = ["subject"]
"""
FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
}
HEARING: dict[str, Any] = {"kind": "subject-heard", "subject": "p-1", "occurred": "2026-01-01"}


def version(name: str, body: str, begins: str, until: str | None = None) -> Version:
    text = HEAD.replace('version = "1"', f'version = "{name}"') + RULE.format(kind="declare") + body
    document = read_document(text.encode())
    return Version(
        document, f"id-{name}", int(name), parse(begins), (until and parse(until)) or None
    )


def judged(versions: Sequence[Version], *steps: Step, as_of: str = "2026-12-31") -> Verdict:
    record = RecordView(case(*steps), ends(date.fromisoformat(as_of), UTC))
    (found,) = Judges(record, Versions(tuple(versions))).judge(record.case("c"))
    return found


FIRST = version("1", HEARD, "2026-01-05", "2026-06-01")
SECOND = version("2", TOLD, "2026-06-01")
BOTH = (FIRST, SECOND)


def test_what_may_be_older_than_the_policy_says_so_and_what_would_settle_it() -> None:
    found = judged([FIRST], {**FINDING, "occurred": "../2026-01-06"})
    assert found.verdict == "indeterminate"
    assert found.explanation == (
        "May have been before the policy was in force (from 2026-01-05); if not, no hearing "
        "before: the finding about p-1 (#0)."
    )
    assert found.missing == found.settles == ("the date of the finding about p-1 (#0)",)


def test_what_may_be_older_than_the_first_of_two_is_not_only_told_that_versions_differ() -> None:
    found = judged(BOTH, {**HEARING, "occurred": "2025-12-01"}, {**FINDING, "occurred": "2026"})
    assert found.version == "1, 2"
    assert found.explanation == (
        "May have been before the policy was in force (from 2026-01-05); if not, which version was "
        "in force then is not told, and they differ (1: hearing before; 2: no notice to the "
        "employees' representatives before): the finding about p-1 (#1)."
    )
    assert found.settles == ("the date of the finding about p-1 (#1)",)


def test_what_lies_between_two_versions_says_what_each_says() -> None:
    found = judged(BOTH, HEARING, {**FINDING, "occurred": "2026-05/2026-07"})
    assert found.explanation.startswith(
        "Which version was in force then is not told, and they differ (1: hearing before; 2: no "
    )


def test_a_version_stands_once_in_the_list_and_in_the_order_of_its_time() -> None:
    found = judged(
        BOTH,
        {**FINDING, "occurred": "2026-07-01"},
        {**FINDING, "as": "g", "occurred": "2026-05/2026-07"},
        {**FINDING, "as": "h", "occurred": "2026-02-01"},
    )
    assert found.version == "1, 2"
    assert {each.version for each in found.activations} == {"1", "2", "1 or 2"}


def test_what_may_have_been_once_the_rule_was_dropped_says_so() -> None:
    found = judged([FIRST], {**FINDING, "occurred": "2026-05/2026-07"})
    assert found.verdict == "indeterminate"
    assert found.explanation.startswith(
        "May have been after another version took its place (on 2026-06-01); if not, no hearing "
    )


def test_where_the_day_is_known_it_is_the_beginning_of_the_policy_that_is_missing() -> None:
    found = judged([version("1", HEARD, "2026-01")], {**FINDING, "occurred": "2026-01-10"})
    assert found.settles == ("from when house 1 (#1) was in force",)


@pytest.mark.parametrize(
    ("as_of", "verdict", "told"),
    [
        ("2026-01-04", "not-applicable", "1"),
        ("2026-02-01", "fail", "1"),
        ("2026-07-01", "pass", "2"),
    ],
)
def test_the_case_as_a_whole_is_judged_by_the_version_of_the_day_asked_about(
    as_of: str, verdict: str, told: str
) -> None:
    opened = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01"}
    closed = {"kind": "case-closed", "disposition": "no-action", "occurred": "2026-01-02"}

    asked = 'template = "existence"\nwhen = "{}"\n'
    two = (
        version("1", asked.format("apology-issued"), "2026-01-05", "2026-06-01"),
        version("2", asked.format("case-opened"), "2026-06-01"),
    )
    found = judged(two, opened, closed, as_of=as_of)
    assert found.verdict == verdict
    if verdict != "not-applicable":
        assert found.version == told


def adopted(record: Memory, name: str, body: str, begins: str) -> str:
    text = HEAD.replace('version = "1"', f'version = "{name}"') + RULE.format(kind="declare") + body
    return record.add(
        "house",
        kind="policy-adopted",
        policy="house",
        policy_version=name,
        text=text,
        format="answerable-policy/1",
        **{"from": begins},
    )


@pytest.mark.parametrize("lost", ["erased", "withheld"])
def test_a_version_that_cannot_be_read_ends_the_one_before(lost: str) -> None:
    record = Memory()
    adopted(record, "1", HEARD, "2026-01-05")
    second = adopted(record, "2", TOLD, "2026-06-01")
    adopted(record, "3", HEARD, "2026-09-01")
    at = {
        day: record.add(**{**FINDING, "as": day}, occurred=day)
        for day in ("2026-02-01", "2026-07-01", "2026-10-01")
    }
    record.erase(second, "text") if lost == "erased" else record.withhold(second, "text")
    view = RecordView(record, ends(date(2026, 12, 31), UTC))
    judges = Judges(view)
    assert [each.version for each in judges.versions.unreadable] == ["2"]
    (found,) = judges.judge(view.case("c"))
    told = {each.events[0]: each.version for each in found.activations}
    assert told == {at["2026-02-01"]: "1", at["2026-10-01"]: "3"}


def test_a_version_without_rules_ends_a_policy_and_what_was_before_stays_judged() -> None:
    record = Memory()
    adopted(record, "1", HEARD, "2026-01-05")
    text = f"{HEAD}rule = []\n".replace('version = "1"', 'version = "2"')
    own = {"policy": "house", "policy_version": "2", "format": "answerable-policy/1"}
    record.add("house", kind="policy-adopted", text=text, **own, **{"from": "2026-06-01"})
    first = record.add(**FINDING, occurred="2026-02-01")
    record.add(**{**FINDING, "as": "g"}, occurred="2026-07-01")
    view = RecordView(record, ends(date(2026, 12, 31), UTC))
    (found,) = Judges(view).judge(view.case("c"))
    assert [(each.events[0], each.verdict) for each in found.activations] == [(first, "fail")]
