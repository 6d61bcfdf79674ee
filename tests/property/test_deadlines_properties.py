"""Whether something was done by its due date, held against all days that its dates allow."""

from __future__ import annotations

from itertools import product

import pytest
from tests.support.builders import case
from tests.support.policies import generic
from tests.support.possible_worlds import DATES, WHOLE, Dated

from answerable.projections.facts.record_view import RecordView

DUE = [DATES[text] for text in WHOLE]
DONE = [each for each in DATES.values() if each.text is not None]
CLOSED = [each for each in DONE if each.text != "2026-01" and ".." not in str(each.text)]
"""The dates of which the worlds know every day; of an open end they know a few."""


def judged(due: Dated, done: Dated) -> set[str]:
    log = case(
        {
            "as": "s",
            "kind": "sanction-imposed",
            "subject": "p-1",
            "measure": "fine",
            "due": due.text,
        },
        {"kind": "sanction-executed", "sanction": "@s", "occurred": done.text},
    )
    return {generic(RecordView(log))["executed"].verdict}


def possible(due: Dated, done: Dated) -> set[bool]:
    """Whether it was done in time: a due day is kept on that day."""
    return {day <= last for day, last in product(done.days, due.days)}


@pytest.mark.parametrize("due", DUE, ids=lambda each: each.text)
def test_in_time_and_late_are_said_only_where_every_day_agrees(due: Dated) -> None:
    for done in DONE:
        in_time = possible(due, done)
        (verdict,) = judged(due, done)
        assert verdict != "pass" or in_time == {True}, done
        assert verdict != "fail" or in_time == {False}, done
        if done in CLOSED and ".." not in str(due.text) and len(in_time) == 1:
            assert verdict == ("pass" if True in in_time else "fail"), done
