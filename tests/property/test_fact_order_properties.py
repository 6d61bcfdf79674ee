"""The order of the facts of a case keeps the law that the closed forms of templates rest on."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.possible_worlds import end_of

from answerable.projections.conformance.fact_order import FactOrder, order_of
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold


@settings(max_examples=200)
@given(records(moves=8, imprecise=9), st.none() | st.integers(1, 4))
def test_what_is_certainly_before_is_a_strict_partial_order(log: Memory, day: int | None) -> None:
    assume(log.log)
    order = order_of(CaseView(fold("c", log.log), None if day is None else end_of(day)))
    events = range(len(order))
    before = {(x, y) for x, y in product(events, events) if order.before(x, y)}
    assert not any(x == y for x, y in before)
    missing = {(x, z) for (x, y), (same, z) in product(before, before) if y == same} - before
    assert {(order.facts[x].kind, order.facts[z].kind) for x, z in missing} == set()


@settings(max_examples=200)
@given(records(moves=8, imprecise=9), st.integers(1, 4))
def test_what_precedes_something_that_happened_has_happened(log: Memory, day: int) -> None:
    assume(log.log)
    order = order_of(CaseView(fold("c", log.log), end_of(day)))
    events = range(len(order))
    for x, y in product(events, events):
        if order.before(x, y) and order.happened(y):
            assert order.happened(x), (order.facts[x].kind, order.facts[y].kind)


@settings(max_examples=150)
@given(records(moves=8, imprecise=9), st.none() | st.integers(1, 4))
def test_where_no_date_tells_a_time_of_day_links_narrow_nothing_within_a_day(
    log: Memory, day: int | None
) -> None:
    assume(log.log)
    view = CaseView(fold("c", log.log), None if day is None else end_of(day))
    quick, thorough = FactOrder(view), FactOrder(view)
    thorough.__dict__["_by_days"] = False
    for x, y in product(range(len(quick)), repeat=2):
        assert quick.before(x, y) == thorough.before(x, y)
