"""The part of a report on what was promised, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator

from answerable.projections.accountability.outside.commitments import Commitment
from answerable.projections.output.markdown_text import escaped, table
from answerable.projections.report.page import Page, day, text_words
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.outside.agreement import promise_state
from answerable.projections.wording.vocabulary import NOT_TOLD


def promises(page: Page) -> Iterator[str]:
    """Write the section, where something was promised outside of agreements."""
    if page.report.promises:
        yield "## Promises"
        yield table(
            ("Of", "What", "Amount", "Due", "State", "Events"),
            [promise_row(page, each) for each in page.report.promises],
        )


def promise_row(page: Page, promise: Commitment) -> tuple[str, ...]:
    """Say a promise in the cells of a row: whose, what, how much, by when, and how it stands."""
    late = ", OVERDUE" if promise.overdue == "yes" else ""
    return (
        page.party(promise.by),
        text_words(page.text(promise.event_id, "promise")),
        NOT_TOLD if promise.amount is None else amount_words(promise.amount),
        day(promise.due),
        f"{escaped(promise_state(promise))}{late}",
        page.cite(promise.event_id, promise.ended_by),
    )
