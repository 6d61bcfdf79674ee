"""The verdicts on the example, and on the public cases, each held to be right by hand."""

import json
from functools import cache
from pathlib import Path

import pytest
from tests.support.builders import Memory
from tests.support.worked_examples import end_of

from answerable.domain.parsing import parse
from answerable.domain.policy.shipped import PROFILES, profile
from answerable.projections.conformance.judgement import Verdict
from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView

EXAMPLES = Path(__file__).parents[4] / "examples"

SANCTIONS = [20, 21, 22, 23, 24, 25, 26]
FINDINGS = [15, 16, 17]

XIAOMI: dict[str, tuple[str, list[int] | None]] = {
    "generic/heard-first": ("fail", FINDINGS),
    "generic/managerial": ("pass", None),
    "generic/executed": ("indeterminate", SANCTIONS),
    "generic/concludes-in-time": ("indeterminate", None),
    "generic/steps-in-order": ("pass", SANCTIONS),
    "generic/traceable": ("pass", None),
    "generic/evidenced": ("fail", FINDINGS),
    "generic/independent": ("indeterminate", None),
    "generic/authorised": ("indeterminate", None),
    "generic/guideline": ("pass", None),
    "generic/notice": ("indeterminate", FINDINGS),
    "generic/bar-kept": ("indeterminate", [6, 12]),
    "generic/nothing-hidden": ("pass", None),
}
"""Tell what is judged on the example at the end of the record; all else has nothing to judge."""

OPEN_ON_THE_FIFTH = dict.fromkeys(
    ("generic/heard-first", "generic/managerial", "generic/evidenced"), ("indeterminate", FINDINGS)
)
"""The findings were made on 6 January, or before."""

PUBLIC = {
    # Nobody heard the partner, nor is evidence on record; his dismissal was carried out, by no told
    # day; what is above him can still be found, as the case is open.
    "andersen": {
        "generic/heard-first": "fail",
        "generic/managerial": "pending",
        "generic/executed": "indeterminate",
        "generic/steps-in-order": "pass",
        "generic/traceable": "pass",
        "generic/evidenced": "fail",
        "generic/independent": "indeterminate",
        "generic/authorised": "indeterminate",
        "generic/notice": "indeterminate",
        "generic/nothing-hidden": "pass",
    },
    # Two producers were dismissed without a finding about either.
    "tailwind": {
        "generic/executed": "indeterminate",
        "generic/concludes-in-time": "pass",
        "generic/steps-in-order": "pass",
        "generic/traceable": "fail",
        "generic/independent": "indeterminate",
        "generic/authorised": "indeterminate",
        "generic/nothing-hidden": "pass",
    },
    # What a bank and courts imposed rests on decisions of their own, and is to be carried out.
    "snc-lavalin": {
        "generic/executed": "fail",
        "generic/steps-in-order": "pass",
        "generic/independent": "indeterminate",
        "generic/nothing-hidden": "pass",
    },
    # Leave is no sanction, and charges that failed no finding.
    "tesco": {
        "generic/promised": "indeterminate",
        "generic/opens-in-time": "pass",
        "generic/concludes-in-time": "pass",
        "generic/nothing-hidden": "pass",
        "uk-smcr/concern-assessed": "pass",
        "uk-smcr/concern-answered": "pending",
        "uk-smcr/record-kept": "pass",
    },
}


@cache
def record(name: str) -> Memory:
    """An example, as a ledger keeps it."""
    memory = Memory()
    for line in (EXAMPLES / f"{name}.jsonl").read_text().splitlines():
        memory.record(parse(json.loads(line)))
    return memory


def verdicts(name: str, as_of: str | None = None) -> dict[str, Verdict]:
    memory = record(name)
    types = {e.fields["party"]: e.fields["type"] for e in memory.events(kinds={"party-registered"})}
    moment = None if as_of is None else end_of(as_of)
    looked = RecordView(memory, moment, type_of=types.get)
    case = name.rpartition("/")[2]
    found = Judges(looked).judge(looked.case(case))
    return {f"{each.policy}/{each.rule}": each for each in found}


def judged(found: dict[str, Verdict]) -> dict[str, str]:
    return {rule: each.verdict for rule, each in found.items() if each.applies}


def test_the_example_is_judged_by_every_rule_of_every_profile() -> None:
    rules = [f"{name}/{rule.id}" for name in PROFILES for rule in profile(name).policy.rule]
    assert list(verdicts("xiaomi-kol")) == rules


@pytest.mark.parametrize("as_of", [None, "2026-01-06"])
def test_the_example_has_the_verdicts_that_are_right(as_of: str | None) -> None:
    found = verdicts("xiaomi-kol", as_of)
    assert judged(found) == {rule: verdict for rule, (verdict, _) in XIAOMI.items()}
    for rule, (_, witnesses) in XIAOMI.items():
        if witnesses is not None:
            assert at(found[rule]) == witnesses, rule


def test_on_the_fifth_it_is_not_told_whether_there_were_findings_yet() -> None:
    found = verdicts("xiaomi-kol", "2026-01-05")
    right = {**XIAOMI, **OPEN_ON_THE_FIFTH}
    assert judged(found) == {rule: verdict for rule, (verdict, _) in right.items()}
    for rule in OPEN_ON_THE_FIFTH:
        # Whether responsibility above is considered is open until the investigation ends.
        ending = [18] if rule == "generic/managerial" else []
        assert at(found[rule]) == [*FINDINGS, *ending], rule


def test_what_is_missing_is_named() -> None:
    found = verdicts("xiaomi-kol")
    assert found["generic/independent"].warning
    assert found["generic/bar-kept"].settles == ("the date of the contact with person-1 (#6)",)
    assert found["generic/executed"].missing[0] == "the due date of the dismissal of person-4 (#20)"
    assert [each for each in found.values() if each.policy == "generic" and each.warning] == [
        found["generic/independent"]
    ]


@pytest.mark.parametrize("name", ["eu-whistleblowing", "uk-smcr", "prc-labour"])
def test_without_a_jurisdiction_no_law_of_one_is_judged(name: str) -> None:
    found = [each for each in verdicts("xiaomi-kol").values() if each.policy == name]
    assert {each.verdict for each in found} == {"not-applicable"}
    assert {each.explanation for each in found} == {
        "Nothing to judge: no jurisdiction is on record."
    }


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_case_has_the_verdicts_that_are_right(name: str) -> None:
    assert judged(verdicts(f"cases/{name}")) == PUBLIC[name]


def at(verdict: Verdict) -> list[int]:
    """Return the positions of a verdict's witnesses, in the order of recording."""
    memory = record("xiaomi-kol")
    events = {each.event_id: each.position for each in memory.log}
    return sorted(events[each] for each in verdict.witnesses)
