"""Declare the kinds of what the organisation said in public."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Narrative, PartyId, Standing, Term, Text


class ApologyIssued(Event):
    """Someone apologised in public."""

    kind: Literal["apology-issued"] = "apology-issued"
    speaker: PartyId | None = Field(default=None, description="Who apologised.")
    on_behalf_of: PartyId | None = Field(default=None, description="In whose name.")
    addressed_to: Text | None = Field(default=None, description="To whom.")
    channel: Term | None = Field(default=None, description="By which channel.")
    statement: Narrative | None = Field(default=None, description="The words.")
    content_standing: Standing | None = Field(
        default=None, description="How far what it says stands, apart from that it was said."
    )
    admits: tuple[Narrative, ...] = Field(default=(), description="What it admits.")
    commits_to: tuple[Narrative, ...] = Field(default=(), description="What it promises.")


class StatementPublished(Event):
    """Any other public statement. Announcing a decision is not taking it."""

    kind: Literal["statement-published"] = "statement-published"
    speaker: PartyId | None = Field(default=None, description="Who spoke.")
    on_behalf_of: PartyId | None = Field(default=None, description="In whose name.")
    acts: Annotated[
        tuple[Literal["admit", "apologise", "commit", "deny", "announce"], ...], Field(min_length=1)
    ] = Field(description="What the statement does.")
    channel: Term | None = Field(default=None, description="By which channel.")
    statement: Narrative | None = Field(default=None, description="The words.")
    content_standing: Standing | None = Field(
        default=None, description="How far what it says stands, apart from that it was said."
    )
