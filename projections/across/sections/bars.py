"""Write the section on who is barred, from what, and since when."""

from __future__ import annotations

from answerable.projections.across.across import AcrossCases, Barred
from answerable.projections.across.sections.register import case_line, party
from answerable.projections.blocks.blocks import Block, Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import Line, code, emphasised, recorded
from answerable.projections.wording.bar import bar_words, contact_words

HEADS = ("#", "Who", "Case", "Bar", "From what", "Later contacts")


def bars(across: AcrossCases) -> Section | None:
    """Write the section, where a bar is, or may be, in force."""
    if not across.bars:
        return None
    blocks: list[Block] = [table(HEADS, map(_row, across.bars))]
    if across.more_bars:
        more = f"{across.more_bars:,} more: "
        blocks.append(paragraph(more, code("answerable bars"), " has them."))
    return Section("bars", "Who is barred", tuple(blocks))


def _row(each: Barred) -> Row:
    bar = each.entry.bar
    contacts = [contact_words(contact) for contact in bar.contacts]
    return row(
        f"#{bar.position}",
        party(each.name, bar.counterparty),
        case_line(bar.case_id, each.title),
        bar_words(bar),
        _scope(each),
        cell(*contacts) if contacts else "none on record",
    )


def _scope(each: Barred) -> Line:
    scope = each.entry.scope
    return recorded(scope.value) if scope.state == "told" else emphasised(scope.state)
