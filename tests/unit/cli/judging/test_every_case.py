"""Every case is judged the same, whether by one process or by several, and in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.attacker import in_hand
from tests.support.house_policy import HOUSE_POLICY
from tests.unit.cli.conftest import Here

from answerable.cli.judging.every import answering
from answerable.cli.judging.every.answering import stretches
from answerable.domain.policy.shipped import profile_text
from answerable.domain.record import CaseRange, CaseSummary
from answerable.ledger.ledger import Ledger

SPRING = ("--as-of", "2026-03-31")
MEASURES = ("--register", "measures", *SPRING)

slugs = st.text("ab-0", min_size=1, max_size=3)


@given(st.dictionaries(slugs, st.integers(1, 4), max_size=8), slugs, st.integers(1, 6))
def test_stretches_part_every_slug_in_their_order(
    cases: dict[str, int], other: str, least: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering, "STRETCH", least)
        found = [*stretches(CaseSummary(each, cases[each], 0, 0) for each in sorted(cases))]
    for case_id in (*cases, other):
        assert sum(case_id in among for among, _ in found) == 1
    assert [among.end for among, _ in found] == [
        *(among.first for among, _ in found[1:]), None
    ]  # fmt: skip
    for among, events in found:
        assert events == sum(number for each, number in cases.items() if each in among)
    assert all(events >= least for _, events in found[:-1])


def test_a_range_of_cases_is_read_as_the_whole_is(story: Here) -> None:
    with Ledger.open(story.folder / "answerable.db") as opened:
        whole = [each.case_id for each in opened.events_by_case()]
        first, *_, last = sorted(set(whole))
        parts = [CaseRange(""), CaseRange("", last), CaseRange(last), CaseRange(first, last)]
        for among in parts:
            found = [each.case_id for each in opened.events_by_case(among=among)]
            assert found == [each for each in whole if each in among]


@pytest.fixture
def apart(story: Here, monkeypatch: pytest.MonkeyPatch) -> Here:
    """The example, in which each case is judged in another process."""
    (story.folder / "house.toml").write_text(HOUSE_POLICY)
    strict = profile_text("generic").replace(b'"written-warning", "formal-reprimand", ', b"")
    (story.folder / "strict.toml").write_bytes(strict)
    monkeypatch.setattr(answering, "STRETCH", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1}, raising=False)
    return story


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("check", "--policy", "house.toml", *SPRING), 1),
        (("check", "--policy", "house.toml", "--json", *SPRING), 1),
        (("what-if", "--policy", "strict.toml", "--instead-of", "generic", *SPRING), 0),
        (("what-if", "--policy", "strict.toml", "--format", "csv", *MEASURES), 0),
    ],
)
def test_by_other_processes_every_case_is_judged_the_same(
    apart: Here, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], code: int
) -> None:
    here = apart(*asked, code=code)
    monkeypatch.setattr(answering, "WORTH_A_PROCESS", 0)
    assert apart(*asked, code=code) == here


def test_entries_are_held_against_the_tree_wherever_their_case_is_judged(
    apart: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_hand(apart.folder / "answerable.db") as connection:
        connection.execute(
            "UPDATE stored_events SET state = CAST("
            "replace(state, '2026-01-0', '2026-01-1') AS BLOB) WHERE rowid = 16"
        )
    asked = ("check", "--format", "csv", *SPRING)
    here = apart(*asked, code=1)
    assert "Not what the tree was made of: #15" in here.out
    monkeypatch.setattr(answering, "WORTH_A_PROCESS", 0)
    assert apart(*asked, code=1) == here


def test_what_goes_wrong_in_another_process_is_said_as_it_is_here(
    apart: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_hand(apart.folder / "answerable.db") as connection:
        connection.execute("UPDATE stored_events SET state = x'5b5d' WHERE rowid = 16")
    asked = ("check", "--policy", "house.toml", "--format", "csv")
    here = apart(*asked, code=4)
    assert "is not what was recorded there" in here.err
    monkeypatch.setattr(answering, "WORTH_A_PROCESS", 0)
    assert apart(*asked, code=4).err == here.err


def test_what_was_recorded_while_other_processes_judge_is_counted(
    apart: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after_a_contact(cases: Iterable[CaseSummary]) -> Iterator[tuple[CaseRange, int]]:
        with Ledger.open(apart.folder / "answerable.db") as other:
            contact = {"kind": "contact-made", "case_id": "acme", "counterparty": "org-7"}
            other.append(contact, recorded_by="joe")
        return stretches(cases)

    asked = ("check", "--format", "csv", *SPRING)
    monkeypatch.setattr(answering, "WORTH_A_PROCESS", 0)
    assert "While this was worked out" not in apart(*asked, code=1).err
    monkeypatch.setattr(answering, "stretches", after_a_contact)
    assert "1 entry was recorded: a case may be told with it." in apart(*asked, code=1).err
