"""The comparison of like findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.measuring.compare_amounts import (
    amount_lines,
    amount_of,
    amount_place,
    released_amount_lines,
    usual_amounts,
)
from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.text import TextLine, quoted
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.consistency.public_release import THRESHOLD
from answerable.projections.consistency.wording import measure_words
from answerable.projections.extents import extent_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import capital, spelt
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.party import numbers_words
from answerable.projections.wording.vocabulary import words

if TYPE_CHECKING:
    from answerable.cli.shared.options import Times
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.consistency.compare import Alike, AmountOutlier, Group, Outlier
    from answerable.projections.consistency.outliers import BandPlace
    from answerable.projections.consistency.public_release import ReleasedGroup
    from answerable.projections.consistency.reasons import Reasons
    from answerable.projections.consistency.units import DecidedFinding, Likeness
    from answerable.projections.facts.names import Names
    from answerable.projections.titles import Titles


class Called(NamedTuple):
    """Hold what to call parties and cases."""

    parties: Names
    titles: Titles

    def case(self, case_id: str) -> str:
        """Call a case by its title, and by its slug."""
        return case_words(case_id, self.titles.of(case_id))


def called(opened: Ledger, times: Times) -> Called:
    """Return what parties and cases are called on a record, as known by then."""
    from answerable.projections.facts.names import names
    from answerable.projections.titles import Titles

    return Called(names(opened, known_by=times.known_by), Titles(opened, times.known_by))


def asked(as_of: Asked | None, known_by: Asked | None) -> Iterator[TextLine]:
    """Say the times asked about, if any."""
    if said := asked_line(as_of, known_by):
        yield TextLine(capital(said), "dim")


def footer(head: TreeHead) -> Iterator[TextLine]:
    """Say which log the answer was read from."""
    yield TextLine("")
    yield TextLine(head_line(head), "dim")


def group_lines(group: Group) -> Iterator[TextLine]:
    """Say what a group of like findings is, and how they were answered."""
    yield TextLine("")
    number = in_words(group.number)
    noun = "finding" if number == "1" else "findings"
    yield TextLine(f"{_named(group.key)}: {number} {noun}", "bold")
    if any(group.parties):
        yield TextLine(f"  about {numbers_words(group.parties)}", "dim")
    for share in group.distribution:
        named = ", ".join(map(words, share.measures)) or STEPS[share.step]
        yield TextLine(f"  {in_words(share.number):>8}  step {share.step}: {named}")
    if group.unranked.most:
        yield TextLine(f"  {in_words(group.unranked):>8}  without a step: another measure")
    if group.ranked.most:
        yield TextLine(f"  gravity: {_quartiles(group.quartile_1, group.median, group.quartile_3)}")
    apart = (
        ("lifted", group.lifted),
        ("overturned on appeal", group.overturned),
        ("withdrawn", group.withdrawn),
    )
    if any(count for _, count in apart):
        ended = ", ".join(f"{count:,} {word}" for word, count in apart if count)
        yield TextLine(f"  measures no longer in force: {ended}")
    if group.by_case:
        yield TextLine(
            f"  measures that name no finding, taken by person and case: {group.by_case:,}", "dim"
        )
    for each in group.told:
        yield TextLine(f"  {extent_words(each)}")
    yield from amount_lines(group)


def in_all(groups: Sequence[Group]) -> TextLine:
    """Say how many groups there are, and how many findings lie outside what is usual in theirs."""
    if not groups:
        return TextLine("No finding of the kind holds anyone responsible.", "bold")
    verdicts = [each for group in groups for each in group.outside_at_all.values()]
    sure = sum(each == "yes" for each in verdicts)
    perhaps = len(verdicts) - sure
    outside = f"{sure:,} to {sure + perhaps:,}" if perhaps else f"{sure:,}" if sure else "none"
    return TextLine(
        f"{capital(spelt(len(groups), 'group'))} of like findings. "
        f"Answered otherwise than is usual: {outside}.",
        "bold",
    )


def outside_lines(groups: Iterator[ReleasedGroup]) -> Iterator[TextLine]:
    """Say the groups as outsiders may see them; the first line is the same whatever is left out."""
    yield TextLine(
        f"Groups of fewer than {THRESHOLD} findings or people, if there are any, are left out."
    )
    for each in groups:
        yield TextLine("")
        yield TextLine(f"{_named(each.key)}: {in_words(each.number)} findings", "bold")
        yield TextLine(f"  gravity: {_quartiles(each.quartile_1, each.median, each.quartile_3)}")
        yield from released_amount_lines(each)


def _named(key: Likeness) -> str:
    offence, responsibility, grade = key
    return " · ".join(
        (
            offence or "offence not told",
            responsibility,
            "grade not told" if grade is None else f"grade {grade}",
        )
    )


def _step(span: Range[float] | None) -> str:
    """Say a step of gravity, or between which two one lies: "6 (money lost)"."""
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


def unusual_lines(each: Outlier, called: Called) -> Iterator[TextLine]:
    """Say which finding was answered otherwise than like ones, and why."""
    place = each.place
    how = place.side or "milder or graver"
    sure = "" if place.outside == "yes" else "indeterminate: perhaps "
    style = "bold yellow" if place.outside == "yes" else "yellow"
    yield TextLine(f"  {sure}{how} than is usual: {finding_words(each.unit, called)}", style)
    yield from _usual(place)
    yield from reason_lines(each.reasons)


def unusual_amount_lines(each: AmountOutlier, called: Called) -> Iterator[TextLine]:
    """Say for which finding more or less was lost than for like ones, by how much, and why."""
    place = each.place
    style = "bold yellow" if place.outside == "yes" else "yellow"
    how = amount_place(place, each.currency, each.measures)
    yield TextLine(f"  {how}: {finding_words(each.unit, called)}", style)
    if place.band is not None:
        yield TextLine(f"    {usual_amounts(place.band, each.currency)}", "dim")
    yield from reason_lines(each.reasons)


def reason_lines(reasons: Reasons) -> Iterator[TextLine]:
    """Say why a finding was answered as it was, or that no reason is on record."""
    for reason in reasons.fields:
        if reason.text.state != "not told":
            yield TextLine(f"    {_reason(reason.field, reason.text.value, reason.text.state)}")
    if reasons.on_record == "no":
        yield TextLine("    NO REASON ON RECORD", "bold red")
    elif reasons.on_record == "unknown":
        yield TextLine(
            "    indeterminate: no reason is open to read, and one may be on record", "red"
        )


def _reason(field: str, value: Any, state: str) -> str:
    if state != "told":
        return f"{field}: ({state})"
    each = value if isinstance(value, list | tuple) else [value]
    return f"{field}: {'; '.join(map(quoted, each))}"


def _usual(place: BandPlace) -> Iterator[TextLine]:
    if place.band is not None:
        band = place.band
        low, high = in_words(band.low), in_words(band.high)
        yield TextLine(
            f"    {in_words(band.comparators)} comparators: "
            f"{_quartiles(band.quartile_1, band.median, band.quartile_3)}; "
            f"usual from {low} to {high}",
            "dim",
        )


def finding_words(unit: DecidedFinding, called: Called) -> str:
    """Say which finding it is, about whom, and what was imposed for it."""
    measures = ", ".join(measure_words(each) for each in unit.measures) or "no measure"
    perhaps = "" if unit.as_of == "yes" else ", which may not have held by then"
    who, where = called.parties.called(unit.subject), called.case(unit.case_id)
    return f"#{unit.position} of {where}, about {who}{perhaps}: {measures}"


def _own_amounts(found: Alike) -> Iterator[TextLine]:
    """Say how much was lost for one finding, and where that lies outside what is usual."""
    for amounts in found.group.amounts:
        told = (amounts.currency, amounts.measures)
        for each in amounts.findings:
            if each.event_id != found.unit.event_id:
                continue
            if each.band is None:
                yield TextLine(f"  {amount_of(each, *told)}")
            else:
                yield TextLine(f"{capital(amount_place(each, *told))}.", "bold")
                yield TextLine(f"    {usual_amounts(each.band, amounts.currency)}", "dim")


def alike_lines(found: Alike, called: Called, asked: Iterable[TextLine]) -> Iterator[TextLine]:
    """Say what one finding is, whether it was answered as usual, and what it is held against."""
    yield TextLine(finding_words(found.unit, called), "bold")
    yield from asked
    if found.place is None:
        yield TextLine("It has no place on the scale: another measure alone is in force.")
    elif found.place.band is None:
        yield TextLine("There are too few comparators to say what is usual.")
    else:
        verdict = {
            "yes": f"It is {found.place.side} than is usual.",
            "no": "In gravity it is within what is usual.",
            "unknown": "Whether it is within what is usual is indeterminate.",
        }[found.place.outside]
        yield TextLine(verdict, "bold")
        yield from _usual(found.place)
    yield from _own_amounts(found)
    for each in found.comparators:
        where = f"#{each.position} of {called.case(each.case_id)}"
        if each.shape is None:
            yield TextLine(f"  {where}: without a step")
        else:
            yield TextLine(f"  {where}: {_step(Range(each.shape[0], each.shape[1]))}")
    yield from group_lines(found.group)
