"""Declare the kinds of promises, remediation and lessons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Amount, Edtf, EventId, Narrative, PartyId, Refers

Commitment = Annotated[EventId, Refers(("commitment-made",))]


class CommitmentMade(Event):
    """Something was promised."""

    kind: Literal["commitment-made"] = "commitment-made"
    promise: Narrative = Field(description="What was promised.")
    by: PartyId | None = Field(default=None, description="Who promised it.")
    due: Edtf | None = Field(default=None, description="By when (EDTF).")
    amount: Amount | None = Field(default=None, description="How much is to be paid, if any.")
    agreement: Annotated[EventId, Refers(("agreement-made",))] | None = Field(
        default=None, description="The agreement whose term it is, by its event id."
    )


class CommitmentFulfilled(Event):
    """A promise was kept."""

    kind: Literal["commitment-fulfilled"] = "commitment-fulfilled"
    commitment: Commitment = Field(description="The commitment, by its event id.")
    note: Narrative | None = Field(default=None, description="How.")


class CommitmentBreached(Event):
    """A promise was not kept. It is still owed, until it is kept after all or released."""

    kind: Literal["commitment-breached"] = "commitment-breached"
    commitment: Commitment = Field(description="The commitment, by its event id.")
    found_by: PartyId | None = Field(default=None, description="Who found that it was breached.")
    effective: Edtf | None = Field(
        default=None, description="From when it was in breach (EDTF), if not from then on."
    )
    reason: Narrative | None = Field(default=None, description="How it was breached.")


class CommitmentReleased(Event):
    """A promise need no longer be kept."""

    kind: Literal["commitment-released"] = "commitment-released"
    commitment: Commitment = Field(description="The commitment, by its event id.")
    released_by: PartyId | None = Field(default=None, description="Who released it.")
    effective: Edtf | None = Field(
        default=None, description="From when it was no longer owed (EDTF), if not from then on."
    )
    replaced_by: Annotated[EventId, Refers(("commitment-made",), here=False)] | None = Field(
        default=None, description="The commitment made in its place, by its event id."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class RemediationOpened(Event):
    """Work began on a cause, so that it does not happen again."""

    kind: Literal["remediation-opened"] = "remediation-opened"
    owner: PartyId | None = Field(default=None, description="Who answers for it.")
    due: Edtf | None = Field(default=None, description="By when (EDTF).")
    cause: Narrative | None = Field(default=None, description="The cause it is to remove.")
    action: Narrative | None = Field(default=None, description="What is to be done.")


class RemediationVerified(Event):
    """Someone checked that the remediation was done and works."""

    kind: Literal["remediation-verified"] = "remediation-verified"
    remediation: Annotated[EventId, Refers(("remediation-opened",))] = Field(
        description="The remediation, by its event id."
    )
    verified_by: PartyId | None = Field(default=None, description="Who checked.")
    note: Narrative | None = Field(default=None, description="How.")


class LessonRecorded(Event):
    """A lesson was drawn."""

    kind: Literal["lesson-recorded"] = "lesson-recorded"
    lesson: Narrative = Field(description="Which.")
