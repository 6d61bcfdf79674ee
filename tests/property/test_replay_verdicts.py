"""The verdicts of a replay: those after its last step are those of the whole case."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.projections.conformance.judging import Judges
from answerable.projections.facts.record_view import RecordView
from answerable.projections.replay.replay import replay_case


def last_shown(log: Memory, as_of: datetime) -> bool:
    """Tell whether the last event of the case is a step: it had happened by then, or may have."""
    steps = list(replay_case(log, "c", as_of=as_of))
    own = [event.event_id for event in log.log if event.case_id == "c"]
    return bool(steps) and steps[-1].event.event_id == own[-1]


@settings(max_examples=examples(20), deadline=None)
@given(records(moves=8, imprecise=3), st.none() | st.integers(1, 4).map(end_of))
def test_the_verdicts_after_the_last_step_are_those_of_the_case(
    log: Memory, as_of: datetime | None
) -> None:
    if not any(event.case_id == "c" for event in log.log):
        return
    told: dict[str, str] = {}
    for step in replay_case(log, "c", as_of=as_of, judged=True):
        for each in step.verdicts:
            assert told.get(each.rule, "not-applicable") == each.was
            told[each.rule] = each.now
    if not told or (as_of is not None and not last_shown(log, as_of)):
        return
    last = max(event.recorded_at for event in log.log if event.case_id == "c")
    record = RecordView(log, as_of, datetime.fromisoformat(last))
    found = Judges(record).judge(record.case("c"))
    whole = {f"{each.policy}/{each.rule}": each.verdict for each in found}
    assert {rule: each for rule, each in told.items() if each != "not-applicable"} == {
        rule: each for rule, each in whole.items() if each != "not-applicable"
    }
