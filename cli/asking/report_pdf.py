"""`answerable report CASE --format pdf`: the report as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.cli.shared.output import note

if TYPE_CHECKING:
    from answerable.cli.asking.report_formats import Made

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
    if long(content):
        events = len(content.events)
        note(
            f"{events:,} events are set on paper in about {events * SECONDS:.0f} seconds, with "
            f"{events * MEGABYTES:,.0f} MB of memory. As a page (`--format html`) they take few."
        )
    return printed(case_paper(content))
