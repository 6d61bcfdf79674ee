"""Say what lies outside of the house, in short: proceedings elsewhere, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import say_line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital
from answerable.projections.wording.outside.agreement import agreement_state
from answerable.projections.wording.outside.proceeding import NO_FINDING, proceeding_state
from answerable.projections.wording.vocabulary import agreement_words, proceeding_words


def outside(lookup: Lookup) -> Iterator[Block]:
    """Say what other forums came to, and which agreements there are."""
    lines = [
        say_line(
            "{party}: {proceedings}, {state} ({events}).",
            party=lookup.party(each.subject),
            proceedings=proceeding_words(each.type),
            state=proceeding_state(each),
            events=lookup.cite(each.event_id, *each.concluded_by),
        )
        for person in lookup.report.accountability.people
        for each in person.proceedings
    ]
    if lines:
        yield paragraph(strong(say("Before other forums ({remark}):", remark=say(NO_FINDING))))
        yield bullets(lines)
    agreed = [
        say_line(
            "{agreement} between {parties}: {state} ({events}).",
            agreement=capital(agreement_words(each.type)),
            parties=lookup.all_of(each.between),
            state=agreement_state(each),
            events=lookup.cite(each.event_id, each.brought_by),
        )
        for each in lookup.report.agreements
    ]
    if agreed:
        yield paragraph(strong(say("Agreements:")))
        yield bullets(agreed)
