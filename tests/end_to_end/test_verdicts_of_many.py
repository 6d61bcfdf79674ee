"""Cases judged together, by what names one of them, and before anything of them had begun."""

import json

from tests.end_to_end.conftest import Cli

POLICY = """format = "answerable-policy/1"
id = "house"
version = "1"
title = "House"
jurisdictions = ["*"]
"""

RULE = """
[[rule]]
id = "{}"
kind = "declare"
{}
text = "As the house has it."
source = "The house"
"""

ANSWERED = 'template = "response"\nwhen = "finding-made"\nthen = "sanction-imposed"'


def absent(where: str) -> str:
    return f'template = "absence"\nwhen = {{ event = "finding-made", where = {{ {where} }} }}'


def test_a_rule_that_names_a_case_is_about_no_other(cli: Cli) -> None:
    conditions = {
        "named": 'case_id = "c-3"',
        "others": 'case_id = { not = ["c-3", "c-5"] }',
        **{f"more-{day}": f'occurred = "2026-01-0{day}"' for day in range(1, 6)},
    }
    rules = (RULE.format(name, absent(where)) for name, where in conditions.items())
    (cli.folder / "house.toml").write_text(POLICY + "".join(rules))
    finding = {"kind": "finding-made", "outcome": "substantiated", "responsibility": "direct"}
    finding["occurred"] = "2026-01-05"
    events = [
        event
        for number in range(8)
        for event in (
            {"case_id": f"c-{number}", "kind": "case-opened", "title": "A case"},
            {"case_id": f"c-{number}", "subject": f"p-{number}", **finding},
        )
    ]
    cli("init")
    cli("import", "-", stdin="\n".join(map(json.dumps, events)))
    asked = ("check", "--policy", "house.toml", "--as-of", "2026-03-01", "--format", "csv")
    rows = cli(*asked, code=1).out.splitlines()
    for number in range(8):
        alone = cli(*asked, f"c-{number}", code=None).out.splitlines()
        assert [row for row in rows if f"c-{number}" in row] == alone[1:]
    failed = {row.split(",")[0] for row in rows if ",named," in row and ",fail," in row}
    assert len(failed) == 1


def test_a_case_is_judged_as_of_a_day_before_it_was_opened(cli: Cli) -> None:
    (cli.folder / "house.toml").write_text(POLICY + RULE.format("answered", ANSWERED))
    events: list[dict[str, str]] = [
        {"kind": "case-opened", "title": "A case", "occurred": "2026-02-01"},
        {"kind": "finding-made", "subject": "p-1", "outcome": "substantiated",
         "responsibility": "direct", "occurred": "2026-01-05"},
        {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "occurred": "2026-01-04"},
    ]  # fmt: skip
    cli("init")
    cli("import", "-", stdin="\n".join(json.dumps({"case_id": "c", **each}) for each in events))
    for day in ("2026-01-10", "2026-03-10"):
        asked = cli("check", "c", "--policy", "house.toml", "--as-of", day, "--json", code=None)
        (verdict,) = asked.json["verdicts"]
        assert verdict["verdict"] == "pending"
        cli("due", "--policy", "house.toml", "--as-of", day)
