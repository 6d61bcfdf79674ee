"""The peer: `eventsourcing`'s ordinary application over aggregates, with no tree and no seal.

Events are declared as the library's documentation does it: a decorated method for each kind, its
facts as arguments.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import StoredEvent

PAGE = 1_000
"""Notifications read at a time."""


class Case(Aggregate):
    """A case as an aggregate, which keeps the kinds of its steps."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    @event("ContactMade")
    def contact_made(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        counterparty: Any = None,
        purpose: Any = None,
        stage: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("contact-made")

    @event("BacklashObserved")
    def backlash_observed(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        audience: Any = None,
        channel: Any = None,
        size: Any = None,
        size_unit: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("backlash-observed")

    @event("CaseOpened")
    def case_opened(
        self,
        case_id: str,
        event_id: str,
        title: Any = None,
        jurisdiction: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("case-opened")

    @event("VerificationCompleted")
    def verification_completed(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        result: Any = None,
        question: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("verification-completed")

    @event("DecisionTaken")
    def decision_taken(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        outcome: Any = None,
        deciders: Any = None,
        basis: Any = None,
        reasons: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("decision-taken")

    @event("EngagementTerminated")
    def engagement_terminated(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        counterparty: Any = None,
        basis: Any = None,
        announced_by: Any = None,
        announced: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("engagement-terminated")

    @event("CounterpartyBarred")
    def counterparty_barred(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        counterparty: Any = None,
        basis: Any = None,
        from_: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("counterparty-barred")

    @event("ApologyIssued")
    def apology_issued(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        speaker: Any = None,
        channel: Any = None,
        statement: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("apology-issued")

    @event("InvestigationOpened")
    def investigation_opened(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        lead: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("investigation-opened")

    @event("EvidenceRegistered")
    def evidence_registered(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        digest: Any = None,
        media_type: Any = None,
        collected_by: Any = None,
        location: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("evidence-registered")

    @event("SubjectHeard")
    def subject_heard(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        subject: Any = None,
        form: Any = None,
        account: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("subject-heard")

    @event("FindingMade")
    def finding_made(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        subject: Any = None,
        basis: Any = None,
        outcome: Any = None,
        responsibility: Any = None,
        offence_class: Any = None,
        severity: Any = None,
        clause: Any = None,
        conduct: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("finding-made")

    @event("InvestigationConcluded")
    def investigation_concluded(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        investigation: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("investigation-concluded")

    @event("SanctionImposed")
    def sanction_imposed(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        subject: Any = None,
        measure: Any = None,
        basis: Any = None,
        due: Any = None,
        period: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("sanction-imposed")

    @event("SanctionExecuted")
    def sanction_executed(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        sanction: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("sanction-executed")

    @event("StatementPublished")
    def statement_published(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        speaker: Any = None,
        acts: Any = None,
        sources: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("statement-published")

    @event("LessonRecorded")
    def lesson_recorded(
        self,
        case_id: str,
        event_id: str,
        occurred: Any = None,
        lesson: Any = None,
    ) -> None:
        """Take the step in."""
        self.steps.append("lesson-recorded")


def _arguments(step: dict[str, Any]) -> dict[str, Any]:
    """A step's facts as arguments of the command that its kind is."""
    return {"from_" if field == "from" else field: value for field, value in step.items()}


def application(path: Path) -> Application[UUID]:
    """An application that stores in an SQLite file."""
    return Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )


def save(app: Application[UUID], lines: Iterable[bytes], cases_at_once: int = 50) -> None:
    """Record the facts in the lines, some cases in each transaction."""
    pending = []
    for _, steps in groupby(map(json.loads, lines), key=lambda step: step["case_id"]):
        aggregate = Case()
        for step in steps:
            facts = _arguments(step)
            command = facts.pop("kind").replace("-", "_")
            getattr(aggregate, command)(**facts)
        pending.append(aggregate)
        if len(pending) == cases_at_once:
            app.save(*pending)
            pending.clear()
    if pending:
        app.save(*pending)


def stored(app: Application[UUID]) -> Iterator[StoredEvent]:
    """Every stored event, read a page at a time."""
    start = 1
    while page := app.recorder.select_notifications(start=start, limit=PAGE):
        yield from page
        start = page[-1].id + 1


def build(app: Application[UUID]) -> int:
    """Build every stored event as an object, as any projection of the library's would begin."""
    to_domain_event = app.mapper.to_domain_event
    count = 0
    for stored_event in stored(app):
        to_domain_event(stored_event)
        count += 1
    return count
