"""`answerable policy`: documents that are begun, checked, shown, compared and adopted."""

from __future__ import annotations

import json

import pytest
from tests.support.house_policy import ELSEWHERE, HOUSE_POLICY
from tests.unit.cli.conftest import Here

from answerable.domain.policy.reading import read_document
from answerable.domain.policy.shipped import PROFILES

SECOND = HOUSE_POLICY.replace('version = "1"', 'version = "2"').replace("years = 3", "years = 1")


@pytest.fixture
def house(story: Here) -> Here:
    """The example, and policies beside it: two versions of one, one for others, and none."""
    for name, text in (
        ("house.toml", HOUSE_POLICY),
        ("second.toml", SECOND),
        ("others.toml", ELSEWHERE),
        ("bad.toml", HOUSE_POLICY.replace("finding-made", "finding-mde", 1)),
    ):
        (story.folder / name).write_text(text)
    return story


@pytest.mark.parametrize("profile", PROFILES)
def test_a_policy_begins_as_one_that_comes_with_this_program(here: Here, profile: str) -> None:
    here("policy", "new", profile, "own.toml", "--id", "conduct")
    document = read_document((here.folder / "own.toml").read_bytes())
    assert document.policy.id == "conduct"
    assert document.text.startswith(b"# A policy to begin with, from")
    here("policy", "validate", "own.toml")
    here("policy", "new", profile, "own.toml", code=3)
    here("policy", "new", profile, "own.toml", "--force")
    assert read_document((here.folder / "own.toml").read_bytes()).policy.id == profile


def test_a_policy_is_written_to_a_file_of_its_id_or_out(here: Here) -> None:
    assert "generic.toml" in here("policy", "new").out
    assert (here.folder / "generic.toml").exists()
    said = here("policy", "new", "generic", "-").out
    assert read_document(said.encode()).policy.id == "generic"


def test_all_faults_are_told_by_their_paths(house: Here) -> None:
    said = house("policy", "validate", "house.toml", "bad.toml", code=1).out.splitlines()
    assert said[0] == "house.toml is a policy: How this house decides (house-rules 1), 6 rules."
    assert said[1] == "bad.toml is no policy: 1 fault."
    assert said[2].startswith("  rule.0.then (rule heard): ")
    assert "finding-made" in said[2]
    told = json.loads(house("policy", "validate", "bad.toml", "--json", code=1).out)
    assert told["files"][0]["faults"][0]["path"] == "rule.0.then"


def test_a_policy_is_shown_in_words(house: Here) -> None:
    lines = house("policy", "show", "house.toml").out.splitlines()
    assert lines[0] == "How this house decides (house-rules 1)"
    heard = lines.index("  A person is heard before a finding about them.")
    assert lines[heard + 1].strip() == (
        "Each finding is preceded by a hearing. Both have the same subject."
    )
    assert lines[heard + 2].strip() == "house rule 1 (heard)"
    assert "  A finding rests on evidence. (only worth a look)" in lines
    assert house("policy", "show", "house.toml", "--format", "toml").out == HOUSE_POLICY
    told = json.loads(house("policy", "show", "house.toml", "--json").out)
    assert told["policy"]["id"] == "house-rules"
    assert told["words"]["ordered"][0] == "Each sanction rests on a decision."
    assert told["digest"] == read_document(HOUSE_POLICY.encode()).digest


def test_the_part_of_declare_is_shown_as_a_model_of_pm4py(house: Here) -> None:
    said = house("policy", "show", "house.toml", "--format", "pm4py")
    assert json.loads(said.out)["policy"] == "house-rules@1"
    assert "ordered" in said.err


def test_without_an_adoption_what_comes_with_this_program_judges(house: Here) -> None:
    lines = house("policy", "show").out.splitlines()
    assert lines[0].startswith("No policy is adopted: cases are judged by those that come with")
    assert sum("(" in line and not line.startswith("   ") for line in lines[1:]) == len(PROFILES)


def test_a_policy_is_shown_where_there_is_no_ledger(here: Here) -> None:
    assert "Decided as it should have been (generic" in here("policy", "show", "generic").out
    assert here("policy", "show").out.startswith("No policy is adopted")


def test_what_differs_is_told_field_by_field(house: Here) -> None:
    lines = house("policy", "diff", "house.toml", "second.toml").out.splitlines()
    assert lines == [
        "house-rules 1 and house-rules 2: 1 rule changed.",
        "  changed: the policy itself",
        "      version was 1, is now 2",
        "  changed: A bar is reviewed within three years. (reviewed)",
        "      within.years was 3, is now 1",
    ]
    assert "ask the same" in house("policy", "diff", "house.toml", "house.toml").out
    told = json.loads(house("policy", "diff", "house.toml", "others.toml", "--json").out)
    assert (told["old"], told["new"]) == ("house-rules@1", "for-others@3")
    hows = {each["how"] for each in told["changes"] if each["part"] == "rule"}
    assert hows == {"added", "removed"}


