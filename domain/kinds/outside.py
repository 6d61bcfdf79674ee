"""Declare the kinds of what the handling answers to: the incident, agreements, other forums."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import (
    Amount,
    Clauses,
    Edtf,
    EventId,
    Narrative,
    PartyId,
    Refers,
    Size,
    Term,
)

Agreement = Annotated[EventId, Refers(("agreement-made",))]
Proceeding = Annotated[EventId, Refers(("proceeding-opened",))]


class IncidentOccurred(Event):
    """The thing itself: a crash, a leak, a loss. What anybody did about it comes after."""

    kind: Literal["incident-occurred"] = "incident-occurred"
    what: Term = Field(description="What it was, in a word: crash, leak.", examples=["crash"])
    involving: tuple[PartyId, ...] = Field(
        default=(), description="Who or what was in it: people, organisations, groups, assets."
    )
    harm: Term | None = Field(default=None, description="What came of it: deaths, lost savings.")
    size: Size | None = Field(
        default=None, description="How many, counted in size-unit: 346, or 5300~ for about 5,300."
    )
    size_unit: Term | None = Field(default=None, description="What was counted: people, accounts.")
    amount: Amount | None = Field(default=None, description="What was lost, in money.")
    description: Narrative | None = Field(default=None, description="What happened.")


class AgreementMade(Event):
    """Parties came to terms. Each term is a commitment-made that names the agreement."""

    kind: Literal["agreement-made"] = "agreement-made"
    type: Literal["settlement", "deferred-prosecution", "consent-order", "plea", "other"] = Field(
        description="What it is."
    )
    between: tuple[PartyId, ...] = Field(
        min_length=1, description="Its parties. None of them is a judge in it."
    )
    monitor: PartyId | None = Field(default=None, description="Who watches that it is kept.")
    from_: Edtf | None = Field(
        default=None,
        alias="from",
        description="From when it is in force (EDTF), where nobody has to accept it any more.",
    )
    until: Edtf | None = Field(default=None, description="Until when (EDTF), where it is stated.")
    matter: Narrative | None = Field(default=None, description="What it settles.")


class AgreementAccepted(Event):
    """An agreement came into force: a court took it, or those who had to assent did."""

    kind: Literal["agreement-accepted"] = "agreement-accepted"
    agreement: Agreement = Field(description="The agreement, by its event id.")
    accepted_by: PartyId | None = Field(default=None, description="Who accepted it.")
    reason: Narrative | None = Field(default=None, description="Why.")


class AgreementRejected(Event):
    """An agreement was refused, so that it is not in force."""

    kind: Literal["agreement-rejected"] = "agreement-rejected"
    agreement: Agreement = Field(description="The agreement, by its event id.")
    rejected_by: PartyId | None = Field(default=None, description="Who refused it.")
    reason: Narrative | None = Field(default=None, description="Why.")


class AgreementBreached(Event):
    """An agreement was held to have been broken. That alone does not end it."""

    kind: Literal["agreement-breached"] = "agreement-breached"
    agreement: Agreement = Field(description="The agreement, by its event id.")
    breached_by: PartyId | None = Field(default=None, description="Which party broke it.")
    found_by: PartyId | None = Field(default=None, description="Who held so.")
    reason: Narrative | None = Field(default=None, description="How it was broken.")


class AgreementEnded(Event):
    """An agreement ended: its time was over, it was carried out, terminated or replaced."""

    kind: Literal["agreement-ended"] = "agreement-ended"
    agreement: Agreement = Field(description="The agreement, by its event id.")
    manner: Literal["completed", "expired", "terminated", "replaced", "other"] | None = Field(
        default=None, description="In which way it ended."
    )
    ended_by: PartyId | None = Field(default=None, description="Who ended it.")
    reason: Narrative | None = Field(default=None, description="Why.")


class ProceedingOpened(Event):
    """Someone was charged or sued before a forum outside of the house. It is not a finding."""

    kind: Literal["proceeding-opened"] = "proceeding-opened"
    subject: PartyId = Field(description="Against whom.")
    accuser: PartyId | None = Field(default=None, description="Who accuses.")
    forum: PartyId | None = Field(default=None, description="Before which court or authority.")
    type: Literal["criminal", "civil", "administrative", "disciplinary", "other"] | None = Field(
        default=None, description="What it is."
    )
    charge: Term | None = Field(default=None, description="The charge, in a word: fraud.")
    clause: Clauses | None = Field(default=None, description="The provisions it rests on.")
    particulars: Narrative | None = Field(default=None, description="The charge in words.")


class ProceedingConcluded(Event):
    """A forum outside of the house came to an end. It binds no finding of the house."""

    kind: Literal["proceeding-concluded"] = "proceeding-concluded"
    proceeding: Proceeding = Field(description="The proceeding, by its event id.")
    outcome: Literal["acquitted", "convicted", "dismissed", "settled", "withdrawn", "other"] = (
        Field(description="What became of it.")
    )
    deciders: tuple[PartyId, ...] = Field(default=(), description="Who decided.")
    amount: Amount | None = Field(default=None, description="What is to be paid: 12000.00 CNY.")
    sentence: Narrative | None = Field(default=None, description="The sentence or measure.")
    reasons: Narrative | None = Field(default=None, description="Why.")
