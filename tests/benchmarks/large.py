"""A large house: cases of ten events, whose people and parties each come up in a few cases.

What is asked about one of them has the same answer on a ledger of any size, so that the time of a
question can be held against the time of the same question on a small one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

EVENTS_A_CASE = 10

CASES_A_PARTY = 8
"""In how many cases a manager and a counterparty come up, at intervals over the whole log."""


def _event_id(number: int) -> str:
    return f"019b8c00-0000-7000-8000-{number:012x}"


def named(number: int) -> str:
    """A name of letters alone: a pseudonym may tell no part of it."""
    return "Avery " + "".join("bcdfghjklm"[int(digit)] for digit in f"{number:06}").capitalize()


def case(number: int, cases: int) -> Iterator[dict[str, Any]]:
    """The ten events of one case of so many, from contact to the execution of a sanction."""
    ids = [_event_id(number * EVENTS_A_CASE + at) for at in range(EVENTS_A_CASE)]
    several = max(1, cases // CASES_A_PARTY)
    manager, kol, employee = f"m-{number % several}", f"k-{number % several}", f"e-{number}"
    steps: list[dict[str, Any]] = [
        {"kind": "party-registered", "party": employee, "type": "person",
         "name": named(number)},
        {"kind": "case-opened", "occurred": "2026-01-05", "title": f"Contact number {number}",
         "jurisdiction": "eu", "owner": manager},
        {"kind": "contact-made", "occurred": "../2026-01-05", "counterparty": kol,
         "purpose": "a possible partnership", "stage": "contact"},
        {"kind": "evidence-registered", "occurred": "2026-01-05", "digest": f"sha256:{number:064x}",
         "media_type": "application/pdf", "collected_by": "audit-1", "location": "cabinet 4"},
        {"kind": "finding-made", "occurred": "2026-01-06", "subject": employee,
         "basis": [ids[3]], "outcome": "substantiated", "responsibility": "direct",
         "offence_class": "unapproved contact", "clause": "code-of-conduct 4.2"},
        {"kind": "finding-made", "occurred": "2026-01-06", "subject": manager,
         "basis": [ids[3]], "outcome": "unsubstantiated", "responsibility": "none"},
        {"kind": "decision-taken", "occurred": "2026-01-06", "outcome": "sanction",
         "deciders": ["board"], "basis": [ids[4]], "reasons": "as in like cases"},
        {"kind": "sanction-imposed", "occurred": "2026-01-06", "subject": employee,
         "measure": "written-warning", "basis": [ids[6], ids[4]], "due": "2026-02"},
        {"kind": "sanction-executed", "occurred": "2026-01-07", "sanction": ids[7]},
        {"kind": "counterparty-barred", "occurred": "2026-01-06", "counterparty": kol,
         "basis": [ids[6]], "from": "2026-01-06"},
    ]  # fmt: skip
    for event_id, step in zip(ids, steps, strict=True):
        yield {"case_id": f"case-{number}", "event_id": event_id, **step}


def varied(number: int, cases: int) -> Iterator[dict[str, Any]]:
    """A case of the same steps, told otherwise: dates, measures, offences, what is left out."""
    chance = Random(number)
    begun = date(2025, 1, 1) + timedelta(days=chance.randrange(365))
    for at, step in enumerate(case(number, cases)):
        left_out = step["kind"] == "sanction-executed" or step.get("responsibility") == "none"
        if left_out and chance.random() < 0.3:
            continue
        told = {**step}
        day = begun + timedelta(days=4 * at + chance.randrange(9))
        forms = (str(day), str(day), str(day), f"{day:%Y-%m}", f"../{day}")
        for field in ("occurred", "from", "due"):
            if field in told:
                told[field] = str(day) if field == "from" else chance.choice(forms)
        if "measure" in told:
            told["measure"] = chance.choice(("written-warning", "demotion", "fine", "dismissal"))
        if "offence_class" in told:
            told["offence_class"] = chance.choice(("unapproved contact", "fraud", "harassment"))
        yield told


def lines(cases: int, of: Callable[[int, int], Iterator[dict[str, Any]]] = case) -> Iterator[bytes]:
    """So many cases as lines of JSON."""
    for number in range(cases):
        for event in of(number, cases):
            yield json.dumps(event).encode() + b"\n"
