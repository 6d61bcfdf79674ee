"""What is in no order for it is of one day is told so: the times of day are missing."""

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
