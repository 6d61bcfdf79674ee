"""The order of the facts of a case keeps the law that the closed forms of templates rest on."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.case_strategies import records
from tests.support.lengths import examples
from tests.support.possible_worlds import end_of

from answerable.projections.conformance.fact_order import order_of
from answerable.projections.conformance.narrowing import narrowed
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import fold


@settings(max_examples=examples(60))
@given(records(moves=8, imprecise=9), st.none() | st.integers(1, 4))
def test_what_is_certainly_before_is_a_strict_partial_order(log: Memory, day: int | None) -> None:
    assume(log.log)
    order = order_of(CaseView(fold("c", log.log), None if day is None else end_of(day)))
    events = range(len(order))
    before = {(x, y) for x, y in product(events, events) if order.before(x, y)}
    assert not any(x == y for x, y in before)
    missing = {(x, z) for (x, y), (same, z) in product(before, before) if y == same} - before
    assert {(order.facts[x].kind, order.facts[z].kind) for x, z in missing} == set()


@settings(max_examples=examples(60))
@given(records(moves=8, imprecise=9), st.integers(1, 4))
def test_what_precedes_something_that_happened_has_happened(log: Memory, day: int) -> None:
    assume(log.log)
    order = order_of(CaseView(fold("c", log.log), end_of(day)))
    events = range(len(order))
    for x, y in product(events, events):
        if order.before(x, y) and order.happened(y):
            assert order.happened(x), (order.facts[x].kind, order.facts[y].kind)


@settings(max_examples=examples(45))
@given(records(moves=8, imprecise=9), st.none() | st.integers(1, 4))
def test_what_the_ends_narrowed_by_links_put_before_is_before(log: Memory, day: int | None) -> None:
    assume(log.log)
    view = CaseView(fold("c", log.log), None if day is None else end_of(day))
    order = order_of(view)
    spans = {each.event_id: (each, order.span(at)) for at, each in enumerate(order.facts)}
    ends = [*narrowed(spans, view.bounds.links).values()]
    for x, y in product(range(len(order)), repeat=2):
        assert order.before(x, y) or not ends[x].before(ends[y])
