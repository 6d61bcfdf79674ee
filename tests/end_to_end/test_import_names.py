"""Show what an import takes as `append` does: names, references by number; and refs and keys."""

import json
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Unchanged

CASE = "acme"


def jsonl(*events: dict[str, Any]) -> str:
    return "".join(json.dumps({"case_id": CASE} | event) + "\n" for event in events)


DECISION = {"kind": "decision-taken", "outcome": "refuse"}

STORY: tuple[dict[str, Any], ...] = (
    {"kind": "party-registered", "type": "person", "name": "Xu Fei", "key": 1},
    {"kind": "contact", "counterparty": "xu fei", "ref": "c1"},
    DECISION | {"ref": "d1", "basis": ["$c1", "#1", 0]},
    {"kind": "sanction-imposed", "subject": "Xu Fei", "measure": "censure", "basis": ["$d1"],
     "ref": "s1", "key": "row-17"},
    {"kind": "correction", "target": "$s1", "fields": {"basis": ["$d1", "$c1"],
     "imposed_by": "Xu Fei"}},
)  # fmt: skip


def test_names_numbers_refs_and_keys_are_resolved(kept: Cli) -> None:
    kept("import", "-", "--source", "hr", stdin=jsonl(*STORY))
    opened, contact0, party, contact, decision, sanction, correction = map(json.loads, kept.told)
    assert party["party"].startswith("p-")
    assert contact["counterparty"] == sanction["subject"] == party["party"]
    assert decision["basis"] == [contact["event_id"], contact0["event_id"], opened["event_id"]]
    assert sanction["basis"] == [decision["event_id"]]
    assert correction["target"] == sanction["event_id"]
    assert correction["fields"] == {
        "basis": [decision["event_id"], contact["event_id"]], "imposed_by": party["party"],
    }  # fmt: skip
    assert {each["event_id"][14] for each in (party, contact, decision, sanction)} == {"8"}


def test_the_same_file_twice_is_one_and_two_sources_are_two(kept: Cli) -> None:
    text = jsonl(*STORY)
    for batch in ("1", "2", "1000"):
        kept("import", "-", "--source", "hr", "--batch", batch, stdin=text)
        assert kept.state[0] == 7
    kept("import", "-", "--source", "other", stdin=jsonl(STORY[0] | {"name": "Li Na"}))
    assert kept.state[0] == 8


@pytest.mark.parametrize("batch", ["1", "1000"])
def test_a_source_that_was_edited_registers_nobody_anew(kept: Cli, batch: str) -> None:
    somebody = {"kind": "party-registered", "type": "person", "name": "Xu Fei"}
    contact = {"kind": "contact", "counterparty": "Xu Fei", "key": "row-1"}
    again = ("import", "-", "--source", "hr", "--batch", batch, "--again")
    kept("import", "-", "--source", "hr", stdin=jsonl(somebody, contact))
    more = contact | {"key": "row-2", "stage": "negotiation"}
    kept(*again, stdin=jsonl(somebody, contact, more))
    told = [json.loads(line) for line in kept.told]
    (party,) = {each["party"] for each in told if each["kind"] == "party-registered"}
    assert [each["counterparty"] for each in told[-1:]] == [party]
    organisation = somebody | {"type": "organisation", "titles": ["a house"]}
    kept(*again, stdin=jsonl(organisation))
    assert json.loads(kept.told[-1])["party"] != party


def test_going_on_knows_the_names_of_the_lines_before(kept: Cli) -> None:
    file = kept.folder / "events.jsonl"
    bad = STORY[3] | {"measure": "shouting"}
    file.write_text("\n" + jsonl(*STORY[:3], bad, STORY[4]))
    failed = kept("import", "--source", "hr", "--batch", "1", "events.jsonl", code=3)
    assert "line 5: measure" in failed.err
    file.write_text("\n" + jsonl(*STORY))
    kept("import", "--source", "hr", "--continue", "events.jsonl")
    assert kept.state[0] == 7


