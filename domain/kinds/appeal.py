"""Declare the kinds of appeals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import EventId, Narrative, PartyId, Refers


class AppealLodged(Event):
    """Someone appealed: against a finding, a decision, a sanction, a bar, or a judgment outside."""

    kind: Literal["appeal-lodged"] = "appeal-lodged"
    against: Annotated[
        EventId,
        Refers(
            (
                *("finding-made", "decision-taken", "sanction-imposed", "counterparty-barred"),
                "proceeding-concluded",
            )
        ),
    ] = Field(description="What is appealed, by its event id.")
    appellant: PartyId | None = Field(default=None, description="Who appeals.")
    ground: Narrative | None = Field(default=None, description="On which ground.")


class AppealDecided(Event):
    """An appeal was decided. One that is allowed overturns what it was against."""

    kind: Literal["appeal-decided"] = "appeal-decided"
    appeal: Annotated[EventId, Refers(("appeal-lodged",))] = Field(
        description="The appeal, by its event id."
    )
    outcome: Literal["allowed", "partly-allowed", "dismissed", "withdrawn"] = Field(
        description="What became of it."
    )
    deciders: tuple[PartyId, ...] = Field(default=(), description="Who decided.")
    reasons: Narrative | None = Field(default=None, description="Why.")
