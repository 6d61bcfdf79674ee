"""Write the section on whether like findings were answered alike, the outliers by name."""

from __future__ import annotations

from collections.abc import Mapping

from answerable.domain.dates import When
from answerable.domain.language.saying import say, say_as, to_say
from answerable.projections.across.across import AcrossCases, Unusual
from answerable.projections.across.sections.register import beyond, case_line, party
from answerable.projections.blocks.blocks import Block, Row, Section, cell, paragraph, row, table
from answerable.projections.consistency.compare import Group, Outlier
from answerable.projections.consistency.gravity import step_words
from answerable.projections.consistency.outliers import Side
from answerable.projections.extents import extent_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.measures import several
from answerable.projections.wording.vocabulary import as_term, measure, words

REASONS: Mapping[When, str] = {
    "yes": to_say("on record"),
    "no": to_say("NO REASON ON RECORD"),
    "unknown": to_say("not open to read"),
}
"""Says whether a reason is told."""

SIDES: Mapping[Side | None, str] = {
    "graver": to_say("graver than is usual"),
    "milder": to_say("milder than is usual"),
    None: to_say("milder or graver than is usual"),
}
"""Says how an answer differs from those of like findings."""

AMOUNTS: Mapping[Side | None, str] = {
    "graver": to_say("more money than is usual ({measures}, {currency})"),
    "milder": to_say("less money than is usual ({measures}, {currency})"),
    None: to_say("more or less money than is usual ({measures}, {currency})"),
}
"""Says how an amount differs from those of like findings."""


def alike(across: AcrossCases) -> Section | None:
    """Write the section, where findings hold somebody responsible."""
    if not across.groups:
        return None
    blocks: list[Block] = []
    if across.unusual:
        rows = map(_unusual, across.unusual)
        heads = (
            *(say("Finding"), say("Who"), say("Case"), say("Answered by")),
            *(say("How"), say("Reason on record")),
        )
        blocks.append(table(heads, rows, say("Answered otherwise than is usual")))
        if across.more_unusual:
            blocks.append(paragraph(beyond(across.more_unusual, "answerable compare")))
    of_groups = (
        *(say("Like findings"), say("Number"), say("Answered by")),
        say("Gravity"),
    )
    blocks.append(table(of_groups, map(_group, across.groups)))
    return Section("alike", say("Were like cases treated alike?"), tuple(blocks))


def _group(group: Group) -> Row:
    offence, responsibility, grade = group.key
    comma = say_as("list", ", ")
    answered = [
        _times(share.number, comma.join(map(words, share.measures)) or step_words(share.step))
        for share in group.distribution
    ]
    if group.unranked.most:
        answered.append(_times(group.unranked, say("another measure")))
    answered += map(extent_words, group.told)
    like = (
        say("offence not told") if offence is None else as_term(offence),
        responsible_words(responsibility),
        say("grade not told") if grade is None else say("grade {grade}", grade=grade),
    )
    return row(
        " · ".join(like),
        in_words(group.number),
        cell(*answered),
        _gravity(group),
    )


def _gravity(group: Group) -> str:
    """Say the median of a group's steps of gravity, and its quartiles where they are others."""
    median, first, third = map(_step, (group.median, group.quartile_1, group.quartile_3))
    if median == first == third:
        return median
    return say(
        "median {median}, quartiles {first} and {third}", median=median, first=first, third=third
    )


def responsible_words(responsibility: str) -> str:
    """Say in which way those of like findings are responsible."""
    return say_as("like findings", "{responsibility}", responsibility=as_term(responsibility))


def _step(span: Range[float] | None) -> str:
    """Say a step of gravity, or between which two one lies."""
    least, most = span or (None, None)
    if least is None or most is None:
        return ""
    low, high = (
        say("{what} ({marks})", what=format(each, "g"), marks=step_words(int(each)))
        for each in (least, most)
    )
    return low if low == high else say("{least} to {most}", least=low, most=high)


def _times(number: Range[int], what: str) -> str:
    return say("{number} × {what}", number=in_words(number), what=what)


def _unusual(each: Unusual) -> Row:
    found, unit = each.found, each.found.unit
    fields = (
        {name: value for name, value in one._asdict().items() if value is not None}
        for one in unit.measures
    )
    return row(
        f"#{unit.position}",
        party(each.name, unit.subject),
        case_line(unit.case_id, each.title),
        cell(*(map(measure, fields) if unit.measures else (say("no measure"),))),
        _how(each),
        say(REASONS[found.reasons.on_record]),
    )


def _how(each: Unusual) -> str:
    found = each.found
    side = found.place.side
    if isinstance(found, Outlier):
        said = say(SIDES[side])
    else:
        measures = say_as("list", ", ").join(map(several, found.measures))
        said = say(AMOUNTS[side], measures=measures, currency=found.currency)
    return said if found.place.outside == "yes" else say("perhaps {what}", what=said)
