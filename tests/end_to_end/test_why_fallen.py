"""Why leads with what became of what was asked about, and counts as status and audit do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answerable.cli.main import run
from answerable.domain.parsing import parse
from answerable.ledger.ledger import Ledger

EVENTS: list[dict[str, Any]] = [
    {"kind": "case-opened", "title": "A case"},
    {"kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
     "responsibility": "direct", "occurred": "2026-03-20"},
    {"kind": "decision-taken", "outcome": "sanction", "occurred": "2026-03-24"},
    {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "occurred": "2026-03-24"},
]  # fmt: skip
BASES = {2: [1], 3: [2, 1]}


def asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *words: str, retracted: int | None = None
) -> list[str]:
    """The lines of an answer, of a case in which one event was retracted."""
    place = str(tmp_path / "ledger.db")
    ids: list[str] = []
    with Ledger.create(place) as ledger:
        for number, event in enumerate(EVENTS):
            basis = [ids[each] for each in BASES.get(number, ())]
            told = event | {"case_id": "c"} | ({"basis": basis} if basis else {})
            ids.append(ledger.append(parse(told), recorded_by="t").event_id)
        if retracted is not None:
            told = {"kind": "retraction", "target": ids[retracted], "reason": "x", "case_id": "c"}
            ledger.append(parse(told), recorded_by="t")
    run([*words, "--ledger", place])
    return capsys.readouterr().out.splitlines()


def test_what_was_retracted_is_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = asked(tmp_path, capsys, "why", "3", retracted=3)
    assert first == "Sanction against p-1: fine #3, retracted"


def test_what_was_retracted_is_not_counted_as_held_against_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *_ = asked(tmp_path, capsys, "why", "p-1", retracted=3)
    assert first.endswith(": 1 finding; retracted: 1 sanction")


def test_nothing_is_asked_of_what_was_retracted_behind_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # The finding lacks three things, the sanction a decision that stands. What the decision
    # lacks is nobody's to explain any more.
    lines = asked(tmp_path, capsys, "why", "3", retracted=2)
    assert "Not on record: 4. Problems: 1." in lines


def test_what_had_not_happened_by_then_is_said_to_have_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, first, second, *_ = asked(tmp_path, capsys, "why", "3", "--as-of", "2026-03-01")
    assert first == "Sanction against p-1: fine #3, had not happened by then"
    assert second == "It rests on nothing that had happened by then."
