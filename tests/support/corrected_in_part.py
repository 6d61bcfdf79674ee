"""A case whose corrections name events that some of its readers are not shown."""

from __future__ import annotations

from typing import Any

REGISTERED = {"case_id": "c", "kind": "party-registered", "type": "person"}
FOUND = {"case_id": "c", "kind": "finding-made", "outcome": "substantiated"} | {
    "responsibility": "direct"
}
EVIDENCE = {"case_id": "c", "kind": "evidence-registered", "media_type": "application/pdf"}

STEPS: tuple[dict[str, Any], ...] = (
    {**REGISTERED, "party": "person-1", "name": "Anna Fawn"},
    {**REGISTERED, "party": "person-2", "name": "Berta Crow"},
    {"case_id": "c", "kind": "case-opened", "title": "Gifts"},
    {**EVIDENCE, "as": "e", "digest": f"sha256:{1:064x}"},
    {**FOUND, "as": "other", "subject": "person-2", "basis": ["@e"]},
    {**FOUND, "as": "third", "subject": "person-2"},
    {**FOUND, "as": "own", "subject": "person-1", "basis": ["@e", "@other", "@third"]},
    {"case_id": "c", "as": "d", "kind": "decision-taken", "outcome": "sanction",
     "basis": ["@own", "@other", "@third"]},
    {"case_id": "c", "kind": "sanction-imposed", "subject": "person-1", "measure": "training",
     "basis": ["@d", "@own"]},
    {"case_id": "c", "kind": "correction", "target": "@d", "reason": "one was not meant",
     "fields": {"basis": ["@other", "@own"]}},
    {"case_id": "c", "kind": "correction", "target": "@own", "fields": {"basis": ["@other"]}},
)  # fmt: skip
"""Two people found to be responsible, of whom each is shown their own finding alone."""
