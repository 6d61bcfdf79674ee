"""Say what is provisional, in short: allegations, which are no findings, and interim measures."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say
from answerable.projections.accountability.alleged.allegations import Allegation
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import Line, say_line, strong
from answerable.projections.report.lookup import CONDUCT, Lookup, gist
from answerable.projections.wording.provisional import allegation_words, interim_line


def alleged(lookup: Lookup) -> Iterator[Block]:
    """Say what is alleged and not disposed of; an allegation is no finding."""
    lines = [_allegation(lookup, each) for each in lookup.report.allegations if each.open != "no"]
    if lines:
        yield paragraph(strong(say("Alleged, and not found:")))
        yield bullets(lines)


def _allegation(lookup: Lookup, allegation: Allegation) -> Line:
    conduct = lookup.text(allegation.event_id, "conduct")
    party = lookup.party(allegation.subject)
    what = lookup.naming(lambda name_of: allegation_words(allegation, name_of))
    cited = lookup.cite(allegation.event_id, *allegation.disputed_by)
    if conduct.state != "told":
        return say_line("{party}: {what} ({events}).", party=party, what=what, events=cited)
    return say_line(
        "{party}: {what}: {conduct} ({events}).",
        party=party,
        what=what,
        conduct=gist(conduct, CONDUCT),
        events=cited,
    )


def interim(lookup: Lookup) -> Iterator[Block]:
    """Say which interim measures run, or may; those that ended are in the register."""
    lines = [
        say_line(
            "{party}: {what} ({events}).",
            party=lookup.party(person.party),
            what=lookup.said(interim_line(each, lookup.called)),
            events=lookup.cite(each.event_id),
        )
        for person in lookup.report.accountability.people
        for each in person.interim
        if each.state != "ended"
    ]
    if lines:
        yield paragraph(strong(say("Interim measures, for the time of the inquiry:")))
        yield bullets(lines)
