"""Write the accountability register over all cases: who, in which case, for what, under what."""

from __future__ import annotations

from answerable.projections.across.across import Accountable, AcrossCases
from answerable.projections.blocks.blocks import Block, Row, Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, code, line, recorded

HEADS = ("Who", "Case", "Accountable, by what was found, under which measures", "Standing")


def register(across: AcrossCases) -> Section | None:
    """Write the section, where anybody is accountable, or may be."""
    if not across.people:
        return None
    blocks: list[Block] = [table(HEADS, map(_row, across.people))]
    if across.more_people:
        more = f"{across.more_people:,} more: "
        blocks.append(paragraph(more, code("answerable status --format xlsx"), " has them all."))
    return Section("register", "Accountability register", tuple(blocks))


def _row(each: Accountable) -> Row:
    person = each.person
    sure = "accountable" if person.accountable == "yes" else "perhaps accountable"
    return row(
        party(each.name, person.party),
        case_line(person.case_id, each.title),
        each.entry,
        f"{sure}, disputed" if person.disputed else sure,
    )


def party(name: str, pseudonym: str) -> Line:
    """Name a party, with its pseudonym."""
    if name == pseudonym:
        return code(pseudonym)
    return line(recorded(name), " (", code(pseudonym), ")")


def case_line(case_id: str, title: str | None) -> Line:
    """Name a case by its title, with its slug."""
    if not title:
        return code(case_id)
    return line(recorded(title), " (", code(case_id), ")")
