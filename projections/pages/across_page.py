"""The report on all cases as one page, for a reader who has nothing but a browser."""

from __future__ import annotations

from markupsafe import Markup

from answerable.projections.across.across import AcrossCases
from answerable.projections.across.written import written
from answerable.projections.blocks.blocks import Section
from answerable.projections.blocks.spans import plain
from answerable.projections.pages.answer import answer
from answerable.projections.pages.drawing.across import lengths, strips, trends
from answerable.projections.pages.environment import asset, environment
from answerable.projections.pages.markup import Links
from answerable.projections.pages.sealed_page import content_policy
from answerable.projections.pages.sections import ANSWER, FOOT, Shown


def across_page(across: AcrossCases) -> str:
    """Write the report on all cases as HTML. Nothing on it runs, and nothing is fetched."""
    told, links = written(across), Links()
    style = asset("page.css")
    drawn = {
        "figures": trends(across.figures.figures),
        "steps": lengths(across.metrics.lengths),
        "alike": strips(across.groups),
    }
    return (
        environment()
        .get_template("across.html")
        .render(
            language="en",
            version=across.version,
            content_policy=content_policy((), (style,)),
            style=Markup(style),  # noqa: S704 - our own
            scripts=(),
            title=links.line(told.title),
            title_text=plain(told.title),
            lead=links.blocks(told.lead),
            sections=[
                Shown(each.name, each.title, drawn.get(each.name, Markup()) + _body(links, each))
                for each in told.sections
                if each.name != FOOT
            ],
            made_from=[links.blocks(each.blocks) for each in told.sections if each.name == FOOT],
        )
    )


def _body(links: Links, section: Section) -> Markup:
    if section.name == ANSWER:
        return answer(links, section.blocks)
    return links.blocks(section.blocks)
