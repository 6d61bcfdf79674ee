"""Checking that what is to be recorded is meant as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from answerable.domain.case import target_of
from answerable.domain.errors import AnswerableError
from answerable.ledger.careful.renaming import REGISTRATION, Beside, check_not_renamed
from answerable.ledger.careful.unchanged import check_changes
from answerable.ledger.entry.intent import Intent
from answerable.ledger.store.protocol.cursor import Cursor

if TYPE_CHECKING:
    from answerable.ledger.store.draft import Accepted


def check_meant(cursor: Cursor, accepted: Sequence[Accepted], intent: Intent) -> None:
    """Check that no registration renames a party, and that each correction changes something.

    Args:
        cursor: a transaction that sees the log as it will be written to.
        accepted: the events, in their order. What a batch itself amends is not looked at.
        intent: what whoever records says that they mean.

    Raises:
        Renamed: a registration gives a registered pseudonym another name.
        Unchanged: a correction says what is said already.
    """
    amended = set[Any]()
    beside = Beside()
    for each in accepted:
        event, target = each.event, target_of(each.event)
        try:
            if event.kind == REGISTRATION:
                if not intent.may_rename:
                    check_not_renamed(cursor, event, beside)
                beside.add(each.event_id, event)
            elif event.kind == "correction" and target not in amended and intent.asks_about(event):
                check_changes(cursor, event)
        except AnswerableError as error:
            error.index = each.place
            raise
        amended.add(target)
        beside.leave_out(target or "")
