"""A large house whose cases follow several procedures, with dates told as loosely as people do.

Of the dates a third are no days: months, intervals, on or before, about, not told at all; a few are
told to the minute. Steps are left out, measures and offences differ, and of twenty cases one is
corrected. Cases have ten events in the mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.benchmarks.large import CASES_A_PARTY, named

BEGUN = ("registered", "opened", "report", "inquiry")

FOUND = ("evidence", "finding", "above", "decision")

CONTESTED = ("appeal", "appeal-decided", "remediation", "verified")

PROCEDURES: dict[str, tuple[int, tuple[str, ...]]] = {
    "found out": (
        40,
        ("registered", "opened", "contact", *FOUND, "sanction", "executed", "barred"),
    ),
    "reported": (
        30,
        (*BEGUN, "evidence", "heard", "finding", "concluded", "decision", "sanction", "executed"),
    ),
    "unfounded": (15, (*BEGUN, "allegation", "evidence", "heard", "cleared", "closed")),
    "two people": (
        10,
        (*BEGUN[:3], *FOUND, "sanction", "sanction-above", "executed", "closed"),
    ),
    "appealed": (
        5,
        ("registered", "opened", "evidence", "finding", "decision", "sanction", *CONTESTED),
    ),
}
"""The procedures of the house: how many of a hundred cases follow each, and its steps."""

NEEDED = frozenset(
    ["opened", "evidence", "finding", "decision", "sanction", "report", "appeal", "remediation"]
)
"""Steps that no case of a procedure leaves out, as others refer to them."""

LEFT_OUT = 0.1

CORRECTED = 0.05

MEASURES = (
    "written-warning",
    "oral-warning",
    "demotion",
    "fine",
    "bonus-cancellation",
    "dismissal",
)
OFFENCES = ("unapproved contact", "fraud", "harassment", "conflict of interest")


def _date(chance: Random, day: date) -> str | None:
    """Tell a day as exactly as a house would."""
    form = chance.random()
    if form < 0.63:
        return str(day)
    if form < 0.66:
        return f"{day}T{chance.randrange(8, 18):02}:30:00Z"
    if form < 0.78:
        return f"{day:%Y-%m}"
    if form < 0.84:
        return f"../{day}"
    if form < 0.9:
        return f"{day - timedelta(days=chance.randrange(1, 6))}/{day}"
    return f"{day}~" if form < 0.95 else None


def loosely_told(number: int, cases: int) -> Iterator[dict[str, Any]]:
    """The events of one case of so many, by one of the procedures."""
    chance = Random(number)
    several = max(1, cases // CASES_A_PARTY)
    subject, above, party = f"e-{number}", f"m-{number % several}", f"k-{number % several}"
    (procedure,) = chance.choices([*PROCEDURES], [share for share, _ in PROCEDURES.values()])
    steps = [
        step for step in PROCEDURES[procedure][1] if step in NEEDED or chance.random() >= LEFT_OUT
    ]
    ids = {
        step: f"019b8c00-0000-7000-8000-{number * 16 + at:012x}" for at, step in enumerate(steps)
    }
    offence, measure = chance.choice(OFFENCES), chance.choice(MEASURES)
    begun = date(2024, 1, 1) + timedelta(days=chance.randrange(700))

    def refer(*names: str) -> list[str]:
        return [ids[each] for each in names if each in ids]

    told: dict[str, dict[str, Any]] = {
        "registered": {"kind": "party-registered", "party": subject, "type": "person",
                       "name": named(number)},
        "opened": {"kind": "case-opened", "title": f"Case number {number}", "owner": above,
                   "jurisdiction": chance.choice(("eu", "cn", "us"))},
        "contact": {"kind": "contact-made", "counterparty": party, "stage": "contact",
                    "purpose": "a possible partnership"},
        "report": {"kind": "report-received", "channel": chance.choice(("hotline", "letter")),
                   "issue": "something wrong"},
        "inquiry": {"kind": "investigation-opened", "lead": "audit-1", "scope": "what happened"},
        "allegation": {"kind": "allegation-made", "subject": subject, "conduct": "took a gift",
                       "basis": refer("report")},
        "evidence": {"kind": "evidence-registered", "digest": f"sha256:{number:064x}",
                     "media_type": "application/pdf", "collected_by": "audit-1",
                     "location": f"cabinet {number % 97}"},
        "heard": {"kind": "subject-heard", "subject": subject, "account": "as told"},
        "finding": {"kind": "finding-made", "subject": subject, "basis": refer("evidence"),
                    "outcome": "substantiated", "responsibility": "direct",
                    "offence_class": offence, "clause": f"code-of-conduct {number % 9 + 1}.2"},
        "above": {"kind": "finding-made", "subject": above, "basis": refer("evidence"),
                  "outcome": chance.choice(("substantiated", "unsubstantiated")),
                  "responsibility": "managerial", "offence_class": offence},
        "cleared": {"kind": "finding-made", "subject": subject, "basis": refer("evidence"),
                    "outcome": "unsubstantiated", "responsibility": "none",
                    "allegation": next(iter(refer("allegation")), None)},
        "concluded": {"kind": "investigation-concluded", "result": "findings",
                      "investigation": next(iter(refer("inquiry")), None)},
        "decision": {"kind": "decision-taken", "outcome": "sanction", "reasons": "as in like cases",
                     "deciders": [chance.choice(("board", "committee"))],
                     "basis": refer("finding", "above")},
        "sanction": {"kind": "sanction-imposed", "subject": subject, "measure": measure,
                     "basis": refer("decision", "finding"),
                     "due": _date(chance, begun + timedelta(days=70))},
        "sanction-above": {"kind": "sanction-imposed", "subject": above, "measure": "oral-warning",
                           "basis": refer("decision", "above")},
        "executed": {"kind": "sanction-executed", "sanction": ids.get("sanction")},
        "barred": {"kind": "counterparty-barred", "counterparty": party,
                   "basis": refer("decision"), "from": str(begun + timedelta(days=50))},
        "appeal": {"kind": "appeal-lodged", "against": ids.get("sanction"), "appellant": subject},
        "appeal-decided": {"kind": "appeal-decided", "appeal": ids.get("appeal"),
                           "outcome": chance.choice(("dismissed", "dismissed", "allowed"))},
        "remediation": {"kind": "remediation-opened", "owner": above, "cause": "no rule",
                        "due": str(begun + timedelta(days=120))},
        "verified": {"kind": "remediation-verified", "remediation": ids.get("remediation")},
        "closed": {"kind": "case-closed", "disposition": "other"},
    }  # fmt: skip
    for at, step in enumerate(steps):
        event = {"case_id": f"case-{number}", "event_id": ids[step], **told[step]}
        if step != "registered":
            event["occurred"] = _date(chance, begun + timedelta(days=6 * at + chance.randrange(9)))
        yield {name: each for name, each in event.items() if each not in (None, [])}
    if chance.random() < CORRECTED:
        corrected = chance.choice([step for step in steps if step not in ("registered", "closed")])
        if "closed" not in steps:
            yield {
                "case_id": f"case-{number}",
                "event_id": f"019b8c00-0000-7000-8000-{number * 16 + 15:012x}",
                "kind": "correction",
                "target": ids[corrected],
                "fields": {"occurred": str(begun + timedelta(days=5))},
                "reason": "mistyped",
            }
