"""All that is wrong with a file is listed; nothing of a batch with an error is recorded."""

import json
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Unchanged


def jsonl(*events: dict[str, Any] | str) -> str:
    return "".join(
        (each if isinstance(each, str) else json.dumps({"case_id": "acme"} | each)) + "\n"
        for each in events
    )


def contact(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"kind": "contact-made", "counterparty": f"k-{number}"} | more


SANCTION = {"kind": "sanction-imposed", "subject": "p-1", "measure": "censure"}

WRONG = (
    contact(ref="c1"),
    "",
    SANCTION | {"measure": "centure", "days": True, "colour": "red", "basis": ["$c1", "$d9"]},
    '{"kind": "contact-made", "kind": "contact-made"}',
    {"kind": "contct"},
    contact(occurred="2026-02-30", ref="c2", counterparty="No One"),
    contact(basis=["$c2"]),
    contact(basis=["$late"]),
    {"kind": "sanction-executed", "sanction": "$c1"},
    contact(ref="late"),
    contact(basis=["$c1"]),
)
FOUND = [
    (3, "basis.1"), (3, "days"), (3, "measure"), (3, "colour"), (4, "kind"), (5, "kind"),
    (6, "counterparty"), (6, "occurred"), (8, "basis.0"), (9, "sanction"),
]  # fmt: skip


@pytest.mark.parametrize("way", ["pipe", "file", "rehearsal"])
def test_all_errors_are_listed_with_line_and_field(
    kept: Cli, unchanged: Unchanged, way: str
) -> None:
    file = kept.folder / "events.jsonl"
    file.write_text(jsonl(*WRONG))
    given = ["-"] if way == "pipe" else ["events.jsonl"]
    more = ["--dry-run"] if way == "rehearsal" else []
    stdin = file.read_text() if way == "pipe" else ""
    with unchanged(kept):
        told = kept("import", *given, *more, "--json", stdin=stdin, code=3)
        errors = told.json["errors"]
        assert [(each["line"], each["field"]) for each in errors] == FOUND
        assert (told.json["error_count"], told.json["unchecked"]) == (10, 1)
        assert told.json["complete"] is False
        said = kept("import", *given, *more, stdin=stdin, code=3).err
    assert said.startswith("Error: 10 errors:\n")
    for line, field in FOUND:
        assert f"  line {line}: {field}: " in said
    assert "1 more line refers to lines with errors" in said
    measure = errors[2]
    assert measure["value"] == "centure"
    assert measure["near"] == ["censure"]
    assert "demotion" in measure["allowed"]
    assert "Did you mean censure?" in said
    assert "$late is a forward reference: line 10 has this name" in said
    assert said.count(" at line ") == 0


def test_the_first_twenty_are_told_and_then_a_count(kept: Cli, unchanged: Unchanged) -> None:
    text = jsonl(*(contact(each, occurred="never") for each in range(23)))
    with unchanged(kept):
        said = kept("import", "-", stdin=text, code=3).err
        assert "line 20: occurred" in said
        assert "line 21" not in said
        assert "And 3 more errors." in said
        assert len(kept("import", "-", "--json", stdin=text, code=3).json["errors"]) == 23


def test_a_pipe_is_checked_to_the_end_of_its_batch_and_a_file_to_its_own(kept: Cli) -> None:
    bad = contact(occurred="never")
    text = jsonl(contact(1), contact(2), bad, contact(3), bad)
    (kept.folder / "events.jsonl").write_text(text)
    through = kept("import", "-", "--batch", "2", stdin=text, code=3).err
    assert "line 3" in through
    assert "line 5" not in through
    assert "to line 4. Name a file" in through
    assert "Lines 1 to 2 are on record" in through
    going_on = kept("import", "--continue", "events.jsonl", "--batch", "2", code=3).err
    assert "Going on after line 2" in going_on
    assert "line 3: occurred" in going_on
    assert "line 5: occurred" in going_on
    assert kept.state[0] == 4


def test_a_batch_that_is_refused_is_checked_past_what_cannot_have_happened(
    kept: Cli, unchanged: Unchanged
) -> None:
    ids = [f"019b8a5e-7c00-7000-8000-{number:012}" for number in range(9)]
    lifted = {"kind": "sanction-lifted", "reason": "x"}
    text = jsonl(
        SANCTION | {"event_id": ids[0]},
        lifted | {"sanction": ids[0], "event_id": ids[1]},
        lifted | {"sanction": ids[0], "event_id": ids[2]},
        contact(basis=[ids[2]], event_id=ids[3]),
        lifted | {"sanction": ids[8]},
        contact(basis=[ids[1]]),
        {"kind": "case-opened", "title": "again"},
    )
    with unchanged(kept):
        told = kept("import", "-", "--json", stdin=text, code=3).json
    found = [(each["line"], each["field"]) for each in told["errors"]]
    assert found == [(3, "sanction"), (5, "sanction"), (7, "kind")]
    assert told["unchecked"] == 1


def test_an_opening_with_an_error_brings_no_error_on_the_lines_of_its_case(kept: Cli) -> None:
    text = jsonl(
        {"kind": "case-opened", "case_id": "new", "title": " "},
        contact(case_id="new"),
        contact(case_id="newer"),
    )
    told = kept("import", "-", "--json", stdin=text, code=3).json
    assert [(each["line"], each["field"]) for each in told["errors"]] == [
        (1, "title"), (3, "case_id"),
    ]  # fmt: skip
