"""Consistency of discipline: whether like findings were answered alike (report (e)).

That discipline be applied consistently is asked by the US DOJ (Evaluation of Corporate Compliance
Programs). Here, findings are alike that share the class of the offence, the responsibility and the
grade. Of each group there is the distribution of the gravest measure in force, and which findings
lie outside (see `fences`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from answerable.domain.dates import When
from answerable.domain.reader import Reader
from answerable.domain.zone.day_end import Asked
from answerable.projections.accountability.numbers import PartyNumbers, numbers_of
from answerable.projections.consistency.amounts import AmountOf, Amounts, AmountsCompared
from answerable.projections.consistency.gravity import GRAVITY
from answerable.projections.consistency.outliers import BandPlace, Shape, band_places
from answerable.projections.consistency.reasons import Reasons, reasons
from answerable.projections.consistency.units import DecidedFinding, Likeness, units
from answerable.projections.errors import NotFound
from answerable.projections.extents import Extents, MeasureExtent
from answerable.projections.facts.amounts import Quantity, quantities
from answerable.projections.facts.names import Names, TypeOf, names, untold
from answerable.projections.facts.record_view import RecordView
from answerable.projections.facts.three_valued import any_of
from answerable.projections.intervals import Range, Sample

NOT_TOLD = ""
"""The value, in a filter, of what is not told."""


class GroupFilter(NamedTuple):
    """The groups that are wanted; of a field None means any, an empty text that it is not told."""

    offence: str | None = None
    responsibility: str | None = None
    grade: str | None = None

    def takes(self, key: Likeness) -> bool:
        """Tell whether a group is among those wanted."""
        return all(
            each is None or (told or NOT_TOLD) == each for each, told in zip(self, key, strict=True)
        )


EVERY = GroupFilter()


class Share(NamedTuple):
    """The number of a group's findings whose gravest measure in force is on one step.

    Attributes:
        measures: the measures of that step that were imposed.
        number: an interval, where it is unknown what was in force.
    """

    step: int
    measures: tuple[str, ...]
    number: Range[int]


class Located(NamedTuple):
    """A finding of a group, in short."""

    case_id: str
    event_id: str
    position: int
    shape: Shape | None


class Group(NamedTuple):
    """The findings that are alike, and how they were answered.

    Attributes:
        number: how many findings; those apart that may not have been made by then.
        people: how many people they are about, at least; those of whom it is not told what they
            are among them.
        parties: the same by what they are: organisations, bodies and groups are no people.
        ranked: how many of them have a place on the scale.
        distribution: those, by the step of the gravest measure in force, mildest first.
        unranked: how many have no place: of them `other` alone is in force.
        other: how many measures `other` are in force, or may be.
        lifted: how many measures were lifted.
        withdrawn: how many were withdrawn, themselves or with their decisions.
        overturned: how many were overturned on appeal.
        by_case: how many measures belong to their finding by person and case alone.
        told: days and amounts, one value a party.
        findings: all of them.
        places: where they stand, by shape.
        amounts: the money that was lost for them, by currency.
        amount_not_told: for how many of them a measure takes money of which no amount is told.
    """

    key: Likeness
    number: Range[int]
    people: int
    ranked: Range[int]
    distribution: tuple[Share, ...]
    unranked: Range[int]
    quartile_1: Range[float] | None
    median: Range[float] | None
    quartile_3: Range[float] | None
    other: int
    lifted: int
    overturned: int
    by_case: int
    told: tuple[MeasureExtent, ...]
    findings: tuple[Located, ...]
    places: dict[Shape, BandPlace]
    withdrawn: int = 0
    parties: PartyNumbers = PartyNumbers()
    amounts: tuple[AmountsCompared, ...] = ()
    amount_not_told: Range[int] = Range(0, 0)

    @property
    def outside(self) -> tuple[Located, ...]:
        """Return the findings that lie outside their band, or may."""
        return tuple(each for each in self.findings if self.verdict(each) != "no")

    @property
    def verdicts(self) -> tuple[When, ...]:
        """Tell of each finding whether it lies outside its band."""
        return tuple(self.verdict(each) for each in self.findings)

    @property
    def outside_at_all(self) -> dict[tuple[str, str], When]:
        """Tell of each finding that lies outside its band, or may, by gravity or by an amount.

        By case and event id.
        """
        found: dict[tuple[str, str], When] = {}
        lost = [each for amounts in self.amounts for each in amounts.outside]
        for case_id, event_id, outside in (
            *((each.case_id, each.event_id, self.verdict(each)) for each in self.outside),
            *((each.case_id, each.event_id, each.outside) for each in lost),
        ):
            before = found.get((case_id, event_id), "no")
            found[case_id, event_id] = any_of((before, outside))
        return found

    def verdict(self, finding: Located) -> When:
        """Tell whether a finding lies outside its band. Without a place on the scale, none does."""
        return "no" if finding.shape is None else self.places[finding.shape].outside


class Outlier(NamedTuple):
    """A finding that was answered otherwise than like ones, or may have been; and why."""

    unit: DecidedFinding
    place: BandPlace
    reasons: Reasons


class AmountOutlier(NamedTuple):
    """A finding for which more or less money was lost than for like ones, or may have been; why."""

    unit: DecidedFinding
    currency: str
    measures: tuple[str, ...]
    place: AmountOf
    reasons: Reasons


class Alike(NamedTuple):
    """One finding and its comparators, itself left out."""

    unit: DecidedFinding
    place: BandPlace | None
    comparators: tuple[Located, ...]
    group: Group


def compare(
    reader: Reader,
    wanted: GroupFilter = EVERY,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> tuple[Group, ...]:
    """Group like findings over all cases; one case is in memory at a time.

    Args:
        reader: the record.
        wanted: which groups.
        as_of: leaves out what had not happened by then.
        known_by: reads the record as it was known by then.
    """
    known = names(reader, known_by=known_by)
    found = (  # What the parties are, is read in one go (`grouped`), and not case by case.
        unit
        for view in RecordView(reader, as_of, known_by).each_case()
        for unit in units(view)
        if wanted.takes(unit.key)
    )
    return grouped(found, known)


def grouped(found: Iterable[DecidedFinding], known: Names | None = None) -> tuple[Group, ...]:
    """Group some findings by offence, responsibility and grade.

    Args:
        found: the findings.
        known: tells what the parties are, all read in one go; if left out, it is not told.
    """
    making: dict[Likeness, _Making] = {}
    for unit in found:
        making.setdefault(unit.key, _Making()).add(unit)
    if known is not None:
        known.read({party for each in making.values() for party in each.named})
    type_of = untold if known is None else known.type_of
    return tuple(making[key].group(key, type_of) for key in sorted(making, key=_order))


def outliers(
    reader: Reader,
    group: Group,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Iterator[Outlier]:
    """Yield the findings of a group that lie outside their band, or may, each with its reasons.

    Their cases are read again, one at a time.
    """
    for each, unit, why in _read_again(reader, group.outside, as_of, known_by):
        if each.shape is not None:
            yield Outlier(unit, group.places[each.shape], why)


def amount_outliers(
    reader: Reader,
    group: Group,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Iterator[AmountOutlier]:
    """Yield the findings of a group for which the money lost is outside what is usual, or may be.

    Their cases are read again, one at a time.
    """
    for amounts in group.amounts:
        for each, unit, why in _read_again(reader, amounts.outside, as_of, known_by):
            yield AmountOutlier(unit, amounts.currency, amounts.measures, each, why)


Placed = TypeVar("Placed", Located, AmountOf)


def _read_again(
    reader: Reader, found: Iterable[Placed], as_of: Asked | None, known_by: Asked | None
) -> Iterator[tuple[Placed, DecidedFinding, Reasons]]:
    record = _looked_at(reader, as_of, known_by)
    for each in found:
        (view,) = record.each_of((each.case_id,))
        unit = next(one for one in units(view) if one.event_id == each.event_id)
        yield each, unit, reasons(reader, view, unit)


def like(
    reader: Reader,
    case_id: str,
    event_id: str,
    *,
    as_of: Asked | None = None,
    known_by: Asked | None = None,
) -> Alike:
    """Find one finding, and those that are like it.

    Raises:
        NotFound: the event is no finding that holds a person responsible, or was none by then.
    """
    view = _looked_at(reader, as_of, known_by).case(case_id)
    unit = next((one for one in units(view) if one.event_id == event_id), None)
    if unit is None:
        asked = view.facts.get(event_id)
        what = f"event {event_id}" if asked is None else f"{asked.kind} #{asked.event.position}"
        raise NotFound(
            f"the {what} is no finding that holds a person responsible, or is none that stands.",
            hint="Give a substantiated finding, retracted by nobody and not overturned.",
        )
    wanted = GroupFilter(*(part or NOT_TOLD for part in unit.key))
    (group,) = compare(reader, wanted, as_of=as_of, known_by=known_by)
    shape = unit.shape
    return Alike(
        unit,
        None if shape is None else group.places[shape],
        tuple(each for each in group.findings if each.event_id != event_id),
        group,
    )


def _looked_at(reader: Reader, as_of: Asked | None, known_by: Asked | None) -> RecordView:
    type_of = names(reader, known_by=known_by).type_of
    return RecordView(reader, as_of, known_by, type_of=type_of)


class _Making:
    """A group in the making. Of a finding, its numbers are kept."""

    def __init__(self) -> None:
        self.findings: list[Located] = []
        self.certain = 0
        self.unranked = Counter[bool]()
        self.shapes: Counter[Shape] = Counter()
        self.parties: set[str] = set()
        self.steps: Counter[tuple[int, bool]] = Counter()
        self.imposed: set[str] = set()
        self.sample = Sample()
        self.apart = Counter[str]()
        self.took: list[tuple[str, str | None, str, Quantity]] = []
        self.amounts = Amounts()

    def add(self, unit: DecidedFinding) -> None:
        shape, sure = unit.shape, unit.as_of == "yes"
        self.findings.append(Located(unit.case_id, unit.event_id, unit.position, shape))
        self.certain += sure
        if shape is None:
            self.unranked[sure] += 1
        else:
            self.shapes[shape] += 1
            self.sample.add(shape[0], shape[1], sure=sure)
            if sure:
                self.parties.add(unit.subject)
        alone = sure and len(unit.steps) == 1
        self.steps.update((step, alone) for step in unit.steps)
        self.amounts.add(unit)
        for each in unit.measures:
            self.apart["by case"] += each.link == "case"
            if each.held == "no":
                self.apart[each.state] += 1
                continue
            self.imposed.update(each.named)
            self.apart["other"] += any(name not in GRAVITY for name in each.named)
            for took in quantities(each):
                took = took._replace(sure=took.sure and sure)
                self.took.append((unit.subject, unit.type, each.event_id, took))

    @property
    def named(self) -> Iterator[str]:
        """Iterate over the parties of which it matters what they are."""
        yield from self.parties
        yield from (subject for subject, *_ in self.took)

    def group(self, key: Likeness, type_of: TypeOf) -> Group:
        told = Extents()
        for subject, type_, event_id, took in self.took:
            told.add(subject, type_ or type_of(subject), event_id, took)
        parties = numbers_of(self.parties, type_of)
        ranked = Range(sum(self.sample.sure.values()), sum(self.shapes.values()))
        return Group(
            key,
            Range(self.certain, len(self.findings)),
            parties.people + parties.type_not_told,
            ranked,
            tuple(self._shares()),
            Range(self.unranked[True], self.unranked.total()),
            self.sample.quartile(1),
            self.sample.quartile(2),
            self.sample.quartile(3),
            self.apart["other"],
            self.apart["lifted"],
            self.apart["overturned"],
            self.apart["by case"],
            told.extents(),
            tuple(sorted(self.findings, key=lambda each: (each.case_id, each.position))),
            band_places(self.shapes),
            self.apart["withdrawn"],
            parties,
            tuple(self.amounts.compared(type_of)),
            self.amounts.not_told,
        )

    def _shares(self) -> Iterator[Share]:
        for step in sorted({step for step, _ in self.steps}):
            named = sorted(each for each in self.imposed if GRAVITY.get(each) == step)
            sure, perhaps = self.steps[step, True], self.steps[step, False]
            yield Share(step, tuple(named), Range(sure, sure + perhaps))


def _order(key: Likeness) -> tuple[tuple[bool, str], ...]:
    """Order groups by name; what is not told comes last."""
    return tuple((part is None, part or "") for part in key)
