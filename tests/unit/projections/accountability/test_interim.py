"""Interim measures are a state like others: running, ended, unknown; and never a sanction."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.accountability.interim import Interim
from answerable.projections.facts.case_view import CaseView
from answerable.projections.gaps import LEFT_RUNNING, needs
from answerable.projections.report.report import report_on
from answerable.projections.status import status as overview
from answerable.projections.why.why import why_person
from answerable.projections.wording.provisional import interim_line

LEAVE: dict[str, Any] = {
    "as": "leave",
    "kind": "interim-measure-taken",
    "subject": "p-1",
    "measure": "leave",
    "occurred": "2026-01-10",
}
ENDED: dict[str, Any] = {
    "kind": "interim-measure-ended",
    "interim_measure": "@leave",
    "occurred": "2026-02-01",
}
OPENED = {"kind": "case-opened", "title": "t", "occurred": "2026-01-02", "owner": "o-1"}
CLOSED = {"kind": "case-closed", "disposition": "other", "occurred": "2026-02-20"}


def end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T23:59:59.999999").replace(tzinfo=UTC)


def only(log: Memory, as_of: str | None = None) -> Interim:
    view = CaseView(log.facts(), None if as_of is None else end_of(as_of))
    ((interim,),) = (person.interim for person in accountability_of(view).people)
    return interim


@pytest.mark.parametrize(
    ("until", "as_of", "state"),
    [
        (None, None, "running"),
        (None, "2030-01-01", "running"),
        ("2026-01-31", "2026-01-31", "running"),
        ("2026-01-31", "2026-02-01", "ended"),
        ("2026-01", "2026-01-15", "unknown"),
        ("../2026-01-31", "2026-01-20", "unknown"),
        ("2026-01-31", None, "unknown"),
    ],
)
def test_one_runs_until_its_last_day_has_passed(
    until: str | None, as_of: str | None, state: str
) -> None:
    assert only(case({**LEAVE, "until": until}), as_of).state == state


@pytest.mark.parametrize(
    ("ended", "as_of", "state"),
    [
        ({}, "2026-01-31", "running"),
        ({}, "2026-02-01", "ended"),
        ({}, None, "ended"),
        ({"effective": "2026-02-15"}, "2026-02-10", "running"),
        ({"effective": "2026-02-15"}, "2026-02-15", "ended"),
        ({"occurred": None, "effective": "2026-01-20"}, "2026-01-25", "ended"),
        ({"occurred": "../2026-03-01"}, "2026-02-01", "unknown"),
    ],
)
def test_one_runs_until_it_is_ended(ended: dict[str, Any], as_of: str | None, state: str) -> None:
    assert only(case(LEAVE, {**ENDED, **ended}), as_of).state == state


def test_one_that_may_not_have_been_taken_yet_may_run() -> None:
    assert only(case({**LEAVE, "occurred": "2026-01"}), "2026-01-15").state == "unknown"


def test_it_is_said_whether_it_runs_and_that_it_is_no_sanction() -> None:
    assert interim_line(only(case(LEAVE))) == "leave, running (not a sanction)"
    log = case({**LEAVE, "until": "2026-01-31"})
    assert interim_line(only(log)) == (
        "leave until 2026-01-31, running or ended, depending on the day (not a sanction)"
    )
    lifted = case(LEAVE, {**ENDED, "manner": "lifted"}, {"kind": "dispute", "target": "@leave"})
    assert interim_line(only(lifted)) == "leave, lifted (not a sanction; disputed)"


def test_it_is_shown_of_who_is_not_accountable() -> None:
    log = case(LEAVE)
    found = overview.overview_of(log, "c")
    assert found.people == ()
    assert [each.party for each in found.others] == ["p-1"]
    assert found.parties == ("p-1",)
    assert [each.case_id for each in overview.overview_of_each(log)] == ["c"]
    assert [each.case_id for each in overview.overview_of_each(log, only=["accountable"])] == []
    for cases in (
        overview.overview_of_person(log, "p-1").cases,
        overview.counterparty(log, "p-1").cases,
    ):
        assert [each.interim[0].state for each in cases] == ["running"]


def test_the_report_says_in_short_which_run() -> None:
    log = case(LEAVE)
    said = in_markdown(report_on(log, "c", version="0"))
    assert "- `p-1`: leave, running (not a sanction) (#0)." in said
    log.add(**ENDED)
    said = in_markdown(report_on(log, "c", version="0"))
    assert "leave, running" not in said
    assert "leave, ended (not a sanction) #0, #1" in said


def test_why_shows_it() -> None:
    sanction = {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine"}
    found = why_person(case(LEAVE, sanction), "p-1")
    assert [found.nodes[each].kind for each in found.roots] == [
        "sanction-imposed",
        "interim-measure-taken",
    ]


@pytest.mark.parametrize(
    ("steps", "as_of", "still"),
    [
        ((OPENED, LEAVE), None, []),
        ((OPENED, LEAVE, CLOSED), None, ["yes"]),
        ((OPENED, LEAVE, CLOSED), "2026-02-10", []),
        ((OPENED, LEAVE, ENDED, CLOSED), None, []),
        ((OPENED, LEAVE, {**CLOSED, "occurred": "2026-02"}), "2026-02-10", ["unknown"]),
        ((OPENED, {**LEAVE, "until": "2026-02"}, CLOSED), "2026-02-25", ["unknown"]),
    ],
)
def test_one_that_runs_on_in_a_closed_case_is_to_be_ended(
    steps: tuple[dict[str, Any], ...], as_of: str | None, still: list[str]
) -> None:
    found = needs(case(*steps), as_of=None if as_of is None else end_of(as_of))
    left = [each for each in found if each.what == LEFT_RUNNING]
    assert [each.open for each in left] == still
    assert {each.whom for each in left} <= {"o-1"}


def test_none_makes_anyone_accountable() -> None:
    person: Person
    (person,) = accountability_of(CaseView(case(LEAVE).facts())).people
    assert person.accountable == "no"
