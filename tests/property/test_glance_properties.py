"""Hold what the engine tells at a glance against what it works out without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.property.test_policy_properties import POLICIES
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.projections.conformance import fact_order
from answerable.projections.conformance.judging import Judges
from answerable.projections.conformance.matching import chosen, pool
from answerable.projections.conformance.rules import custody, timed
from answerable.projections.conformance.rules.measures import guideline
from answerable.projections.conformance.templates.catalogue import Leg
from answerable.projections.facts.bounds import bounds
from answerable.projections.facts.record_view import RecordView

Found = list[tuple[str, str, list[tuple[frozenset[str], tuple[str, ...]]]]]


def found(log: Memory, as_of: datetime | None) -> Found:
    """Tell what each rule of the profiles finds in a case: values, and what they rest on."""
    record = RecordView(log, as_of)
    return [
        (each.head.rule, each.verdict, [(one.values, one.events) for one in each.judged])
        for each in Judges(record, POLICIES).outcomes(record.case("c"))
    ]


@contextmanager
def no_glance() -> Iterator[None]:
    """Have nothing told at a glance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fact_order, "day_told", lambda _: None)
        patch.setattr(fact_order, "_by_days", lambda _: False)
        patch.setattr(fact_order, "_apart", lambda *_: None)
        patch.setattr(bounds, "day_told", lambda _: None)
        patch.setattr(bounds.Bounds, "_alone", lambda *_: False)
        patch.setattr(chosen, "_undone_by_any", lambda _: True)
        patch.setattr(pool, "FEW", 0)
        patch.setattr(timed, "in_time_by_days", lambda *_: False)
        patch.setattr(timed, "certainly_in_time", lambda *_: False)
        patch.setattr(guideline, "_for_none", lambda *_: False)
        patch.setattr(custody, "_never_passed", lambda _: False)
        patch.setattr(Leg, "unanswered", property(lambda _: None))
        yield


@settings(max_examples=examples(30))
@given(records(moves=8, imprecise=4), st.none() | st.integers(1, 4))
def test_what_is_told_at_a_glance_is_what_is_worked_out(log: Memory, day: int | None) -> None:
    as_of = None if day is None else end_of(day)
    at_a_glance = found(log, as_of)
    with no_glance():
        assert found(log, as_of) == at_a_glance


DATES = st.sampled_from(
    (
        None,
        *(f"2026-01-0{day}" for day in range(1, 6)),
        "2026-01",
        "../2026-01-03",
        "2026-01-02T10:00:00Z",
        "2026-01-03~",
    )
)

MAYBE = st.none() | st.tuples(DATES)


@settings(max_examples=examples(30))
@given(DATES, DATES, st.tuples(MAYBE, MAYBE), MAYBE, st.none() | st.integers(1, 5))
def test_what_is_carried_out_in_time_is_seen_at_a_glance(
    imposed: str | None,
    due: str | None,
    executed: tuple[tuple[str | None] | None, ...],
    suspended: tuple[str | None] | None,
    day: int | None,
) -> None:
    log = Memory()
    log.add(kind="case-opened", title="Fines")
    fine: dict[str, Any] = {"subject": "p-1", "measure": "fine", "occurred": imposed}
    fines = [log.add(kind="sanction-imposed", due=each, **fine) for each in (due, None)]
    if suspended is not None:
        log.add(kind="sanction-suspended", sanction=fines[0], occurred=suspended[0])
    for imposed_as, done in zip(fines, executed, strict=True):
        if done is not None:
            log.add(kind="sanction-executed", sanction=imposed_as, occurred=done[0])
    as_of = None if day is None else end_of(day)
    at_a_glance = found(log, as_of)
    with no_glance():
        assert found(log, as_of) == at_a_glance
