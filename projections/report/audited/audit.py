"""The section of a report on what backs each consequence: an auditor's matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answerable.domain.language.saying import figures, punctuation, say, say_count, to_say
from answerable.projections.auditing.audit import COLUMNS, Column, Row, State
from answerable.projections.auditing.audit import Cell as Link
from answerable.projections.blocks import blocks
from answerable.projections.blocks.blocks import Block, Section, cell, paragraph, table
from answerable.projections.blocks.spans import Line, emphasised, line, say_line, strong
from answerable.projections.grounds.proposals import proposal_words
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.answers import ITS_DATE
from answerable.projections.wording.counts import capital, number_words

SAID: Mapping[State, str] = {
    "backed": "",
    "missing": to_say("not on record"),
    "wrong": to_say("cannot bear it"),
    "untold": to_say("not told"),
    "pending": to_say("not due yet"),
    "not executed": to_say("not executed, for a cause on record"),
    "not asked": "",
}
"""Say the state of a link, beside the events that are it."""

LACKING = to_say("lacks something")
"""Said of a link of which an event is on record, and not all that it must have."""

NOT_ASKED = "–"

HEADS: Mapping[Column, str] = {
    "decision": to_say("Decision"),
    "finding": to_say("Finding"),
    "evidence": to_say("Evidence"),
    "authority": to_say("Authority"),
    "clause": to_say("Clause"),
    "hearing": to_say("Hearing"),
    "execution": to_say("Execution"),
}
"""The head of each column."""


def audit(lookup: Lookup) -> Section | None:
    """Write the matrix, where a sanction, a bar or an ending stands."""
    audited = lookup.report.audit
    if not audited.rows:
        return None
    heads = ("#", say("What"), *(say(HEADS[column]) for column in COLUMNS))
    told = table(heads, [_row(lookup, each) for each in audited.rows])
    return Section("audit", say("What backs each consequence"), (*_counts(lookup), told))


def _counts(lookup: Lookup) -> Iterator[Block]:
    """Say how many are fully backed, and what is not counted."""
    audited = lookup.report.audit
    if audited.counted:
        yield paragraph(
            say_line(
                "{first} What is missing or wrong is in {section}.",
                first=strong(_backed(audited.backed, audited.counted)),
                section=emphasised(say("Grounds")),
            )
        )
    foreign = len(audited.rows) - audited.counted
    if foreign:
        yield paragraph(
            say("Not counted, for another house imposed them: {number}.", number=figures(foreign))
        )
    if audited.fallen:
        fallen = figures(audited.fallen)
        yield paragraph(
            say("Left out, for they fell or are only alleged: {number}.", number=fallen)
        )


def _backed(backed: int, counted: int) -> str:
    """Say how many are fully backed: "Two of nine consequences are fully backed."."""
    if counted == 1:
        if backed:
            return say("The one consequence is fully backed.")
        return say("The one consequence is not fully backed.")
    of = say_count("{letters} consequence", "{letters} consequences", counted)
    if not backed:
        return say("None of {consequences} is fully backed.", consequences=of)
    said = say_count(
        "{letters} of {consequences} is fully backed.",
        "{letters} of {consequences} are fully backed.",
        backed,
        consequences=of,
    )
    return capital(said)


def _row(lookup: Lookup, audited: Row) -> blocks.Row:
    cells = (_link(audited.cells[column]) for column in COLUMNS)
    what = cell(lookup.said(audited.gist), *_marks(lookup, audited))
    return blocks.row(f"#{audited.position}", what, *cells, position=audited.position)


def _marks(lookup: Lookup, audited: Row) -> Iterator[Line]:
    if audited.other_house:
        yield line(say("another house's"))
    if audited.as_of == "unknown":
        yield line(say(ITS_DATE))
    if audited.proposed is not None and audited.proposed.differs:
        yield lookup.said(proposal_words(audited.proposed))


def _link(link: Link) -> str:
    """Say a link: "#17, #18"; "#17, lacks something"; "not on record"."""
    if link.state == "not asked" or (link.state == "backed" and not link.positions):
        return NOT_ASKED
    said = LACKING if link.state == "missing" and link.positions else SAID[link.state]
    return punctuation(", ").join(filter(None, (number_words(link.positions), said and say(said))))
