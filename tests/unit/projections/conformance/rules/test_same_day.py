"""Name what leaves an order open: loose dates, the times of one day, or a loose closing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.support.builders import case
from tests.support.policies import judged, rule

from answerable.projections.facts.record_view import RecordView

HEARD = """
template = "precedence"
then = "finding-made"
first = "subject-heard"
same = ["subject"]
"""
FIRST = 'template = "init"\nwhen = "subject-heard"\n'
FINDING = "the time of day of the finding about p-1 (#1)"
HEARING = "the time of day of the hearing of p-1 (#0)"


@pytest.mark.parametrize(
    ("asked", "heard", "missing"),
    [
        (HEARD, "2026-01-11", (FINDING, HEARING)),
        (FIRST, "2026-01-11", (HEARING, FINDING)),
        (HEARD, "2026-01-11T12:00:00Z", (FINDING,)),
        (HEARD, "../2026-01-11", ("the date of the hearing of p-1 (#0)",)),
    ],
)
def test_of_two_events_of_one_day_the_times_are_missing(
    asked: str, heard: str, missing: tuple[str, ...]
) -> None:
    record = case(
        {"kind": "subject-heard", "subject": "p-1", "occurred": heard},
        {
            "kind": "finding-made",
            "subject": "p-1",
            "outcome": "substantiated",
            "responsibility": "direct",
            "occurred": "2026-01-11",
        },
    )
    found = judged(RecordView(record, datetime(2026, 6, 1, tzinfo=UTC)), rule("declare", asked))
    assert (found.verdict, found.missing) == ("indeterminate", missing)
    assert found.settles == (missing if len(missing) == 1 else ())


ANSWERED = 'template = "response"\nwhen = "report-received"\nthen = "report-acknowledged"\n'
THERE = 'template = "existence"\nwhen = "report-acknowledged"\n'
OPENED = {"kind": "case-opened", "title": "A case", "occurred": "2026-01-01"}
REPORT = {"as": "r", "kind": "report-received", "occurred": "2026-01-02"}
CLOSED = {"kind": "case-closed", "disposition": "other"}


@pytest.mark.parametrize("asked", [ANSWERED, THERE])
@pytest.mark.parametrize("closed", [{"occurred": "2026-01"}, {}])
def test_of_a_case_that_may_have_been_closed_the_date_of_its_closing_is_missing(
    asked: str, closed: dict[str, str]
) -> None:
    record = case(OPENED, REPORT, {**CLOSED, **closed})
    found = judged(RecordView(record, datetime(2026, 1, 14, tzinfo=UTC)), rule("declare", asked))
    assert found.verdict == "indeterminate"
    assert found.missing == found.settles == ("the date of the closing of the case (#2)",)


def test_a_closing_that_certainly_was_is_not_named() -> None:
    answer = {"kind": "report-acknowledged", "report": "@r", "occurred": "2026-01-02"}
    record = case(OPENED, REPORT, answer, {**CLOSED, "occurred": "2026-01"})
    found = judged(RecordView(record, datetime(2026, 6, 1, tzinfo=UTC)), rule("declare", THERE))
    assert found.verdict == "pass"
    before = {"kind": "decision-taken", "outcome": "x", "occurred": "2026-01-02"}
    record = case(OPENED, REPORT, before, {**CLOSED, "occurred": "2026-01"})
    found = judged(
        RecordView(record, datetime(2026, 6, 1, tzinfo=UTC)),
        rule("declare", ANSWERED.replace("report-acknowledged", "decision-taken")),
    )
    assert found.verdict == "indeterminate"
    assert found.missing == (
        "the time of day of the report (#1)",
        "the time of day of the decision: x (#2)",
    )


def test_where_a_field_alone_is_missing_no_time_is() -> None:
    record = case(
        {"kind": "representatives-notified", "body": "b-1", "occurred": "2026-01-05"},
        {
            "kind": "finding-made",
            "subject": "p-1",
            "outcome": "substantiated",
            "responsibility": "direct",
            "occurred": "2026-01-11",
        },
    )
    asked = HEARD.replace("subject-heard", "representatives-notified")
    found = judged(RecordView(record, datetime(2026, 6, 1, tzinfo=UTC)), rule("declare", asked))
    assert found.verdict == "indeterminate"
    assert len(found.missing) == 1
    assert "time of day" not in found.missing[0]
