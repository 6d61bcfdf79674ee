"""Declare the kinds of reports, inquiries, evidence and findings, and of steps without a kind."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from answerable.domain.event import Event
from answerable.domain.fields import (
    TERM,
    Clauses,
    Digest,
    Edtf,
    EventId,
    Narrative,
    PartyId,
    Refers,
    Term,
    Text,
)
from answerable.domain.terms.bounded import MOST_COUNTED
from answerable.domain.terms.outcome import Outcome

Report = Annotated[EventId, Refers(("report-received",))]
Investigation = Annotated[EventId, Refers(("investigation-opened",))]
Allegation = Annotated[EventId, Refers(("allegation-made",))]
Evidence = Annotated[EventId, Refers(("evidence-registered",))]

_NAME = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
MediaType = Annotated[str, StringConstraints(pattern=f"^{_NAME}/{_NAME}$"), TERM]
"""RFC 6838, section 4.2: a type, a slash and a subtype, without parameters."""


class ReportReceived(Event):
    """A report of wrongdoing came in."""

    kind: Literal["report-received"] = "report-received"
    reporter: PartyId | None = Field(default=None, description="Who reported, where known.")
    reporter_is: Literal["named", "confidential", "anonymous"] | None = Field(
        default=None,
        description="How far they are known: by name, in confidence, not at all.",
    )
    channel: Term | None = Field(default=None, description="By which channel.")
    route: Literal["internal", "external", "public"] | None = Field(
        default=None,
        description="Along which route: within the house, to an authority, to the public.",
    )
    issue: Term | None = Field(
        default=None,
        description="What it is about, as the house classes its reports: fraud, retaliation.",
    )
    report: Narrative | None = Field(default=None, description="What was reported.")


class ReportAcknowledged(Event):
    """The reporter was told that the report had arrived."""

    kind: Literal["report-acknowledged"] = "report-acknowledged"
    report: Report = Field(description="The report, by its event id.")
    acknowledged_by: PartyId | None = Field(default=None, description="Who acknowledged it.")


class FeedbackGiven(Event):
    """The reporter was told what followed."""

    kind: Literal["feedback-given"] = "feedback-given"
    report: Report = Field(description="The report, by its event id.")
    feedback: Narrative | None = Field(default=None, description="What they were told.")


class VerificationCompleted(Event):
    """A question of fact was checked."""

    kind: Literal["verification-completed"] = "verification-completed"
    question: Narrative | None = Field(default=None, description="What was checked.")
    performer: PartyId | None = Field(default=None, description="Who checked.")
    result: Literal["confirmed", "refuted", "inconclusive", "pending"] | None = Field(
        default=None, description="What came of it; pending where nothing has yet."
    )


class InvestigationOpened(Event):
    """An investigation began."""

    kind: Literal["investigation-opened"] = "investigation-opened"
    lead: PartyId | None = Field(default=None, description="Who leads it.")
    mandate_giver: PartyId | None = Field(default=None, description="Who ordered it.")
    scope: Narrative | None = Field(default=None, description="What it is to look into.")


class AllegationMade(Event):
    """Someone was said to have done something. It is not a finding."""

    kind: Literal["allegation-made"] = "allegation-made"
    subject: PartyId = Field(description="Who is said to have done it.")
    made_by: PartyId | None = Field(default=None, description="Who says so.")
    conduct: Narrative = Field(description="What they are said to have done.")
    conduct_occurred: Edtf | None = Field(
        default=None, description="When they are said to have done it (EDTF): 2025-11."
    )
    clause: Clauses | None = Field(default=None, description="The provisions it would breach.")


class SubjectHeard(Event):
    """The person accused was heard."""

    kind: Literal["subject-heard"] = "subject-heard"
    subject: PartyId = Field(description="Who was heard.")
    allegation: Allegation | None = Field(default=None, description="On which allegation.")
    form: Term | None = Field(default=None, description="How: interview, in writing.")
    account: Narrative | None = Field(default=None, description="What they said.")


class EvidenceRegistered(Event):
    """An exhibit was taken into the record, by its digest (ISO/IEC 27037)."""

    kind: Literal["evidence-registered"] = "evidence-registered"
    digest: Digest = Field(
        description="The exhibit's SHA-256: sha256: and 64 hex digits.",
        examples=['"sha256:$(sha256sum memo.pdf | cut -c 1-64)"'],
    )
    media_type: MediaType | None = Field(
        default=None, description="Its media type: application/pdf."
    )
    size: Annotated[int | None, AfterValidator(MOST_COUNTED)] = Field(
        default=None, ge=0, description="Its size in bytes."
    )
    description: Narrative | None = Field(default=None, description="What it is.")
    location: Text | None = Field(default=None, description="Where it is kept.")
    collected_by: PartyId | None = Field(default=None, description="Who collected it.")


class CustodyTransferred(Event):
    """An exhibit passed from one keeper to another."""

    kind: Literal["custody-transferred"] = "custody-transferred"
    evidence: Evidence = Field(description="The exhibit, by its event id.")
    from_: PartyId | None = Field(default=None, alias="from", description="Who kept it.")
    to: PartyId = Field(description="Who keeps it now.")
    location: Text | None = Field(default=None, description="Where it is kept now.")


class _OneFinding(Event):
    """Tell what one person did or did not, as it is proposed and as it is found."""

    subject: PartyId = Field(description="Whom it is about.")
    allegation: Allegation | None = Field(default=None, description="The allegation it answers.")
    conduct: Narrative | None = Field(default=None, description="What they did or failed to do.")
    conduct_occurred: Edtf | None = Field(
        default=None, description="When they did (EDTF): 2025-11."
    )
    offence_class: Term | None = Field(default=None, description="The class of the offence.")
    clause: Clauses | None = Field(default=None, description="The provisions it breaches.")
    severity: Literal["minor", "moderate", "serious", "gross"] | None = Field(
        default=None, description="How grave it is."
    )
    outcome: Outcome = Field(description="What was found.")
    responsibility: Literal[
        "direct", "managerial", "executive", "collective", "contributory", "third-party", "none"
    ] = Field(description="In which way they answer for it.")
    grade: Term | None = Field(
        default=None,
        description="The grade of the post that they held then, as the house classes its posts.",
    )


class FindingProposed(_OneFinding):
    """A finding was recommended. It holds nobody accountable: it takes the finding itself."""

    kind: Literal["finding-proposed"] = "finding-proposed"
    proposed_by: PartyId | None = Field(default=None, description="Who recommended it.")


class FindingMade(_OneFinding):
    """What an inquiry found of one person's part. A role is not guilt: it takes a finding."""

    kind: Literal["finding-made"] = "finding-made"
    contradicts: tuple[
        Annotated[EventId, Refers(("apology-issued", "statement-published"), here=False)], ...
    ] = Field(
        default=(),
        description="The apologies and statements that it shows to be untrue, by their event ids.",
    )
    proposal: Annotated[EventId, Refers(("finding-proposed",), here=False)] | None = Field(
        default=None, description="The finding that was proposed, by its event id."
    )
    difference: Narrative | None = Field(
        default=None, description="Why it is not the one that was proposed."
    )


