"""The section of a report on what backs each consequence: an auditor's matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answerable.domain.language.saying import in_letters
from answerable.projections.auditing.audit import COLUMNS, Row, State
from answerable.projections.auditing.audit import Cell as Link
from answerable.projections.blocks import blocks
from answerable.projections.blocks.blocks import Block, Section, cell, paragraph, table
from answerable.projections.blocks.spans import Line, emphasised, line, strong
from answerable.projections.grounds.proposals import proposal_words
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital, number_words, spelt

SAID: Mapping[State, str] = {
    "backed": "",
    "missing": "not on record",
    "wrong": "cannot bear it",
    "untold": "not told",
    "pending": "not due yet",
    "not executed": "not executed, for a cause on record",
    "not asked": "",
}
"""Say the state of a link, beside the events that are it."""

LACKING = "lacks something"
"""Said of a link of which an event is on record, and not all that it must have."""

NOT_ASKED = "–"


def audit(lookup: Lookup) -> Section | None:
    """Write the matrix, where a sanction, a bar or an ending stands."""
    audited = lookup.report.audit
    if not audited.rows:
        return None
    heads = ("#", "What", *map(capital, COLUMNS))
    told = table(heads, [_row(lookup, each) for each in audited.rows])
    return Section("audit", "What backs each consequence", (*_counts(lookup), told))


def _counts(lookup: Lookup) -> Iterator[Block]:
    """Say how many are fully backed, and what is not counted."""
    audited = lookup.report.audit
    if audited.counted:
        backed = capital(in_letters(audited.backed)) if audited.backed else "None"
        verb = "is" if audited.backed <= 1 else "are"
        of = spelt(audited.counted, "consequence")
        said = strong(f"{backed} of {of} {verb} fully backed.")
        yield paragraph(said, " What is missing or wrong is in ", emphasised("Grounds"), ".")
    foreign = len(audited.rows) - audited.counted
    if foreign:
        yield paragraph(f"Not counted, for another house imposed them: {foreign:,}.")
    if audited.fallen:
        yield paragraph(f"Left out, for they fell or are only alleged: {audited.fallen:,}.")


def _row(lookup: Lookup, audited: Row) -> blocks.Row:
    cells = (_link(audited.cells[column]) for column in COLUMNS)
    what = cell(lookup.said(audited.gist), *_marks(lookup, audited))
    return blocks.row(f"#{audited.position}", what, *cells, position=audited.position)


def _marks(lookup: Lookup, audited: Row) -> Iterator[Line]:
    if audited.other_house:
        yield line("another house's")
    if audited.as_of == "unknown":
        yield line("indeterminate: its date does not tell")
    if audited.proposed is not None and audited.proposed.differs:
        yield lookup.said(proposal_words(audited.proposed))


def _link(link: Link) -> str:
    """Say a link: "#17, #18"; "#17, lacks something"; "not on record"."""
    if link.state == "not asked" or (link.state == "backed" and not link.positions):
        return NOT_ASKED
    said = LACKING if link.state == "missing" and link.positions else SAID[link.state]
    return ", ".join(filter(None, (number_words(link.positions), said)))
