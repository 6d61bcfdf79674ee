"""Who is answerable: findings, sanctions, appeals."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.support.builders import Memory, case

from answerable.domain.answers import json_value
from answerable.domain.terms.outcome import Outcome
from answerable.projections.accountability.accountability import (
    Accountability,
    Person,
    accountability_of,
)
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import of_case
from answerable.projections.wording.sanction import sanction_state

FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "dismissal",
    "occurred": "2026-01-06",
}
LODGED = {"as": "a", "kind": "appeal-lodged", "against": "@s"}
NOT_EXECUTED = {"kind": "sanction-not-executed", "sanction": "@s", "cause": "resigned-first"}


def on(day: int, month: int = 1) -> datetime:
    """The end of a day of 2026, as `--as-of` means it."""
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


def state(log: Memory, as_of: datetime | None = None) -> Accountability:
    return accountability_of(CaseView(log.facts(), as_of))


def only(log: Memory, as_of: datetime | None = None) -> Person:
    (person,) = state(log, as_of).people
    return person


BLAMES = {"substantiated", "sustained"}
ACQUITS = {"unsubstantiated", "unfounded", "exonerated"}


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_only_an_outcome_that_blames_holds_responsible(outcome: str) -> None:
    person = only(case({**FINDING, "outcome": outcome}))
    assert person.accountable == ("yes" if outcome in BLAMES else "no")
    assert person.findings[0].outcome == outcome


@pytest.mark.parametrize("first", sorted(BLAMES))
@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_only_an_acquittal_supersedes(first: str, outcome: str) -> None:
    later = {**FINDING, "as": "g", "outcome": outcome, "responsibility": "none", "basis": ["@f"]}
    person = only(case({**FINDING, "outcome": first}, later))
    assert person.accountable == ("no" if outcome in ACQUITS else "yes")


def test_the_guide_tells_what_each_outcome_means() -> None:
    page = (Path(__file__).parents[4] / "docs" / "times.md").read_text(encoding="utf-8")
    told = {
        outcome: (blames == "yes", acquits == "yes")
        for words, blames, acquits in re.findall(
            r"^\| (`.*`) \| (yes|no) \| (yes|no) \|", page, re.M
        )
        for outcome in re.findall(r"`([^`]+)`", words)
    }
    assert told == {each: (each in BLAMES, each in ACQUITS) for each in get_args(Outcome)}


def test_a_finding_of_no_responsibility_blames_nobody() -> None:
    assert only(case({**FINDING, "responsibility": "none"})).accountable == "no"


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "role-assigned", "party": "p-1", "role": "head", "raci": "accountable"},
        {"kind": "allegation-made", "subject": "p-1", "conduct": "theft"},
        {"kind": "decision-taken", "outcome": "x", "deciders": ["p-1"]},
        {"kind": "apology-issued", "speaker": "p-1"},
    ],
)
def test_a_role_an_allegation_a_decision_or_an_apology_is_not_guilt(event: dict[str, Any]) -> None:
    assert state(case(event)).people == ()


def test_an_interim_measure_is_not_a_sanction() -> None:
    person = only(case({"kind": "interim-measure-taken", "subject": "p-1", "measure": "leave"}))
    assert person.accountable == "no"
    assert [each.measure for each in person.interim] == ["leave"]


@pytest.mark.parametrize(
    ("later", "expected", "accountable"),
    [
        ([], "imposed", "yes"),
        ([{"kind": "sanction-executed", "sanction": "@s"}], "executed", "yes"),
        ([{"kind": "sanction-suspended", "sanction": "@s"}], "suspended", "yes"),
        ([NOT_EXECUTED], "not executed", "yes"),
        (
            [NOT_EXECUTED, {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"}],
            "lifted",
            "no",
        ),
        ([{"kind": "sanction-lifted", "sanction": "@s", "reason": "r"}], "lifted", "no"),
        (
            [
                {"kind": "sanction-executed", "sanction": "@s"},
                {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"},
            ],
            "lifted",
            "no",
        ),
        ([LODGED], "imposed", "yes"),
        (
            [LODGED, {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"}],
            "overturned",
            "no",
        ),
        (
            [LODGED, {"kind": "appeal-decided", "appeal": "@a", "outcome": "dismissed"}],
            "imposed",
            "yes",
        ),
    ],
)
def test_what_becomes_of_a_sanction(
    later: list[dict[str, Any]], expected: str, accountable: str
) -> None:
    person = only(case(SANCTION, *later))
    assert person.sanctions[0].state == expected
    assert person.accountable == accountable


def test_an_overturned_finding_blames_nobody_and_stays_in_view() -> None:
    log = case(
        FINDING,
        {"as": "a", "kind": "appeal-lodged", "against": "@f"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
    )
    person = only(log)
    assert person.accountable == "no"
    assert person.findings[0].appeal == "allowed"
    assert person.responsibility == ()


def test_a_retracted_finding_is_gone_and_a_corrected_one_names_another() -> None:
    assert state(case(FINDING, {"kind": "retraction", "target": "@f"})).people == ()
    log = case(FINDING, {"kind": "correction", "target": "@f", "fields": {"subject": "p-2"}})
    assert only(log).party == "p-2"


def test_a_retracted_execution_leaves_the_sanction_imposed() -> None:
    log = case(
        SANCTION,
        {"as": "e", "kind": "sanction-executed", "sanction": "@s"},
        {"kind": "retraction", "target": "@e"},
    )
    assert only(log).sanctions[0].state == "imposed"


def test_disputes_are_told() -> None:
    assert only(case(FINDING, {"kind": "dispute", "target": "@f"})).disputed
    assert only(case({**FINDING, "standing": "disputed"})).disputed
    assert not only(case(FINDING)).disputed


def test_as_of_leaves_out_what_came_later_and_marks_what_is_not_known() -> None:
    before = datetime(2026, 1, 4, tzinfo=UTC)
    assert state(case(FINDING), before).people == ()
    loose = only(case({**FINDING, "occurred": "2026-01"}), before)
    assert loose.findings[0].as_of == "unknown"


def test_in_json_a_person_tells_whether_they_are_accountable() -> None:
    (person,) = json_value(state(case(FINDING, SANCTION)))["people"]
    assert person["accountable"] == "yes"
    assert person["responsibility"] == ["direct"]
    assert person["findings"][0]["blames"] == "yes"
    assert person["sanctions"][0]["in_force"] == "yes"


def test_a_second_appeal_does_not_undo_the_first_that_was_allowed() -> None:
    person = only(
        case(
            SANCTION,
            LODGED,
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
            {**LODGED, "as": "b"},
        )
    )
    assert person.sanctions[0].state == "overturned"


def test_an_execution_stays_in_view_when_the_sanction_is_suspended_later() -> None:
    log = case(
        SANCTION,
        {"as": "x", "kind": "sanction-executed", "sanction": "@s"},
        {"kind": "sanction-suspended", "sanction": "@s"},
    )
    sanction = only(log).sanctions[0]
    assert (sanction.state, sanction.executed_by) == ("suspended", log.ids["x"])


def test_what_may_have_been_executed_by_then_is_indeterminate_and_in_force() -> None:
    log = case(SANCTION, {"as": "x", "kind": "sanction-executed", "sanction": "@s"})
    assert only(log).sanctions[0].state == "executed"
    sanction = only(log, on(7)).sanctions[0]
    assert (sanction.as_of, sanction.state) == ("yes", "indeterminate")
    assert sanction.may_be == ("imposed", "executed")
    assert sanction.executed_by == sanction.ended_by == log.ids["x"]
    assert sanction.in_force == "yes"


def test_who_may_not_have_been_accountable_by_then_is_indeterminate() -> None:
    assert only(case(SANCTION), on(7)).accountable == "yes"
    undated = {name: value for name, value in SANCTION.items() if name != "occurred"}
    assert only(case(undated), on(7)).accountable == "unknown"
    assert state(case(undated), on(7)).accountable != ()


def test_a_lifting_that_may_be_later_leaves_it_indeterminate() -> None:
    log = case(
        SANCTION,
        {"kind": "sanction-lifted", "sanction": "@s", "reason": "r", "occurred": "2026-01"},
    )
    assert only(log).accountable == "no"
    person = only(log, on(15))
    assert (person.accountable, person.sanctions[0].in_force) == ("unknown", "unknown")
    assert person.sanctions[0].may_be == ("imposed", "lifted")
    assert only(log, on(5, 2)).accountable == "no"


def test_an_appeal_that_may_be_allowed_later_leaves_it_indeterminate() -> None:
    log = case(
        FINDING,
        {"as": "a", "kind": "appeal-lodged", "against": "@f", "occurred": "2026-01-10"},
        {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed", "occurred": "2026-02"},
    )
    assert [only(log, on(9)).findings[0].appeal, only(log, on(20)).findings[0].appeal] == [
        "none",
        "pending",
    ]
    finding = only(log, on(15, 2)).findings[0]
    assert (finding.appeal, finding.overturned, finding.blames) == (
        "indeterminate",
        "unknown",
        "unknown",
    )
    assert only(log, on(1, 3)).accountable == "no"


DECIDED: dict[str, Any] = {
    "as": "d",
    "kind": "decision-taken",
    "outcome": "sanction",
    "occurred": "2026-01-05",
}
AGAINST_DECISION: tuple[dict[str, Any], ...] = (
    {"as": "ad", "kind": "appeal-lodged", "against": "@d", "occurred": "2026-01-10"},
    {"as": "ok", "kind": "appeal-decided", "appeal": "@ad", "outcome": "allowed",
     "occurred": "2026-02-01"},
)  # fmt: skip


def test_a_decision_overturned_takes_its_sanctions_with_it() -> None:
    log = case(DECIDED, {**SANCTION, "basis": ["@d"]}, *AGAINST_DECISION)
    sanction = only(log).sanctions[0]
    assert (sanction.state, sanction.in_force) == ("overturned", "no")
    assert (sanction.appeal, sanction.ended_by) == ("none", log.ids["ok"])
    assert only(log, on(31)).accountable == "yes"
    assert only(log, on(1, 2)).accountable == "no"


def test_a_sanction_stands_while_one_of_its_decisions_does() -> None:
    log = case(
        DECIDED, {**DECIDED, "as": "e"}, {**SANCTION, "basis": ["@d", "@e"]}, *AGAINST_DECISION
    )
    assert only(log).accountable == "yes"
    log.add(kind="retraction", target="@e")
    assert only(log).accountable == "no"


def test_what_rests_on_another_case_too_may_have_another_decision() -> None:
    log = Memory()
    log.add("other", **{**DECIDED, "as": "o"})
    steps: list[dict[str, Any]] = [DECIDED, {**SANCTION, "basis": ["@d", "@o"]}]
    for step in (*steps, *AGAINST_DECISION):
        log.add(**step)
    assert only(log).accountable == "unknown"


ALLEGED: dict[str, Any] = {
    "as": "al",
    "kind": "allegation-made",
    "subject": "p-1",
    "conduct": "theft",
}
ACQUITTED: dict[str, Any] = {
    **FINDING,
    "as": "g",
    "outcome": "exonerated",
    "responsibility": "none",
    "occurred": "2026-03-01",
}


@pytest.mark.parametrize(
    ("first", "later", "superseded"),
    [
        ({}, {"basis": ["@f"]}, "yes"),
        ({}, {"basis": ["@f"], "occurred": "2026-01-05"}, "yes"),
        ({}, {"basis": ["@f"], "outcome": "unsubstantiated"}, "yes"),
        ({}, {"basis": ["@f"], "outcome": "inconclusive"}, "no"),
        ({}, {}, "no"),
        ({"allegation": "@al"}, {"allegation": "@al"}, "yes"),
        ({"allegation": "@al"}, {"allegation": "@al", "occurred": "2026-01-04"}, "no"),
        ({"allegation": "@al"}, {"allegation": "@al", "occurred": "2026-01-05"}, "unknown"),
        ({"allegation": "@al"}, {"allegation": "@al", "subject": "p-2"}, "no"),
        ({"allegation": "@al"}, {}, "no"),
    ],
)
def test_only_a_later_finding_with_an_explicit_link_supersedes(
    first: dict[str, Any], later: dict[str, Any], superseded: str
) -> None:
    log = case(ALLEGED, {**FINDING, **first}, {**ACQUITTED, **later})
    finding = state(log, on(2, 3)).people[0].findings[0]
    assert finding.superseded == superseded
    assert finding.superseded_by == (() if superseded == "no" else (log.ids["g"],))
    assert finding.blames == {"yes": "no", "no": "yes", "unknown": "unknown"}[superseded]


def test_an_acquittal_stays_in_view_and_can_be_undone() -> None:
    log = case(FINDING, {**ACQUITTED, "basis": ["@f"]})
    assert [each.outcome for each in only(log).findings] == ["substantiated", "exonerated"]
    assert only(log, on(28, 2)).accountable == "yes"
    assert only(log).accountable == "no"
    lodged: dict[str, Any] = {"kind": "appeal-lodged", "as": "a", "against": "@g"}
    log.add(**lodged)
    assert only(log).accountable == "no"
    log.add(kind="appeal-decided", appeal="@a", outcome="allowed")
    assert only(log).accountable == "yes"


def test_an_acquittal_that_is_retracted_or_corrected_supersedes_nothing() -> None:
    log = case(FINDING, {**ACQUITTED, "basis": ["@f"]})
    corrected: dict[str, Any] = {
        "as": "k",
        "kind": "correction",
        "target": "@g",
        "fields": {"basis": []},
    }
    log.add(**corrected)
    assert only(log).accountable == "yes"
    log.add(kind="retraction", target="@k")
    assert only(log).accountable == "no"
    log.add(kind="retraction", target="@g")
    assert only(log).accountable == "yes"


def test_a_sanction_that_rests_on_what_was_superseded_stays_in_force() -> None:
    log = case(FINDING, {**SANCTION, "basis": ["@f"]}, {**ACQUITTED, "basis": ["@f"]})
    person = only(log)
    assert (person.accountable, person.responsibility) == ("yes", ())
    assert person.sanctions[0].in_force == "yes"


HELD: dict[str, Any] = {
    "as": "h",
    "kind": "sanction-suspended",
    "sanction": "@s",
    "occurred": "2026-01-10",
}


@pytest.mark.parametrize(
    ("until", "as_of", "expected"),
    [
        ("2026-02-10", None, "suspended"),
        ("2026-02-10", on(10, 2), "suspended"),
        ("2026-02-10", on(11, 2), "imposed"),
        ("2026-02", on(11, 2), "indeterminate"),
        ("2026-02", on(1, 3), "imposed"),
        (None, on(1, 3), "suspended"),
    ],
)
def test_a_suspension_ends_with_its_last_day(
    until: str | None, as_of: datetime | None, expected: str
) -> None:
    assert only(case(SANCTION, {**HELD, "until": until}), as_of).sanctions[0].state == expected


def test_an_execution_recorded_late_is_told_in_the_order_in_which_it_happened() -> None:
    done = {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-01-08"}
    assert only(case(SANCTION, HELD, done)).sanctions[0].state == "suspended"
    after = {**done, "occurred": "2026-01-12"}
    assert only(case(SANCTION, HELD, after)).sanctions[0].state == "executed"
    undated = {**done, "occurred": None}
    assert only(case(SANCTION, HELD, undated)).sanctions[0].state == "executed"
    loose = {**done, "occurred": "2026-01"}
    held = only(case(SANCTION, HELD, loose), on(1, 2)).sanctions[0]
    assert held.may_be == ("suspended", "executed")


def test_what_was_not_executed_was_not_served_whichever_day_has_passed() -> None:
    log = case({**SANCTION, "until": "2026-01-20"}, {**NOT_EXECUTED, "occurred": "2026-01-10"})
    assert only(log, on(1, 2)).sanctions[0].state == "not executed"
    before = only(log, on(8)).sanctions[0]
    assert (before.state, before.cause) == ("imposed", None)
    loose = case({**SANCTION, "until": "2026-01-20"}, {**NOT_EXECUTED, "occurred": "2026"})
    after = only(loose, on(1, 2)).sanctions[0]
    assert (after.may_be, after.cause) == (("run out", "not executed"), "resigned-first")
    assert sanction_state(after) == (
        "indeterminate: run out or not executed: resigned first, the dates do not tell"
    )


def test_a_proposal_holds_nobody_accountable() -> None:
    proposed = {name: value for name, value in FINDING.items() if name != "as"}
    log = case(
        {**proposed, "kind": "finding-proposed"},
        {**SANCTION, "kind": "sanction-proposed"},
    )
    assert state(log).people == ()


def test_what_came_later_is_not_known_earlier() -> None:
    log = case(SANCTION, {"kind": "sanction-lifted", "sanction": "@s", "reason": "r"})
    log.add(kind="correction", target="@s", fields={"occurred": "2026-01-20"})
    first, lifted, corrected = (datetime.fromisoformat(each.recorded_at) for each in log.log)

    def told(as_of: datetime, known_by: datetime) -> list[tuple[str, str]]:
        people = accountability_of(CaseView(of_case(log, "c", known_by=known_by), as_of)).people
        return [(person.party, person.accountable) for person in people]

    assert told(on(10), first) == [("p-1", "yes")]
    assert told(on(10), lifted) == [("p-1", "unknown")]
    assert told(on(10), corrected) == []
    assert told(on(25), corrected) == [("p-1", "unknown")]
