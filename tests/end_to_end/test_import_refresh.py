"""A refreshed source: what it tells anew is recorded, what it tells otherwise is shown."""

import json
import re
import shlex
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Unchanged

ROWS: tuple[dict[str, Any], ...] = (
    {"kind": "party-registered", "type": "person", "name": "Xu Fei", "key": 1},
    {"kind": "contact-made", "counterparty": "Xu Fei", "key": 2, "occurred": "2026-01"},
    {"kind": "sanction-imposed", "subject": "Xu Fei", "measure": "fine", "days": 3, "key": 3,
     "reason": "It was so."},
    {"kind": "contact-made", "counterparty": "k-9", "key": 4},
    {"kind": "sanction-executed", "sanction": "$s", "key": 5},
)  # fmt: skip


def rows(**changes: dict[str, Any] | None) -> list[dict[str, Any]]:
    told = []
    for row in ROWS:
        change = changes.get(f"r{row['key']}", {})
        if change is not None:
            told.append({"case_id": "acme", "ref": "s" if row["key"] == 3 else f"r{row['key']}"}
                        | row | change)  # fmt: skip
    return told


def jsonl(events: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


@pytest.fixture
def source(kept: Cli) -> Cli:
    kept("import", "-", "--source", "hr", stdin=jsonl(rows()))
    return kept


CHANGED = rows(
    r2={"occurred": "2026-01-05"},
    r3={"days": None, "reason": "It was not so.", "amount": "5.00 CNY"},
    r4=None,
    r5=None,
)
CHANGED.append({"kind": "contact-made", "case_id": "acme", "counterparty": "k-9", "key": 6})
REFRESH = ("import", "-", "--source", "hr", "--refresh")


def test_an_unchanged_source_drafts_nothing(source: Cli, unchanged: Unchanged) -> None:
    with unchanged(source):
        told = source(*REFRESH, "--corrections", "c.jsonl", stdin=jsonl(rows()))
        assert told.out.startswith("Recorded: 0 events; on record already: 5\n")
        assert "the same 5, changed 0, gone from the source 0" in told.out
        assert (source.folder / "c.jsonl").read_bytes() == b""


def test_what_changed_is_shown_and_its_commands_run(source: Cli) -> None:
    told = source(*REFRESH, stdin=jsonl(CHANGED))
    assert "Recorded: 1 event; on record already: 3" in told.out
    assert "the same 1, changed 2, gone from the source 2" in told.out
    assert "line 2: #3 contact-made of acme" in told.out
    assert "    occurred: 2026-01 -> 2026-01-05" in told.out
    assert "    days: 3 -> not told" in told.out
    assert "    reason: It was so. -> It was not so." in told.out
    following, *commands = re.findall(r"`answerable ([^`]*)`", told.out)
    assert following == "next acme"
    assert len(commands) == 4
    for command in commands:
        source(*shlex.split(command))
    again = source(*REFRESH, "--json", stdin=jsonl(CHANGED)).json
    assert (again["same"], again["changed_count"], again["gone_count"]) == (4, 0, 0)
    assert "retraction --case acme --target 5" in told.out


def test_the_corrections_are_drafted_as_lines_that_import_takes(source: Cli) -> None:
    told = source(*REFRESH, "--corrections", "c.jsonl", stdin=jsonl(CHANGED)).out
    assert "2 corrections are drafted in c.jsonl. Read them, then: `answerable import" in told
    assert "append correction" not in told
    assert source("import", "c.jsonl", "--json").json["recorded"] == 2
    assert source("import", "c.jsonl", "--json").json["recorded"] == 0
    again = source(*REFRESH, "--json", stdin=jsonl(CHANGED)).json
    assert (again["same"], again["changed_count"], again["gone_count"]) == (4, 0, 2)
    assert source(*REFRESH, "--corrections", "c.jsonl", stdin=jsonl(CHANGED), code=3).out == ""


def test_json_has_field_before_and_after(source: Cli, unchanged: Unchanged) -> None:
    with unchanged(source):
        told = source(*REFRESH, "--json", "--dry-run", stdin=jsonl(CHANGED)).json
    assert told["recorded"] == 1
    contact, sanction = told["changed"]
    assert contact["fields"] == [{"field": "occurred", "before": "2026-01", "after": "2026-01-05"}]
    assert contact["line"] == 2
    assert sanction["correction"]["fields"] == {
        "reason": "It was not so.", "days": None, "amount": "5.00 CNY",
    }  # fmt: skip
    assert sorted(each["position"] for each in told["gone"]) == [5, 6]


def test_what_no_correction_can_say_is_told_so(source: Cli) -> None:
    other = rows(r3={"case_id": "acme"}, r2={"kind": "allegation-made", "subject": "k-9",
                                             "conduct": "x"})  # fmt: skip
    del other[1]["counterparty"], other[1]["occurred"]
    told = source(*REFRESH, stdin=jsonl(other)).out
    assert "kind: contact-made -> allegation-made (no correction can say that)" in told
    assert "append correction" not in told
    assert "retraction --case acme --target 3" in told


def test_what_was_retracted_here_is_left_alone(source: Cli) -> None:
    source.append("retraction", "--case", "acme", "--target", "5")
    told = source(*REFRESH, stdin=jsonl(rows(r4={"occurred": "2026"}))).out
    assert "changed 0" in told
    assert "line 4: #5 contact-made of acme" in told


def test_what_was_erased_is_neither_compared_nor_drafted_again(source: Cli) -> None:
    party = json.loads(source.told[2])["party"]
    source.append("personal-data-erased", "--case", "acme", "--subject", party,
                  "--legal-basis", "gdpr 17", "--others", "keep")  # fmt: skip
    told = source(*REFRESH, "--corrections", "c.jsonl", stdin=jsonl(CHANGED)).out
    assert "the same 1, changed 2" in told
    drafts = (source.folder / "c.jsonl").read_text()
    assert "Xu Fei" not in drafts
    assert [json.loads(line)["fields"] for line in drafts.splitlines()] == [
        {"occurred": "2026-01-05"}, {"days": None, "amount": "5.00 CNY"},
    ]  # fmt: skip


def test_a_line_without_a_key_and_a_key_twice_are_errors(source: Cli, unchanged: Unchanged) -> None:
    bad = rows(r2={"key": None}, r4={"key": 1, "ref": "x"})
    with unchanged(source):
        said = source(*REFRESH, stdin=jsonl(bad), code=3).err
    assert "line 2: key: is required: without a key" in said
    assert "line 4: key: line 1 has the same key" in said


def test_a_changed_source_without_refresh_is_told_of_it(source: Cli, unchanged: Unchanged) -> None:
    with unchanged(source):
        said = source("import", "-", "--source", "hr", stdin=jsonl(CHANGED), code=3).err
    assert (
        "line 2: key: the event with this key is on record, and says something else in occurred."
        in said
    )
    assert "--refresh" in said


def test_what_does_not_go_together(kept: Cli) -> None:
    (kept.folder / "a").write_text("")
    assert "--source NAME" in kept("import", "--refresh", "a", code=2).err
    both = kept("import", "--refresh", "--continue", "--source", "x", "a", code=2)
    assert "give one of them" in both.err
    assert "--refresh" in kept("import", "--corrections", "b", "a", code=2).err
    assert "--source is blank" in kept("import", "--source", " ", "a", code=2).err


MAP = """\
case = "{No}"
key = "{No}"
source = "hr-cases"

[[event]]
kind = "case-opened"
title = "{Title}"

[[event]]
kind = "sanction-imposed"
subject = { column = "Person", party = "person" }
measure = "fine"
occurred = "{Date}"
"""


def test_a_refreshed_sheet_is_compared_as_well(cli: Cli) -> None:
    cli("init")
    sheet, of = cli.folder / "cases.csv", ("import", "--csv", "cases.csv", "--map", "map.toml")
    (cli.folder / "map.toml").write_text(MAP)
    sheet.write_text("No,Title,Person,Date\na-1,Gifts,Xu Fei,2024\na-2,Trips,Li Na,2025\n")
    cli(*of)
    before = cli.state
    told = cli(*of, "--refresh", "--json").json
    assert (told["recorded"], told["same"], told["changed_count"]) == (0, 4, 0)
    assert cli.state == before

    sheet.write_text("No,Title,Person,Date\na-1,Gifts,Xu Fei,2024-03\na-3,Cars,Xu Fei,2026\n")
    tried = cli(*of, "--refresh", "--dry-run").out
    assert "occurred: 2024 -> 2024-03" in tried
    assert cli.state == before
    told_in_words = cli(*of, "--refresh", "--corrections", "c.jsonl").out
    assert "row 2: #2 sanction-imposed of a-1" in told_in_words
    assert "the same 1, changed 1, gone from the source 2" in told_in_words
    cli("import", "c.jsonl")
    told = cli(*of, "--refresh", "--json").json
    assert (told["recorded"], told["same"], told["changed_count"]) == (0, 4, 0)
    assert (told["known"], told["gone_count"]) == (4, 2)

    (cli.folder / "map.toml").write_text(MAP.replace('key = "{No}"\n', ""))
    assert "say in the map" in cli(*of, "--refresh", code=2).err
