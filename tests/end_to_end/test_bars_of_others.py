"""A bar says whose it is and how long it is meant; only this house's own is broken by a contact."""

from __future__ import annotations

import json
from typing import Any

from tests.end_to_end.conftest import Cli, Filled

BAR: dict[str, Any] = {"kind": "counterparty-barred", "case_id": "acme", "from": "2026-01-01"}
LINES: list[dict[str, Any]] = [
    {"kind": "case-opened", "case_id": "acme", "title": "Bars", "organisation": "org-1"},
    {"kind": "party-registered", "case_id": "house", "party": "bank", "type": "organisation",
     "name": "World Bank"},
    {**BAR, "counterparty": "k-1", "imposed_by": "bank", "term": "indefinite"},
    {**BAR, "counterparty": "k-2", "term": "permanent"},
    {**BAR, "counterparty": "k-3"},
    {"kind": "contact-made", "case_id": "acme", "counterparty": "k-1", "occurred": "2026-02-01"},
]  # fmt: skip
OWN = {"kind": "contact-made", "case_id": "acme", "counterparty": "k-2", "occurred": "2026-02-02"}


def test_bars_say_whose_they_are_and_how_long_they_are_meant(cli: Cli, filled: Filled) -> None:
    filled(cli, "\n".join(map(json.dumps, LINES)))
    said = " ".join(cli("bars", "--check").out.split())
    assert "k-1: barred by World Bank from 2026-01-01 (until further notice), in force" in said
    assert "k-2: barred from 2026-01-01 (permanent), in force" in said
    assert "k-3: barred from 2026-01-01 (end not stated), in force" in said
    assert "contact 2026-02-01, inside a bar of another house" in said
    assert "Contacts inside a bar: 0; indeterminate: 0." in said
    assert "Contacts that are or may be inside another house's bar: 1." in said
    cli("import", "-", stdin=json.dumps(OWN))
    broken = " ".join(cli("bars", "--check", code=1).out.split())
    assert "Contacts inside a bar: 1; indeterminate: 0." in broken
    report = " ".join(cli("report", "acme").out.split())
    assert "until further notice" in report
    assert "permanent" in report
