"""Write the section on who is barred, from what, and since when."""

from __future__ import annotations

from answerable.domain.language.saying import say, term_words
from answerable.projections.across.across import AcrossCases, Barred
from answerable.projections.across.sections.register import beyond, case_line, party
from answerable.projections.blocks.blocks import Block, Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import Line, emphasised, recorded
from answerable.projections.wording.bar import bar_words, contact_words


def bars(across: AcrossCases) -> Section | None:
    """Write the section, where a bar is, or may be, in force."""
    if not across.bars:
        return None
    heads = (
        *("#", say("Who"), say("Case"), say("Bar")),
        *(say("From what"), say("Later contacts")),
    )
    blocks: list[Block] = [table(heads, map(_row, across.bars))]
    if across.more_bars:
        blocks.append(paragraph(beyond(across.more_bars, "answerable bars")))
    return Section("bars", say("Who is barred"), tuple(blocks))


def _row(each: Barred) -> Row:
    bar = each.entry.bar
    contacts = [contact_words(contact) for contact in bar.contacts]
    return row(
        f"#{bar.position}",
        party(each.name, bar.counterparty),
        case_line(bar.case_id, each.title),
        bar_words(bar),
        _scope(each),
        cell(*contacts) if contacts else say("none on record"),
    )


def _scope(each: Barred) -> Line:
    scope = each.entry.scope
    return recorded(scope.value) if scope.state == "told" else emphasised(term_words(scope.state))