def test_a_dry_run_knows_the_names_of_the_lines_before(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        kept("import", "-", "--dry-run", "--batch", "1", "--source", "hr", stdin=jsonl(*STORY))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"kind": "contact", "counterparty": "No One"},
         "line 2: counterparty: no party is registered under the name 'No One'"),
        (DECISION | {"basis": ["$d9"]}, "line 2: basis.0: no line has the name"),
        (DECISION | {"basis": ["#99"]}, "line 2: basis.0: there is no position 99"),
        (DECISION | {"basis": ["019b8a5f"]}, "line 2: basis.0: there is no event"),
        (DECISION | {"ref": "a b"}, "line 2: ref: 'a b' is no name for a line"),
        (DECISION | {"ref": "c1"}, "line 2: ref: 'c1' is the name of line 1"),
        (DECISION | {"key": "row-1"}, "line 2: key: a key is one of some source"),
        (DECISION | {"key": ["x"]}, "line 2: key: ['x'] is no key"),
        ({"kind": "sanction-imposed", "subject": "p-1", "measure": "suspension", "days": True},
         "line 2: days: true is a truth value"),
    ],
)  # fmt: skip
def test_what_cannot_be_resolved_is_told(
    kept: Cli, unchanged: Unchanged, line: dict[str, Any], said: str
) -> None:
    first = {"kind": "contact", "counterparty": "k-1", "ref": "c1"}
    with unchanged(kept):
        assert said in kept("import", "-", stdin=jsonl(first, line), code=3).err


def test_names_that_are_mistyped_are_asked_about(kept: Cli) -> None:
    kept.append("party-registered", "--party", "p-7k2m", "--type", "person", "--name", "Li Nan")
    text = jsonl(
        *STORY[:2],
        {"kind": "contact", "counterparty": "Xu Fey"},
        {"kind": "contact", "counterparty": "Li Nann"},
        DECISION | {"basis": ["$c11"]},
    )
    told = kept("import", "-", "--source", "hr", "--json", stdin=text, code=3).json["errors"]
    assert [each["near"] for each in told] == [["Xu Fei"], ["p-7k2m (Li Nan)"], ["$c1"]]
    said = kept("import", "-", "--source", "hr", stdin=text, code=3).err
    assert "Did you mean Xu Fei?" in said
    assert "Did you mean p-7k2m (Li Nan)?" in said
    assert "Did you mean $c1?" in said


def test_a_name_is_the_same_however_it_is_written(kept: Cli) -> None:
    text = jsonl(
        {"kind": "party-registered", "type": "person", "name": "Jose\u0301 Müller"},
        {"kind": "contact", "counterparty": "JOSÉ  MÜLLER"},
    )
    kept("import", "-", stdin=text)
    party, contact = map(json.loads, kept.told[2:])
    assert contact["counterparty"] == party["party"]


ANN = {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person"}
BOTH = [ANN | {"name": "Ann Lee"}, ANN | {"name": "Bob Ray"}]


IDS = [{"event_id": f"0198c0de-0000-7000-8000-00000000000{n}"} for n in (1, 2)]
KEYS = [{"key": "row-1"}, {"key": "row-2"}]


@pytest.mark.parametrize("marks", [[{}, {}], IDS, KEYS], ids=["no id", "ids", "keys"])
def test_two_files_that_call_two_people_by_one_pseudonym_are_not_mixed(
    kept: Cli, unchanged: Unchanged, marks: list[dict[str, str]]
) -> None:
    first, second = (jsonl(one | mark) for one, mark in zip(BOTH, marks, strict=True))
    source = ("import", "-", "--source", "hr")
    kept(*source, stdin=first)
    at = len(kept.told) - 1
    with unchanged(kept):
        said = kept(*source, stdin=second, code=3).err
        assert f"line 1: name: 'p-1' is registered already, under another name: #{at}." in said
        assert "Ann" not in said
        assert kept(*source, "--dry-run", "--json", stdin=second, code=3).error["error"] == (
            "Renamed"
        )
    same = jsonl(BOTH[0] | marks[0] if marks[0] else BOTH[0] | {"titles": ["chair"]})
    kept(*source, stdin=same)
    kept(*source, stdin=jsonl(BOTH[1] | marks[1] | {"aliases": ["Ann Lee"]}))


@pytest.mark.parametrize("batch", ["1", "1000"])
def test_one_file_that_names_two_people_alike_is_not_taken_either(kept: Cli, batch: str) -> None:
    text = jsonl(*BOTH)
    said = kept("import", "-", "--batch", batch, "--dry-run", stdin=text, code=3).err
    assert "line 2: name: 'p-1' is registered " in said
    kept("import", "-", "--batch", batch, "--again", stdin=text)
    assert json.loads(kept.told[-1])["name"] == "Bob Ray"


@pytest.mark.parametrize("batch", ["1", "1000"])
def test_a_registration_that_its_own_file_takes_back_names_nobody(kept: Cli, batch: str) -> None:
    back = {"kind": "retraction", "case_id": "house", "target": "$w", "reason": "a slip"}
    text = jsonl(BOTH[0] | {"ref": "w"}, back, BOTH[1])
    kept("import", "-", "--batch", batch, stdin=text)
    assert json.loads(kept.told[-1])["name"] == "Bob Ray"
