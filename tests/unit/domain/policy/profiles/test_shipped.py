"""The profiles that come with this program: what they cover, and how they read."""

import pytest

from answerable.domain.policy.checking import faults_of
from answerable.domain.policy.rules import Rule
from answerable.domain.policy.shipped import PROFILES, calendar, profile
from answerable.domain.terms.jurisdiction import check_jurisdiction

TABLE = {
    "acknowledged within 7 days": "eu-whistleblowing/acknowledged",
    "feedback within 3 months": "eu-whistleblowing/feedback",
    "closes only when every allegation is disposed of": "generic/disposed",
    "nobody investigates or decides where they are the subject": "generic/independent",
    "nobody decides the appeal against their own decision": "generic/independent",
    "heard before an adverse finding": "generic/heard-first",
    "a sanction rests on a decision and a finding": "generic/traceable",
    "a finding rests on evidence that is no later": "generic/evidenced",
    "the clause was in force when the conduct occurred": "generic/notice",
    "the same, in China": "prc-labour/rules-told",
    "the union is told the reason first": "prc-labour/union-first",
    "the decider held authority": "generic/authorised",
    "the same, under SM&CR": "uk-smcr/authorised",
    "executed or lifted by its due date": "generic/executed",
    "managerial responsibility is considered": "generic/managerial",
    "like cases alike": "generic/alike",
    "the measure is one that the guideline allows": "generic/guideline",
    "an investigation opens within its time": "generic/opens-in-time",
    "an investigation closes within its time": "generic/concludes-in-time",
    "remediation has an owner and a due date": "generic/remediation-complete",
    "remediation has a verified end before closure": "generic/remediated",
    "corrections never hide the earlier value": "generic/nothing-hidden",
    "evidence has digest, collector, time": "generic/exhibit-complete",
    "custody has no gaps": "generic/custody",
    "the order of steps is kept": "generic/steps-in-order",
    "no contact with a barred party inside the bar": "generic/bar-kept",
    "erased when its time ends, unless held": "generic/erased-in-time",
    "names leave the house only on a recorded basis": "generic/disclosed-on-a-basis",
    "a public statement is corrected": "generic/statement-corrected",
}
"""The rules that policies are made of, each with a rule of a profile that judges it."""

RULES = [(name, rule) for name in PROFILES for rule in profile(name).policy.rule]


def test_every_rule_that_policies_are_made_of_is_in_a_profile() -> None:
    known = {f"{name}/{rule.id}" for name, rule in RULES}
    assert set(TABLE.values()) <= known


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_names_only_what_there_is(name: str) -> None:
    assert list(faults_of(profile(name).policy)) == []


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_for_jurisdictions_that_there_are(name: str) -> None:
    codes = profile(name).policy.jurisdictions
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert code == "*" or check_jurisdiction(code) == code


def test_only_the_generic_profile_is_for_every_case() -> None:
    assert [name for name in PROFILES if "*" in profile(name).policy.jurisdictions] == ["generic"]


@pytest.mark.parametrize(("name", "rule"), RULES, ids=lambda each: getattr(each, "id", each))
def test_a_rule_says_in_a_sentence_what_is_right_and_where_it_stands(name: str, rule: Rule) -> None:
    assert rule.text[0].isupper()
    assert rule.text.endswith(".")
    assert rule.source


@pytest.mark.parametrize(
    ("name", "shipped"), [("uk-smcr", "gb-eaw-2025-2027"), ("prc-labour", "cn-2026")]
)
def test_the_calendar_of_a_profile_is_one_of_those_that_are_shipped(
    name: str, shipped: str
) -> None:
    assert profile(name).policy.calendar == calendar(shipped)
