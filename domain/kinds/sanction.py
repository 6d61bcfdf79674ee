"""Declare the kinds of sanctions, and of interim measures, which are not sanctions."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from answerable.domain.event import Event
from answerable.domain.fields import Amount, Edtf, EventId, Narrative, PartyId, Refers, Text
from answerable.domain.terms.bounded import MOST_DAYS
from answerable.domain.terms.measure import InterimMeasure, Measure

Sanction = Annotated[EventId, Refers(("sanction-imposed",))]


class _OneMeasure(Event):
    """One measure against one person, as it is proposed and as it is imposed."""

    subject: PartyId = Field(description="Against whom.")
    role_then: Text | None = Field(default=None, description="Which post they held then.")
    measure: Measure = Field(description="The measure.")
    measure_text: Text | None = Field(
        default=None, description="The measure in words: for other, or as it was called then."
    )
    period: Edtf | None = Field(default=None, description="The period it bears on (EDTF): 2025.")
    amount: Amount | None = Field(default=None, description="How much: 12000.00 CNY.")
    days: Annotated[int | None, AfterValidator(MOST_DAYS)] = Field(
        default=None, ge=1, description="How many days (suspension, probation, imprisonment)."
    )
    effective: Edtf | None = Field(default=None, description="From when it has effect (EDTF).")
    until: Edtf | None = Field(
        default=None, description="Until when it has effect (EDTF), where an end is stated."
    )

    @model_validator(mode="after")
    def _other_is_told(self) -> Self:
        if self.measure == "other" and self.measure_text is None:
            raise ValueError("measure `other` needs measure_text: say which measure it is")
        return self


class SanctionProposed(_OneMeasure):
    """A measure was recommended. It binds nobody, and is no sanction, until one is imposed."""

    kind: Literal["sanction-proposed"] = "sanction-proposed"
    proposed_by: PartyId | None = Field(default=None, description="Who recommended it.")
    reason: Narrative | None = Field(default=None, description="Why this measure.")


class SanctionImposed(_OneMeasure):
    """One measure against one person, so that each can be executed, appealed and lifted alone."""

    kind: Literal["sanction-imposed"] = "sanction-imposed"
    due: Edtf | None = Field(default=None, description="By when it is to be executed (EDTF).")
    imposed_by: PartyId | None = Field(
        default=None, description="Who imposed it, where that is not this house."
    )
    announced_by: PartyId | None = Field(
        default=None, description="Who announced it, who need not be who decided."
    )
    announced: Edtf | None = Field(default=None, description="When it was announced (EDTF).")
    reason: Narrative | None = Field(default=None, description="Why this measure.")
    proposal: Annotated[EventId, Refers(("sanction-proposed",), here=False)] | None = Field(
        default=None, description="The sanction that was proposed, by its event id."
    )
    difference: Narrative | None = Field(
        default=None, description="Why it is not the one that was proposed."
    )


class SanctionExecuted(Event):
    """A sanction was carried out."""

    kind: Literal["sanction-executed"] = "sanction-executed"
    sanction: Sanction = Field(description="The sanction, by its event id.")
    executed_by: PartyId | None = Field(default=None, description="Who carried it out.")
    note: Narrative | None = Field(default=None, description="How.")


class SanctionNotExecuted(Event):
    """A sanction will not be carried out. It stands all the same, and so does what it was for."""

    kind: Literal["sanction-not-executed"] = "sanction-not-executed"
    sanction: Sanction = Field(description="The sanction, by its event id.")
    cause: Literal["resigned-first", "left", "penalty-not-served", "lapsed", "died", "other"] = (
        Field(description="What kept it from being carried out.")
    )
    reason: Narrative | None = Field(default=None, description="Why, in words.")


class SanctionSuspended(Event):
    """A sanction was put on hold."""

    kind: Literal["sanction-suspended"] = "sanction-suspended"
    sanction: Sanction = Field(description="The sanction, by its event id.")
    until: Edtf | None = Field(default=None, description="Until when (EDTF).")
    reason: Narrative | None = Field(default=None, description="Why.")


class SanctionLifted(Event):
    """A sanction was lifted."""

    kind: Literal["sanction-lifted"] = "sanction-lifted"
    sanction: Sanction = Field(description="The sanction, by its event id.")
    reason: Narrative = Field(description="Why.")


class InterimMeasureTaken(Event):
    """A measure for the time of the inquiry. Leave is not a sanction."""

    kind: Literal["interim-measure-taken"] = "interim-measure-taken"
    subject: PartyId = Field(description="Whom it concerns.")
    measure: InterimMeasure = Field(description="The measure.")
    measure_text: Text | None = Field(
        default=None, description="The measure in words: for other, or as it was called then."
    )
    until: Edtf | None = Field(default=None, description="Until when (EDTF).")
    imposed_by: PartyId | None = Field(
        default=None, description="Who took it, where that is not this house."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class InterimMeasureEnded(Event):
    """An interim measure came to its end."""

    kind: Literal["interim-measure-ended"] = "interim-measure-ended"
    interim_measure: Annotated[EventId, Refers(("interim-measure-taken",))] = Field(
        description="The interim measure, by its event id."
    )
    ended_by: PartyId | None = Field(default=None, description="Who ended it.")
    manner: Literal["ended", "lifted", "replaced", "lapsed"] | None = Field(
        default=None, description="In which manner it ended."
    )
    effective: Edtf | None = Field(
        default=None, description="From when it no longer has effect (EDTF), if not from then on."
    )
    replaced_by: (
        Annotated[EventId, Refers(("interim-measure-taken", "sanction-imposed"), here=False)] | None
    ) = Field(default=None, description="The measure that took its place, by its event id.")
    reason: Narrative | None = Field(default=None, description="Why.")
