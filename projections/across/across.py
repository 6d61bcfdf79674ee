"""Gather the registers over all cases, for whatever renders them: (a), (e), (f), (g), the figures.

(a) who is accountable, (e) whether like findings were answered alike, (f) who is barred, (g) how
long the steps took and how things stand; and the figures that programmes publish. Of a house of
any size no more is held than can be read: what is beyond that is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypedDict, TypeVar

from answerable.domain.answers import json_value
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.domain.zone.zone import Zone
from answerable.projections.accountability.accountability import Person, accountability_of
from answerable.projections.bar_register import BarEntry, all_bars, bar_entries
from answerable.projections.consistency.compare import (
    AmountOutlier,
    Group,
    Outlier,
    amount_outliers,
    compare,
    outliers,
)
from answerable.projections.facts.names import Names, names
from answerable.projections.facts.record_view import RecordView
from answerable.projections.figures.benchmark import Benchmark
from answerable.projections.figures.figures import Figures, figures_of, held_against
from answerable.projections.metrics.metrics import Metrics, metrics_of
from answerable.projections.titles import Titles
from answerable.projections.wording.leading.register import conducts, register_entry
from answerable.projections.wording.measures import measured

MOST = 500
"""The most people, bars and findings outside what is usual that are told one by one."""


INNER = ("places", "findings")
"""The parts of a group of like findings that tell of each finding: `compare` shows these."""


class _Times(TypedDict):
    """The two times of a question."""

    as_of: Asked | None
    known_by: Asked | None


class Accountable(NamedTuple):
    """A party that is accountable in a case, or may be, as a line of the register.

    Attributes:
        position: of the first event that says so.
        name: what the party is called.
        title: what the case is called; None: that is not told.
        entry: what there is to say, in one line.
    """

    person: Person
    position: int
    name: str
    title: str | None
    entry: str


class Barred(NamedTuple):
    """A bar that is, or may be, in force, and what its party and its case are called."""

    entry: BarEntry
    name: str
    title: str | None


class Unusual(NamedTuple):
    """A finding that was answered otherwise than like ones, by gravity or by an amount of money."""

    found: Outlier | AmountOutlier
    name: str
    title: str | None


class AcrossCases(NamedTuple):
    """The report on all cases, as data.

    Attributes:
        version: that of this program.
        zone: where days are days that no case tells.
        metrics: how long the steps took, and how many things stand how.
        people: who is accountable, or may be, by case.
        more_people: how many more there are.
        groups: like findings, and how they were answered.
        unusual: those answered otherwise than is usual, or perhaps.
        more_unusual: how many more there are.
        bars: those in force, or perhaps.
        more_bars: how many more there are.
        made_for: whom it is for, in words; None: whoever may see the whole record.
        in_steps: for the public, how many people are accountable, in steps; "" where nobody is.
            None: it is for no public, and tells of each.
    """

    as_of: Asked | None
    known_by: Asked | None
    size: int
    root: bytes
    version: str
    zone: Zone
    figures: Figures
    metrics: Metrics
    people: tuple[Accountable, ...]
    more_people: int
    groups: tuple[Group, ...]
    unusual: tuple[Unusual, ...]
    more_unusual: int
    bars: tuple[Barred, ...]
    more_bars: int
    made_for: str | None = None
    in_steps: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it; of a group, without where each finding stands."""
        told = {name: value for name, value in self._asdict().items() if name != "groups"}
        groups = [
            {name: value for name, value in group._asdict().items() if name not in INNER}
            for group in self.groups
        ]
        value: dict[str, Any] = json_value({**told, "groups": groups})
        return value


def across_cases(
    reader: Reader,
    *,
    version: str,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
    most: int = MOST,
    benchmark: Benchmark | None = None,
) -> AcrossCases:
    """Gather what is told over all cases; one case is in memory at a time.

    Args:
        reader: the record.
        version: that of this program.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
        most: how many of a kind are told one by one.
        benchmark: the figures of others, that ours are held against.
    """
    times = _Times(as_of=as_of, known_by=known_by)
    known, titles = names(reader, known_by=known_by), Titles(reader, known_by)
    head = reader.head()
    people, more_people = _people(reader, known, titles.of, most, **times)
    groups = compare(reader, **times)
    found = (
        Unusual(each, known.called(each.unit.subject), titles.of(each.unit.case_id))
        for group in groups
        for each in _outside(reader, group, times)
    )
    unusual, more_unusual = _first(found, most)
    holding = [each for each in all_bars(reader, **times) if each.may_hold]
    figures = figures_of(reader, **times)
    bars = bar_entries(reader, holding[:most], known_by=known_by, name_of=known.called)
    return AcrossCases(
        as_of,
        known_by,
        head.size,
        head.root,
        version,
        reader.zone,
        figures if benchmark is None else held_against(figures, benchmark),
        metrics_of(reader, **times),
        people,
        more_people,
        groups,
        unusual,
        more_unusual,
        tuple(
            Barred(each, known.called(each.bar.counterparty), titles.of(each.bar.case_id))
            for each in bars
        ),
        max(0, len(holding) - most),
    )


def in_brief(across: AcrossCases, most: int) -> AcrossCases:
    """Leave of each list the first, for a screen; how many more there are is told.

    Args:
        across: the report.
        most: how many are left.
    """
    return across._replace(
        people=across.people[:most],
        more_people=across.more_people + max(0, len(across.people) - most),
        unusual=across.unusual[:most],
        more_unusual=across.more_unusual + max(0, len(across.unusual) - most),
        bars=across.bars[:most],
        more_bars=across.more_bars + max(0, len(across.bars) - most),
    )


def _outside(reader: Reader, group: Group, times: _Times) -> Iterator[Outlier | AmountOutlier]:
    """Yield the findings of a group that lie outside what is usual, by gravity and by amount."""
    yield from outliers(reader, group, **times)
    yield from amount_outliers(reader, group, **times)


def _people(
    reader: Reader,
    known: Names,
    title_of: Callable[[str], str | None],
    most: int,
    *,
    as_of: Asked | None,
    known_by: Asked | None,
) -> tuple[tuple[Accountable, ...], int]:
    record = RecordView(reader, as_of, known_by)
    accountable = (
        person
        for view in record.each_case()
        for person in accountability_of(view).people
        if person.accountable != "no"
    )
    people, more = _first(accountable, most)
    known.read(person.party for person in people)
    measure_of = measured(reader, [each for person in people for each in person.sanctions])
    conduct_of = conducts(reader, [each for person in people for each in person.findings])
    return (
        tuple(
            Accountable(
                person,
                _first_position(person),
                known.called(person.party),
                title_of(person.case_id),
                register_entry(person, known.type_of, known.called, measure_of, conduct_of),
            )
            for person in people
        ),
        more,
    )


def _first_position(person: Person) -> int:
    findings = (each.position for each in person.findings)
    return min((*findings, *(each.position for each in person.sanctions)))


Thing = TypeVar("Thing")


def _first(things: Iterator[Thing], most: int) -> tuple[tuple[Thing, ...], int]:
    """Keep the first of some things, and count the others."""
    kept: list[Thing] = []
    more = 0
    for each in things:
        if len(kept) < most:
            kept.append(each)
        else:
            more += 1
    return tuple(kept), more
