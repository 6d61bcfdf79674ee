"""`answerable check`: what fails first, and an exit code that tells whether anything does."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.support.house_policy import ELSEWHERE, HOUSE_POLICY, VERDICTS
from tests.support.sarif import faults
from tests.unit.cli.conftest import Here

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")
NAMES = ("Xu Fei", "Xu Jieyun", "Contact with a KOL", "the KOL")


@pytest.fixture
def judged(story: Here) -> Here:
    """The example, and a small policy beside it."""
    (story.folder / "house.toml").write_text(HOUSE_POLICY)
    (story.folder / "others.toml").write_text(ELSEWHERE)
    return story


def check(here: Here, *arguments: str, code: int = 1) -> str:
    return here("check", *arguments, "--policy", "house.toml", *SPRING, code=code).out


def test_what_fails_comes_first_and_the_rest_in_the_order_of_its_weight(judged: Here) -> None:
    lines = check(judged, CASE).splitlines()
    assert lines[0].startswith("As of 2026-03-31 23:59 UTC")
    assert lines[1] == "1 of 5 rules fails in Contact with a KOL (xiaomi-kol)."
    assert lines[2] == (
        "  worth a look: 1, cannot be told: 1, pending: 1, pass: 1; 1 more has nothing to judge."
    )
    titles = [line for line in lines[2:] if line and not line.startswith(" ")]
    assert titles[:-1] == [
        *("Fails", "Worth a look", "Cannot be told", "Pending", "Passes", "Nothing to judge"),
    ]
    heard = lines.index("  A person is heard before a finding about them.")
    assert lines[heard - 1] == "Fails"
    assert "Xu Fei (#16)" in lines[heard + 1]
    assert lines[heard + 2].strip() == "house rule 1"
    assert lines[3].strip() == "Judged by: How this house decides, version 1."
    assert "  A bar is reviewed within three years. By 2029-01-05." in lines


def test_what_cannot_be_told_says_what_would_settle_it(judged: Here) -> None:
    lines = check(judged, CASE).splitlines()
    place = lines.index("  Nobody meets a barred party while the bar lasts.")
    assert lines[place + 2].strip() == "To settle it: the date of the contact with the KOL (#6)."


def test_json_has_each_verdict_and_what_is_asked(judged: Here) -> None:
    told = json.loads(check(judged, CASE, "--json"))
    assert {each["rule"]: each["verdict"] for each in told["verdicts"]} == VERDICTS
    assert told["counts"] == {
        "fail": 2, "indeterminate": 1, "pending": 1, "pass": 1, "not-applicable": 1
    }  # fmt: skip
    assert (told["case_id"], told["title"], told["fails"]) == (CASE, "Contact with a KOL", 1)
    assert told["as_of"] == "2026-03-31T23:59:59.999999Z"
    assert told["unreadable"] == []
    witnesses = {each for verdict in told["verdicts"] for each in verdict["witnesses"]}
    assert witnesses <= told["events"].keys()


def test_a_policy_for_others_is_named_in_one_line(judged: Here) -> None:
    said = check(judged, CASE, "--policy", "others.toml")
    assert "  For cases in another place: no jurisdiction is on record" in said.splitlines()
    assert "1 of 5 rules fails" in said


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        ("ordered", "The one rule that applies to {case} does not fail."),
        ("acknowledged", "No rule has anything to judge in {case}."),
        ("heard", "The one rule that applies to {case} fails."),
    ],
)
def test_one_rule_is_no_tally(judged: Here, rule: str, answer: str) -> None:
    (judged.folder / "one.toml").write_text(_only(rule))
    code = int(rule == "heard")
    said = judged("check", CASE, "--policy", "one.toml", *SPRING, code=code).out
    assert said.splitlines()[1] == answer.format(case="Contact with a KOL (xiaomi-kol)")
    assert "0 of" not in said
    assert ": 0" not in said


def test_what_the_reason_tells_is_not_said_again(story: Here) -> None:
    lines = [line.strip() for line in story("check", CASE, *SPRING, code=1).out.splitlines()]
    asked = [line.removeprefix("To settle it: ") for line in lines if "To settle it" in line]
    asked += [line.removeprefix("Not told: ") for line in lines if line.startswith("Not told: ")]
    reasons = [line.removeprefix("Not told: ") for line in lines]
    assert asked
    assert max(reasons.count(each) for each in asked) == 1


def test_deadlines_are_judged_as_of_now_where_no_date_is_given(judged: Here) -> None:
    said = judged("check", CASE, "--policy", "house.toml", code=1).out
    assert said.splitlines()[0] == "As of 2026-11-01 00:00 UTC, which is now"
    told = json.loads(judged("check", CASE, "--policy", "house.toml", "--json", code=1).out)
    assert told["as_of"] == told["answerable"]["as_of"] == "2026-11-01T00:00:00Z"


def test_without_a_case_each_is_judged_and_the_worst_named(judged: Here) -> None:
    lines = check(judged).splitlines()
    assert lines[1] == "1 of 5 rules fails in 1 of 2 cases."
    assert lines[2] == "  Judged by: How this house decides, version 1."
    assert lines[3] == "  A person is heard before a finding about them."
    assert lines[4] == "      fails in 1 case"
    assert "  1 of 5 rules: Contact with a KOL (xiaomi-kol)" in lines
    assert lines[-3].startswith("Why, in a case: `answerable check xiaomi-kol --policy house.toml")
    told = [json.loads(line) for line in check(judged, "--json").splitlines()]
    assert len(told) == 2


def test_where_several_policies_judge_each_rule_says_of_which_it_is(judged: Here) -> None:
    (judged.folder / "other.toml").write_text(
        HOUSE_POLICY.replace('"house-rules"', '"other"').replace("How this house", "How another")
    )
    lines = check(judged, CASE, "--policy", "other.toml").splitlines()
    assert not any("Judged by" in line for line in lines)
    assert {line.strip() for line in lines if line.startswith("      house rule 1")} == {
        "house rule 1 (How this house decides, version 1)",
        "house rule 1 (How another decides, version 1)",
    }
    register = check(judged, "--policy", "other.toml").splitlines()
    assert register[1] == "2 of 10 rules fail in 1 of 2 cases."
    assert "      fails in 1 case (How this house decides)" in register


def test_what_rules_of_ours_cite_is_said_in_the_language_of_the_answer(story: Here) -> None:
    said = story("check", CASE, *SPRING, "--language", "zh-Hans", code=1).out
    assert "《劳动合同法》第三十九条第二项" in said
    assert "Labour Contract Law" not in said


def _only(rules: str) -> str:
    head, *each = HOUSE_POLICY.split("[[rule]]")
    return head + "".join(f"[[rule]]{rule}" for rule in each if f'id = "{rules}"' in rule)


@pytest.mark.parametrize(
    ("rule", "plain", "strict"),
    [
        ("heard", 1, 1),
        ("evidence", 0, 0),
        ("bar-kept", 0, 1),
        ("reviewed", 0, 0),
        ("ordered", 0, 0),
    ],
)
def test_the_exit_code_tells_whether_a_rule_fails(
    judged: Here, rule: str, plain: int, strict: int
) -> None:
    (judged.folder / "one.toml").write_text(_only(rule))
    asked = ("check", CASE, "--policy", "one.toml", *SPRING)
    for form in ("text", "json", "csv", "junit", "sarif"):
        judged(*asked, "--format", form, code=plain)
    judged(*asked, "--fail-on", "indeterminate", code=strict)


def test_csv_has_a_row_a_rule_and_no_names(judged: Here) -> None:
    said = check(judged, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    own = {each["rule"]: each["verdict"] for each in rows if each["case"] == CASE}
    assert own == VERDICTS
    assert not [name for name in NAMES if name in said]
    (heard,) = (each for each in rows if (each["case"], each["rule"]) == (CASE, "heard"))
    assert heard["events"] == "#15 #16 #17"


@pytest.mark.parametrize("strict", [False, True])
def test_junit_counts_what_it_holds_and_tells_no_names(judged: Here, strict: bool) -> None:
    said = check(judged, "--format", "junit", *(("--fail-on", "indeterminate") if strict else ()))
    assert not [name for name in NAMES if name in said]
    root = ET.fromstring(said)
    total: Counter[str] = Counter()
    for each in root.iter("testsuite"):
        found = Counter(child.tag for test in each.iter("testcase") for child in test)
        own = {
            "tests": len(each.findall("testcase")),
            "failures": found["failure"],
            "errors": 0,
            "skipped": found["skipped"],
        }
        assert own == {name: int(each.attrib[name]) for name in own}
        total.update(own)
    assert {name: int(root.attrib[name]) for name in total} == total
    assert total["failures"] == (2 if strict else 1)
    ends = {
        test.attrib["name"]: [child.tag for child in test]
        for test in root.iter("testcase")
        if test.attrib["classname"] == f"{CASE}.house-rules"
    }
    assert ends["ordered"] == []
    assert ends["heard"] == ["failure"]
    assert ends["evidence"] == ends["reviewed"] == ends["acknowledged"] == ["skipped"]


def _sarif(here: Here, *more: str) -> Any:
    said = check(here, "--format", "sarif", *more)
    assert not [name for name in NAMES if name in said]
    log = json.loads(said)
    assert list(faults(log)) == []
    return log["runs"][0]


def test_sarif_has_what_fails_and_no_more_unless_all_is_asked_for(judged: Here) -> None:
    run = _sarif(judged)
    assert {each["kind"] for each in run["results"]} == {"fail"}
    levels = {each["ruleId"]: each["level"] for each in run["results"]}
    assert levels == {"house-rules/heard": "error", "house-rules/evidence": "warning"}
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 16
    assert first["locations"][0]["logicalLocations"][0]["name"] == "#15"
    kinds = {each["ruleId"]: each["kind"] for each in _sarif(judged, "--sarif-all")["results"]}
    assert kinds == {
        "house-rules/heard": "fail",
        "house-rules/evidence": "fail",
        "house-rules/bar-kept": "open",
        "house-rules/reviewed": "informational",
        "house-rules/ordered": "pass",
        "house-rules/acknowledged": "notApplicable",
    }


def test_sarif_lists_what_cannot_be_told_as_a_warning_where_that_is_a_failure(judged: Here) -> None:
    run = _sarif(judged, "--fail-on", "indeterminate")
    found = {each["ruleId"]: each for each in run["results"]}["house-rules/bar-kept"]
    assert (found["kind"], found["level"]) == ("fail", "warning")
    assert found["properties"]["verdict"] == "indeterminate"


def test_a_ledger_without_events_has_nothing_to_judge(here: Here) -> None:
    here("init")
    lines = here("check").out.splitlines()
    assert lines[1] == "Nothing is on record that could be judged."
    for form in ("csv", "junit", "sarif"):
        assert here("check", "--format", form).out


BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no such case": (("check", "nowhere"), 2, "nowhere"),
    "no such file": (("check", "--policy", "none.toml"), 2, "none.toml"),
    "no policy": (("check", "--policy", "bad.toml"), 3, "bad.toml is no policy"),
    "one twice": (("check", "--policy", "house.toml", "--policy", "again.toml"), 2, "house-rules"),
    "two formats": (("check", "--json", "--format", "sarif"), 2, "exclude one another"),
    "all of what": (("check", "--sarif-all"), 2, "--format sarif"),
    "no format": (("check", "--format", "xml"), 2, "csv, xlsx, html, pdf, junit, sarif"),
    "no date": (("check", "--as-of", "soon"), 2, "soon"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(judged: Here, name: str) -> None:
    (judged.folder / "bad.toml").write_text('format = "answerable-policy/2"')
    (judged.folder / "again.toml").write_text(HOUSE_POLICY)
    arguments, code, said = BAD[name]
    assert said in judged(*arguments, code=code).err


def test_what_is_wrong_with_a_file_is_listed_by_a_command_that_runs(judged: Here) -> None:
    (judged.folder / "draft.toml").write_text("")
    said = judged("check", "--policy", "draft.toml", code=3).err
    assert "`answerable policy validate draft.toml` lists all." in said
    assert (
        "draft.toml is no policy: 6 faults."
        in judged("policy", "validate", "draft.toml", code=1).out
    )
