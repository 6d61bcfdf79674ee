"""The same facts for every contender: cases of twenty events, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

EVENTS_A_CASE = 20

SOURCE = {"title": "minutes of the ethics committee", "url": "https://example.org/minutes/17"}


def _event_id(number: int) -> str:
    return f"019b8c00-0000-7000-8000-{number:012x}"


def case(number: int) -> Iterator[dict[str, Any]]:
    """The twenty events of one case, from contact to the execution of sanctions."""
    first = number * EVENTS_A_CASE
    ids = [_event_id(first + at) for at in range(EVENTS_A_CASE)]
    manager, employee, kol = f"m-{number % 997}", f"e-{number}", f"k-{number % 499}"
    steps: list[dict[str, Any]] = [
        {"kind": "contact-made", "occurred": "../2026-01-05", "counterparty": kol,
         "purpose": "a possible partnership", "stage": "contact"},
        {"kind": "backlash-observed", "occurred": "2026-01-05", "audience": "users and fans",
         "channel": "social media", "size": 2400, "size_unit": "posts"},
        {"kind": "case-opened", "title": f"Contact number {number}", "jurisdiction": "eu"},
        {"kind": "verification-completed", "occurred": "2026-01-05", "result": "confirmed",
         "question": "was there contact with the counterparty?"},
        {"kind": "decision-taken", "occurred": "2026-01-05", "outcome": "terminate",
         "deciders": ["board"], "basis": [ids[3]], "reasons": "the house rules on partnerships"},
        {"kind": "engagement-terminated", "occurred": "2026-01-05", "counterparty": kol,
         "basis": [ids[4]], "announced_by": manager, "announced": "2026-01-05"},
        {"kind": "counterparty-barred", "occurred": "2026-01-05", "counterparty": kol,
         "basis": [ids[4]], "from": "2026-01-05"},
        {"kind": "apology-issued", "occurred": "2026-01-05", "speaker": manager,
         "channel": "social media", "statement": "We are sorry that this contact took place."},
        {"kind": "investigation-opened", "occurred": "2026-01-05", "lead": "audit-1"},
        {"kind": "evidence-registered", "occurred": "2026-01-05", "digest": f"sha256:{number:064x}",
         "media_type": "application/pdf", "collected_by": "audit-1", "location": "cabinet 4"},
        {"kind": "subject-heard", "occurred": "2026-01-05", "subject": employee,
         "form": "interview", "account": "I was asked to look for partners."},
        {"kind": "finding-made", "occurred": "2026-01-06", "subject": employee,
         "basis": [ids[9]], "outcome": "substantiated", "responsibility": "direct",
         "offence_class": "unapproved contact", "severity": "serious",
         "clause": "code-of-conduct 4.2"},
        {"kind": "finding-made", "occurred": "2026-01-06", "subject": manager,
         "basis": [ids[9]], "outcome": "substantiated", "responsibility": "managerial",
         "conduct": "management failure", "clause": "code-of-conduct 7"},
        {"kind": "investigation-concluded", "occurred": "2026-01-06", "investigation": ids[8]},
        {"kind": "decision-taken", "occurred": "2026-01-06", "outcome": "sanction",
         "deciders": ["board"], "basis": [ids[11], ids[12]], "reasons": "as in like cases"},
        {"kind": "sanction-imposed", "occurred": "2026-01-06", "subject": employee,
         "measure": "dismissal", "basis": [ids[14], ids[11]], "due": "2026-02"},
        {"kind": "sanction-imposed", "occurred": "2026-01-06", "subject": manager,
         "measure": "bonus-cancellation", "period": "2025", "basis": [ids[14], ids[12]]},
        {"kind": "sanction-executed", "occurred": "2026-01-07", "sanction": ids[15]},
        {"kind": "statement-published", "occurred": "2026-01-06", "speaker": "press-office",
         "acts": ["announce"], "sources": [SOURCE]},
        {"kind": "lesson-recorded", "occurred": "2026-02", "lesson": "Ask before you reach out."},
    ]  # fmt: skip
    for event_id, step in zip(ids, steps, strict=True):
        yield {"case_id": f"case-{number}", "event_id": event_id, **step}


def lines(events: int) -> list[bytes]:
    """So many events, whole cases, as lines of JSON."""
    return [
        json.dumps(event).encode()
        for number in range(events // EVENTS_A_CASE)
        for event in case(number)
    ]
