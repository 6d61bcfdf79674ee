"""The figures over all cases: their values, by year and by organisation, and what they rest on.

A figure is worked out for each organisation; the median over these is told beside the figure of
all cases together, as who publishes such figures does. Where dates are not precise, or outcomes
are open, a value is given as the least and the greatest that it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from answerable.domain.answers import as_dict
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections import documents as views
from answerable.projections.caseload.part import CasePart, case_part
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import all_of
from answerable.projections.figures.benchmark import Benchmark, Compared, Mark, compared
from answerable.projections.figures.catalogue import DEFINITIONS
from answerable.projections.figures.counting import added
from answerable.projections.figures.definition import ALWAYS_TOLD, FEWEST, Definition
from answerable.projections.figures.tally import (
    Situation,
    Tally,
    Things,
    cell_of,
    in_year,
    of_organisation,
    within_days,
)
from answerable.projections.figures.value import Value, classes_of, rate, values
from answerable.projections.intervals import Range, Sample
from answerable.projections.metrics.metrics import ALWAYS, Period

YEAR = 366
"""The most days of a period that a rate can be told of: rates are by the year."""


class LeftOut(NamedTuple):
    """The cases that do not count in a figure, for one reason."""

    why: str
    cases: tuple[str, ...]


class PartOf(NamedTuple):
    """The value of a figure in one year, or of one organisation.

    Attributes:
        part: the year, or the organisation.
    """

    part: str
    value: Range[float] | Range[str] | None
    numerator: Range[int] | None
    denominator: Range[int]


class OverOrganisations(NamedTuple):
    """The median of a figure over organisations.

    Attributes:
        organisations: over how many, those that rest on enough.
        fewer: how many rest on fewer, and are left out.
    """

    median: Range[float] | None
    organisations: Range[int]
    fewer: int


class Figure(NamedTuple):
    """One figure, or of a figure that has classes or currencies, one of these.

    Attributes:
        of: the class or the currency.
        value: between which limits it lies; None where there is nothing to make it of.
        numerator: of a share, of how many it holds; of a rate, how many there are.
        denominator: how many count.
        few: whether it rests on fewer than can bear a share or a median.
        sure: the cases of what counts for certain; of a class, of the whole figure.
        perhaps: the cases of what may count.
        left_out: the cases of what does not count, by why; other reports of them may count.
        years: its value by year.
        by_organisation: its value by organisation, by pseudonym.
        over_organisations: the median over organisations; None where there is at most one.
        against: the figures of others, and where this one lies to each.
    """

    name: str
    of: str | None
    title: str
    definition: str
    source: str
    dated_by: str
    unit: str
    value: Range[float] | Range[str] | None
    numerator: Range[int] | None
    denominator: Range[int]
    few: bool
    sure: tuple[str, ...]
    perhaps: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    years: tuple[PartOf, ...]
    by_organisation: tuple[PartOf, ...]
    over_organisations: OverOrganisations | None
    against: tuple[Compared, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the figure as JSON has it."""
        return as_dict(self)


