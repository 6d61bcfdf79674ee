"""Warn of what an event makes worse in its case, by the policies in force. Nothing is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from answerable.cli.shared.output import note, visible
from answerable.cli.suggestions import suggested
from answerable.domain.errors import AnswerableError

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt
    from answerable.projections.conformance.saying.worsening import Worse

MOST = 2_000
"""The most events of a case that is read whole for a receipt, which may take no longer than the
recording did."""

WORDS = {"fail": "Fails", "indeterminate": "Cannot be told"}


def worsened(opened: Ledger, receipt: Receipt) -> tuple[Worse, ...] | None:
    """Tell what an event that was recorded made worse, as of now; None where that cannot be told.

    It is on record by then, so nothing that goes wrong here may look as if it were not.
    """
    if receipt.duplicate:
        return ()
    if receipt.version > MOST:
        note(
            f"The case has more than {MOST:,} events, and is not judged at once: "
            f"{suggested('check', receipt.case_id)}"
        )
        return None
    from answerable.ledger.system.clock import checked
    from answerable.projections.conformance.saying.worsening import worsened_by
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView

    known = names(opened)
    now = checked(None)()
    record = RecordView(opened, now, name_of=known.called, type_of=known.type_of)
    try:
        return worsened_by(record, receipt.case_id, receipt.event_id)
    except AnswerableError as error:
        note(f"It is recorded, but could not be judged: {error.message}")
        return None


def warn(found: Sequence[Worse], case_id: str) -> None:
    """Say what an event made worse, or that it made nothing worse."""
    if not found:
        note("By the policies in force it makes nothing worse.")
        return
    for each in found:
        only = " (only worth a look)" if each.severity == "warning" else ""
        note(visible(f"{WORDS[each.now]}{only}: {each.text}"))
        note(visible(f"  {each.explanation}"))
        note(visible(f"  {each.source}"))
    note(f"All of the case: {suggested('check', case_id)}")
