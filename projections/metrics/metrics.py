"""Board metrics: over many cases, how long each step took, and how many things stand how.

Where a date is not precise, a number may not be certain: it is then given as the least and the
greatest that it can be. Every number carries the cases behind it; of one case, the events.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.dates import Days, When
from answerable.domain.reader import Reader
from answerable.domain.record import TreeHead
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.accountability import accountability_of
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.extents import Extents, MeasureExtent
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.intervals import Range, Sample
from answerable.projections.metrics.counts import COUNTED, OVERDUE, counted, is_incident
from answerable.projections.timeline.durations import (
    INTERVALS,
    Duration,
    Milestone,
    durations,
    milestone,
)

STEPS = tuple(f"{start} to {end}" for start, end in INTERVALS)

LAST_EXECUTION = "all sanctions executed"


class Period(NamedTuple):
    """The calendar days between which a case's first signal lies; None: no limit at that end."""

    first: date | None = None
    last: date | None = None

    def holds(self, signal: Milestone) -> When:
        """Tell whether a first signal lies in the period; what is not on record does not."""
        if self == (None, None):
            return "yes"
        if not signal.events:
            return "no"
        earliest, latest = signal.first_day, signal.last_day
        if (self.first and latest and latest < self.first) or (
            self.last and earliest and earliest > self.last
        ):
            return "no"
        begins = self.first is None or (earliest is not None and earliest >= self.first)
        ends = self.last is None or (latest is not None and latest <= self.last)
        return "yes" if begins and ends else "unknown"


ALWAYS = Period()


class Count(NamedTuple):
    """The number of things of one kind.

    Attributes:
        least: how many for certain.
        most: how many at most: with those of which the record does not tell.
        sure: the cases behind those that are certain, each once; of one case, the events.
        perhaps: the cases behind the others.
    """

    name: str
    least: int
    most: int
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


class Held(NamedTuple):
    """The cases in which a step took so long; None: unknown. Of one case, the events."""

    days: Days | None
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]


class Length(NamedTuple):
    """The length of a step, over the cases in which it began.

    The median, the shortest and the longest are over all cases in which the step is on record. A
    length that is not known is in them as one that can be anything.

    Attributes:
        known: in how many its length is known, at least to one limit.
        unknown: in how many the step is on record, and the dates tell nothing of its length.
        not_reached: in how many no end of it is on record.
        days: the cases by length, shortest first.
    """

    name: str
    known: Count
    unknown: Count
    not_reached: Count
    median: Range[float] | None
    shortest: Range[float] | None
    longest: Range[float] | None
    days: tuple[Held, ...]


