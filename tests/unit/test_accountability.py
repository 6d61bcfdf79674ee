"""Who is answerable: findings, sanctions, appeals."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import Memory, case

from answerable.projections.accountability import Accountability, Person, accountability
from answerable.projections.plain import plain

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


def on(day: int, month: int = 1) -> datetime:
    """The end of a day of 2026, as `--as-of` means it."""
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


def state(log: Memory, as_of: datetime | None = None) -> Accountability:
    return accountability(log.facts(), as_of=as_of)


def only(log: Memory, as_of: datetime | None = None) -> Person:
    (person,) = state(log, as_of).people
    return person


@pytest.mark.parametrize("outcome", ["unsubstantiated", "exonerated", "inconclusive"])
def test_only_a_substantiated_finding_holds_responsible(outcome: str) -> None:
    assert only(case(FINDING)).accountable == "yes"
    person = only(case({**FINDING, "outcome": outcome}))
    assert person.accountable == "no"
    assert person.findings[0].outcome == outcome


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
    (person,) = plain(state(case(FINDING, SANCTION)))["people"]
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
