"""Declare the kind of public objection."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from answerable.domain.event import Event
from answerable.domain.fields import Narrative, Term, Text
from answerable.domain.terms.bounded import MOST_COUNTED


class BacklashObserved(Event):
    """An audience objected."""

    kind: Literal["backlash-observed"] = "backlash-observed"
    audience: Text | None = Field(default=None, description="Who objected.")
    channel: Term | None = Field(default=None, description="Where.")
    claim: Narrative | None = Field(default=None, description="What they objected to.")
    size: Annotated[int | None, AfterValidator(MOST_COUNTED)] = Field(
        default=None, ge=0, description="How many, counted in size-unit."
    )
    size_unit: Term | None = Field(default=None, description="What was counted: posts, people.")
