"""The sections of a report's page, those that it has beside the written ones among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from answerable.domain.language.loading import ENGLISH
from answerable.domain.language.saying import say, spoken
from answerable.projections.blocks.blocks import Table, Written
from answerable.projections.blocks.spans import plain
from answerable.projections.pages.answer import answer
from answerable.projections.pages.content import Content
from answerable.projections.pages.drawing.tracks import legend
from answerable.projections.pages.markup import Links

FOOT = "record"
"""Name the section that stands at the foot of the page: what the report was made from."""

ANSWER = "in-short"
"""Name the section that is the answer."""

TIMELINE = "timeline"
"""Name the section whose table has a drawing in each row."""

REGISTER = "register"
"""Name the section that what each measure rests on is drawn behind."""

DERIVATIONS = "derivations"
"""Name the section that draws what each measure rests on."""

REPLAY = "replay"
"""Name the section that goes through the steps of the case."""

EVENTS = "events"
"""Name the section that shows each event whole, in place of the list of their ids."""


LONG = 200
"""The number of events from which on a page is not laid out before one comes near, and paper does
not show each event whole."""


class Shown(NamedTuple):
    """Hold a section as HTML; of what a template of its own writes there is none."""

    name: str
    title: str
    body: Markup


def context(content: Content, *, folding: bool, links: Links | None = None) -> Mapping[str, Any]:
    """Return what every template of a report knows of it, by name.

    Args:
        content: what is shown.
        folding: whether the rest of a long list of the answer may be folded away.
        links: leads to events; None: to those that are shown on the same page.
    """
    links = links or Links({each.position for each in content.events})
    return {
        "language": page_language(),
        "version": content.header.version,
        "kind": say("Report on how a case was handled"),
        "title": links.line(content.written.title),
        "title_text": plain(content.written.title),
        "lead": links.blocks(content.written.lead),
        "sections": [*_sections(links, content, folding=folding)],
        "pictured": content.pictured,
        "events": content.events,
        "long": long(content),
        "line": links.line,
        "details": links.details,
        "made_from": [*foot(links, content.written)],
    }


def long(content: Content) -> bool:
    """Tell whether what a page shows is long."""
    return len(content.events) > LONG


def page_language() -> str:
    """Return the language of a page, as HTML names it (BCP 47)."""
    language = spoken()
    return ENGLISH if language is None else language.tag


def _sections(links: Links, content: Content, *, folding: bool) -> Iterator[Shown]:
    for section in content.written.sections:
        if section.name == EVENTS:
            yield Shown(section.name, say("Every event"), Markup())
        elif section.name == ANSWER:
            yield Shown(section.name, section.title, answer(links, section.blocks, folding=folding))
        elif section.name == TIMELINE:
            drawn = links._replace(drawn=content.tracks).blocks(section.blocks)
            yield Shown(section.name, section.title, legend() + drawn)
            yield Shown(REPLAY, say("How it came to be decided"), Markup())
        elif section.name != FOOT:
            yield Shown(section.name, section.title, links.blocks(section.blocks))
        if section.name == REGISTER and content.pictured:
            yield Shown(DERIVATIONS, say("What it rests on"), Markup())


def foot(links: Links, written: Written) -> Iterator[tuple[Markup, Markup]]:
    """Yield names and values of what an answer was made from, out of its section of that."""
    for section in written.sections:
        for block in section.blocks if section.name == FOOT else ():
            if isinstance(block, Table):
                for row in block.rows:
                    name, value = row.cells
                    yield links.lines(name.lines), links.lines(value.lines)
