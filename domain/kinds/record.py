"""Declare the kinds of what the record says of itself.

Nothing is edited: what was wrong is answered by a later event.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue

from answerable.domain.event import Event
from answerable.domain.fields import (
    SEALED,
    Clause,
    EventId,
    Narrative,
    PartyId,
    Refers,
    Text,
    VerifierKey,
)
from answerable.domain.kinds import sealed_fields
from answerable.domain.terms.form import EARLIER_TERM, Form

Target = Annotated[EventId, Refers()]


def check_sealed_field(name: str) -> str:
    """Check that this is the name of a field that is sealed in events of some kind.

    Raises:
        ValueError: it is none.
    """
    if name not in sealed_fields():
        raise ValueError(f"{name!r:.80} must be the name of a field that is sealed, as `summary`")
    return name


FieldName = Annotated[str, AfterValidator(Form(check_sealed_field, EARLIER_TERM))]
"""The name of a field that is sealed in events of some kind. Public."""


class Correction(Event):
    """Fields of an earlier event read otherwise from now on. The first version stays readable."""

    kind: Literal["correction"] = "correction"
    target: Target = Field(description="The event corrected, by its id.")
    fields: dict[str, JsonValue] = Field(
        default_factory=dict,
        description="The fields and what they should say; null where nothing should stand.",
    )
    sealed_fields: Annotated[dict[str, JsonValue], SEALED] = Field(
        default_factory=dict, description="The same for sealed fields; the ledger sorts them out."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class Retraction(Event):
    """An earlier event no longer stands."""

    kind: Literal["retraction"] = "retraction"
    target: Target = Field(description="The event retracted, by its id.")
    reason: Narrative | None = Field(default=None, description="Why.")


class Dispute(Event):
    """Someone contests an earlier event. Both stand side by side."""

    kind: Literal["dispute"] = "dispute"
    target: Target = Field(description="The event disputed, by its id.")
    by: PartyId | None = Field(default=None, description="Who disputes it.")
    ground: Narrative | None = Field(default=None, description="On which ground.")


class PersonalDataErased(Event):
    """What was sealed about a person was destroyed. The proofs still hold."""

    kind: Literal["personal-data-erased"] = "personal-data-erased"
    subject: PartyId = Field(description="Whose data.")
    legal_basis: Clause = Field(
        description="On which legal basis: gdpr art. 17(1)(a).", examples=['"gdpr art. 17(1)(a)"']
    )
    events: tuple[Annotated[EventId, Refers(here=False)], ...] = Field(
        default=(),
        description="Events whose texts go too, whomever they are about, by their ids.",
    )
    fields: tuple[FieldName, ...] = Field(
        default=(),
        description="Which texts of these events, by their fields: summary, recorded_by. Left out, "
        "all of them.",
    )


class LegalHoldSet(Event):
    """Nothing about this may be erased for now."""

    kind: Literal["legal-hold-set"] = "legal-hold-set"
    subject: PartyId | None = Field(
        default=None, description="Whose data; left out, all data of the case."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class LegalHoldLifted(Event):
    """A legal hold ended."""

    kind: Literal["legal-hold-lifted"] = "legal-hold-lifted"
    hold: Annotated[EventId, Refers(("legal-hold-set",))] = Field(
        description="The hold, by its event id."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class DisclosureMade(Event):
    """Part of the record left the house."""

    kind: Literal["disclosure-made"] = "disclosure-made"
    to: PartyId | None = Field(default=None, description="To whom, where they are registered.")
    recipient: Text | None = Field(default=None, description="To whom, in words.")
    events: tuple[Annotated[EventId, Refers(here=False)], ...] = Field(
        default=(), description="What was disclosed, by event ids."
    )
    withheld: tuple[FieldName, ...] = Field(default=(), description="Which fields were withheld.")
    legal_basis: Clause | None = Field(default=None, description="On which legal basis.")


class KeyRotated(Event):
    """The ledger signs with other keys from now on."""

    kind: Literal["key-rotated"] = "key-rotated"
    retired: tuple[VerifierKey, ...] = Field(
        default=(), description="The keys that it no longer signs with."
    )
    adopted: tuple[VerifierKey, ...] = Field(
        default=(), description="The keys that it signs with instead."
    )
    reason: Narrative | None = Field(default=None, description="Why.")
