"""`answerable report CASE --format pdf`: the report as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.cli.reporting.made import Made
    from answerable.projections.pages.content import Content

SECONDS, MEGABYTES = 0.05, 0.9
"""The time and the memory that an event of a long case takes on paper (docs/performance.md)."""


def pdf(made: Made) -> bytes:
    """Write a report as a PDF, with an outline, numbers of pages and the head of the log on each.

    Args:
        made: the report, and what it was made of.

    Raises:
        MissingExtra: what makes PDFs is not installed.
    """
    from answerable.cli.shared.formats.paper import printed
    from answerable.projections.pages.content import content_of
    from answerable.projections.pages.paper import case_paper
    from answerable.projections.pages.sections import long

    content = content_of(made.report, made.looked, made.part)
    if made.template is not None:
        return printed(_by_template(made.template, made, content))
    if long(content):
        events = len(content.events)
        note(
            f"{events:,} events are set on paper in about {events * SECONDS:.0f} seconds, with "
            f"{events * MEGABYTES:,.0f} MB of memory. As a page (`--format html`) they take few."
        )
    return printed(case_paper(content))


def _by_template(template: Path, made: Made, content: Content) -> str:
    """Write the page that is printed by a house's own template: nothing in it runs, or is checked.

    Args:
        template: the template; it is told that the page is for paper.
        made: the report.
        content: what it shows.
    """
    from answerable.domain.answers import json_value
    from answerable.projections.pages.case_page import Carried, told
    from answerable.projections.pages.own.own_page import own_page
    from answerable.projections.pages.paper import paper_style
    from answerable.projections.pages.scrubber import replay_of
    from answerable.projections.pages.sealed_page import data
    from answerable.projections.pages.sections import context

    page = told(content, replay_of(made.looked, made.part), Carried())
    names = {
        **page.names,
        **context(content, folding=False),
        "report": json_value(made.report),
        "made": data(None),
        "style": paper_style(),
        "scripts": [],
        "paper": True,
    }
    return own_page(template, names, ())
