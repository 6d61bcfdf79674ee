"""The comparison of like findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from answerable.cli.shared.text import (
    Line,
    holds_for,
    quoted,
)
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.consistency.public_release import THRESHOLD
from answerable.projections.intervals import (
    Range,
    in_words,
)
from answerable.projections.wording.sentence import (
    measure,
    words,
)

if TYPE_CHECKING:
    from answerable.domain.record import Head
    from answerable.projections.consistency.comparison import (
        Alike,
        Group,
        Outlier,
        Told,
    )
    from answerable.projections.consistency.outliers import Place
    from answerable.projections.consistency.public_release import Published
    from answerable.projections.consistency.units import (
        Key,
        Measure,
        Unit,
    )
    from answerable.projections.facts.names import Names


def header(as_of: datetime | None, known_by: datetime | None, head: Head) -> Line:
    """What the answer holds for."""
    return Line(holds_for(as_of, known_by, head), "dim")


def group_lines(group: Group) -> Iterator[Line]:
    """A group of like findings, and how they were answered."""
    yield Line("")
    number = in_words(group.number)
    noun = "finding" if number == "1" else "findings"
    yield Line(f"{_named(group.key)}: {number} {noun}", "bold")
    for share in group.distribution:
        named = ", ".join(map(words, share.measures)) or STEPS[share.step]
        yield Line(f"  {in_words(share.number):>8}  step {share.step}: {named}")
    if group.unranked.most:
        yield Line(f"  {in_words(group.unranked):>8}  without a step: another measure")
    if group.ranked.most:
        yield Line(f"  gravity: {_quartiles(group.quartile_1, group.median, group.quartile_3)}")
    apart = (("lifted", group.lifted), ("overturned on appeal", group.overturned))
    if any(count for _, count in apart):
        told = ", ".join(f"{count:,} {word}" for word, count in apart if count)
        yield Line(f"  measures no longer in force: {told}")
    if group.by_case:
        yield Line(
            f"  measures that name no finding, taken by person and case: {group.by_case:,}", "dim"
        )
    for each in group.told:
        yield Line(f"  {_told(each)}")


def nothing() -> Line:
    """That there is nothing to compare."""
    return Line("No finding of the kind holds anyone responsible.")


def outside_lines(groups: Iterator[Published]) -> Iterator[Line]:
    """The groups as outsiders may see them. The first line is the same whatever is left out."""
    yield Line(
        f"Groups of fewer than {THRESHOLD} findings or people, if there are any, are left out."
    )
    for each in groups:
        yield Line("")
        yield Line(f"{_named(each.key)}: {in_words(each.number)} findings", "bold")
        yield Line(f"  gravity: {_quartiles(each.quartile_1, each.median, each.quartile_3)}")


def _named(key: Key) -> str:
    offence, responsibility, grade = key
    return " · ".join(
        (
            offence or "offence not told",
            responsibility,
            "grade not told" if grade is None else f"grade {grade}",
        )
    )


def _step(span: Range[float] | None) -> str:
    """A step of gravity, or between which two it lies: "6 (pay lost)"."""
    least, most = span or (None, None)
    if least is None or most is None:
        return "-"
    low, high = (f"{each:g} ({STEPS[int(each)]})" for each in (least, most))
    return low if low == high else f"{low} to {high}"


def _quartiles(
    first: Range[float] | None, median: Range[float] | None, third: Range[float] | None
) -> str:
    if first == median == third:
        return f"median and quartiles {_step(median)}"
    return f"median {_step(median)}, quartiles {_step(first)} and {_step(third)}"


def _told(each: Told) -> str:
    least, median, most = map(_amount, (each.smallest, each.median, each.largest))
    spread = least if least == most else f"from {least} to {most}, median {median}"
    return f"{words(each.measure)}, {each.unit} told of {in_words(each.number)}: {spread}"


def _amount(span: Range[str]) -> str:
    least, most = ("?" if limit is None else f"{Decimal(limit):,}" for limit in span)
    return least if least == most else f"{least} to {most}"


def unusual_lines(each: Outlier, known: Names) -> Iterator[Line]:
    """A finding that was answered otherwise than like ones, and why."""
    place = each.place
    how = place.side or "milder or graver"
    sure = "" if place.outside == "yes" else "indeterminate: perhaps "
    style = "bold yellow" if place.outside == "yes" else "yellow"
    yield Line(f"  {sure}{how} than is usual: {_finding(each.unit, known)}", style)
    yield from _usual(place)
    for reason in each.reasons.fields:
        if reason.text.state != "not told":
            yield Line(f"    {_reason(reason.field, reason.text.value, reason.text.state)}")
    if each.reasons.on_record == "no":
        yield Line("    NO REASON ON RECORD", "bold red")
    elif each.reasons.on_record == "unknown":
        yield Line("    indeterminate: no reason is open to read, and one may be on record", "red")


def _reason(field: str, value: Any, state: str) -> str:
    if state != "told":
        return f"{field}: ({state})"
    each = value if isinstance(value, list | tuple) else [value]
    return f"{field}: {'; '.join(map(quoted, each))}"


def _usual(place: Place) -> Iterator[Line]:
    if place.band is not None:
        band = place.band
        low, high = in_words(band.low), in_words(band.high)
        yield Line(
            f"    {in_words(band.comparators)} comparators: "
            f"{_quartiles(band.quartile_1, band.median, band.quartile_3)}; "
            f"usual from {low} to {high}",
            "dim",
        )


def _finding(unit: Unit, known: Names) -> str:
    measures = ", ".join(_measure(each) for each in unit.measures) or "no measure"
    perhaps = "" if unit.as_of == "yes" else ", which may not have held by then"
    who = known.called(unit.subject)
    return f"{unit.case_id} #{unit.position}, about {who}{perhaps}: {measures}"


def _measure(each: Measure) -> str:
    told = {name: value for name, value in each._asdict().items() if value is not None}
    state = "" if each.held == "yes" else f" ({each.state})" if each.held == "no" else " (perhaps)"
    return f"{measure(told)} #{each.position}{state}"


def alike_lines(found: Alike, known: Names) -> Iterator[Line]:
    """One finding, and what it is compared with."""
    yield Line(_finding(found.unit, known), "bold")
    yield from group_lines(found.group)
    yield Line("")
    if found.place is None:
        yield Line("It has no place on the scale: another measure alone is in force.")
    elif found.place.band is None:
        yield Line("There are too few comparators to say what is usual.")
    else:
        verdict = {
            "yes": f"It is {found.place.side} than is usual.",
            "no": "It is within what is usual.",
            "unknown": "Whether it is within what is usual is indeterminate.",
        }[found.place.outside]
        yield Line(verdict, "bold")
        yield from _usual(found.place)
    for each in found.comparators:
        where = f"{each.case_id} #{each.position}"
        if each.shape is None:
            yield Line(f"  {where}: without a step")
        else:
            yield Line(f"  {where}: {_step(Range(each.shape[0], each.shape[1]))}")
