"""Every question as of the first day and the last that there are, of events of both, in zones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.cli.conftest import Here

from answerable.cli.main import run
from answerable.domain.parsing import parse
from answerable.domain.policy.shipped import profile
from answerable.ledger.ledger import Ledger

ASKED = (
    "check", "check {0}", "check --format sarif", "check --format junit", "due", "due --format ics",
    "due --within 9999d", "status", "status --case {0}", "gaps", "report {0}", "audit", "why 1",
    "replay {0}", "what-if --policy generic.toml", "metrics", "compare", "bars", "timeline {0}",
)  # fmt: skip

ZONES = {"east": ("Pacific/Kiritimati", "de"), "west": ("Etc/GMT+12", "gb")}
"""The first zone to see a day, and the last, each with a jurisdiction that a profile is for."""

DAYS = ("0001-01-01", "0001", "9999-12-31", "9999")


def events(case: str) -> Iterator[dict[str, Any]]:
    zone, code = ZONES[case]
    yield {"kind": "case-opened", "title": case, "zone": zone, "jurisdiction": code}
    for day in DAYS:
        at = {"occurred": day}
        yield {"kind": "report-received", **at}
        fine = {"subject": "p-1", "measure": "fine", "due": day}
        yield {"kind": "sanction-imposed", **fine, **at}
        yield {"kind": "counterparty-barred", "counterparty": "p-2", "from": day, **at}
        yield {"kind": "contact-made", "counterparty": "p-2", **at}
        yield {"kind": "case-closed", "disposition": "no-action", "retain_until": day, **at}
        yield {"kind": "case-reopened", "reason": "new facts", **at}


def test_a_question_as_of_an_edge_of_time_is_answered(
    here: Here, capsys: pytest.CaptureFixture[str]
) -> None:
    with Ledger.create(here.folder / "answerable.db") as ledger:
        for case in ZONES:
            told = [parse({"case_id": case, **each}) for each in events(case)]
            ledger.append_all(told, recorded_by="test")
    Path("generic.toml").write_bytes(profile("generic").text)
    for day in (DAYS[0], DAYS[2]):
        for command in ASKED:
            for case in ZONES if "{0}" in command else ("",):
                words = [*command.format(case).split(), "--as-of", day]
                assert run(words) in (0, 1), words
                said = capsys.readouterr().out
                assert " 1-01-0" not in said, words
                if "--format" not in words and "due" not in words:
                    assert day in said, words