def test_what_is_adopted_judges_from_then_on(house: Here) -> None:
    said = house("policy", "adopt", "house.toml", "--from", "2025-01-01").out
    assert "Adopted by #28: How this house decides (house-rules 1), in force from 2025-01" in said
    assert "It is the first" in said
    assert "No version of house-rules was in force before." in said
    # The findings have no earliest day, and so may have been made before it.
    told = json.loads(house("check", "xiaomi-kol", "--json").out)
    assert {(each["policy"], each["version"]) for each in told["verdicts"]} == {
        ("house-rules", "1")
    }
    assert all(each["adopted"] for each in told["verdicts"])

    said = house("policy", "adopt", "second.toml", "--from", "2026-02-01").out
    assert "      within.years was 3, is now 1" in said.splitlines()
    lines = house("policy", "show").out.splitlines()
    assert lines[0] == "The policies that this house adopted"
    assert lines[2].endswith("adopted by #28 · in force from 2025-01-01 until 2026-02-01")
    assert lines[4].endswith("adopted by #29 · in force from 2026-02-01")
    assert house("policy", "show", "house-rules", "--format", "toml").out == SECOND
    assert house("policy", "show", "house-rules@1", "--format", "toml").out == HOUSE_POLICY
    assert "within.years" in house("policy", "diff", "house-rules@1", "house-rules@2").out


def test_a_version_that_a_later_one_ends_says_until_when_it_holds(house: Here) -> None:
    house("policy", "adopt", "house.toml", "--from", "2026-03-01")
    text = (house.folder / "house.toml").read_text().replace('version = "1"', 'version = "0"')
    (house.folder / "older.toml").write_text(text)
    early = ("policy", "adopt", "older.toml", "--from", "2026-01-01")
    assert house(*early, "--dry-run", "--json").json["until"] == "2026-03-01"
    for more in (("--dry-run",), ()):
        said = house(*early, *more).out
        assert "in force from 2026-01-01 until 2026-03-01." in said
        assert "From then on another version of it holds" in said
    newer = house.folder / "newer.toml"
    newer.write_text(text.replace('version = "0"', 'version = "2"'))
    told = house("policy", "adopt", "newer.toml", "--from", "2026-05-01", "--json").json
    assert (told["from"], told["until"]) == ("2026-05-01", None)


def test_a_dry_run_says_what_would_change_and_records_nothing(house: Here) -> None:
    said = house("policy", "adopt", "house.toml", "--dry-run").out
    assert said.startswith("Would be adopted")
    assert house("policy", "show").out.startswith("No policy is adopted")
    told = json.loads(house("policy", "adopt", "house.toml", "--json").out)
    assert (told["policy"], told["from"], told["position"]) == ("house-rules", "2026-11-01", 28)


def test_a_version_is_adopted_once_and_never_with_other_bytes(house: Here) -> None:
    house("policy", "adopt", "house.toml")
    again = house("policy", "adopt", "house.toml", code=3).err
    assert "house-rules 1: it is adopted already, by #28." in again
    (house.folder / "house.toml").write_text(HOUSE_POLICY.replace("years = 3", "years = 2"))
    other = house("policy", "adopt", "house.toml", code=3).err
    assert "another document was adopted as it, by #28." in other


def test_a_policy_of_which_the_text_is_gone_is_named(house: Here) -> None:
    house("policy", "adopt", "house.toml", "--from", "2025-01-01")
    house(
        *("append", "personal-data-erased", "--case", "house", "--legal-basis", "a law"),
        *("--subject", "person-2", "--events", "28", "--others", "keep"),
    )
    said = house("check", "xiaomi-kol").out.splitlines()
    assert said[1].startswith("The policy house-rules 1 (#28) judges nothing: its text is erased")
    for form in ("csv", "junit", "sarif"):
        assert said[1] in house("check", "--format", form).err.splitlines()
    house("check", "--fail-on", "indeterminate", code=1)
    shown = house("policy", "show").out
    assert "house-rules 1, adopted by #28, judges nothing" in shown
    assert "cannot be read" in house("policy", "show", "house-rules", code=2).err


BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no such policy": (("policy", "show", "genric"), 2, "generic"),
    "no such file": (("policy", "show", "none.toml"), 2, "none.toml cannot be read"),
    "no such version": (("policy", "show", "generic@99"), 2, "no policy 'generic@99'"),
    "no such profile": (("policy", "new", "genric"), 2, "Did you mean generic?"),
    "no id": (("policy", "new", "generic", "x.toml", "--id", "Not One"), 2, "is no id"),
    "no policy to adopt": (("policy", "adopt", "bad.toml"), 3, "bad.toml is no policy"),
    "no file to adopt": (("policy", "adopt", "none.toml"), 2, "none.toml"),
    "no date": (("policy", "adopt", "house.toml", "--from", "soon"), 3, "from"),
    "no text for a date": (("policy", "adopt", "house.toml", "--from", ""), 3, "from"),
    "two formats": (("policy", "show", "generic", "--json", "--format", "toml"), 2, "exclude"),
    "no model of all": (("policy", "show", "--format", "pm4py"), 2, "needs a POLICY"),
    "one to compare": (("policy", "diff", "generic"), 2, "POLICY"),
    "nothing to validate": (("policy", "validate"), 2, "FILE"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(house: Here, name: str) -> None:
    arguments, code, said = BAD[name]
    assert said in house(*arguments, code=code).err
