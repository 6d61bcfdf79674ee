"""Hold a finding against its comparators: like findings, and the band of how they were answered.

The pure part: which key a finding is kept under, what is kept of it, and what follows from the
findings that are like it. They are found by `answerable.projections.like_findings`, over all cases:

    like = LikeFindings(record)                     # one case is asked about
    like = every_finding(record)                    # all cases are: one pass over the record
    for unit in answered_by(view, sanction_event_id):
        others = like.others(view, unit, key)       # Counter[Shape]: of other cases and this one
        found = compared(unit, others, (low, high))  # None where the unit has no place on the scale
        found.enough(5), found.outside, found.side, found.low, found.high

A share such as 0.1 is given exactly (`share_of`): the float nearest to a tenth is more than one.
The band is by nearest rank (Hyndman and Fan's definition 1), as all quantiles of the scale of
gravity are: each end of it is a step that somebody was given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic_core import to_json

from answerable.domain.dates import When
from answerable.domain.record import RecordedEvent
from answerable.domain.terms.outcome import blames
from answerable.projections.consistency.outliers import Shape, Side, beyond
from answerable.projections.consistency.units import DecidedFinding, Likeness, decided
from answerable.projections.facts.case_view import CaseView
from answerable.projections.intervals import Range, Sample

FIELDS: Mapping[str, str] = {
    "offence_class": "offence",
    "responsibility": "responsibility",
    "grade": "grade",
}
"""The fields of a finding by which findings may be alike, and what a likeness calls them."""

LIKENING = frozenset(("finding-made", "correction", "retraction"))
"""The kinds of events that decide which findings a finding is like."""

READ = ("outcome", *FIELDS)
"""The fields that decide of likeness: whether a finding blames, and what it is like."""

Wanted = tuple[tuple[str, str | None], ...]
"""The properties that a finding must have to be like another: each by its name in a likeness."""


class Comparison(NamedTuple):
    """A finding held against like ones, itself left out.

    Attributes:
        number: how many comparators have a place on the scale; an interval, where it is not
            certain which findings hold a person responsible.
        low: the least step that is usual, at the lower share of the comparators.
        high: the greatest step that is usual, at the upper share.
        outside: whether the finding's gravest measure is milder than `low` or graver than `high`.
        side: on which side, where only one is possible.
    """

    unit: DecidedFinding
    number: Range[int]
    low: Range[float] | None
    high: Range[float] | None
    outside: When
    side: Side | None

    def enough(self, least: int) -> When:
        """Tell whether there are so many comparators that they tell what is usual."""
        if (self.number.least or 0) >= least:
            return "yes"
        return "no" if (self.number.most or 0) < least else "unknown"


def compared(
    unit: DecidedFinding, others: Counter[Shape], shares: tuple[Fraction, Fraction]
) -> Comparison | None:
    """Hold a finding against its comparators.

    Args:
        unit: the finding, with what was imposed for it.
        others: the comparators' places on the scale, the finding's own left out.
        shares: between which of their quantiles a measure is usual.

    Returns:
        None, where the finding has no place on the scale: `other` alone was imposed for it.
    """
    if unit.shape is None:
        return None
    sample = Sample()
    for (least, most, sure), times in others.items():
        sample.add(least, most, sure=sure, times=times)
    number = Range(sum(sample.sure.values()), sum(others.values()))
    low, high = (sample.quantile(share) for share in shares)
    if low is None or high is None:
        return Comparison(unit, number, None, None, "no", None)
    own: Range[float] = Range(unit.shape[0], unit.shape[1])
    return Comparison(unit, number, low, high, *beyond(own, low, high))


def share_of(number: float | str) -> Fraction:
    """Read a share as it is written: 0.1 is a tenth, which no float is."""
    return Fraction(str(number))


def answered_by(view: CaseView, sanction: str) -> tuple[DecidedFinding, ...]:
    """List the findings that a sanction answers, or may; none, where it was never imposed."""
    return tuple(
        unit
        for unit in decided(view)
        if any(each.event_id == sanction and each.held != "no" for each in unit.measures)
    )


def wanted(likeness: Likeness, key: Collection[str] = FIELDS) -> Wanted:
    """Choose the properties that comparators share, by the names of a finding's fields."""
    return tuple((name, getattr(likeness, name)) for field, name in FIELDS.items() if field in key)


def takes(asked: Wanted, likeness: Likeness) -> bool:
    """Tell whether findings of a likeness are among those wanted."""
    return all(getattr(likeness, name) == value for name, value in asked)


def shapes(units: Iterable[DecidedFinding], asked: Wanted) -> Counter[Shape]:
    """Count the places of those of some findings that are wanted."""
    return Counter(
        unit.shape for unit in units if unit.shape is not None and takes(asked, unit.key)
    )


def key_of(likeness: Likeness) -> str:
    """Write a likeness as the key of a document."""
    return to_json(likeness).decode()


def kept(units: Iterable[DecidedFinding]) -> bytes:
    """Write the places of some findings, so that the same places are the same bytes."""
    return to_json(sorted(unit.shape for unit in units if unit.shape is not None))


def likenesses(events: Iterable[RecordedEvent]) -> dict[Likeness, None]:
    """Find every likeness that the blaming findings of a case ever had, recorded or corrected.

    What a finding once was, is told ever after: else its case would stay among those that it was
    like before it was corrected.
    """
    layers: dict[str, dict[str, Mapping[str, Any]]] = {}
    corrects: dict[str, str] = {}
    found: dict[Likeness, None] = {}
    for event in events:
        if event.kind not in LIKENING:
            continue
        target = event.fields.get("target", "")
        if event.kind == "finding-made":
            finding = event.event_id
            layers[finding] = {finding: event.fields}
        elif event.kind == "correction" and target in layers:
            finding = corrects[event.event_id] = target
            layers[finding][event.event_id] = event.fields.get("fields", {})
        elif event.kind == "retraction" and target in corrects:
            finding = corrects[target]
            layers[finding].pop(target, None)
        else:
            continue
        outcome, *likeness = _read(layers[finding].values())
        if blames(outcome, likeness[1]):
            found[Likeness(*likeness)] = None
    return found


def _read(layers: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Read what decides of likeness, each field as the latest layer that tells of it says."""
    read: list[Any] = [None] * len(READ)
    for each in layers:
        read = [each.get(name, before) for name, before in zip(READ, read, strict=True)]
    return read


def by_likeness(view: CaseView) -> Iterator[tuple[Likeness, list[DecidedFinding]]]:
    """Part the findings of a case by their likeness."""
    found: dict[Likeness, list[DecidedFinding]] = {}
    for unit in decided(view):
        found.setdefault(unit.key, []).append(unit)
    yield from found.items()
