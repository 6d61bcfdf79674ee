"""Declare the kinds of the end of an engagement, and of bars on new ones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Edtf, EventId, Narrative, PartyId, Refers, Stage


class EngagementTerminated(Event):
    """An engagement with a counterparty was ended."""

    kind: Literal["engagement-terminated"] = "engagement-terminated"
    counterparty: PartyId = Field(description="With whom.")
    stage_reached: Stage | None = Field(default=None, description="How far it had gone.")
    scope: Narrative | None = Field(default=None, description="What was ended.")
    terminated_by: PartyId | None = Field(
        default=None, description="Who ended it, where that is not this house."
    )
    announced_by: PartyId | None = Field(
        default=None, description="Who announced it, who need not be who decided."
    )
    announced: Edtf | None = Field(default=None, description="When it was announced (EDTF).")


class CounterpartyBarred(Event):
    """No engagement with this counterparty. An end that is not stated is not "for ever"."""

    kind: Literal["counterparty-barred"] = "counterparty-barred"
    counterparty: PartyId = Field(description="Who is barred.")
    scope: Narrative | None = Field(default=None, description="From what.")
    imposed_by: PartyId | None = Field(
        default=None, description="Whose bar it is, where that is not this house."
    )
    from_: Edtf | None = Field(default=None, alias="from", description="From when (EDTF).")
    until: Edtf | None = Field(default=None, description="Until when (EDTF), where it is stated.")
    term: Literal["permanent", "indefinite", "fixed"] | None = Field(
        default=None, description="How long it is meant to last, where that is stated."
    )
    notice_date: Edtf | None = Field(default=None, description="When they were told (EDTF).")


class BarLifted(Event):
    """A bar was lifted."""

    kind: Literal["bar-lifted"] = "bar-lifted"
    bar: Annotated[EventId, Refers(("counterparty-barred",))] = Field(
        description="The bar, by the id of its counterparty-barred event."
    )
    reason: Narrative | None = Field(default=None, description="Why.")
