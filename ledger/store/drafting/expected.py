"""State what whoever records a batch expects: of versions of cases, and of what they mean by it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from answerable.domain.case import CaseState, target_of
from answerable.domain.event import Event
from answerable.ledger.entry.intent import Intent
from answerable.ledger.store.errors import CaseMoved
from answerable.ledger.store.idempotency import check_not_repeated
from answerable.ledger.store.protocol.cursor import Cursor


class Expected(NamedTuple):
    """State what whoever records a batch expects of it.

    Attributes:
        cursor: a transaction that sees the log.
        intent: what they say that they mean.
        recorded_by: who they are.
        now: the time of recording.
        expected_versions: how many events the cases had when they last looked; one is taken out
            when it is checked.
    """

    cursor: Cursor
    intent: Intent
    recorded_by: str
    now: datetime
    expected_versions: dict[str, int]

    def check(self, event: Event, state: CaseState) -> None:
        """Check that an event is what they expect to record.

        Raises:
            CaseMoved: its case has moved on.
            UnknownCase: it would start one by mistake.
            FarAhead: it tells a date by mistake.
            Repeated: it says what an event on record says.
        """
        if event.case_id in self.expected_versions:
            _check_version(state, self.expected_versions.pop(event.case_id))
        self.intent.check_case(event, state.version)
        step = state.steps.get(target_of(event) or "") if event.kind == "correction" else None
        self.intent.check_dates(event, step and step.kind, self.now)
        if self.intent.asks_about(event):
            check_not_repeated(self.cursor, event, state.version, self.recorded_by, self.intent)


def _check_version(state: CaseState, expected: int) -> None:
    """Check that a case has as many events as the caller expects.

    Raises:
        CaseMoved: it has moved on since.
    """
    if state.version != expected:
        raise CaseMoved(
            f"the case {state.case_id!r} has {state.version} events, not {expected}: "
            "someone recorded in it since.",
            field="case_id",
            hint="Look at the case again, then decide again.",
            cli_hint=f"Look at `answerable log --case {state.case_id}`, then decide again.",
        )
