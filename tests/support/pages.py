"""Pages of HTML that carry a bundle, in which everything else is as short as can be."""

from __future__ import annotations

from tests.support.bundles import Files

from answerable.ledger.bundle.in_page.embedded import CLOSING, OPENING, embedded
from answerable.ledger.bundle.in_page.scripts import verifier
from answerable.ledger.bundle.in_page.shown import summed
from answerable.projections.pages.sealed_page import content_policy


def page_with(told: str, *, before: str = "", behind: str = "") -> bytes:
    """A page whose element holds this text."""
    head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Report</title>\n<body>'
    return f"{head}{before}{OPENING}{told}{CLOSING}{behind}</body></html>\n".encode()


def page_of(files: Files, *, before: str = "", behind: str = "") -> bytes:
    """A page that carries just these files."""
    return page_with(embedded(files), before=before, behind=behind)


ROWS = "".join(
    f'<tr data-position="{at}"><td>{at}</td><td>said</td></tr>' for at in (4, 6, 7, 8, 9, 10, 11)
)
BODY = f"""<div id="verification">Nothing on this page was checked.</div>
<table>{ROWS}<tr data-position="8 10"><td>both</td><td><b data-mark></b></td></tr></table>
<section id="findings"><h2>Findings &amp; more</h2>
<article data-position="8"><h3>The finding</h3><div data-recorded="8"></div></article></section>
"""


def checking_page(element: str, *, body: str = BODY) -> bytes:
    """A page that checks itself, under a policy that allows it nothing but its own script."""
    script = verifier()
    policy = content_policy([script], [])
    return summed(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Report</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"></head>'
        f"<body>{body}{element}<script>{script}</script></body></html>",
        markup=False,
    ).encode()
