"""Declare the kinds of the house's own registers: parties, roles, authority, policies."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from answerable.domain.event import Event
from answerable.domain.fields import (
    Clauses,
    Digest,
    Edtf,
    EventId,
    Narrative,
    PartyId,
    PolicyVersion,
    Refers,
    Size,
    Term,
    Text,
)
from answerable.domain.terms.measure import Measure


class PartyRegistered(Event):
    """A person, an organisation, a body, a group or an asset, and the name behind its pseudonym."""

    kind: Literal["party-registered"] = "party-registered"
    party: PartyId = Field(description="The pseudonym. It is public and must not tell the name.")
    type: Literal["person", "organisation", "body", "group", "asset"] = Field(
        description="What it is. An asset is a thing: an aircraft type, a licence, a fund."
    )
    size: Size | None = Field(
        default=None, description="How many a group is: 346, or 5300~ for about 5,300."
    )
    name: Text | None = Field(default=None, description="The name, where it is known.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other names.")
    titles: tuple[Text, ...] = Field(default=(), description="Posts and titles.")

    @model_validator(mode="after")
    def _pseudonym_tells_no_name(self) -> Self:
        words = set(re.findall(r"[a-z0-9]+", self.party))
        for name in (self.name, *self.aliases):
            shared = words.intersection(re.findall(r"[a-z0-9]{2,}", (name or "").lower()))
            if self.type == "person" and shared:
                raise ValueError(
                    f"the pseudonym {self.party!r} tells part of the name ({min(shared)}), and the "
                    "chain keeps it for ever: choose one that does not, as person-1 or p-7k2m"
                )
        return self


class RoleAssigned(Event):
    """A party answers for an area, before anything happened. It is not a finding."""

    kind: Literal["role-assigned"] = "role-assigned"
    party: PartyId = Field(description="Who.")
    role: Text = Field(description="The role.", examples=['"head of public relations"'])
    area: Term | None = Field(default=None, description="The area.")
    raci: Literal["responsible", "accountable", "consulted", "informed"] | None = Field(
        default=None, description="In which capacity (RACI)."
    )
    reports_to: PartyId | None = Field(default=None, description="To whom they report.")
    grade: Term | None = Field(
        default=None, description="The grade of the post, as the house classes its posts."
    )
    from_: Edtf | None = Field(default=None, alias="from", description="From when (EDTF).")


class RoleEnded(Event):
    """A role ended."""

    kind: Literal["role-ended"] = "role-ended"
    assignment: Annotated[EventId, Refers(("role-assigned",))] = Field(
        description="The role-assigned event, by its id."
    )
    manner: Literal["resigned", "retired", "removed", "term-over", "other"] | None = Field(
        default=None, description="In which manner it ended."
    )
    ended_by: PartyId | None = Field(default=None, description="Who ended it.")
    effective: Edtf | None = Field(
        default=None, description="From when they no longer held it (EDTF), if not from then on."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class AuthorityGranted(Event):
    """A party may impose certain measures."""

    kind: Literal["authority-granted"] = "authority-granted"
    party: PartyId = Field(description="Who.")
    measures: tuple[Measure, ...] = Field(default=(), description="Which measures.")
    grades: tuple[Term, ...] = Field(
        default=(),
        description="Over holders of posts of which grades; where none is told, of any.",
    )
    clause: Clauses | None = Field(default=None, description="Under which provisions.")
    from_: Edtf | None = Field(default=None, alias="from", description="From when (EDTF).")
    until: Edtf | None = Field(default=None, description="Until when (EDTF).")


class AuthorityRevoked(Event):
    """An authority ended."""

    kind: Literal["authority-revoked"] = "authority-revoked"
    authority: Annotated[EventId, Refers(("authority-granted",))] = Field(
        description="The authority-granted event, by its id."
    )
    revoked_by: PartyId | None = Field(default=None, description="Who revoked it.")
    effective: Edtf | None = Field(
        default=None, description="From when they no longer held it (EDTF), if not from then on."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class PolicyAdopted(Event):
    """A version of a policy came into force."""

    kind: Literal["policy-adopted"] = "policy-adopted"
    policy: Term = Field(description="The policy's id.", examples=["conduct"])
    policy_version: PolicyVersion = Field(description="Its version.", examples=["1"])
    text: Narrative | None = Field(default=None, description="Its text.")
    digest: Digest | None = Field(
        default=None,
        description="The SHA-256 of the document's bytes: sha256: and 64 hex digits.",
    )
    format: Literal["answerable-policy/1"] | None = Field(
        default=None,
        description="The format of the document, where its text is one that rules are read from.",
    )
    requires: tuple[Literal["signature"], ...] = Field(
        default=(),
        description="What it demands of every event recorded while it is in force.",
    )
    from_: Edtf | None = Field(default=None, alias="from", description="From when (EDTF).")

    @model_validator(mode="after")
    def _digest_is_of_the_text(self) -> Self:
        if self.format is None or self.text is None or self.digest is None:
            return self
        held = f"sha256:{sha256(self.text.encode()).hexdigest()}"
        if self.digest != held:
            raise ValueError(
                f"the digest is not of the text, whose own is {held}: give the document's bytes "
                "as they are, or leave the digest out"
            )
        return self
