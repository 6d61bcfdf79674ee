"""Write the section on whether like findings were answered alike, the outliers by name."""

from __future__ import annotations

from answerable.projections.across.across import AcrossCases, Unusual
from answerable.projections.across.sections.register import case_line, party
from answerable.projections.blocks.blocks import Block, Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import code
from answerable.projections.consistency.compare import Group, Outlier
from answerable.projections.consistency.gravity import STEPS
from answerable.projections.extents import extent_words
from answerable.projections.intervals import Range, in_words
from answerable.projections.wording.measures import several
from answerable.projections.wording.vocabulary import measure, words

GROUPS = ("Like findings", "Number", "Answered by", "Gravity: median and quartiles")
OUTSIDE = ("Finding", "Who", "Case", "Answered by", "How", "Reason on record")


def alike(across: AcrossCases) -> Section | None:
    """Write the section, where findings hold somebody responsible."""
    if not across.groups:
        return None
    blocks: list[Block] = []
    if across.unusual:
        rows = map(_unusual, across.unusual)
        blocks.append(table(OUTSIDE, rows, "Answered otherwise than is usual"))
        if across.more_unusual:
            more = f"{across.more_unusual:,} more: "
            blocks.append(paragraph(more, code("answerable compare"), " has them."))
    blocks.append(table(GROUPS, map(_group, across.groups)))
    return Section("alike", "Were like cases treated alike?", tuple(blocks))


def _group(group: Group) -> Row:
    offence, responsibility, grade = group.key
    answered = [
        f"{in_words(share.number)} × {', '.join(map(words, share.measures)) or STEPS[share.step]}"
        for share in group.distribution
    ]
    if group.unranked.most:
        answered.append(f"{in_words(group.unranked)} × another measure")
    answered += map(extent_words, group.told)
    held = grade if grade is None else f"grade {grade}"
    like = (offence or "offence not told", responsibility, held or "grade not told")
    return row(
        " · ".join(like),
        in_words(group.number),
        cell(*answered),
        cell(*map(_step, (group.median, group.quartile_1, group.quartile_3))),
    )


def _step(span: Range[float] | None) -> str:
    """Say a step of gravity, or between which two one lies."""
    least, most = span or (None, None)
    if least is None or most is None:
        return ""
    low, high = (f"{each:g} ({STEPS[int(each)]})" for each in (least, most))
    return low if low == high else f"{low} to {high}"


def _unusual(each: Unusual) -> Row:
    found, unit = each.found, each.found.unit
    fields = (
        {name: value for name, value in one._asdict().items() if value is not None}
        for one in unit.measures
    )
    reason = {"yes": "on record", "no": "NO REASON ON RECORD", "unknown": "not open to read"}
    return row(
        f"#{unit.position}",
        party(each.name, unit.subject),
        case_line(unit.case_id, each.title),
        cell(*(map(measure, fields) if unit.measures else ("no measure",))),
        _how(each),
        reason[found.reasons.on_record],
    )


def _how(each: Unusual) -> str:
    found = each.found
    perhaps = "" if found.place.outside == "yes" else "perhaps "
    if isinstance(found, Outlier):
        return f"{perhaps}{found.place.side or 'milder or graver'} than is usual"
    side = {"graver": "more", "milder": "less", None: "more or less"}[found.place.side]
    kinds = ", ".join(map(several, found.measures))
    return f"{perhaps}{side} money than is usual ({kinds}, {found.currency})"
