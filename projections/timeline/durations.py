"""Measure the steps of a case, in whole calendar days, as intervals where dates are loose.

Of several events of a kind the first counts (the first finding, the first sanction); "all
sanctions executed" counts to the last. An undated event may have come before the dated ones, so
it opens the interval at that end. So does one dated before what it acts upon: its date is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from answerable.domain import dates
from answerable.domain.kinds.catalogue import ROWS
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.accountability.sanctions import NOT_EXECUTED
from answerable.projections.facts.case_view import CaseView, once
from answerable.projections.facts.facts import Fact
from answerable.projections.timeline.premature import outruns

MILESTONES: Mapping[str, tuple[str, ...]] = {
    name: tuple(row.name for row in ROWS if name in row.milestones)
    for name in dict.fromkeys(name for row in ROWS for name in row.milestones)
}
"""The kinds of event of which the first is the milestone."""

NOT_BY_HEARSAY = frozenset(
    kind for name in ("findings", "sanctions", "execution") for kind in MILESTONES[name]
)
"""The kinds of which one that is only alleged is no step: nobody was found or given anything."""

INTERVALS = (
    ("incident", "first signal"),
    ("incident", "investigation"),
    ("incident", "findings"),
    ("incident", "sanctions"),
    ("contact", "backlash"),
    ("first signal", "acknowledgement"),
    ("first signal", "apology"),
    ("first signal", "termination"),
    ("first signal", "investigation"),
    ("investigation", "investigation's end"),
    ("first signal", "findings"),
    ("first signal", "sanctions"),
    ("apology", "sanctions"),
    ("sanctions", "execution"),
    ("first signal", "all sanctions executed"),
)


class Milestone(NamedTuple):
    """A point in the course of a case: the events that make it, and between which days it lies."""

    name: str
    events: tuple[str, ...]
    first_day: date | None
    last_day: date | None


class Duration(NamedTuple):
    """The days between two milestones; None: unknown. No `to_events`: the end is not on record."""

    name: str
    days: dates.Days | None
    from_events: tuple[str, ...]
    to_events: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say the days: "1 day", "at least 3 days", "unknown"."""
        return dates.describe(self.days)


@once
def durations(view: CaseView) -> tuple[Duration, ...]:
    """Measure the intervals of one case from each step on record; to one that is not, unknown."""
    at = {name: milestone(view, name) for name in MILESTONES}
    at["all sanctions executed"] = _all_executed(view)
    return tuple(_between(at[start], at[end]) for start, end in INTERVALS if at[start].events)


def milestone(view: CaseView, name: str) -> Milestone:
    """Find the first of the events of some kinds."""
    found = [each for each in view.standing(*MILESTONES[name]) if is_step(each)]
    spans = [step_span(view, fact) for fact in found]
    return Milestone(
        name,
        tuple(fact.event_id for fact in found),
        _every(min, [each and each.first_day for each in spans]),
        _some(min, [each and each.last_day for each in spans]),
    )


def _all_executed(view: CaseView) -> Milestone:
    """Find the last execution, once no sanction is left to execute; until then, no events.

    Where one is known not to be executed, all of them never were.
    """
    name = "all sanctions executed"
    left = any(each.what == "sanction to execute" for each in obligations_of(view))
    given_up = (each for each in view.standing(NOT_EXECUTED) if not each.alleged)
    if left or any(view.when(each) == "yes" for each in given_up):
        return Milestone(name, (), None, None)
    found = [each for each in view.standing("sanction-executed") if is_step(each)]
    spans = [step_span(view, fact) for fact in found]
    return Milestone(
        name,
        tuple(fact.event_id for fact in found),
        _some(max, [each and each.first_day for each in spans]),
        _every(max, [each and each.last_day for each in spans]),
    )


def is_step(fact: Fact) -> bool:
    """Tell whether a fact is a step: nobody was found or given anything by hearsay."""
    return not (fact.alleged and fact.kind in NOT_BY_HEARSAY)


def step_span(view: CaseView, fact: Fact) -> dates.Span | None:
    """Tell when a fact happened; of a sanction, when it was announced, if that is told.

    None where its date cannot be: it acts upon something that is dated later.
    """
    if outruns(view, fact) is not None:
        return None
    if fact.kind == "sanction-imposed" and "announced" in fact.fields:
        return fact.span("announced", margins=view.margins)
    return view.span(fact)


Pick = Callable[[Sequence[date]], date]


def _every(pick: Pick, days: Sequence[date | None]) -> date | None:
    """Find a bound that holds only when each of the days is known."""
    known = [day for day in days if day is not None]
    return pick(known) if known and len(known) == len(days) else None


def _some(pick: Pick, days: Sequence[date | None]) -> date | None:
    """Find a bound that one known day is enough for."""
    known = [day for day in days if day is not None]
    return pick(known) if known else None


def _between(start: Milestone, end: Milestone) -> Duration:
    days = dates.Days(
        _days(start.last_day, end.first_day),
        _days(start.first_day, end.last_day),
    )
    return Duration(
        f"{start.name} to {end.name}",
        None if days == (None, None) else days,
        start.events,
        end.events,
    )


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None
