"""Declare the kinds of the life of a case."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from answerable.domain.event import Event
from answerable.domain.fields import Edtf, Jurisdictions, Narrative, PartyId, Text, ZoneName


class CaseOpened(Event):
    """A case was opened."""

    kind: Literal["case-opened"] = "case-opened"
    title: Text = Field(description="What the case is called.")
    summary: Narrative | None = Field(default=None, description="What it is about.")
    organisation: PartyId | None = Field(default=None, description="Whose case it is.")
    jurisdiction: Jurisdictions | None = Field(
        default=None, description="Whose law applies, as codes: cn, eu, uk."
    )
    zone: ZoneName | None = Field(
        default=None,
        description="Where its days are days, as in the IANA Time Zone Database: Asia/Shanghai.",
    )
    owner: PartyId | None = Field(default=None, description="Who answers for the handling.")
    earliest: Edtf | None = Field(
        default=None,
        description="A day before which nothing in the case happened (EDTF): it bounds every date.",
    )


class CaseClosed(Event):
    """A case was closed. Nothing but the record's own events may follow, until it is reopened."""

    kind: Literal["case-closed"] = "case-closed"
    disposition: Literal[
        "sanctioned", "no-action", "unsubstantiated", "exonerated", "referred", "settled", "other"
    ] = Field(description="How it ended.")
    reason: Narrative | None = Field(default=None, description="Why it ended so.")
    retain_until: Edtf | None = Field(
        default=None, description="Until when what is told of it is to be kept (EDTF)."
    )


class CaseReopened(Event):
    """A closed case was opened again."""

    kind: Literal["case-reopened"] = "case-reopened"
    reason: Narrative = Field(description="Why it was opened again.")
