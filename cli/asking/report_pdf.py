"""`answerable report CASE --format pdf`: the report as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answerable.cli.asking.report_formats import Made


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

    return printed(case_paper(content_of(made.report, made.looked, made.part)))
