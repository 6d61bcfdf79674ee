"""Show what usually follows in a case, what is open and what is missing, each as a step."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.unit.projections.grounds.test_problems import DECISION, FINDING, GRANT, SANCTION, chain

from answerable.domain.kinds.catalogue import ROWS
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.following.following import following, following_upon, granted, piles
from answerable.projections.following.steps import Step, whole
from answerable.projections.grounds.problems import problems_of
from answerable.projections.grounds.required_links import ASKED, LATER

OPENED: dict[str, Any] = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01"}
CONTACT: dict[str, Any] = {
    "as": "k",
    "kind": "contact-made",
    "counterparty": "org-1",
    "occurred": "2026-01-02",
}
FOUND = {**FINDING, "basis": []}


def view_of(memory: Memory, case_id: str = "c") -> CaseView:
    return RecordView(memory).case(case_id)


def steps(*events: dict[str, Any]) -> list[Step]:
    memory = case(*events)
    return following(view_of(memory), granted(memory))


def brief(found: list[Step], *sorts: str) -> list[tuple[str, dict[str, str | None]]]:
    return [(each.kind, dict(each.fields)) for each in found if each.sort in sorts]


def test_a_case_that_is_not_opened_is_opened_next() -> None:
    assert brief(steps(CONTACT), "usual")[0] == ("case-opened", {})
    assert brief(following(CaseView(fold("c", ()))), "usual")[0][0] == "case-opened"


def test_what_only_the_user_knows_is_left_open() -> None:
    found = next(each for each in steps(OPENED, FOUND) if each.kind == "decision-taken")
    assert whole(found) == (("finding", "1"), ("outcome", None))


def test_what_was_proposed_is_settled_next_with_the_proposal_named() -> None:
    finding = {**FOUND, "as": "p", "kind": "finding-proposed"}
    sanction = {**SANCTION, "as": "q", "kind": "sanction-proposed", "basis": []}
    found = brief(steps(OPENED, finding, sanction), "usual")
    assert ("finding-made", {"subject": "p-1", "proposal": "1"}) in found
    assert ("sanction-imposed", {"subject": "p-1", "proposal": "2"}) in found


def test_nothing_follows_upon_the_registers() -> None:
    memory = Memory()
    memory.add(case_id="house", kind="party-registered", party="p-1", type="person")
    assert following(view_of(memory, "house")) == []


def test_what_usually_follows_takes_over_whom_it_is_about() -> None:
    found = brief(steps(OPENED, CONTACT), "usual")
    assert ("engagement-terminated", {"counterparty": "org-1"}) in found
    assert ("verification-completed", {}) in found


def test_nothing_is_usual_after_what_was_followed() -> None:
    backlash = {"kind": "backlash-observed", "occurred": "2026-01-03"}
    found = steps(OPENED, CONTACT, backlash)
    assert {each.about for each in found if each.sort == "usual"} == {"the backlash"}


def test_one_decision_follows_upon_all_findings() -> None:
    second = {**FOUND, "subject": "p-2", "as": "f2"}
    found = [each for each in steps(OPENED, FOUND, second) if each.sort == "usual"]
    assert [each.kind for each in found] == ["decision-taken"]
    assert found[0].fields == (("finding", "1"), ("finding", "2"))


def test_a_sanction_follows_for_each_person_blamed() -> None:
    second = {**FOUND, "subject": "p-2", "as": "f2"}
    cleared = {**FOUND, "subject": "p-3", "as": "f3", "outcome": "exonerated",
               "responsibility": "none"}  # fmt: skip
    decided = {**DECISION, "basis": ["@f", "@f2", "@f3"], "authority": None}
    found = brief(steps(OPENED, FOUND, second, cleared, decided), "usual")
    imposed = [fields for kind, fields in found if kind == "sanction-imposed"]
    assert [(each["subject"], each["finding"]) for each in imposed] == [("p-1", "1"), ("p-2", "2")]
    assert {each["decision"] for each in imposed} == {"4"}


def test_what_is_open_is_ended_by_what_the_catalogue_says() -> None:
    found = brief(steps(OPENED, FOUND, {**DECISION, "authority": None}, SANCTION), "open")
    assert found == [
        ("sanction-executed", {"sanction": "3"}),
        ("case-closed", {}),
    ]


def test_a_missing_link_is_recorded_or_linked_where_it_is_there() -> None:
    assert ("evidence-registered", {}) in brief(steps(OPENED, FOUND), "missing")
    exhibit = {"kind": "evidence-registered", "digest": f"sha256:{0:064x}"}
    linked = {"target": "2", "fields": "basis=1"}
    assert ("correction", linked) in brief(steps(OPENED, exhibit, FOUND), "missing")
    kept = {"target": "3", "fields": "basis=0,…"}
    found = steps(OPENED, exhibit, exhibit, {**FOUND, "basis": []})
    assert ("correction", {**kept, "fields": "basis=…"}) in brief(found, "missing")


@pytest.mark.parametrize("basis", [[1], []])
def test_a_decision_that_is_missing_rests_on_the_finding(basis: list[int]) -> None:
    sanction = {**SANCTION, "basis": ["@f"] * len(basis)}
    found = brief(steps(OPENED, FOUND, sanction), "missing")
    assert [each for each in found if each[0] == "decision-taken"] == [
        ("decision-taken", {"finding": "1"})
    ]


def test_an_authority_on_the_registers_is_linked() -> None:
    decided = {key: value for key, value in DECISION.items() if key != "authority"}
    without = brief(steps(OPENED, FOUND, decided), "missing")
    assert ("authority-granted", {"party": "board"}) in without
    imposed = {"party": "board", "measures": "fine"}
    assert ("authority-granted", imposed) in brief(
        steps(OPENED, FOUND, decided, SANCTION), "missing"
    )
    memory = Memory()
    memory.add(case_id="house", **GRANT)
    for each in (OPENED, FOUND, decided):
        memory.add(**each)
    found = brief(following(view_of(memory), granted(memory)), "missing")
    assert ("correction", {"target": "3", "fields": "authority=0"}) in found


def test_a_closed_case_takes_corrections_until_it_is_reopened() -> None:
    closed = {"kind": "case-closed", "disposition": "other", "occurred": "2026-02-01"}
    found = steps(OPENED, FOUND, closed)
    assert found[0].kind == "case-reopened"
    may = {"correction", "authority-granted", "case-reopened"}
    assert {each.kind for each in found[1:]} <= may


def test_what_is_open_or_missing_in_a_closed_case_is_told_though_it_is_reopened_first() -> None:
    closed = {"kind": "case-closed", "disposition": "other", "occurred": "2026-02-01"}
    found = steps(OPENED, FOUND, {**DECISION, "authority": None}, SANCTION, closed)
    reopened = [each.what for each in found if each.kind == "case-reopened"]
    assert reopened[:2] == ["the reopening of the case", "sanction to execute"]
    assert ASKED["hearing"] in reopened
    view = view_of(case(OPENED, FOUND, {**DECISION, "authority": None}, SANCTION, closed))
    assert {each.what for each in obligations_of(view)} <= {each.what for each in found}


RETRACTED = {"kind": "retraction", "reason": "x"}


@pytest.mark.parametrize(
    ("events", "said", "command"),
    [
        ([RETRACTED | {"target": "@g", "case_id": "house"}], "rests on what was retracted", ""),
        ([RETRACTED | {"target": "@f"}], "rests on what was retracted", ""),
        (
            [
                {"as": "a", "kind": "appeal-lodged", "against": "@f"},
                {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
            ],
            "rests on what was overturned on appeal",
            "",
        ),
        (
            [{"kind": "correction", "target": "@f", "fields": {"outcome": "unsubstantiated"}}],
            "no finding that it rests on holds p-1 responsible",
            "",
        ),
        (
            [{"kind": "correction", "target": "@f", "fields": {"occurred": "2026-03-01"}}],
            LATER,
            "correction",
        ),
        (
            [{"kind": "sanction-executed", "sanction": "@s", "occurred": "2025-01-01"}],
            LATER,
            "correction",
        ),
        (
            [{"kind": "correction", "target": "@h", "fields": {"occurred": "2026-03-01"}}],
            "p-1 was heard only afterwards",
            "",
        ),
    ],
)
def test_what_is_wrong_is_told_with_what_mends_it_or_what_is_behind_it(
    events: list[dict[str, Any]], said: str, command: str
) -> None:
    memory = chain(heard=False)
    memory.add(**{"as": "h"}, kind="subject-heard", subject="p-1", occurred="2026-01-03")
    for event in events:
        memory.add(**{"case_id": "c", **event})
    view = view_of(memory)
    found = following(view, granted(memory))
    (first, *_) = (each for each in found if each.sort == "wrong" and each.what.startswith(said))
    assert first.kind == command
    told = Counter((each.sort, each.event_id) for each in found)
    for problem in problems_of(view):
        assert told[problem.sort, problem.event_id] > 0


def test_what_follows_upon_an_event_is_about_it() -> None:
    view = view_of(case(OPENED, FOUND, {**FOUND, "subject": "p-2", "as": "f2"}))
    fact = [*view.facts.values()][2]
    assert {each.event_id for each in following_upon(view, fact)} == {fact.event_id}


def test_nothing_is_usual_upon_a_correction() -> None:
    corrected = {"kind": "correction", "target": "@f", "fields": {"clause": "code 1"}}
    view = view_of(case(OPENED, FOUND, corrected))
    assert following_upon(view, [*view.facts.values()][2]) == []


def test_steps_that_ask_for_the_same_are_put_together() -> None:
    found = list(piles(steps(OPENED, FOUND, {**FOUND, "subject": "p-2", "as": "f2"})))
    hearings = next(each for each in found if each.what == "a hearing of the person")
    assert [each.position for each in hearings.steps] == [1, 2]
    sorts = [each.steps[0].sort for each in found]
    assert sorts == sorted(sorts, key=("usual", "open", "missing", "undated").index)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_usually_follows_is_a_kind(row: Any) -> None:
    names = {each.name for each in ROWS}
    assert set(row.followed_by) <= names - {row.name}
