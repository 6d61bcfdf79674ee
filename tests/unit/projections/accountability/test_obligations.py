"""What is open, since when, and whether it is overdue; and how long the steps took."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.support.builders import case

from answerable.projections.accountability.obligations import obligations_of, open_investigations
from answerable.projections.facts.case_view import CaseView
from answerable.projections.timeline.durations import durations

MARCH = datetime(2026, 3, 15, 23, 59, 59, 999999, tzinfo=UTC)

SANCTION: dict[str, Any] = {
    "as": "s",
    "kind": "sanction-imposed",
    "subject": "p-1",
    "measure": "fine",
}
BEGUN: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "sanction to execute": ([SANCTION], [{"kind": "sanction-executed", "sanction": "@s"}]),
    "appeal to decide": (
        [
            {"as": "f", "kind": "decision-taken", "outcome": "x"},
            {"as": "a", "kind": "appeal-lodged", "against": "@f"},
        ],
        [{"kind": "appeal-decided", "appeal": "@a", "outcome": "dismissed"}],
    ),
    "allegation without a finding": (
        [{"as": "a", "kind": "allegation-made", "subject": "p-1", "conduct": "theft"}],
        [
            {
                "kind": "finding-made",
                "allegation": "@a",
                "subject": "p-1",
                "outcome": "exonerated",
                "responsibility": "none",
            }
        ],
    ),
    "investigation to conclude": (
        [{"as": "i", "kind": "investigation-opened", "lead": "p-3"}],
        [{"kind": "investigation-concluded", "investigation": "@i"}],
    ),
    "commitment to fulfil": (
        [{"as": "c", "kind": "commitment-made", "promise": "better"}],
        [{"kind": "commitment-fulfilled", "commitment": "@c"}],
    ),
    "remediation to verify": (
        [{"as": "r", "kind": "remediation-opened"}],
        [{"kind": "remediation-verified", "remediation": "@r"}],
    ),
    "legal hold": (
        [{"as": "h", "kind": "legal-hold-set"}],
        [{"kind": "legal-hold-lifted", "hold": "@h"}],
    ),
    "case to close": (
        [{"kind": "case-opened", "title": "t"}],
        [{"kind": "case-closed", "disposition": "other"}],
    ),
}


def found(*steps: dict[str, Any], as_of: datetime | None = None) -> list[str]:
    return [each.what for each in obligations_of(CaseView(case(*steps).facts(), as_of))]


@pytest.mark.parametrize("what", BEGUN)
def test_what_is_begun_is_open_until_it_ends(what: str) -> None:
    begun, ended = BEGUN[what]
    assert found(*begun) == [what]
    assert found(*begun, *ended) == []


@pytest.mark.parametrize("what", BEGUN)
def test_an_end_that_may_have_come_later_leaves_it_unknown(what: str) -> None:
    begun, ended = BEGUN[what]
    dated = [{**step, "occurred": "2026-01-05"} for step in begun]
    perhaps = [{**step, "occurred": "../2026-04-01"} for step in ended]
    (open_,) = obligations_of(CaseView(case(*dated, *perhaps).facts(), MARCH))
    assert (open_.what, open_.open) == (what, "unknown")
    later = [{**step, "occurred": "2026-04-01"} for step in ended]
    (open_,) = obligations_of(CaseView(case(*dated, *later).facts(), MARCH))
    assert (open_.what, open_.open) == (what, "yes")


def test_a_report_owes_an_acknowledgement_and_feedback() -> None:
    report = {"as": "r", "kind": "report-received"}
    assert found(report) == ["report to acknowledge", "report without feedback"]
    acknowledged = {"kind": "report-acknowledged", "report": "@r"}
    assert found(report, acknowledged) == ["report without feedback"]
    assert found(report, {"kind": "feedback-given", "report": "@r"}) == ["report to acknowledge"]


@pytest.mark.parametrize(
    "ending",
    [
        [{"kind": "sanction-lifted", "sanction": "@s", "reason": "r"}],
        [
            {"as": "a", "kind": "appeal-lodged", "against": "@s"},
            {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
        ],
    ],
)
def test_a_sanction_lifted_or_overturned_is_not_to_be_executed(
    ending: list[dict[str, Any]],
) -> None:
    assert found(SANCTION, *ending) == []


def test_a_suspended_sanction_is_still_to_be_executed() -> None:
    log = case(
        {**SANCTION, "occurred": "2026-01-05", "due": "2026-03-01"},
        {
            "kind": "sanction-suspended",
            "sanction": "@s",
            "occurred": "2026-02-01",
            "until": "2026-03-31",
        },
    )
    (open_,) = obligations_of(CaseView(log.facts(), MARCH))
    assert (open_.suspended, open_.overdue) == ("yes", "unknown")
    (open_,) = obligations_of(CaseView(log.facts(), datetime(2026, 4, 2, tzinfo=UTC)))
    assert (open_.suspended, open_.overdue) == ("no", "yes")


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        ("2026-03-14", "yes"),
        ("2026-03-15", "no"),
        ("2026-03-16", "no"),
        ("2026-03", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_deadline_is_judged_as_of_a_moment_that_is_given(due: str | None, overdue: str) -> None:
    log = case({**SANCTION, "occurred": "2026-01-05", "due": due})
    assert [each.overdue for each in obligations_of(CaseView(log.facts()))] == [None]
    assert [each.overdue for each in obligations_of(CaseView(log.facts(), MARCH))] == [overdue]


def test_what_may_not_be_open_may_not_be_overdue() -> None:
    log = case({**SANCTION, "due": "2026-03-01", "occurred": "../2026-04-01"})
    assert [each.overdue for each in obligations_of(CaseView(log.facts(), MARCH))] == ["unknown"]


def test_a_conclusion_that_names_no_investigation_ends_the_only_one() -> None:
    opened = {"kind": "investigation-opened"}
    concluded = {"kind": "investigation-concluded"}
    assert found(opened, concluded) == []
    assert found(opened, concluded, opened) == ["investigation to conclude"]
    two = case({**opened, "as": "a"}, {**opened, "as": "b"}, concluded)
    assert open_investigations(CaseView(two.facts())) == {
        two.ids["a"]: "unknown",
        two.ids["b"]: "unknown",
    }


def test_a_reopened_case_is_open() -> None:
    steps = (
        {"kind": "case-opened", "title": "t", "owner": "p-9"},
        {"kind": "case-closed", "disposition": "other"},
        {"kind": "case-reopened", "reason": "new evidence"},
    )
    (open_,) = obligations_of(CaseView(case(*steps).facts()))
    assert (open_.what, open_.party) == ("case to close", "p-9")


def test_what_is_retracted_is_not_owed() -> None:
    assert found(SANCTION, {"kind": "retraction", "target": "@s"}) == []


def days(*steps: dict[str, Any]) -> dict[str, str]:
    return {
        each.name: each.words if each.to_events else "not on record"
        for each in durations(CaseView(case(*steps).facts()))
    }


BACKLASH = {"kind": "backlash-observed", "occurred": "2026-01-03"}
APOLOGY = {"kind": "apology-issued", "occurred": "2026-01-05"}


def test_intervals_are_as_exact_as_the_dates() -> None:
    told = days(
        {"kind": "contact-made", "counterparty": "p-1", "occurred": "../2026-01-05"},
        {**BACKLASH, "occurred": "../2026-01-05"},
        APOLOGY,
        {**SANCTION, "occurred": "../2026-01-06", "announced": "2026-01-06"},
    )
    assert told["contact to backlash"] == "unknown"
    assert told["apology to sanctions"] == "1 day"
    assert told["first signal to apology"] == "at least 0 days"
    assert told["sanctions to execution"] == "not on record"


def test_the_first_of_several_counts_and_an_undated_one_may_be_it() -> None:
    report = {"kind": "report-received", "occurred": "2026-01-01"}
    assert days(BACKLASH, report, APOLOGY)["first signal to apology"] == "4 days"
    undated = {"kind": "report-received"}
    assert days(BACKLASH, undated, APOLOGY)["first signal to apology"] == "at least 2 days"


def test_all_sanctions_are_executed_with_the_last() -> None:
    steps = [
        BACKLASH,
        {**SANCTION, "as": "s1"},
        {**SANCTION, "as": "s2"},
        {"kind": "sanction-executed", "sanction": "@s1", "occurred": "2026-01-10"},
    ]
    name = "first signal to all sanctions executed"
    assert days(*steps)[name] == "not on record"
    steps.append({"kind": "sanction-executed", "sanction": "@s2", "occurred": "2026-01-13"})
    assert days(*steps)[name] == "10 days"


def test_steps_that_are_not_on_record_begin_no_interval() -> None:
    assert days(APOLOGY) == {"apology to sanctions": "not on record"}
    assert days() == {}


def test_as_of_leaves_later_steps_out() -> None:
    log = case(BACKLASH, APOLOGY)
    early = durations(CaseView(log.facts(), datetime(2026, 1, 4, tzinfo=UTC)))
    assert {each.to_events for each in early} == {()}


PROMISE = {"as": "c", "kind": "commitment-made", "promise": "better", "occurred": "2026-01-05"}
BREACH = {"kind": "commitment-breached", "commitment": "@c"}
RELEASE = {"kind": "commitment-released", "commitment": "@c"}


def day(number: int) -> datetime:
    return datetime(2026, 2, number, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        ({"occurred": "2026-02-10"}, ["no", "yes", "yes"]),
        ({"occurred": "2026-02-28", "effective": "2026-02-10"}, ["no", "yes", "yes"]),
        ({"occurred": "2026-02"}, ["unknown", "unknown", "unknown"]),
        ({}, ["unknown", "unknown", "unknown"]),  # recorded at the beginning of February
    ],
)
def test_a_promise_that_was_breached_is_owed_all_the_same(
    told: dict[str, Any], answers: list[str]
) -> None:
    late = {"recorded_at": "2026-03-01T00:00:00.000000Z"}
    log = case(PROMISE, {**BREACH, **told, "as": "b", **late})
    found = [obligations_of(CaseView(log.facts(), day(number)))[0] for number in (9, 10, 11)]
    assert [each.open for each in found] == ["yes"] * 3
    assert [each.breached for each in found] == answers
    assert found[-1].breached_by == log.ids["b"]


def test_a_promise_is_owed_until_it_is_released_and_not_after() -> None:
    log = case(
        PROMISE,
        {**BREACH, "occurred": "2026-02-01"},
        {**RELEASE, "occurred": "2026-02-20", "effective": "2026-02-10"},
    )
    (owed,) = obligations_of(CaseView(log.facts(), day(9)))
    assert (owed.open, owed.breached) == ("yes", "yes")
    assert obligations_of(CaseView(log.facts(), day(10))) == ()


def test_only_a_promise_can_be_breached() -> None:
    (owed,) = obligations_of(CaseView(case(SANCTION).facts()))
    assert (owed.breached, owed.breached_by) == ("no", None)
