"""The present and the past in three values: a case, what runs on, and how it is said."""

from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest
from tests.support.builders import Memory, case
from tests.support.reports import in_markdown

from answerable.domain.dates import When
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import initial
from answerable.projections.facts.lifecycle import case_open, case_status
from answerable.projections.facts.three_valued import all_of, any_of, opposite
from answerable.projections.replay.changes import RunningAccountability, sentence
from answerable.projections.replay.effects import effect_sentence, effects, status
from answerable.projections.report.report import report_on

OPENED = {"as": "o", "kind": "case-opened", "title": "t", "occurred": "2026-01-05"}
CLOSED = {"kind": "case-closed", "disposition": "other", "occurred": "2026-02"}
REOPENED = {"kind": "case-reopened", "reason": "new evidence", "occurred": "2026-03-01"}


def on(day: int, month: int = 1) -> datetime:
    """The end of a day of 2026, as `--as-of` means it."""
    return datetime(2026, month, day, 23, 59, 59, 999999, tzinfo=UTC)


def test_three_values_combine_as_every_way_to_settle_them() -> None:
    values: tuple[When, ...] = get_args(When)
    settled = {"yes": {True}, "no": {False}, "unknown": {True, False}}

    def told(answers: set[bool]) -> str:
        return next(word for word, ways in settled.items() if ways == answers)

    for one, other in product(values, values):
        ways = list(product(settled[one], settled[other]))
        assert all_of((one, other)) == told({a and b for a, b in ways})
        assert any_of((one, other)) == told({a or b for a, b in ways})
        assert opposite(one) == told({not a for a in settled[one]})
    assert (all_of(()), any_of(())) == ("yes", "no")


@pytest.mark.parametrize(
    ("as_of", "expected", "open_"),
    [
        (None, "open", "yes"),
        (on(4), None, "no"),
        (on(6), "open", "yes"),
        (on(15, 2), "indeterminate", "unknown"),
        (on(28, 2), "closed", "no"),
        (on(1, 3), "open", "yes"),
    ],
)
def test_whether_a_case_is_open(as_of: datetime | None, expected: str | None, open_: str) -> None:
    facts = case(OPENED, CLOSED, REOPENED).facts()
    assert case_status(CaseView(facts, as_of)) == expected
    assert case_open(CaseView(facts, as_of)) == open_


def test_a_case_that_may_not_have_been_opened_yet() -> None:
    facts = case({**OPENED, "occurred": None}).facts()
    assert case_status(CaseView(facts)) == "open"
    assert case_status(CaseView(facts, on(9))) == "indeterminate"


@pytest.mark.parametrize(
    ("upon", "as_of", "expected"),
    [
        ([], None, "not acknowledged"),
        (["2026-01-07"], on(6), "not acknowledged"),
        (["2026-01"], on(6), "indeterminate"),
        (["2026-01"], None, "acknowledged"),
    ],
)
def test_how_what_runs_on_stands(upon: list[str], as_of: datetime | None, expected: str) -> None:
    steps = [{"kind": "report-acknowledged", "report": "@r", "occurred": each} for each in upon]
    log = case({"as": "r", "kind": "report-received", "occurred": "2026-01-05"}, *steps)
    facts = log.facts()
    assert status(CaseView(facts, as_of), facts.facts[log.ids["r"]]) == expected


def test_a_late_entry_puts_nothing_back() -> None:
    log = case(
        {"as": "r", "kind": "report-received"},
        {"kind": "feedback-given", "report": "@r", "occurred": "2026-02-01"},
        {"kind": "report-acknowledged", "report": "@r", "occurred": "2026-01-07"},
    )
    facts = log.facts()
    assert status(CaseView(facts), facts.facts[log.ids["r"]]) == "answered"


FINDING: dict[str, Any] = {
    "as": "f",
    "kind": "finding-made",
    "subject": "p-1",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
ACQUITTED: dict[str, Any] = {
    **FINDING,
    "as": "g",
    "outcome": "exonerated",
    "responsibility": "none",
    "basis": ["@f"],
    "occurred": "2026-02",
}
DECISION = {"as": "d", "kind": "decision-taken", "outcome": "sanction", "occurred": "2026-01-05"}
CARRIED: tuple[dict[str, Any], ...] = (
    DECISION,
    {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": ["@d"],
     "occurred": "2026-01-06"},
    {"kind": "counterparty-barred", "counterparty": "p-9", "basis": ["@d"]},
    {"as": "a", "kind": "appeal-lodged", "against": "@d"},
    {"kind": "appeal-decided", "appeal": "@a", "outcome": "allowed"},
)  # fmt: skip


def last_step(log: Memory, as_of: datetime | None = None) -> list[str]:
    """What the last event of a case changed, in sentences."""
    running, view, told = RunningAccountability("c"), CaseView(initial("c"), as_of), list[str]()
    for event in log.log:
        before, view = view, view.after(event)
        changes = running.take_in(view, event)
        told = [said for change in changes if (said := sentence(change)) is not None]
        others = effects(before, view, event)
        told += [effect_sentence(each) for each in others if each.event_id != event.event_id]
    return told


def test_a_step_tells_what_an_acquittal_changes() -> None:
    log = case(FINDING, ACQUITTED)
    came = "finding about p-1: exonerated, no responsibility"
    assert last_step(log) == [
        "finding of p-1: superseded",
        came,
        "p-1 is no longer accountable",
    ]
    assert last_step(log, on(10, 2)) == [
        "finding of p-1: whether it is superseded is indeterminate",
        came,
        "whether p-1 is accountable is now indeterminate",
    ]


def test_a_step_tells_what_falls_with_a_decision() -> None:
    assert last_step(case(*CARRIED)) == [
        "fine of p-1: was imposed, is now overturned on appeal",
        "p-1 is no longer accountable",
        "Appeal lodged against the decision: sanction: was pending, is now allowed",
        "Decision: sanction: was under appeal, is now overturned on appeal",
        "p-9 barred (end not stated): was in force, is now overturned on appeal",
    ]


def test_a_report_says_indeterminate_and_why() -> None:
    log = case(FINDING, ACQUITTED)
    told = in_markdown(report_on(log, "c", version="1", as_of=on(10, 2)))
    untold = "one party whose type is not told"
    assert f"**Indeterminate whether {untold} is accountable**; the dates do not tell." in told
    assert "indeterminate whether superseded by #1" in told
    assert "indeterminate: its date does not tell" in told
    assert "| indeterminate whether accountable directly |" in told
    after = in_markdown(report_on(log, "c", version="1"))
    assert "nobody is accountable" in after
    assert "superseded by #1" in after
