"""`answerable audit`: what backs each consequence, counted first."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tests.unit.cli.conftest import Here

CASE = "gifts"
CODE = "code-of-conduct 4.2"


@pytest.fixture
def gifts(here: Here) -> Here:
    """A case whose one sanction rests on all that it should, and is executed."""
    here("init")
    lines = [
        {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person",
         "name": "Jane Doe"},
        {"kind": "party-registered", "case_id": "house", "party": "b-1", "type": "person",
         "name": "Ann Lee"},
        {"event_id": _id(1), "kind": "authority-granted", "case_id": "house", "party": "b-1",
         "measures": ["written-warning", "fine"], "from": "2025-01-01",
         "until": "2030-01-01", "occurred": "2025-01-01"},
        {"kind": "case-opened", "case_id": CASE, "title": "Gifts from a supplier",
         "jurisdiction": "us-ca", "occurred": "2026-01-02"},
        {"event_id": _id(2), "kind": "evidence-registered", "case_id": CASE, "media_type":
         "application/pdf", "digest": f"sha256:{'0' * 64}", "size": 4, "collected_by": "b-1",
         "occurred": "2026-01-03"},
        {"kind": "subject-heard", "case_id": CASE, "subject": "p-1", "occurred": "2026-01-04"},
        {"event_id": _id(3), "kind": "finding-made", "case_id": CASE, "subject": "p-1",
         "outcome": "substantiated", "responsibility": "direct", "clause": CODE,
         "occurred": "2026-01-05", "basis": [_id(2)]},
        {"event_id": _id(4), "kind": "decision-taken", "case_id": CASE, "outcome": "sanction",
         "deciders": ["b-1"], "authority": _id(1), "occurred": "2026-01-06", "basis": [_id(3)]},
        {"event_id": _id(5), "kind": "sanction-imposed", "case_id": CASE, "subject": "p-1",
         "measure": "written-warning", "occurred": "2026-01-07", "due": "2026-02-01",
         "basis": [_id(4)]},
    ]  # fmt: skip
    file = here.folder / "gifts.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    here("import", str(file))
    return here


def _id(number: int) -> str:
    return f"019b8c00-0000-7000-8000-{number:012x}"


def executed(gifts: Here) -> Here:
    gifts("append", "sanction-executed", "--case", CASE, "--sanction", "8",
          "--occurred", "2026-01-08")  # fmt: skip
    return gifts


def test_a_sanction_with_every_link_is_fully_backed(gifts: Here) -> None:
    lines = executed(gifts)("audit", CASE, "--check").out.splitlines()
    assert lines[0] == "1 of 1 sanction is fully backed."
    assert lines[2] == "Gifts from a supplier (gifts)"
    at = lines.index("#8 Sanction against Jane Doe: written warning")
    assert lines[at + 1].split() == ["#7", "#6", "#4", "#2", "#6", "#5", "#9"]
    assert "Missing" not in "".join(lines)


def test_the_count_comes_first_and_the_check_fails_where_one_is_not_backed(gifts: Here) -> None:
    executed(gifts)("append", "sanction", "--case", CASE, "--subject", "p-1", "--measure", "fine",
                    "--basis", "7")  # fmt: skip
    told = gifts("audit", "--check", code=1).out
    assert told.startswith("1 of 2 sanctions are fully backed.\n")
    assert "  #10: no execution on record" in told
    assert gifts("audit").code == 0


def test_what_is_not_due_yet_is_pending_and_what_is_overdue_missing(gifts: Here) -> None:
    def cell(*times: str) -> tuple[str, str]:
        (row,) = gifts("audit", CASE, *times, "--json").json["rows"]
        return row["cells"]["execution"]["state"], row["backed"]

    assert cell() == ("untold", "unknown")
    assert cell("--as-of", "2026-01-20") == ("pending", "yes")
    assert cell("--as-of", "2026-03-01") == ("missing", "no")
    assert gifts("audit", "--as-of", "2026-01-20", "--check").code == 0
    gifts("audit", "--as-of", "2026-03-01", "--check", code=1)


def test_what_was_not_executed_is_told_apart_and_wants_nothing(gifts: Here) -> None:
    gifts("append", "sanction-not-executed", "--case", CASE, "--sanction", "8",
          "--cause", "resigned-first", "--occurred", "2026-01-08")  # fmt: skip
    told = gifts("audit", CASE, "--check").out
    assert told.startswith("1 of 1 sanction is fully backed.\n")
    assert "Of these, not executed for a cause on record: 1." in told
    assert "#9 not" in told
    audited = gifts("audit", CASE, "--json").json
    assert audited["not_executed"] == 1
    assert audited["rows"][0]["cells"]["execution"] == {
        "state": "not executed", "positions": [9], "problems": []
    }  # fmt: skip
    error = gifts("append", "sanction-executed", "--case", CASE, "--sanction", "8", code=3).err
    assert "already has a sanction-not-executed" in error
    assert "not executed: resigned first" in gifts("status", "--case", CASE).out
    assert "not executed: resigned first" in gifts("why", "8").out
    assert "not executed: resigned first" in gifts("report", CASE).out
    assert "(not executed: resigned first)" in gifts("compare", "--like", "6").out


def test_what_was_proposed_is_told_with_what_differs_and_whether_why(gifts: Here) -> None:
    executed(gifts)("append", "sanction-proposed", "--case", CASE, "--subject", "p-1",
                    "--measure", "dismissal", "--proposed-by", "b-1")  # fmt: skip
    gifts("append", "sanction", "--case", CASE, "--subject", "p-1", "--measure", "fine",
          "--basis", "7", "--proposal", "10", "--occurred", "2026-12-01")  # fmt: skip
    said = "differs from what was proposed #10: measure was dismissal, is now fine"
    assert f"{said} (no reason is told)" in gifts("audit", CASE).out
    assert said in gifts("why", "11").out
    assert "why it differs from what was proposed (#10) is not told" in gifts("why", "11").out
    assert "why it differs from what was proposed" in gifts("gaps", "--case", CASE).out
    gifts("append", "correction", "--case", CASE, "--target", "11", "--set",
          "difference=a first offence", "--reason", "left out")  # fmt: skip
    assert f"{said} (the reason is told)" in gifts("audit", CASE).out
    assert "difference: “a first offence”" in gifts("why", "11").out
    assert "is not told" not in gifts("why", "11").out.replace("date not told", "")


def test_what_was_found_of_others_backs_nothing_and_spoils_nothing(gifts: Here) -> None:
    executed(gifts)
    gifts("append", "finding-made", "--case", CASE, "--subject", "p-9",
          "--outcome", "substantiated", "--responsibility", "managerial")  # fmt: skip
    gifts("append", "decision-taken", "--case", CASE, "--outcome", "sanction both",
          "--deciders", "b-1", "--authority", "2", "--basis", "6", "--basis", "10",
          "--occurred", "2026-01-09")  # fmt: skip
    gifts("append", "sanction", "--case", CASE, "--subject", "p-1", "--measure", "fine",
          "--basis", "11", "--occurred", "2026-01-10")  # fmt: skip
    gifts("append", "sanction-executed", "--case", CASE, "--sanction", "12")
    first, second = gifts("audit", CASE, "--json").json["rows"]
    assert (first["backed"], second["backed"]) == ("yes", "yes")
    assert second["cells"]["finding"]["positions"] == [6]


def test_another_house_is_not_asked_to_account(gifts: Here) -> None:
    executed(gifts)("append", "sanction", "--case", CASE, "--subject", "p-1", "--measure", "fine",
                    "--imposed-by", "org-9")  # fmt: skip
    told = gifts("audit", "--check").out
    assert told.startswith("1 of 1 sanction is fully backed.\n")
    assert "Not counted, for another house imposed them: 1." in told
    assert "another house's" in told


def test_what_is_suggested_asks_as_of_the_same_times(gifts: Here) -> None:
    told = gifts("audit", CASE, "--as-of", "2026-03-01", "--known-by", "2099-12-31").out
    times = "--as-of 2026-03-01 --known-by 2099-12-31"
    assert f"`answerable gaps --case gifts {times}`" in told
    assert f"`answerable why 8 {times}`" in told


def test_what_fell_is_left_out(gifts: Here) -> None:
    gifts("append", "retraction", "--case", CASE, "--target", "8", "--reason", "in error")
    told = gifts("audit", CASE, "--check").out
    assert told.startswith("No sanction, bar or termination of this house stands.\n")
    assert "Left out, for they fell or are only alleged: 1." in told


def test_cases_are_chosen_by_jurisdiction_and_rows_by_person(gifts: Here) -> None:
    for code, count in (("us", 1), ("us-ca", 1), ("us-c", 0), ("cn", 0)):
        assert len(gifts("audit", "--jurisdiction", code, "--json").lines) == count, code
    assert gifts("audit", "--person", "Jane Doe", "--json").json["counted"] == 1
    assert "of this house stands" in gifts("audit", "--person", "Ann Lee").out
    gifts("audit", "--person", "nobody", code=2)
    gifts("audit", "--jurisdiction", "atlantis", code=2)
    gifts("audit", "nowhere", code=2)


def test_a_spreadsheet_has_a_line_for_each(gifts: Here) -> None:
    (line,) = csv.DictReader(io.StringIO(gifts("audit", "--csv").out))
    assert (line["case"], line["position"], line["against"]) == (CASE, "8", "p-1")
    assert (line["against_name"], line["another_house"]) == ("Jane Doe", "no")
    assert (line["decision"], line["evidence"], line["execution"]) == ("#7", "#4", "untold")
    assert (line["backed"], line["problems"]) == ("unknown", "no execution on record")


def test_of_many_cases_each_is_told_in_a_line(gifts: Here) -> None:
    lines = [
        {"kind": "sanction-imposed", "case_id": f"case-{case}", "subject": "p-1", "measure": "fine"}
        for case in range(70)
    ]
    file = gifts.folder / "many.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    gifts("import", str(file), "--new-cases")
    told = executed(gifts)("audit").out
    assert told.startswith("1 of 71 sanctions are fully backed.\n")
    assert "71 cases with consequences; not fully backed in 70:\n  0 of 1  case-0\n" in told
    assert "wanting: decision 1, finding 1, execution 1" in told
    assert "`answerable audit case-0`" in told
    assert "(gifts)" not in told
