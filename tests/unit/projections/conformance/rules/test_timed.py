"""A rule with a deadline: in time, late by how many days, pending, and what would settle it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.support.builders import case
from tests.support.policies import judged as judged_by
from tests.support.policies import rule

from answerable.domain.zone.days import ends
from answerable.projections.conformance.judgement import Deadline, Verdict
from answerable.projections.facts.record_view import RecordView

Step = dict[str, Any]

REPORT: Step = {"as": "r", "kind": "report-received", "occurred": "2026-01-05"}
ACKNOWLEDGED: Step = {"kind": "report-acknowledged", "report": "@r", "occurred": "2026-01-08"}
OPENED: Step = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01"}
CLOSED: Step = {
    "as": "z",
    "kind": "case-closed",
    "disposition": "no-action",
    "occurred": "2026-01-05",
}
ERASED: Step = {
    "kind": "personal-data-erased",
    "subject": "p-1",
    "legal_basis": "gdpr art. 17(1)(a)",
    "occurred": "2026-02-01",
}


ANSWER = """
template = "response"
when = "report-received"
then = "report-acknowledged"
link = "report"
"""
WEEK = ANSWER + "within = { days = 7 }\n"
HELD = """
template = "response"
when = "case-closed"
then = "personal-data-erased"
within = { days = 7 }
unless = { during = "legal-hold-set", ends = "legal-hold-lifted" }
"""


def judged(body: str, *steps: Step, as_of: str = "2026-06-30") -> Verdict:
    moment = ends(date.fromisoformat(as_of), UTC)
    assert moment < datetime(2027, 1, 1, tzinfo=UTC)
    return judged_by(RecordView(case(*steps), moment), rule("declare", body))


def acknowledged(occurred: str | None, **told: Any) -> Step:
    return {**ACKNOWLEDGED, "occurred": occurred, **told}


def test_in_time_and_late_by_so_many_days() -> None:
    assert judged(WEEK, REPORT, acknowledged("2026-01-12")).verdict == "pass"
    late = judged(WEEK, REPORT, acknowledged("2026-01-15"))
    assert late.verdict == "fail"
    assert late.late == (3, 3)
    assert "3 days late" in late.explanation
    loose = judged(WEEK, REPORT, acknowledged("2026-01-15/2026-01-20"))
    assert loose.late == (3, 8)


def test_what_nobody_answered_is_pending_and_then_overdue() -> None:
    pending = judged(WEEK, REPORT, as_of="2026-01-12")
    assert pending.verdict == "pending"
    assert pending.deadline == Deadline("2026-01-12", "2026-01-12")
    assert judged(WEEK, REPORT, as_of="2026-01-14").late == (2, 2)


def test_an_answer_in_time_is_no_less_in_time_for_another_after_it() -> None:
    both = judged(WEEK, REPORT, acknowledged("2026-01-08"), acknowledged("2026-03-01"))
    assert both.verdict == "pass"


def test_the_answer_whose_date_settles_it_is_named_and_no_other() -> None:
    found = judged(WEEK, REPORT, acknowledged("2026-02"), acknowledged("2026-01-10/2026-01-15"))
    assert found.verdict == "indeterminate"
    assert len(found.missing) == 1
    assert "(#2)" in found.missing[0]
    assert found.settles == found.missing


def test_of_two_loose_dates_neither_settles_it() -> None:
    found = judged(WEEK, {**REPORT, "occurred": "2026-01-0X"}, acknowledged("../2026-01-12"))
    assert found.verdict == "indeterminate"
    assert ["(#0)" in found.missing[0], "(#1)" in found.missing[1]] == [True, True]
    assert found.settles == ()


def test_within_hours_of_one_day_the_time_of_day_is_what_is_missing() -> None:
    hours = ANSWER + "within = { hours = 2 }\n"
    found = judged(
        hours, {**REPORT, "occurred": "2026-01-05T09:00:00Z"}, acknowledged("2026-01-05")
    )
    assert found.verdict == "indeterminate"
    assert found.missing[0].startswith("the time of day of ")
    assert found.settles == found.missing


def test_a_hold_that_ended_some_day_is_what_an_erasure_turns_on() -> None:
    hold: Step = {"as": "h", "kind": "legal-hold-set", "occurred": "2026-01-03"}
    lifted: Step = {"kind": "legal-hold-lifted", "hold": "@h", "occurred": "2026-01-25/2026-02-10"}
    found = judged(HELD, OPENED, CLOSED, hold, lifted, ERASED)
    assert found.verdict == "indeterminate"
    assert any("(#3)" in each for each in found.missing)
    assert (
        judged(HELD, OPENED, CLOSED, hold, {**lifted, "occurred": "2026-02-01"}, ERASED).verdict
        == "pass"
    )
    assert judged(HELD, OPENED, CLOSED, ERASED).verdict == "fail"


@pytest.mark.parametrize(
    ("lifted", "as_of", "deadline"),
    [
        # By the 8th nobody knew that the hold would end on the 1st of February.
        ("2026-02-01", "2026-01-08", (None, None)),
        ("2026-02-01", "2026-02-01", ("2026-02-01", "2026-02-01")),
        # It may have ended by the 5th of February, or not yet.
        ("2026-02-03/2026-02-07", "2026-02-05", ("2026-02-03", None)),
        ("2026-02-03/2026-02-07", "2026-02-03", ("2026-02-03", None)),
    ],
)
def test_what_ends_a_hold_later_than_the_day_asked_about_moves_no_deadline_by_then(
    lifted: str, as_of: str, deadline: tuple[str | None, str | None]
) -> None:
    hold: Step = {"as": "h", "kind": "legal-hold-set", "occurred": "2026-01-04"}
    lifting: Step = {"kind": "legal-hold-lifted", "hold": "@h", "occurred": lifted}
    (told,) = judged(HELD, OPENED, CLOSED, hold, lifting, as_of=as_of).activations
    assert (told.deadline or (None, None)) == deadline
    if as_of == "2026-01-08":
        alone = judged(HELD, OPENED, CLOSED, hold, as_of=as_of).activations
        assert alone == (told,)


def test_a_hold_that_begins_after_the_day_asked_about_holds_up_nothing_by_then() -> None:
    hold: Step = {"kind": "legal-hold-set", "occurred": "2026-01-07"}
    for as_of in ("2026-01-05", "2026-01-06"):
        (told,) = judged(HELD, OPENED, CLOSED, hold, as_of=as_of).activations
        assert told.deadline == ("2026-01-12", "2026-01-12")
    (told,) = judged(HELD, OPENED, CLOSED, hold, as_of="2026-01-07").activations
    assert told.deadline is None


def test_a_suspension_that_ends_some_day_by_itself_is_named_by_its_end() -> None:
    body = """
