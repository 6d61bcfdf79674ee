"""A case in which a sanction rests on a chain six levels deep, and everything said is long."""

from __future__ import annotations

from typing import Any

from tests.support.oracles import event_id

LONG = "a text that goes on and on, as texts in such records do, well beyond one line of it"


def _event(
    number: int, kind: str, *basis: int, case: str = "deep", **fields: Any
) -> dict[str, Any]:
    named = {"basis": [event_id(each) for each in basis]} if basis else {}
    told = {name.rstrip("_"): value for name, value in fields.items()}
    return {"event_id": event_id(number), "kind": kind, "case_id": case, **told, **named}


SIX_LEVELS = (
    _event(
        *(0, "party-registered"),
        case="house",
        party="p-1",
        type="person",
        name="Li Na " + "Long " * 12,
    ),
    _event(
        *(1, "authority-granted"),
        case="house",
        party="board",
        measures=["fine"],
        from_="2025",
    ),
    _event(2, "case-opened", title=LONG, owner="p-9"),
    _event(3, "report-received", 2, report=LONG, occurred="2026-01-01"),
    _event(
        *(4, "evidence-registered", 3),
        digest=f"sha256:{'ab' * 32}",
        description=LONG,
        collected_by="p-8",
        occurred="2026-01-02",
    ),
    _event(
        *(5, "finding-made", 4),
        subject="p-1",
        conduct=LONG,
        clause="code-of-conduct 4.2",
        outcome="substantiated",
        responsibility="direct",
        occurred="2026-01-04",
    ),
    _event(
        *(6, "decision-taken", 5),
        outcome="sanction",
        deciders=["board"],
        authority=event_id(1),
        mitigating=[f"mild {LONG}"],
        aggravating=[f"grave {LONG}"],
        occurred="2026-01-05",
    ),
    _event(7, "sanction-imposed", 6, subject="p-1", measure="fine", occurred="2026-01-06"),
    _event(
        *(8, "dispute"),
        target=event_id(5),
        by="p-1",
        ground="it was not so",
        occurred="2026-01-08",
    ),
)
"""The events, to be recorded in this order in an empty ledger."""