class Metrics(NamedTuple):
    """The metrics, and what they hold for.

    Attributes:
        case_id: the one case that was asked about; None of all.
        period: only cases whose first signal lies in it.
        counts: of `overdue` there is none where no moment was given to judge deadlines by.
        amounts: of the sanctions in force, summed by measure, currency and type of party.
    """

    as_of: Asked | None
    known_by: Asked | None
    size: int
    root: bytes
    case_id: str | None
    period: Period
    cases: Count
    counts: tuple[Count, ...]
    lengths: tuple[Length, ...]
    amounts: tuple[MeasureExtent, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the metrics as JSON has it."""
        return as_dict(self)


class CaseLength(NamedTuple):
    """The part of one case in one length.

    Attributes:
        days: how long the step took, where it is reached; None: unknown.
        reached: whether it had come to its end.
        sure: whether it is certain that it had begun.
    """

    name: str
    days: Days | None
    events: tuple[str, ...]
    reached: When
    sure: bool


def metrics_of(
    reader: Reader,
    *,
    case: str | None = None,
    period: Period = ALWAYS,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Metrics:
    """Measure one case, or all; one case is in memory at a time.

    Args:
        reader: the record.
        case: only this one.
        period: only cases whose first signal lies in it, or may.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.

    Raises:
        NotFound: nothing is recorded of the case, or nothing was by then.
    """
    known = names(reader, known_by=known_by)
    record = RecordView(reader, as_of, known_by, type_of=known.type_of)
    cases = record.each_case() if case is None else (record.recorded_case(case),)
    return _summed(_named(cases, known), reader.head(), case, period, as_of, known_by)


def _named(cases: Iterable[CaseView], known: Names) -> Iterator[CaseView]:
    """Have the parties of each case read in one go, before any is asked for."""
    for view in cases:
        known.read(person.party for person in accountability_of(view).people)
        yield view


def parts(view: CaseView) -> Iterator[CaseLength]:
    """Yield what one case adds to the lengths: a part for each step that began."""
    for each in durations(view):
        events = (*each.from_events, *each.to_events)
        begun = _happened(view, each.from_events)
        reached = _reached(view, each)
        yield CaseLength(each.name, each.days, events, reached, begun == "yes")


def _happened(view: CaseView, events: Iterable[str]) -> When:
    """Tell whether any of some events had happened."""
    return any_of(view.when(view.facts[event_id]) for event_id in events)


def _reached(view: CaseView, step: Duration) -> When:
    """Tell whether a step had come to its end: of executions, where none is known to be left."""
    if step.to_events or not step.name.endswith(LAST_EXECUTION):
        return _happened(view, step.to_events)
    left = [each.open for each in obligations_of(view) if each.what == "sanction to execute"]
    return "unknown" if left and "yes" not in left else "no"


class _Tally:
    """A number in the making: how many, and which cases or events are behind it."""

    def __init__(self) -> None:
        self.numbers = Counter[bool]()
        self.behind: dict[bool, dict[str, None]] = {True: {}, False: {}}
        self.parties: dict[str, bool] = {}

    def add(self, behind: Iterable[str], *, sure: bool, party: str | None = None) -> None:
        """Count a thing; a party once, for certain if it counts so in any case."""
        self.behind[sure].update(dict.fromkeys(behind))
        if party is not None:
            before = self.parties.get(party)
            if before is not None:
                self.numbers[before] -= 1
            sure = self.parties[party] = sure or bool(before)
        self.numbers[sure] += 1

    def count(self, name: str) -> Count:
        least = self.numbers[True]
        sure, perhaps = self.behind[True], self.behind[False]
        return Count(name, least, least + self.numbers[False], tuple(sure), tuple(perhaps))


class _Lengths:
    """One length in the making."""

    def __init__(self) -> None:
        self.known, self.unknown, self.not_reached = _Tally(), _Tally(), _Tally()
        self.held: dict[Days | None, _Tally] = {}
        self.sample = Sample()

    def add(self, part: CaseLength, behind: Iterable[str], *, sure: bool) -> None:
        if part.reached != "yes":
            self.not_reached.add(behind, sure=sure and part.reached == "no")
        if part.reached != "no":
            sure = sure and part.reached == "yes"
            (self.unknown if part.days is None else self.known).add(behind, sure=sure)
            self.held.setdefault(part.days, _Tally()).add(behind, sure=sure)
            self.sample.add(*(part.days or (None, None)), sure=sure)

    def length(self, name: str) -> Length:
        days = sorted(self.held, key=lambda each: [*map(_sortable, each or (None, None))])
        return Length(
            name,
            self.known.count("known"),
            self.unknown.count("unknown"),
            self.not_reached.count("not reached"),
            self.sample.median,
            self.sample.smallest,
            self.sample.largest,
            tuple(Held(each, *self.held[each].count("")[3:]) for each in days),
        )


def _sortable(limit: int | None) -> tuple[bool, int]:
    return (limit is None, limit or 0)


def _summed(
    cases: Iterable[CaseView],
    head: TreeHead,
    case: str | None,
    period: Period,
    as_of: Asked | None,
    known_by: Asked | None,
) -> Metrics:
    counts = {name: _Tally() for name in COUNTED if as_of or name not in OVERDUE}
    lengths = {name: _Lengths() for name in STEPS}
    whole = _Tally()
    amounts = Extents()
    for view in cases:
        within = period.holds(milestone(view, "first signal"))
        incident = is_incident(view)
        if "no" in (within, incident):
            continue
        sure = within == incident == "yes"
        whole.add((view.case_id,), sure=sure)
        for number in counted(view):
            behind = (view.case_id,) if case is None else number.events
            holds = sure and number.holds == "yes"
            counts[number.name].add(behind, sure=holds, party=number.party)
        for part in parts(view):
            behind = (view.case_id,) if case is None else part.events
            lengths[part.name].add(part, behind, sure=sure and part.sure)
        amounts.add_amounts(accountability_of(view).people, view.type_of, sure=sure)
    return Metrics(
        as_of,
        known_by,
        head.size,
        head.root,
        case,
        period,
        whole.count("cases"),
        tuple(tally.count(name) for name, tally in counts.items()),
        tuple(each.length(name) for name, each in lengths.items()),
        amounts.extents(),
    )
