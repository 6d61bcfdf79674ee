"""Bounds along links, against every way in which the dates can have fallen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.support.builders import Memory
from tests.support.lengths import examples
from tests.support.possible_worlds import consistent

from answerable.projections.facts.case_view import CaseView

DAYS = 5

Links = frozenset[tuple[str, str]]

ranges = st.tuples(st.integers(1, DAYS), st.integers(1, DAYS)).map(
    lambda ends: range(min(ends), max(ends) + 1)
)


def written(days: range) -> str | None:
    if len(days) == DAYS:
        return None
    first, last = (f"2026-01-{day:02}" for day in (days[0], days[-1]))
    return first if first == last else f"{first}/{last}"


class Drawn:
    """Some events, when each may have happened, and which rest on which.

    Attributes:
        lasting: which of them went on from the first of their days to the last, where there are
            several: they happened when they began.
    """

    def __init__(
        self, when: list[range], links: set[tuple[int, int]], lasting: frozenset[int]
    ) -> None:
        self.log = Memory()
        self.lasting = lasting
        self.told = when
        ids: list[str] = []
        for number, days in enumerate(when):
            basis = [ids[below] for above, below in sorted(links) if above == number]
            what: dict[str, Any] = (
                {"kind": "contact-made", "counterparty": "p-1"}
                if number in lasting
                else {"kind": "lesson-recorded", "lesson": "l"}
            )
            ids.append(self.log.add(**what, occurred=written(days), basis=basis))
        began = [
            range(days[0], days[0] + 1) if number in lasting and written(days) else days
            for number, days in enumerate(when)
        ]
        self.when: Mapping[str, range] = dict(zip(ids, began, strict=True))
        self.links: Links = frozenset((ids[above], ids[below]) for above, below in links)

    def worlds(self) -> Iterator[Mapping[str, int]]:
        kept = consistent(self.links, self.when)
        for days in product(*self.when.values()):
            at = dict(zip(self.when, days, strict=True))
            if all(at[below] <= at[above] for above, below in kept):
                yield at

    def view(self, day: int | None = None) -> CaseView:
        end = None if day is None else datetime(2026, 1, day, 23, 59, 59, 999999, tzinfo=UTC)
        return CaseView(self.log.facts(), end)

    def bounds(self) -> dict[str, tuple[int, int]]:
        """The first and the last day that each event is held to be able to have happened on."""
        view, found = self.view(), {}
        for event_id, fact in view.facts.items():
            span = view.span(fact)
            first, last = (span.first_day, span.last_day) if span else (None, None)
            found[event_id] = (first.day if first else 1, min(last.day, DAYS) if last else DAYS)
        return found


@st.composite
def drawn(draw: st.DrawFn, most: int = 5) -> Drawn:
    when = draw(st.lists(ranges, min_size=2, max_size=most))
    pairs = [(above, below) for above in range(len(when)) for below in range(above)]
    links = draw(st.sets(st.sampled_from(pairs), max_size=6))
    return Drawn(when, links, draw(st.frozensets(st.integers(0, len(when) - 1))))


@given(drawn())
def test_the_bounds_are_those_of_the_possible_worlds_exactly(events: Drawn) -> None:
    worlds = list(events.worlds())
    for event_id, (first, last) in events.bounds().items():
        days = {world[event_id] for world in worlds}
        assert (first, last) == (min(days), max(days))


@settings(max_examples=examples(60))
@given(drawn(), st.integers(1, DAYS - 1))
def test_what_had_happened_and_what_came_first_no_possible_world_contradicts(
    events: Drawn, day: int
) -> None:
    view, worlds = events.view(day), list(events.worlds())
    for event_id, fact in view.facts.items():
        happened = {world[event_id] <= day for world in worlds}
        assert view.when(fact) == ("unknown" if len(happened) > 1 else _word(happened.pop()))
        for other_id, other in view.facts.items():
            answer = view.precedes(fact, other)
            # Of two on one day, a day does not tell which came first: a link does.
            if answer != "unknown":
                assert {_word(world[event_id] <= world[other_id]) for world in worlds} == {answer}


@given(drawn(), st.data())
def test_one_more_link_that_nothing_contradicts_never_widens_a_bound(
    events: Drawn, data: st.DataObject
) -> None:
    when, ids = events.told, list(events.when)
    above = data.draw(st.integers(1, len(ids) - 1))
    below = data.draw(st.integers(0, above - 1))
    links = {(ids.index(one), ids.index(other)) for one, other in events.links}
    more = Drawn(when, links | {(above, below)}, events.lasting)
    assume(consistent(more.links, more.when) == more.links)
    for (first, last), (before, after) in zip(
        more.bounds().values(), events.bounds().values(), strict=True
    ):
        assert before <= first <= last <= after


@given(drawn(), st.data(), st.integers(1, DAYS - 1))
def test_a_narrower_date_never_turns_yes_into_no(
    events: Drawn, data: st.DataObject, day: int
) -> None:
    when = list(events.told)
    ids = list(events.when)
    at = data.draw(st.integers(0, len(when) - 1))
    assume(not events.lasting)
    first = data.draw(st.sampled_from(when[at]))
    when[at] = range(first, data.draw(st.integers(first, when[at][-1])) + 1)
    links = {(ids.index(one), ids.index(other)) for one, other in events.links}
    narrower = Drawn(when, links, frozenset())
    assume(consistent(narrower.links, narrower.when) == events.links)
    before, after = events.view(day), narrower.view(day)
    for event_id, fact in before.facts.items():
        answers = (before.when(fact), after.when(after.facts[event_id]))
        assert answers[0] in ("unknown", answers[1])


def _word(so: bool) -> str:
    return "yes" if so else "no"
