"""This program answers every case of the published suite as it is right."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.support.published_suite import (
    SUITE,
    SuiteCase,
    activations,
    answered,
    position_of,
    suite,
)
from tests.support.suite_answers import Answers

from answerable.projections.conformance.templates.catalogue import TEMPLATES
from answerable.projections.conformance.worlds import gravest, judgement_of

CASES = suite()
SCHEMA = json.loads((SUITE / "schema.json").read_text())


def rules(case: SuiteCase) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = case.verdicts["verdicts"]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verdicts_are_those_that_are_right(case: SuiteCase) -> None:
    found, at = answered(case), position_of(case)
    for right in rules(case):
        verdict = found[right["rule"]]
        assert verdict.verdict == right["verdict"], verdict.explanation
        told = activations(verdict, at)
        assert told == {each["event"]: set(each["values"]) for each in right["activations"]}
        named = {at[event] for each in verdict.activations for event in each.events}
        assert named >= {place for each in right["activations"] for place in each["witnesses"]}
        if "late" in right:
            assert verdict.late is not None
            assert [*verdict.late] == right["late"]
        if "deadline" in right:
            assert verdict.deadline is not None
            assert [*verdict.deadline] == right["deadline"]
        if "versions" in right:
            versions = {
                version for each in verdict.activations for version in each.version.split(" or ")
            }
            assert sorted(versions) == right["versions"]


def test_the_files_are_as_the_schema_says() -> None:
    index = json.loads((SUITE / "index.json").read_text())
    said = [("index", index)]
    said += [("case", case.question) for case in CASES]
    said += [("verdicts", case.verdicts) for case in CASES]
    for name, told in said:
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})
        assert [each.message for each in validator.iter_errors(told)] == []


def test_the_index_names_every_folder_once_and_as_its_case_does() -> None:
    index = json.loads((SUITE / "index.json").read_text())["cases"]
    folders = sorted(each.name for each in (SUITE / "cases").iterdir())
    assert sorted(each["case"] for each in index) == folders
    for told, case in zip(index, CASES, strict=True):
        assert (told["title"], told["topics"]) == (case.question["title"], case.question["topics"])


def test_a_line_is_recorded_no_earlier_than_the_line_before() -> None:
    for case in CASES:
        recorded = case.question["recorded_at"]
        lines = (SUITE / "cases" / case.name / "log.jsonl").read_text().splitlines()
        assert len(recorded) == len(lines), case.name
        assert recorded == sorted(recorded), f"{case.name}: no ledger could have recorded it"


def test_each_rule_of_a_policy_has_its_verdict() -> None:
    for case in CASES:
        document = case.document()
        if document is not None:
            assert [each["rule"] for each in rules(case)] == [r.id for r in document.policy.rule]
        assert (document is None) == (case.question["policies"] == "adopted")


def test_every_template_is_in_the_suite() -> None:
    shown = {topic for case in CASES for topic in case.question["topics"]}
    assert set(TEMPLATES) <= shown


def test_every_verdict_is_in_the_suite() -> None:
    shown = {each["verdict"] for case in CASES for each in rules(case)}
    assert shown == {"pass", "fail", "indeterminate", "pending", "not-applicable"}


def kind_of(case: SuiteCase, rule: str) -> str:
    document = case.document()
    if document is None:
        return "declare"
    return next(each.kind for each in document.policy.rule if each.id == rule)


BRUTE = [
    (case, each)
    for case in CASES
    for each in rules(case)
    if kind_of(case, each["rule"]) in ("declare", "not-during")
]
"""Tell what brute force knows: of the other kinds of rules, the answers are by hand."""


@pytest.mark.parametrize(
    ("case", "right"), BRUTE, ids=[f"{case.name}-{each['rule']}" for case, each in BRUTE]
)
def test_the_answers_are_those_of_all_worlds(case: SuiteCase, right: dict[str, Any]) -> None:
    told = {each["event"]: set(each["values"]) for each in right["activations"]}
    assert Answers(case).values(right["rule"]) == told


def test_the_sets_of_values_amount_to_the_verdicts() -> None:
    for case in CASES:
        for each in rules(case):
            found = [
                judgement_of(frozenset(activation["values"])) for activation in each["activations"]
            ]
            assert gravest(found) == each["verdict"]
