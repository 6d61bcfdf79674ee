"""Say what is still to be done, in short."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.obligations import Obligation
from answerable.projections.blocks.blocks import Block, bullets, paragraph
from answerable.projections.blocks.spans import line, strong
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.counts import capital
from answerable.projections.wording.obligation import BREACHED, OVERDUE, open_spelt, open_words

UNEXECUTED = "no execution on record"
"""Said where sanctions are told to be open: they were imposed, and no more is known."""

TO_EXECUTE = "sanction to execute"
"""Name what is open of a sanction not executed on record, nor held up by anything."""


def still_open(lookup: Lookup) -> Iterator[Block]:
    """Say what is still open, alike things together, what is overdue first."""
    found: dict[str, list[str]] = {}
    for each in sorted(lookup.report.open, key=lambda each: each.overdue != "yes"):
        found.setdefault(f"{each.what}{_mark(each)}", []).append(each.event_id)
    if found:
        yield paragraph(strong("Still open:"))
        yield bullets(
            line(
                f"{capital(open_spelt(len(events), what))} (",
                lookup.cite(*events),
                f"; {UNEXECUTED})." if what == TO_EXECUTE else ").",
            )
            for what, events in found.items()
        )


def _mark(each: Obligation) -> str:
    if each.open == "unknown":
        return f", {open_words(each.open)}"
    breached = f", {BREACHED}" if each.breached == "yes" else ""
    return f"{breached}, {OVERDUE}" if each.overdue == "yes" else breached