class BlameWithdrawn(Event):
    """Blame was taken back: it stood until then, and stands no longer."""

    kind: Literal["blame-withdrawn"] = "blame-withdrawn"
    blame: Annotated[
        EventId,
        Refers(("allegation-made", "finding-made", "statement-published", "sanction-imposed")),
    ] = Field(description="What blamed them, by its event id.")
    withdrawn_by: PartyId | None = Field(default=None, description="Who took it back.")
    effective: Edtf | None = Field(
        default=None, description="From when it stands no longer (EDTF), if not from then on."
    )
    reassigned_to: Annotated[EventId, Refers(("finding-made",), here=False)] | None = Field(
        default=None, description="The finding that blames another in their place, by its event id."
    )
    reason: Narrative | None = Field(default=None, description="Why.")


class InvestigationConcluded(Event):
    """An investigation ended."""

    kind: Literal["investigation-concluded"] = "investigation-concluded"
    investigation: Investigation | None = Field(
        default=None, description="Which one, by its event id."
    )
    result: Narrative | None = Field(default=None, description="What it came to.")


class StepTaken(Event):
    """A step was taken that no other kind tells of. Its term says which, and nothing follows."""

    kind: Literal["step-taken"] = "step-taken"
    term: Term = Field(
        description="What the house calls such a step, in a word or a few.",
        examples=['"insert fine notification"'],
    )
    who: tuple[PartyId, ...] = Field(default=(), description="Who took it.")
    upon: Annotated[EventId, Refers()] | None = Field(
        default=None, description="The event that it was about, by its id."
    )
    note: Narrative | None = Field(default=None, description="What was done.")
