"""A written answer as one page, or on paper, for a reader who has nothing but that.

Nothing on it runs, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from answerable.projections.blocks.blocks import Section, Written
from answerable.projections.blocks.spans import plain
from answerable.projections.pages.answer import answer
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.markup import Links
from answerable.projections.pages.sealed_page import content_policy
from answerable.projections.pages.sections import ANSWER, FOOT, Shown, foot, page_language


class Document(NamedTuple):
    """Hold a written answer, and what is shown of it beside its words.

    Attributes:
        kind: what it is, in a line above its title.
        written: the answer.
        version: that of this program.
        head: the size and the root of the log, which stand on each sheet of paper.
        drawn: what is drawn above the words of a section, by its name.
    """

    kind: str
    written: Written
    version: str
    head: str
    drawn: Mapping[str, Markup] = {}


def document_page(document: Document) -> str:
    """Write an answer as a page of HTML."""
    return _rendered(document, "document.html", asset("page.css"), folding=True)


def document_paper(document: Document) -> str:
    """Write an answer as HTML to be printed. Nothing of it is folded away."""
    style = asset("page.css") + asset("paper.css")
    return _rendered(document, "paper.html", style, folding=False)


def _rendered(document: Document, template: str, style: str, *, folding: bool) -> str:
    known = _context(document, folding=folding)
    policy = content_policy((), (style,))
    shown = {"content_policy": policy, "style": Markup(style), "scripts": ()}  # noqa: S704 - our own
    return environment().get_template(template).render(known, **shown)


def _context(document: Document, *, folding: bool) -> Mapping[str, Any]:
    told, links = document.written, Links()
    return {
        "language": page_language(),
        "version": document.version,
        "kind": document.kind,
        "head": document.head,
        "title": links.line(told.title),
        "title_text": plain(told.title),
        "lead": links.blocks(told.lead),
        "sections": [*_sections(document, links, folding=folding)],
        "made_from": [*foot(links, told)],
    }


def _sections(document: Document, links: Links, *, folding: bool) -> Iterator[Shown]:
    for each in document.written.sections:
        if each.name != FOOT:
            drawn = document.drawn.get(each.name, Markup())
            yield Shown(each.name, each.title, drawn + _body(links, each, folding=folding))


def _body(links: Links, section: Section, *, folding: bool) -> Markup:
    if section.name == ANSWER:
        return answer(links, section.blocks, folding=folding)
    return links.blocks(section.blocks)
