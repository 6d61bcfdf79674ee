"""Declare the kinds of decisions, and of what bears on who may take them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Clauses, Edtf, EventId, Narrative, PartyId, Refers, Term

Decision = Annotated[EventId, Refers(("decision-taken",))]


class DecisionTaken(Event):
    """A decision was taken. Who announced it and who carried it out are told elsewhere."""

    kind: Literal["decision-taken"] = "decision-taken"
    question: Narrative | None = Field(default=None, description="What was to be decided.")
    outcome: Term = Field(
        description="What was decided, in a word: terminate, sanction.", examples=["terminate"]
    )
    deciders: tuple[PartyId, ...] = Field(default=(), description="Who decided.")
    authority: Annotated[EventId, Refers(("authority-granted",), here=False)] | None = Field(
        default=None, description="By which authority-granted event they could."
    )
    clause: Clauses | None = Field(default=None, description="Under which provisions.")
    reasons: Narrative | None = Field(default=None, description="Why.")
    alternatives: tuple[Narrative, ...] = Field(default=(), description="What else was weighed.")
    mitigating: tuple[Narrative, ...] = Field(default=(), description="What spoke for leniency.")
    aggravating: tuple[Narrative, ...] = Field(default=(), description="What spoke against it.")
    mitigating_factors: tuple[Term, ...] = Field(
        default=(),
        description="What spoke for leniency, in the terms of a guideline.",
        examples=['"first offence"'],
    )
    aggravating_factors: tuple[Term, ...] = Field(
        default=(),
        description="What spoke against it, in the terms of a guideline.",
        examples=['"position of trust"'],
    )


class DecisionWithdrawn(Event):
    """A decision was withdrawn as a whole: rescinded, or rejected by who had to approve it."""

    kind: Literal["decision-withdrawn"] = "decision-withdrawn"
    decision: Decision = Field(description="The decision, by its event id.")
    withdrawn_by: PartyId | None = Field(default=None, description="Who withdrew or rejected it.")
    effective: Edtf | None = Field(
        default=None, description="From when it no longer has effect (EDTF), if not from then on."
    )
    replaced_by: Annotated[EventId, Refers(("decision-taken",), here=False)] | None = Field(
        default=None, description="The decision taken in its place, by its event id."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class ConflictDeclared(Event):
    """Someone declared an interest of their own."""

    kind: Literal["conflict-declared"] = "conflict-declared"
    party: PartyId = Field(description="Who declared it.")
    subject: PartyId | None = Field(default=None, description="Towards whom.")
    interest: Narrative | None = Field(default=None, description="Which interest.")


class Recused(Event):
    """Someone stood aside."""

    kind: Literal["recused"] = "recused"
    party: PartyId = Field(description="Who stood aside.")
    conflict: Annotated[EventId, Refers(("conflict-declared",))] | None = Field(
        default=None, description="For which declared conflict."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class ConflictWaived(Event):
    """A declared conflict was held not to stand in the way."""

    kind: Literal["conflict-waived"] = "conflict-waived"
    conflict: Annotated[EventId, Refers(("conflict-declared",))] = Field(
        description="Which one, by its event id."
    )
    waived_by: PartyId | None = Field(default=None, description="Who waived it.")
    reason: Narrative | None = Field(default=None, description="Why.")


class RepresentativesNotified(Event):
    """A union or a works council was told of a measure that was to be taken, or was taken."""

    kind: Literal["representatives-notified"] = "representatives-notified"
    body: PartyId = Field(description="Who was told: the union, the works council.")
    representing: Literal["union", "works-council", "other"] | None = Field(
        default=None, description="What they are."
    )
    subject: PartyId | None = Field(default=None, description="Whom the measure concerns.")
    decision: Annotated[EventId, Refers(("decision-taken", "sanction-proposed"))] | None = Field(
        default=None, description="The decision or the proposed sanction, by its event id."
    )
    reason: Narrative | None = Field(default=None, description="Why, as they were told.")
    answer: Narrative | None = Field(default=None, description="What they answered.")
