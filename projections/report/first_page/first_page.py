"""The first page of a report: what the case comes to."""

from __future__ import annotations

from itertools import chain

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import Section
from answerable.projections.report.first_page.barred import barred
from answerable.projections.report.first_page.judged import judged
from answerable.projections.report.first_page.outside import outside
from answerable.projections.report.first_page.people import people
from answerable.projections.report.first_page.provisional import alleged, interim
from answerable.projections.report.first_page.remedies import remedies
from answerable.projections.report.first_page.still_open import still_open
from answerable.projections.report.first_page.untold import untold
from answerable.projections.report.lookup import Lookup

PARTS = (people, alleged, interim, barred, outside, remedies, still_open, judged, untold)
"""Write what the page is made of, each a part, in order."""


def in_short(lookup: Lookup) -> Section:
    """Say who is accountable for what, what is open, which rules fail, and what is not told."""
    blocks = chain.from_iterable(part(lookup) for part in PARTS)
    return Section("in-short", say("In short"), tuple(blocks))
