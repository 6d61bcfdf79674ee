"""One source: what `why` finds missing or wrong is what every other answer tells."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.projections.facts.record_view import RecordView
from answerable.projections.gaps import needs
from answerable.projections.grounds.problems import acts, holds, problems_of
from answerable.projections.report.report import report_on
from answerable.projections.status.status import overview_of
from answerable.projections.why.why import why_event

Told = set[tuple[int, str]]
"""Positions of events, and what is said of each."""


def told_by_why(log: Memory, as_of: datetime | None) -> Told:
    """What `why` tells of the acts against somebody, but of what fell."""
    record = RecordView(log, as_of)
    told: Told = set()
    for event_id in acts(record.case("c")):
        event = log.event(event_id)
        assert event is not None
        for node in why_event(log, event, as_of=as_of).nodes.values():
            placed = record.find(node.event_id)
            assert placed is not None
            if holds(placed) != "no":
                told.update((node.position, each.text) for each in node.missing)
                told.update((node.position, text) for text in node.problems)
    return told


@settings(max_examples=examples(45))
@given(records(moves=10, imprecise=3), st.none() | st.integers(1, 4).map(end_of))
def test_every_answer_tells_the_same_problems(log: Memory, as_of: datetime | None) -> None:
    if not log.log:
        return
    report = report_on(log, "c", version="1", as_of=as_of)
    against = {(each.position, each.text) for each in report.problems if each.against != "no"}
    assert against == told_by_why(log, as_of)
    assert overview_of(log, "c", as_of=as_of).problems == report.problems
    unexplained = [each for each in needs(log, as_of=as_of) if each.sort == "unexplained"]
    assert [each.position for each in unexplained if each.position is not None] == sorted(
        each.position for each in report.problems
    )
    for need, problem in zip(unexplained, report.problems, strict=True):
        assert need.text.startswith(problem.text)
    view = RecordView(log, as_of).case("c")
    assert problems_of(view) == report.problems
