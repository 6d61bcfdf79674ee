"""Pages of HTML that carry a bundle, in which everything else is as short as can be."""

from __future__ import annotations

from tests.support.bundles import Files

from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING, embedded


def page_with(told: str, *, before: str = "", behind: str = "") -> bytes:
    """A page whose element holds this text."""
    head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Report</title>\n<body>'
    return f"{head}{before}{OPENING}{told}{CLOSING}{behind}</body></html>\n".encode()


def page_of(files: Files, *, before: str = "", behind: str = "") -> bytes:
    """A page that carries just these files."""
    return page_with(embedded(files), before=before, behind=behind)
