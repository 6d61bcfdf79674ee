"""Declare the kinds of promises, remediation and lessons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Edtf, EventId, Narrative, PartyId, Refers


class CommitmentMade(Event):
    """Something was promised."""

    kind: Literal["commitment-made"] = "commitment-made"
    promise: Narrative = Field(description="What was promised.")
    by: PartyId | None = Field(default=None, description="Who promised it.")
    due: Edtf | None = Field(default=None, description="By when (EDTF).")


class CommitmentFulfilled(Event):
    """A promise was kept."""

    kind: Literal["commitment-fulfilled"] = "commitment-fulfilled"
    commitment: Annotated[EventId, Refers(("commitment-made",))] = Field(
        description="The commitment, by its event id."
    )
    note: Narrative | None = Field(default=None, description="How.")


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
