"""Reports as they are read."""

from __future__ import annotations

from answerable.projections.blocks.markdown import markdown
from answerable.projections.report.report import Report
from answerable.projections.report.written import written


def in_markdown(report: Report) -> str:
    """Write a report as Markdown."""
    return markdown(written(report))