template = "response"
when = "sanction-imposed"
then = "sanction-executed"
link = "sanction"
due = { field = "due" }
unless = { during = "sanction-suspended", until = "until" }
"""
    sanction: Step = {
        "as": "s",
        "kind": "sanction-imposed",
        "subject": "p-1",
        "measure": "fine",
        "due": "2026-02-10",
        "occurred": "2026-01-10",
    }
    held: Step = {
        "kind": "sanction-suspended",
        "sanction": "@s",
        "until": "2026-03",
        "occurred": "2026-02-01",
    }
    done: Step = {"kind": "sanction-executed", "sanction": "@s", "occurred": "2026-03-15"}
    found = judged(body, sanction, held, done)
    assert found.verdict == "indeterminate"
    assert found.settles == found.missing
    assert len(found.missing) == 1
    assert "(#1)" in found.missing[0]
    assert judged(body, sanction, {**held, "until": "2026-03-15"}, done).verdict == "pass"
    assert judged(body, sanction, {**held, "until": "2026-03-14"}, done).verdict == "fail"


UNTIL = """
template = "response"
when = "report-received"
then = "feedback-given"
link = "report"
within = { days = 300 }
until = { event = "legal-hold-set", where = { subject = "p-9" } }
"""
HELD_UP: Step = {"kind": "legal-hold-set", "occurred": "2026-02-01"}


def test_an_event_ends_the_time_only_if_it_is_surely_the_one_that_is_meant() -> None:
    assert judged(UNTIL, REPORT, {**HELD_UP, "subject": "p-9"}).verdict == "fail"
    assert judged(UNTIL, REPORT, {**HELD_UP, "subject": "p-1"}).verdict == "pending"
    untold = judged(UNTIL, REPORT, HELD_UP)
    assert untold.verdict == "indeterminate"
    assert untold.settles == ("the subject of the legal hold (#1)",)


def test_beyond_what_the_calendar_knows_it_is_the_calendar_that_is_missing() -> None:
    within = rule("declare", ANSWER + "within = { working_days = 7 }\n")

    def by(known: str) -> Verdict:
        policy = within.replace("\n[[rule]]", f"\ncalendar = {{ {known} }}\n[[rule]]", 1)
        moment = ends(date(2026, 6, 30), UTC)
        return judged_by(RecordView(case(REPORT, acknowledged("2026-01-13")), moment), policy)

    # Were each unknown day worked, the seventh working day after the 5th would be the 12th.
    after = by("known_until = 2026-01-06")
    assert (after.verdict, after.settles) == ("indeterminate", ("the calendar after 2026-01-06",))
    before = by("known_from = 2026-01-12, holidays = [2026-01-13]")
    assert (before.verdict, before.settles) == (
        "indeterminate",
        ("the calendar before 2026-01-12",),
    )
    assert by("known_until = 2026-01-31").verdict == "pass"