class Figures(NamedTuple):
    """The figures, and what they hold for.

    Attributes:
        period: only what falls into it, by the date that each figure goes by.
        organisation: the one asked about; None of all.
        people: how many people work for each organisation; under "" for all cases together.
        fewest: how many reports or cases a share or a median rests on, not to be called few.
        unmatched: the figures of others of whose class there is nothing here.
    """

    as_of: Asked | None
    known_by: Asked | None
    size: int
    root: bytes
    period: Period
    organisation: str | None
    people: Mapping[str, int]
    fewest: int
    figures: tuple[Figure, ...]
    unmatched: tuple[Mark, ...] = ()

    def only(self, name: str) -> Figures:
        """Keep one figure."""
        return self._replace(
            figures=tuple(each for each in self.figures if each.name == name),
            unmatched=tuple(each for each in self.unmatched if each.figure == name),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as JSON has them."""
        return as_dict(self)


class Wanted(NamedTuple):
    """The figures that are asked for.

    Attributes:
        period: only what falls into it.
        organisation: only its cases.
        people: how many people work for each organisation; under "" for all cases together.
        fewest: how many reports or cases a share or a median should rest on.
    """

    period: Period = ALWAYS
    organisation: str | None = None
    people: Mapping[str, int] = {}
    fewest: int = FEWEST


ALL = Wanted()
"""Asks for the figures of all cases."""


def figures_of(
    reader: Reader,
    wanted: Wanted = ALL,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Figures:
    """Work out the figures; one case is in memory at a time.

    Args:
        reader: the record.
        wanted: which figures.
        as_of: leaves out what had not happened by then, and judges deadlines as of then.
        known_by: reads the record as it was known by then.
    """
    record = RecordView(reader, as_of, known_by)
    tallies = {each.name: Tally() for each in DEFINITIONS}
    for case_id, part, today in _parts(record):
        if wanted.organisation is None or part.organisation == wanted.organisation:
            _take_in(tallies, case_id, part, today, wanted.period)
    head = reader.head()
    return Figures(
        as_of,
        known_by,
        head.size,
        head.root,
        wanted.period,
        wanted.organisation,
        wanted.people,
        wanted.fewest,
        tuple(
            each
            for definition in DEFINITIONS
            for each in _figures(definition, tallies[definition.name], wanted)
        ),
    )


def held_against(found: Figures, benchmark: Benchmark) -> Figures:
    """Put beside each figure what others have of it."""
    marks: dict[tuple[str, str | None], list[Mark]] = {}
    for mark in benchmark.marks:
        marks.setdefault((mark.figure, mark.of), []).append(mark)
    figures = tuple(
        each._replace(
            against=tuple(
                compared(each.value, mark) for mark in marks.pop((each.name, each.of), ())
            )
        )
        for each in found.figures
    )
    return found._replace(figures=figures, unmatched=tuple(chain.from_iterable(marks.values())))


def _parts(record: RecordView) -> Iterator[tuple[str, CasePart, int | None]]:
    """Yield what each case adds, with the day asked about; of the present, as it is kept."""
    kept = views.every_case_part(record.reader) if record.present else None
    if kept is not None:
        yield from ((case_id, part, None) for case_id, part in kept)
        return
    for view in record.each_case():
        yield view.case_id, case_part(view), _today(view)


def _today(view: CaseView) -> int | None:
    return None if view.as_of is None else view.as_of.date().toordinal()


def _take_in(
    tallies: Mapping[str, Tally], case_id: str, part: CasePart, today: int | None, period: Period
) -> None:
    if part.incident == "no":
        return
    first, last = (None if day is None else day.toordinal() for day in period)
    for each in added(part, today):
        lies = within_days(each.when, first, last)
        counts = all_of((part.incident, lies, each.counts))
        if counts != "no":
            thing = Situation(counts, each.holds, each.among, each.days, each.amount)
            tallies[each.figure].add(cell_of(part.organisation, each.when), thing, case_id)
        elif lies != "no" and each.why:
            tallies[each.figure].leave_out(each.why, case_id)


def _figures(definition: Definition, tally: Tally, wanted: Wanted) -> Iterator[Figure]:
    """Yield a figure, or one for each of its classes; at least one, if it has none."""
    things = tally.things()
    classes = classes_of(things).union(ALWAYS_TOLD.get(definition.name, ()))

    def by_class(things: Things, people: int | None) -> Mapping[str | None, Value]:
        return _by_class(definition, things, people, classes)

    people = wanted.people.get(wanted.organisation or "")
    years = {
        str(year): by_class(tally.things(in_year(year)), people) for year in sorted(tally.years)
    }
    parties = {
        party: by_class(tally.things(of_organisation(party)), wanted.people.get(party))
        for party in sorted(tally.organisations)
    }
    whole = by_class(things, people)
    if definition.way == "rate" and not _within_a_year(wanted.period):
        whole = _without_value(whole)
        parties = {party: _without_value(own) for party, own in parties.items()}
    for of, value in whole.items():
        own = {party: values[of] for party, values in parties.items() if of in values}
        yield Figure(
            definition.name,
            of,
            definition.title,
            definition.definition,
            definition.source,
            definition.dated_by,
            of if definition.way == "sum" and of is not None else definition.unit,
            *value[1:],
            _is_few(definition, value, wanted.fewest),
            tuple(tally.sure),
            tuple(tally.perhaps),
            tuple(LeftOut(why, tuple(cases)) for why, cases in tally.left_out.items()),
            tuple(PartOf(year, *each[of][1:]) for year, each in years.items() if of in each),
            tuple(PartOf(party, *each[1:]) for party, each in own.items()),
            _over(definition, own.values(), wanted.fewest) if len(parties) > 1 else None,
        )


def _without_value(found: Mapping[str | None, Value]) -> Mapping[str | None, Value]:
    return {of: each._replace(value=None) for of, each in found.items()}


def _within_a_year(period: Period) -> bool:
    first, last = period
    return first is not None and last is not None and (last - first).days < YEAR


def _by_class(
    definition: Definition, things: Things, people: int | None, classes: Iterable[str]
) -> Mapping[str | None, Value]:
    found = {each.of: each for each in values(definition.way, things, classes)}
    if definition.way != "rate":
        return found or {None: Value(None, None, None, Range(0, 0))}
    return {
        of: each._replace(value=None) if people is None else rate(each, people)
        for of, each in found.items()
    }


def _is_few(definition: Definition, value: Value, fewest: int) -> bool:
    most = value.denominator.most or 0
    return definition.way in ("share", "mix", "median") and 0 < most < fewest


def _over(definition: Definition, values: Iterable[Value], fewest: int) -> OverOrganisations | None:
    """Find the median over organisations, of those that rest on enough."""
    if definition.way not in ("share", "mix", "median", "rate"):
        return None
    sample, sure, perhaps, fewer = Sample(), 0, 0, 0
    for each in values:
        least, most = (limit or 0 for limit in each.denominator)
        if each.value is None or most < fewest:
            fewer += 1
            continue
        certain = least >= max(fewest, 1)
        low, high = (None if limit is None else float(limit) for limit in each.value)
        sample.add(low, high, sure=certain)
        sure, perhaps = sure + certain, perhaps + (not certain)
    return OverOrganisations(_rounded(sample.median), Range(sure, sure + perhaps), fewer)


def _rounded(median: Range[float] | None) -> Range[float] | None:
    """Round the mean of two values, which are rounded themselves."""
    if median is None:
        return None
    least, most = (None if limit is None else round(limit, 2) for limit in median)
    return Range(least, most)
