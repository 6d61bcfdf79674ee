"""`answerable what-if`: which verdicts differ under another policy, which sanctions it moves."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from tests.support.house_policy import ELSEWHERE, HOUSE_POLICY
from tests.unit.cli.conftest import Here

from answerable.cli.judging.what_if_text import _course
from answerable.domain.policy.reading import read_document
from answerable.domain.policy.shipped import profile_text
from answerable.ledger.ledger import Ledger
from answerable.projections.conformance.in_force.versions import Versions, alone
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.saying.comparing import Switch, differing, switches
from answerable.projections.facts.record_view import RecordView

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")
GENERIC = profile_text("generic").decode()
STRICT = GENERIC.replace('"written-warning", "formal-reprimand", ', '"written-warning", ')
OWN = "[[rule]]".join(
    each
    for each in GENERIC.replace('id = "generic"', 'id = "conduct"').split("[[rule]]")
    if 'id = "heard-first"' not in each
)
GUIDELINE = "The measure is one that the guideline allows for the offence, the responsibility and"


@pytest.fixture
def house(story: Here) -> Here:
    """The example, and policies to try on it."""
    for name, text in (
        ("same.toml", GENERIC),
        ("strict.toml", STRICT),
        ("own.toml", OWN),
        ("house.toml", HOUSE_POLICY.replace("bar-kept", "bar-observed")),
        ("others.toml", ELSEWHERE),
    ):
        (story.folder / name).write_text(text)
    return story


def test_a_policy_instead_of_itself_changes_nothing(house: Here) -> None:
    lines = house("what-if", "--policy", "same.toml", *SPRING).out.splitlines()
    assert lines[1].endswith("instead of Decided as it should have been (generic 1):")
    assert lines[2] == "Verdicts differ in 0 of 2 cases."
    said = house("what-if", CASE, "--policy", "same.toml", *SPRING).out
    assert "Nothing differs in Contact with a KOL (xiaomi-kol)." in said
    assert house("what-if", "--policy", "same.toml", "--json", *SPRING).out == ""


def test_each_verdict_that_differs_is_told_with_why(house: Here) -> None:
    lines = house("what-if", CASE, "--policy", "strict.toml", *SPRING).out.splitlines()
    assert lines[2] == "1 verdict differs in Contact with a KOL (xiaomi-kol)."
    assert lines[3].strip().startswith(GUIDELINE)
    assert lines[4].strip() == "passes → fails"
    assert lines[5].strip().startswith("now: The guideline permits it: ")
    assert lines[6].strip().startswith("then: Outside the guideline: the formal reprimand of Xu")
    left = lines.index("Sanctions that leave the guideline")
    assert lines[left + 1].strip() == "the formal reprimand of Xu Fei (#21)"


def test_over_all_cases_rules_are_counted_and_sanctions_named(house: Here) -> None:
    lines = house("what-if", "--policy", "strict.toml", *SPRING).out.splitlines()
    assert lines[2] == "Verdicts differ in 1 of 2 cases."
    assert lines[4].strip() == "passes → fails: 1 case"
    assert "2 sanctions leave the guideline" in lines
    assert "  the formal reprimand of Xu Jieyun (#24), in Contact with a KOL (xiaomi-kol)" in lines
    again = next(line for line in lines if line.startswith("Why, in a case: "))
    assert again == (
        "Why, in a case: `answerable what-if xiaomi-kol --policy strict.toml --as-of 2026-03-31`"
    )
    told = json.loads(house("what-if", "--policy", "strict.toml", "--json", *SPRING).out)
    assert [(each["rule"], each["from"], each["to"]) for each in told["changes"]] == [
        ("guideline", "pass", "fail")
    ]
    assert len(told["leave_the_guideline"]) == 2
    assert told["instead_of"] == ["generic@1"]


def test_a_policy_of_another_id_stands_in_for_the_likest_or_the_one_named(house: Here) -> None:
    lines = house("what-if", CASE, "--policy", "own.toml", *SPRING).out.splitlines()
    assert lines[1].endswith("(conduct 1) instead of Decided as it should have been (generic 1):")
    assert lines[4].strip() == "fails → not asked any more"
    beside = house("what-if", "--policy", "others.toml", *SPRING).out.splitlines()[1]
    # Both have a rule `custody`.
    assert beside.endswith("instead of Decided as it should have been (generic 1):")
    asked = ("what-if", CASE, "--policy", "house.toml", *SPRING)
    beside = house(*asked).out
    assert beside.splitlines()[1].endswith("beside the policies in force, replacing none:")
    assert "      not asked → fails" in beside.splitlines()
    named = house(*asked, "--instead-of", "uk-smcr").out.splitlines()[1]
    assert named.endswith("instead of Senior Managers and Certification Regime (uk-smcr 1):")


@pytest.mark.parametrize(("old", "new"), [*permutations((GENERIC, STRICT, OWN, HOUSE_POLICY), 2)])
def test_to_change_back_is_the_same_the_other_way_round(house: Here, old: str, new: str) -> None:
    with Ledger.open(house.folder / "answerable.db") as opened:
        record = RecordView(opened)
        first, second = (
            Judges(record, alone(read_document(text.encode()))).outcomes(record.case(CASE))
            for text in (old, new)
        )
    there, back = ({each.rule: each for each in _by(switches(*pair))} for pair in
                   ((first, second), (second, first)))  # fmt: skip
    assert there.keys() == back.keys()
    for rule, each in there.items():
        assert each.course == back[rule].course[::-1]
        assert {j.events for j in each.leaves} == {j.events for j in back[rule].enters}


def _by(found: tuple[Switch, ...]) -> tuple[Switch, ...]:
    """Switches of rules that both policies have: those of one alone move no sanction."""
    return tuple(each for each in found if each.was is not None and each.now is not None)


BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no policy": (("what-if",), 2, "--policy"),
    "no such file": (("what-if", "--policy", "none.toml"), 2, "none.toml"),
    "no document": (("what-if", "--policy", "answerable.db"), 3, "answerable.db is no policy"),
    "no such case": (("what-if", "nowhere", "--policy", "house.toml"), 2, "nowhere"),
    "none in force": (
        ("what-if", "--policy", "house.toml", "--instead-of", "genric"), 2, "Did you mean generic?"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(house: Here, name: str) -> None:
    arguments, code, said = BAD[name]
    assert said in house(*arguments, code=code).err


@pytest.mark.parametrize(("old", "new"), [*permutations((GENERIC, STRICT, OWN, HOUSE_POLICY), 2)])
def test_what_both_ask_is_left_out_and_nothing_that_differs(
    house: Here, old: str, new: str
) -> None:
    before, after = (alone(read_document(text.encode())) for text in (old, new))
    left = differing(before, after)
    with Ledger.open(house.folder / "answerable.db") as opened:
        record = RecordView(opened)
        for view in record.each_case():
            whole, part = (
                switches(*(Judges(record, versions).outcomes(view) for versions in pair))
                for pair in ((before, after), left)
            )
            assert [(each.rule, each.course) for each in part] == [
                (each.rule, each.course) for each in whole
            ]
            for one, other in zip(part, whole, strict=True):
                assert [j.events for j in one.leaves] == [j.events for j in other.leaves]
                assert [j.events for j in one.enters] == [j.events for j in other.enters]


def test_of_a_policy_with_one_rule_changed_one_is_judged() -> None:
    before, after = (alone(read_document(text.encode())) for text in (GENERIC, STRICT))
    for versions in differing(before, after):
        (version,) = versions.readable
        assert [each.id for each in version.document.policy.rule] == ["guideline"]
    elsewhere = alone(read_document(GENERIC.replace('["*"]', '["eu"]').encode()))
    assert differing(before, elsewhere) == (before, elsewhere)
    adopted = Versions((before.readable[0]._replace(event_id="e-1"),))
    assert differing(adopted, after) == (adopted, after)


def test_what_asks_the_same_is_judged_once_in_a_case(house: Here) -> None:
    text = GENERIC.replace('id = "generic"', 'id = "other"').replace("source = ", "source = 'x' #")
    versions = tuple(
        each for told in (GENERIC, text) for each in alone(read_document(told.encode())).readable
    )
    with Ledger.open(house.folder / "answerable.db") as opened:
        record = RecordView(opened)
        for view in record.each_case():
            both = Judges(record, Versions(versions)).outcomes(view)
            apart = [
                outcome
                for version in versions
                for outcome in Judges(record, Versions((version,))).outcomes(view)
            ]
            assert [(each.head, each.verdict) for each in both] == [
                (each.head, each.verdict) for each in apart
            ]
            half = len(both) // 2
            for one, other in zip(both[:half], both[half:], strict=True):
                assert all(a is b for a, b in zip(one.judged, other.judged, strict=True))


def test_what_comes_to_the_same_for_another_reason_says_so() -> None:
    assert _course("fail", "fail") == "fails as before, for another reason"
    assert _course("pass", "fail") == "passes → fails"
