"""Declare the kind of contact with a counterparty."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Narrative, PartyId, Stage, Term


class ContactMade(Event):
    """The organisation was in contact with a counterparty."""

    kind: Literal["contact-made"] = "contact-made"
    counterparty: PartyId = Field(description="With whom.")
    purpose: Narrative | None = Field(default=None, description="To what end.")
    initiators: tuple[PartyId, ...] = Field(default=(), description="Who sought the contact.")
    channel: Term | None = Field(default=None, description="By which channel.")
    stage: Stage | None = Field(default=None, description="How far it had gone.")
