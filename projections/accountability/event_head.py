"""The fields told alike of a finding, a sanction, a decision and a bar, made in one place."""

from __future__ import annotations

from typing import TypedDict

from answerable.domain.dates import When
from answerable.projections.accountability.appeals import AppealState, appeal_state
from answerable.projections.accountability.withdrawals import withdrawn
from answerable.projections.facts.case_view import CaseView
from answerable.projections.facts.facts import Fact

ALLEGED = "alleged"
"""The standing of what is merely said by others."""


class EventHead(TypedDict):
    """The fields that tell how an event stands that can be appealed, by their names.

    Attributes:
        occurred: when it happened (EDTF), as corrected; None where that is not told.
        standing: how sure its producer is of it: asserted, verified, disputed …
        appeal: the state of the appeals against it.
        disputed_by: the disputes of it, by event id.
        corrected_by: the corrections of it, by event id.
        withdrawn: whether it had been withdrawn, itself or with the decisions that it rests on.
        withdrawn_by: the event that withdrew it or them, or may have, by id.
        withdrawn_from: from when it stands no longer (EDTF).
    """

    event_id: str
    position: int
    occurred: str | None
    standing: str
    appeal: AppealState
    disputed_by: tuple[str, ...]
    corrected_by: tuple[str, ...]
    withdrawn: When
    withdrawn_by: str | None
    withdrawn_from: str | None


def event_head(view: CaseView, fact: Fact) -> EventHead:
    """Tell how an event stood by the moment asked about."""
    fields = fact.fields
    withdrawal = withdrawn(view, fact)
    return {
        "event_id": fact.event_id,
        "position": fact.event.position,
        "occurred": fields.get("occurred"),
        "standing": fields["standing"],
        "appeal": appeal_state(view, fact),
        "disputed_by": fact.disputes,
        "corrected_by": fact.corrections,
        "withdrawn": withdrawal.answer,
        "withdrawn_by": withdrawal.by,
        "withdrawn_from": None if withdrawal.by is None else view.facts[withdrawal.by].effect,
    }
