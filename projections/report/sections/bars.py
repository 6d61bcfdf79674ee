"""The section of a report on bars, and on contacts made inside them."""

from __future__ import annotations

from answerable.domain.language.saying import say, to_say
from answerable.projections.accountability.bars import Contact
from answerable.projections.blocks.blocks import Section, cell, row, table
from answerable.projections.blocks.spans import Line, code, say_line
from answerable.projections.report.lookup import Lookup, day, text_words
from answerable.projections.wording.bar import END_NOT_STATED, TERMS, bar_state, contact_words

NONE = to_say("none on record")
"""Stands where no contact is on record that was made after a bar."""


def bars(lookup: Lookup) -> Section | None:
    """Write the section, where anybody was barred."""
    imposed = lookup.report.bars
    if not imposed:
        return None
    heads = (
        *("#", say("Who"), say("From"), say("Until"), say("State")),
        *(say("Scope"), say("Told on"), say("Later contacts")),
    )
    rows = [
        row(
            lookup.cite(bar.event_id, bar.lifted_by),
            lookup.party(bar.counterparty),
            day(bar.from_),
            day(bar.until) if bar.until else _term(bar.term),
            bar_state(bar),
            text_words(lookup.text(bar.event_id, "scope")),
            day(bar.notice_date),
            cell(*(_contact(lookup, each) for each in bar.contacts)) if bar.contacts else say(NONE),
            position=bar.position,
        )
        for bar in imposed
    ]
    return Section("bars", say("Bars"), (table(heads, rows),))


def _term(term: str | None) -> str:
    return say(END_NOT_STATED) if term is None else say(TERMS.get(term, term))


def _contact(lookup: Lookup, contact: Contact) -> Line:
    said, cited = contact_words(contact), lookup.cite(contact.event_id)
    if contact.case_id == lookup.report.header.case_id:
        return say_line("{what} {cited}", what=said, cited=cited)
    case = code(contact.case_id)
    return say_line("{what} {cited} in {case}", what=said, cited=cited, case=case)
