"""Tell what a report is about: which case, and what happened."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.blocks.blocks import Block, Paragraph, paragraph
from answerable.projections.blocks.spans import Line, code, joined, line, strong
from answerable.projections.report.lookup import Lookup, moment, text_words

INCIDENT = "incident-occurred"
"""The kind of event that tells what the case is about."""


def title(lookup: Lookup) -> Line:
    """Call the case by its title and its id: "Gifts (acme)"."""
    header = lookup.report.header
    if header.title.state == "told":
        return line(text_words(header.title), " (", code(header.case_id), ")")
    return line("Case ", code(header.case_id))


def subject(lookup: Lookup) -> Iterator[Block]:
    """Say whose case it is and what happened, and as of when it is told."""
    header = lookup.report.header
    if header.subject is not None:
        you = line("You are ", lookup.party(header.subject), ". ")
        yield paragraph(strong(you), "This tells what is said of you, and on what basis.")
    about: list[Line] = []
    if header.organisation is not None:
        about.append(line("Organisation: ", lookup.party(header.organisation), "."))
    for word, at in (("As of", header.as_of), ("As known by", header.known_by)):
        if at is not None:
            about.append(line(f"{word} {moment(at, header.zone)}."))
    if about:
        yield paragraph(joined(" ", about))
    if header.summary.state == "told":
        yield paragraph(text_words(header.summary))
    incidents = tuple(
        line(lookup.said(entry.now or entry.gist), " (", lookup.cite(entry.event_id), ").")
        for entry in lookup.report.timeline
        if entry.kind == INCIDENT and not entry.struck
    )
    if incidents:
        yield Paragraph(incidents)
