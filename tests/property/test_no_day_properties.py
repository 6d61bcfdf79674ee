"""Hold verdicts that are asked as of no day against those of `check`, which judges as of now.

What is judged as of no day, a report or a step of a replay, holds at any moment from the last entry
on. So where everything on record has happened, and can be told to have, the two never say otherwise
of one rule, but that as of no day it cannot be told: and then the moment is what is missing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_policy_properties import POLICIES
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples

from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.rules.timed import MOMENT
from answerable.projections.facts.record_view import RecordView

DECIDED = frozenset(("pass", "fail", "pending"))

LATER = st.sampled_from((datetime(2026, 3, 4, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)))


@settings(max_examples=examples(25))
@given(records(moves=8, imprecise=3), LATER)
def test_what_is_judged_as_of_no_day_is_not_judged_otherwise_as_of_now(
    log: Memory, now: datetime
) -> None:
    case = RecordView(log, now).case("c")
    happened = all(case.when(fact) == "yes" for fact in case.facts.values())
    as_of_no_day = Judges(RecordView(log), POLICIES).outcomes(RecordView(log).case("c"))
    as_of_now = Judges(RecordView(log, now), POLICIES, now=True).outcomes(case)
    for here, there in zip(as_of_no_day, as_of_now, strict=True):
        if happened and here.verdict in DECIDED:
            assert there.verdict == here.verdict, here.head.rule
        if happened and here.verdict == "indeterminate" and there.verdict in DECIDED:
            assert MOMENT in here.in_words().missing, here.head.rule
