"""Say what lies outside of the house, in short: proceedings elsewhere, agreements."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital
from answerable.projections.wording.outside.agreement import agreement_state
from answerable.projections.wording.outside.proceeding import NO_FINDING, proceeding_state
from answerable.projections.wording.vocabulary import agreement_words, proceeding_words


def outside(lookup: Lookup) -> Iterator[Block]:
    """Say what other forums came to, and which agreements there are."""
    lines = [
        line(
            lookup.party(each.subject),
            f": {proceeding_words(each.type)}, {proceeding_state(each)} (",
            lookup.cite(each.event_id, *each.concluded_by),
            ").",
        )
        for person in lookup.report.accountability.people
        for each in person.proceedings
    ]
    if lines:
        yield paragraph(strong(f"Before other forums ({NO_FINDING}):"))
        yield bullets(lines)
    agreed = [
        line(
            f"{capital(agreement_words(each.type))} between ",
            lookup.all_of(each.between),
            f": {agreement_state(each)} (",
            lookup.cite(each.event_id, each.brought_by),
            ").",
        )
        for each in lookup.report.agreements
    ]
    if agreed:
        yield paragraph(strong("Agreements:"))
        yield bullets(agreed)
