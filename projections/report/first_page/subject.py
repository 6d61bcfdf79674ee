"""Tell what a report is about: which case, and what happened."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.domain.language.saying import say, to_say
from answerable.projections.blocks.blocks import Block, Paragraph, paragraph
from answerable.projections.blocks.spans import Line, code, lines_in_a_row, say_line, strong
from answerable.projections.report.lookup import Lookup, gist, moment, text_words

INCIDENT = "incident-occurred"
"""The kind of event that tells what the case is about."""

SUMMARY = 600
"""The most characters of what the case is about that stand above the answer."""

AS_OF = to_say("As of {moment}.")
KNOWN_BY = to_say("As known by {moment}.")


def title(lookup: Lookup) -> Line:
    """Call the case by its title and its id: "Gifts (acme)"."""
    header = lookup.report.header
    if header.title.state == "told":
        title = text_words(header.title)
        return say_line("{title} ({case})", title=title, case=code(header.case_id))
    return say_line("Case {case}", case=code(header.case_id))


def subject(lookup: Lookup) -> Iterator[Block]:
    """Say whose case it is and what happened, and as of when it is told."""
    header = lookup.report.header
    if header.subject is not None:
        you = strong(say_line("You are {party}.", party=lookup.party(header.subject)))
        then = say("This tells what is said of you, and on what basis.")
        yield paragraph(say_line("{first} {then}", first=you, then=then))
    about: list[Line] = []
    if header.organisation is not None:
        party = lookup.party(header.organisation)
        about.append(say_line("Organisation: {party}.", party=party))
    for said, at in ((AS_OF, header.as_of), (KNOWN_BY, header.known_by)):
        if at is not None:
            about.append(say_line(said, moment=moment(at, header.zone)))
    if about:
        yield paragraph(lines_in_a_row(about))
    if header.summary.state == "told":
        yield paragraph(gist(header.summary, SUMMARY))
    incidents = tuple(
        say_line(
            "{what} ({events}).",
            what=lookup.said(entry.now or entry.gist),
            events=lookup.cite(entry.event_id),
        )
        for entry in lookup.report.timeline
        if entry.kind == INCIDENT and not entry.struck
    )
    if incidents:
        yield Paragraph(incidents)
