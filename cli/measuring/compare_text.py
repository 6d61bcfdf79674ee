"""The comparison of like findings as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from answerable.cli.measuring.compare_amounts import (
    amount_lines,
    amount_of,
    amount_place,
    findings_words,
    released_amount_lines,
    usual_amounts,
)
from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.terminal.screen import columns
from answerable.cli.shared.text import TextLine, quoted
from answerable.domain.language.saying import (
    figures,
    label_words,
    punctuation,
    say,
    say_as,
    say_count,
    spoken,
    to_say,
)
from answerable.projections.consistency.gravity import step_words
from answerable.projections.consistency.public_release import THRESHOLD
from answerable.projections.consistency.wording import measure_words
from answerable.projections.extents import extent_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.counts import capital
from answerable.projections.wording.leading.case import case_words
from answerable.projections.wording.party import numbers_words
from answerable.projections.wording.vocabulary import (
    as_term,
    responsibility_words,
    state_words,
    words,
)

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
    number = findings_words(group.number)
    yield TextLine(say("{what}: {detail}", what=_named(group.key), detail=number), "bold")
    if any(group.parties):
        about = numbers_words(group.parties)
        said = say("about {parties}", parties=about)
        yield TextLine(f"  {said}", "dim")
    for share in group.distribution:
        named = say_as("list", ", ").join(map(words, share.measures)) or step_words(share.step)
        said = say("step {step}: {measures}", step=share.step, measures=named)
        yield TextLine(f"  {_number(share.number)}  {said}")
    if group.unranked.most:
        said = say("without a step: another measure")
        yield TextLine(f"  {_number(group.unranked)}  {said}")
    if group.ranked.most:
        yield TextLine(_gravity(group.quartile_1, group.median, group.quartile_3))
    apart = (
        (to_say("{number} lifted"), group.lifted),
        (to_say("{number} overturned on appeal"), group.overturned),
        (to_say("{number} withdrawn"), group.withdrawn),
    )
    if any(count for _, count in apart):
        ended = punctuation(", ").join(
            say(sentence, number=figures(count)) for sentence, count in apart if count
        )
        said = say("measures no longer in force: {numbers}", numbers=ended)
        yield TextLine(f"  {said}")
    if group.by_case:
        said = say(
            "measures that name no finding, taken by person and case: {number}",
            number=figures(group.by_case),
        )
        yield TextLine(f"  {said}", "dim")
    for each in group.told:
        yield TextLine(f"  {extent_words(each)}")
    yield from amount_lines(group)


def _number(number: Range[int]) -> str:
    """Say a number so that those below each other end in one column."""
    said = in_words(number)
    return " " * (NUMBERS - columns(said)) + said


NUMBERS = 8
"""The columns of a number before what it is of."""


def _gravity(
    first: Range[float] | None, median: Range[float] | None, third: Range[float] | None
) -> str:
    said = say("gravity: {quartiles}", quartiles=_quartiles(first, median, third))
    return f"  {said}"


def in_all(groups: Sequence[Group]) -> TextLine:
    """Say how many groups there are, and how many findings lie outside what is usual in theirs."""
    if not groups:
        return TextLine(say("No finding of the kind holds anyone responsible."), "bold")
    verdicts = [each for group in groups for each in group.outside_at_all.values()]
    sure = sum(each == "yes" for each in verdicts)
    perhaps = len(verdicts) - sure
    outside = figures(sure) if sure else say("none")
    if perhaps:
        most = figures(sure + perhaps)
        outside = say("{least} to {most}", least=figures(sure), most=most)
    said = say_count(
        "{letters} group of like findings. Answered otherwise than is usual: {outside}.",
        "{letters} groups of like findings. Answered otherwise than is usual: {outside}.",
        len(groups),
        outside=outside,
    )
    return TextLine(capital(said), "bold")


def outside_lines(groups: Iterator[ReleasedGroup]) -> Iterator[TextLine]:
    """Say the groups as outsiders may see them; the first line is the same whatever is left out."""
    yield TextLine(
        say(
            "Groups of fewer than {number} findings or people, if there are any, are left out.",
            number=THRESHOLD,
        )
    )
    for each in groups:
        yield TextLine("")
        number = say("{number} findings", number=in_words(each.number))
        yield TextLine(say("{what}: {detail}", what=_named(each.key), detail=number), "bold")
        yield TextLine(_gravity(each.quartile_1, each.median, each.quartile_3))
        yield from released_amount_lines(each)


def _named(key: Likeness) -> str:
    offence, responsibility, grade = key
    return " · ".join(
        (
            as_term(offence) if offence else say("offence not told"),
            responsibility if spoken() is None else responsibility_words(responsibility),
            say("grade not told") if grade is None else say("grade {grade}", grade=as_term(grade)),
        )
    )


def _step(span: Range[float] | None) -> str:
    """Say a step of gravity, or between which two one lies: "6 (money lost)"."""
    least, most = span or (None, None)
    if least is None or most is None:
        return "-"
    low, high = map(_one_step, (least, most))
    return low if low == high else say("{least} to {most}", least=low, most=high)


def _one_step(step: float) -> str:
    number, named = f"{step:g}", step_words(int(step))
    return say("{what} ({marks})", what=number, marks=named)


def _quartiles(
    first: Range[float] | None, median: Range[float] | None, third: Range[float] | None
) -> str:
    if first == median == third:
        return say("median and quartiles {median}", median=_step(median))
    return say(
        "median {median}, quartiles {first} and {third}",
        median=_step(median),
        first=_step(first),
        third=_step(third),
    )


def unusual_lines(each: Outlier, called: Called) -> Iterator[TextLine]:
    """Say which finding was answered otherwise than like ones, and why."""
    place = each.place
    how = say(SIDES[place.side])
    if place.outside != "yes":
        how = say("indeterminate: perhaps {how}", how=how)
    style = "bold yellow" if place.outside == "yes" else "yellow"
    said = say("{what}: {detail}", what=how, detail=finding_words(each.unit, called))
    yield TextLine(f"  {said}", style)
    yield from _usual(place)
    yield from reason_lines(each.reasons)


SIDES: Mapping[str | None, str] = {
    "milder": to_say("milder than is usual"),
    "graver": to_say("graver than is usual"),
    None: to_say("milder or graver than is usual"),
}
"""Says to which side a finding was answered otherwise than is usual."""


def unusual_amount_lines(each: AmountOutlier, called: Called) -> Iterator[TextLine]:
    """Say for which finding more or less was lost than for like ones, by how much, and why."""
    place = each.place
    style = "bold yellow" if place.outside == "yes" else "yellow"
    how = amount_place(place, each.currency, each.measures)
    said = say("{what}: {detail}", what=how, detail=finding_words(each.unit, called))
    yield TextLine(f"  {said}", style)
    if place.band is not None:
        yield TextLine(f"    {usual_amounts(place.band, each.currency)}", "dim")
    yield from reason_lines(each.reasons)


def reason_lines(reasons: Reasons) -> Iterator[TextLine]:
    """Say why a finding was answered as it was, or that no reason is on record."""
    for reason in reasons.fields:
        if reason.text.state != "not told":
            yield TextLine(f"    {_reason(reason.field, reason.text.value, reason.text.state)}")
    if reasons.on_record == "no":
        none = say("NO REASON ON RECORD")
        yield TextLine(f"    {none}", "bold red")
    elif reasons.on_record == "unknown":
        unsure = say("indeterminate: no reason is open to read, and one may be on record")
        yield TextLine(f"    {unsure}", "red")


def _reason(field: str, value: Any, state: str) -> str:
    name = field if spoken() is None else label_words(field)
    if state != "told":
        why = state_words(state)
        said = say("({why})", why=why)
    else:
        each = value if isinstance(value, list | tuple) else [value]
        said = punctuation("; ").join(map(quoted, each))
    return say("{field}: {value}", field=name, value=said)


def _usual(place: BandPlace) -> Iterator[TextLine]:
    if place.band is not None:
        band = place.band
        low, high = in_words(band.low), in_words(band.high)
        said = say(
            "{number} comparators: {quartiles}; usual from {low} to {high}",
            number=in_words(band.comparators),
            quartiles=_quartiles(band.quartile_1, band.median, band.quartile_3),
            low=low,
            high=high,
        )
        yield TextLine(f"    {said}", "dim")


def finding_words(unit: DecidedFinding, called: Called) -> str:
    """Say which finding it is, about whom, and what was imposed for it."""
    said = say(
        "#{position} of {case}, about {party}",
        position=unit.position,
        case=called.case(unit.case_id),
        party=called.parties.called(unit.subject),
    )
    if unit.as_of != "yes":
        said = say("{finding}, which may not have held by then", finding=said)
    imposed = [measure_words(each) for each in unit.measures]
    measures = punctuation(", ").join(imposed) or say("no measure")
    return say("{what}: {detail}", what=said, detail=measures)


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
                place = capital(amount_place(each, *told))
                yield TextLine(say("{sentence}.", sentence=place), "bold")
                yield TextLine(f"    {usual_amounts(each.band, amounts.currency)}", "dim")


def alike_lines(found: Alike, called: Called, asked: Iterable[TextLine]) -> Iterator[TextLine]:
    """Say what one finding is, whether it was answered as usual, and what it is held against."""
    yield TextLine(finding_words(found.unit, called), "bold")
    yield from asked
    if found.place is None:
        yield TextLine(say("It has no place on the scale: another measure alone is in force."))
    elif found.place.band is None:
        yield TextLine(say("There are too few comparators to say what is usual."))
    else:
        side = say(SIDES[found.place.side])
        verdict = {
            "yes": say("It is {side}.", side=side),
            "no": say("In gravity it is within what is usual."),
            "unknown": say("Whether it is within what is usual is indeterminate."),
        }[found.place.outside]
        yield TextLine(verdict, "bold")
        yield from _usual(found.place)
    yield from _own_amounts(found)
    for each in found.comparators:
        case = called.case(each.case_id)
        where = say("#{position} of {case}", position=each.position, case=case)
        step = say("without a step") if each.shape is None else _step(Range(*each.shape[:2]))
        said = say("{what}: {detail}", what=where, detail=step)
        yield TextLine(f"  {said}")
    yield from group_lines(found.group)
