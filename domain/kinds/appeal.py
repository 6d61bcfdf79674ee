"""Declare the kinds of appeals."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from answerable.domain.event import Event
from answerable.domain.fields import Amount, EventId, Narrative, PartyId, Refers, Text
from answerable.domain.terms.bounded import MOST_DAYS
from answerable.domain.terms.measure import Measure

VARYING = ("becomes_measure", "becomes_text", "becomes_amount", "becomes_days")
"""The fields that tell what a sanction became on appeal."""


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
    """An appeal was decided. One that is allowed overturns what it was against.

    One that is partly allowed can vary a sanction: what is told of it as `becomes_*` takes the
    place of what was imposed, the rest stays. With another measure, nothing of the first stays.
    """

    kind: Literal["appeal-decided"] = "appeal-decided"
    appeal: Annotated[EventId, Refers(("appeal-lodged",))] = Field(
        description="The appeal, by its event id."
    )
    outcome: Literal["allowed", "partly-allowed", "dismissed", "withdrawn"] = Field(
        description="What became of it."
    )
    deciders: tuple[PartyId, ...] = Field(default=(), description="Who decided.")
    becomes_measure: Measure | None = Field(
        default=None, description="Partly allowed: which measure the sanction becomes."
    )
    becomes_text: Text | None = Field(
        default=None, description="That measure in words: for other, or as it was called then."
    )
    becomes_amount: Amount | None = Field(
        default=None, description="Partly allowed: how much it becomes: 5000.00 CNY."
    )
    becomes_days: Annotated[int | None, AfterValidator(MOST_DAYS)] = Field(
        default=None, ge=1, description="Partly allowed: how many days it becomes."
    )
    reasons: Narrative | None = Field(default=None, description="Why.")

    @model_validator(mode="after")
    def _only_partly_allowed_varies(self) -> Self:
        told = [name for name in VARYING if getattr(self, name) is not None]
        if told and self.outcome != "partly-allowed":
            raise ValueError(
                f"{told[0]} tells what a sanction became, which only a partly-allowed appeal "
                "does: leave it out, or change the outcome"
            )
        if self.becomes_measure == "other" and self.becomes_text is None:
            raise ValueError("measure `other` needs becomes_text: say which measure it is")
        return self
