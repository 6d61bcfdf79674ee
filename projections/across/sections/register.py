"""Write the accountability register over all cases: who, in which case, for what, under what."""

from __future__ import annotations

from answerable.domain.language.saying import figures, punctuation, say, say_as
from answerable.projections.across.across import Accountable, AcrossCases
from answerable.projections.blocks.blocks import Block, Row, Section, paragraph, row, table
from answerable.projections.blocks.spans import Line, code, recorded, say_line


def register(across: AcrossCases) -> Section | None:
    """Write the section, where anybody is accountable, or may be."""
    if not across.people:
        return None
    heads = [say("Who"), say("Case"), say_as("accountable", "How")]
    rows = [*map(_row, across.people)]
    if all(map(_plain, across.people)):  # It goes without saying, and the first column says it.
        rows = [each._replace(cells=each.cells[:-1]) for each in rows]
    else:
        heads.append(say("Accountable"))
    blocks: list[Block] = [table(heads, rows)]
    if across.more_people:
        number, command = figures(across.more_people), code("answerable status --format xlsx")
        more = say_line("{number} more: {command} has them all.", number=number, command=command)
        blocks.append(paragraph(more))
    return Section("register", say("Accountability register"), tuple(blocks))


def _plain(each: Accountable) -> bool:
    """Tell whether somebody is accountable, for certain, and nobody disputes it."""
    return each.person.accountable == "yes" and not each.person.disputed


def _row(each: Accountable) -> Row:
    person = each.person
    yes = person.accountable == "yes"
    sure = say("accountable") if yes else say("perhaps accountable")
    return row(
        party(each.name, person.party),
        case_line(person.case_id, each.title),
        each.entry,
        punctuation(", ").join((sure, *((say("disputed"),) if person.disputed else ()))),
    )


def party(name: str, pseudonym: str) -> Line:
    """Name a party, with its pseudonym."""
    if name == pseudonym:
        return code(pseudonym)
    return say_line("{name} ({party})", name=recorded(name), party=code(pseudonym))


def case_line(case_id: str, title: str | None) -> Line:
    """Name a case by its title, with its slug."""
    if not title:
        return code(case_id)
    return say_line("{title} ({case})", title=recorded(title), case=code(case_id))


def beyond(number: int, command: str) -> Line:
    """Say how many more there are, and which command tells them."""
    return say_line(
        "{number} more: {command} has them.", number=figures(number), command=code(command)
    )
