"""Of options given twice, clauses and jurisdictions are all kept; of others one is asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli

BLAME = ("--outcome", "substantiated", "--responsibility", "direct")
CITED = ["code-of-conduct 4.2", "code-of-conduct 7"]
BOTH = "code-of-conduct 4.2; code-of-conduct 7"


def recorded(cli: Cli, *words: str) -> dict[str, Any]:
    receipt = cli.append(*words)
    fields: dict[str, Any] = cli("show", receipt["event_id"], "--json").json["recorded"]
    return fields


@pytest.fixture
def opened(cli: Cli) -> Cli:
    cli("init")
    fields = recorded(cli, "case-opened", "--case", "acme", "--title", "Gifts",
                      "--jurisdiction", "cn", "--jurisdiction", "us-ca")  # fmt: skip
    assert fields["jurisdiction"] == ["cn", "us-ca"]
    return cli


@pytest.mark.parametrize(
    "words",
    [
        ("allegation-made", "--case", "acme", "--subject", "p-1", "--conduct", "x"),
        ("finding-made", "--case", "acme", "--subject", "p-1", *BLAME),
        ("decision-taken", "--case", "acme", "--question", "x", "--outcome", "dismiss"),
        ("authority-granted", "--party", "p-1", "--measures", "fine"),
    ],
)
def test_several_clauses_are_kept_and_shown(opened: Cli, words: tuple[str, ...]) -> None:
    given = [word for clause in CITED for word in ("--clause", clause)]
    assert recorded(opened, *words, *given)["clause"] == CITED
    event = opened("log", "--json").lines[-1]["event_id"]
    assert BOTH in " ".join(opened("log").out.split())
    assert BOTH in " ".join(opened("show", event).out.split())


@pytest.mark.parametrize("told", ["code 4", ["code 4"]])
def test_one_clause_is_written_as_it_was(opened: Cli, told: str | list[str]) -> None:
    line = {"kind": "finding-made", "case_id": "acme", "subject": "p-1", "clause": told,
            "outcome": "substantiated", "responsibility": "direct"}  # fmt: skip
    opened("import", "-", stdin=json.dumps(line))
    (entry,) = (each for each in opened("export", "--entries").lines if "finding-made" in str(each))
    assert '"clause":"code 4"' in entry["entry"]
    assert json.loads(opened.told[-1])["clause"] == "code 4"


def test_several_are_imported_exported_restored_and_told_in_every_answer(opened: Cli) -> None:
    line = {"kind": "finding-made", "case_id": "acme", "subject": "p-1", "clause": CITED,
            "outcome": "substantiated", "responsibility": "direct"}  # fmt: skip
    opened("import", "-", stdin=json.dumps(line))
    told = json.loads(opened.told[-1])
    event = opened("log", "--json").lines[-1]["event_id"]
    assert told["clause"] == CITED
    report = " ".join(opened("report", "acme").out.split())
    assert f"clause {BOTH}" in report
    assert "| Jurisdiction | cn; us-ca |" in report
    (person,) = opened("status", "--person", "p-1", "--json").json["cases"]
    assert person["findings"][0]["clause"] == CITED
    prov = opened("why", "1", "--graph", "prov").json
    assert [*map(prov["entity"][f"event:{event}"].get, ["answerable:clause"])] == [CITED]
    entries = opened("export", "--entries").out
    other = Cli(opened.folder / "other")
    other.folder.mkdir()
    other("init")
    other("import", "-", stdin=entries)
    assert other.state == opened.state
    other("verify")


def test_a_correction_tells_several(opened: Cli) -> None:
    recorded(opened, "finding-made", "--case", "acme", "--subject", "p-1", *BLAME,
             "--clause", "code 1")  # fmt: skip
    opened.append("correction", "--case", "acme", "--target", "1", "--set-json",
                  f"clause={json.dumps(CITED)}", "--reason", "two rules")  # fmt: skip
    said = " ".join(opened("timeline", "acme").out.split())
    assert f"was code 1, is now {BOTH}" in said
    assert BOTH in " ".join(opened("show", "1").out.split())


def test_what_is_no_list_of_provisions_is_refused_with_its_field(opened: Cli) -> None:
    line = {"kind": "finding-made", "case_id": "acme", "subject": "p-1",
            "outcome": "substantiated", "responsibility": "direct"}  # fmt: skip
    for wrong, said in (
        ([], "must not be an empty list"),
        (["a 1", "a 1"], "must not say the same twice"),
        (7, "must be a text, or an object"),
        (["a 1", 7], "must be a text, or an object"),
        (["a 1", "because he lied to her, and for no other reason"], "must cite a provision"),
    ):
        told = opened("import", "-", "--json", stdin=json.dumps({**line, "clause": wrong}), code=3)
        assert said in told.error["message"]
        assert told.error["field"] == "clause"


def test_a_name_is_found_in_each_of_several(opened: Cli) -> None:
    opened("append", "party-registered", "--party", "p-1", "--type", "person", "--name", "Xu Fei")
    words = ("allegation-made", "--case", "acme", "--subject", "p-1", "--conduct", "x")
    told = opened("append", *words, "--clause", "a 1", "--clause", "Xu code 4", code=3)
    assert "clause" in told.err


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("append", "contact", "--counterparty", "org-7", "--case", "a", "--case", "b"), "--case"),
        (("status", "--as-of", "2026-01-01", "--as-of", "2026-01-02"), "--as-of"),
        (("export", "--output", "a", "--output", "b"), "--output"),
        (("key", "rotate", "--ledger", "a", "--ledger", "b"), "--ledger"),
    ],
)
def test_another_option_is_refused(opened: Cli, command: tuple[str, ...], option: str) -> None:
    state = opened.state
    said = " ".join(opened(*command, code=2).err.split())
    assert f"{option} takes one value, and is given twice. Give it once" in said
    assert opened.state == state
