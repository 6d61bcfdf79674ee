"""Records of findings and what was imposed for them, in few words."""

from __future__ import annotations

from typing import Any

from tests.support.builders import Memory

FINDING: dict[str, Any] = {
    "kind": "finding-made",
    "outcome": "substantiated",
    "responsibility": "direct",
    "offence_class": "gifts",
    "grade": "clerk",
    "occurred": "2026-01-06",
}


def answered(
    log: Memory, case_id: str, *measures: str | dict[str, Any], **finding: Any
) -> dict[str, str]:
    """Add a case of one finding and its measures; gives the ids: `f`, and `s0` and on."""
    person = finding.pop("subject", f"p-{case_id}")
    ids = {"f": log.add(case_id, **{**FINDING, "subject": person, **finding})}
    for at, each in enumerate(measures):
        fields = {"measure": each} if isinstance(each, str) else each
        if fields["measure"] == "other":
            fields = {"measure_text": "a talk", **fields}
        ids[f"s{at}"] = log.add(
            case_id,
            **{"kind": "sanction-imposed", "subject": person, "basis": [ids["f"]],
               "occurred": "2026-01-07", **fields},
        )  # fmt: skip
    return ids


def alike(*measures: str | None, **finding: Any) -> Memory:
    """A record of like findings, each in a case of its own, answered by one measure or none."""
    log = Memory()
    for at, measure in enumerate(measures):
        answered(log, f"c-{at}", *([] if measure is None else [measure]), **finding)
    return log
