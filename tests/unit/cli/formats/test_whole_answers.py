"""`why`, `show`, `replay` and `evidence check` as tables: what their JSON tells, row by row."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from tests.unit.cli.conftest import Here

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")


def table(here: Here, *asked: str, register: str | None = None, code: int = 0) -> Any:
    """Return the rows of an answer in CSV."""
    more = () if register is None else ("--register", register)
    told = here(*asked, "--format", "csv", *more, code=code).out
    return list(csv.DictReader(io.StringIO(told, newline="")))


def numbers(cell: str) -> list[int]:
    """Return the numbers of events that a cell names."""
    return [int(each.removeprefix("#")) for each in cell.split()]


def test_a_derivation_has_a_row_a_line_of_its_tree_and_one_a_thing_lacking(story: Here) -> None:
    asked = ("why", "Xu Fei", *SPRING)
    found = json.loads(story(*asked, "--json").out)
    nodes = found["nodes"]
    lines = table(story, *asked)
    assert {int(each["position"]) for each in lines} == {
        each["position"] for each in nodes.values()
    }
    roots = [int(each["position"]) for each in lines if each["depth"] == "0"]
    asked_about = [nodes[each]["position"] for each in found["roots"]]
    # What another one rests on stands under that.
    assert roots == [each for each in asked_about if each in roots]
    assert set(asked_about) <= {int(each["position"]) for each in lines}
    for each in lines:
        node = nodes[each["event_id"]]
        named = {nodes[rest["event_id"]]["position"] for rest in node["rests_on"]}
        assert set(numbers(each["rests_on"])) == named
    above = {each["position"]: each for each in lines if each["above"] == "no"}
    for each in lines:
        if each["under"]:
            assert int(each["position"]) in numbers(above[each["under"]]["rests_on"])
    lacking = table(story, *asked, register="lacking")
    told = [(each["position"], each["text"]) for each in (*found["missing"], *found["problems"])]
    assert [(int(each["position"]), each["text"]) for each in lacking] == told
    verdicts = table(story, *asked, register="verdicts")
    assert [each["rule"] for each in verdicts] == [
        each["rule"] for case in found["verdicts"].values() for each in case
    ]


def test_a_graph_is_no_table_and_goes_where_output_says(story: Here) -> None:
    graph = ("why", "21", "--graph", "prov")
    story(*graph, "--output", "21.json")
    assert (story.folder / "21.json").read_text() == story(*graph).out
    for asked in (("--json",), ("--format", "csv")):
        said = story(*graph, *asked, code=2).err
        assert "--graph and --format" in said
    assert "--names is for a --graph" in story("why", "21", "--names", code=2).err


def test_an_event_is_told_field_by_field(story: Here) -> None:
    (event,) = table(story, "show", "20", register="event")
    found = json.loads(story("show", "20", "--json").out)
    assert (event["position"], event["leaf"]) == ("20", found["leaf"])
    assert event["event_id"] == found["recorded"]["event_id"]
    told = {each["field"]: each["value"] for each in table(story, "show", "20")}
    assert told["measure"] == found["recorded"]["measure"]
    assert told["signed"] == "no"
    text = story("show", "20").out
    assert all(value.splitlines()[0] in text for value in told.values())
    assert (
        "--raw and --format csv exclude"
        in story("show", "20", "--raw", "--format", "csv", code=2).err
    )


def test_a_replay_has_a_row_a_step_and_one_a_ground_of_a_decision(story: Here) -> None:
    asked = ("replay", CASE, *SPRING)
    steps = [json.loads(line) for line in story(*asked, "--json").out.splitlines()]
    rows = table(story, *asked, register="steps")
    assert [(int(each["position"]), int(each["open"])) for each in rows] == [
        (each["event"]["position"], each["open"]) for each in steps
    ]
    assert [each["accountable"] for each in rows] == [
        "; ".join(each["accountable"]) for each in steps
    ]
    grounds = table(story, *asked, register="grounds")
    for step in steps:
        own = [each for each in grounds if int(each["decision"]) == step["event"]["position"]]
        told = step["argument"]
        if told is None:
            assert own == []
            continue
        named = [int(each["position"]) for each in own if each["relation"].startswith("named")]
        assert named == [each["position"] for each in told["named"]]
        late = {int(each["position"]) for each in own if each["relation"].startswith("hindsight")}
        assert late == {at for group in told["hindsight"] for at in group["positions"]}


def test_the_state_before_an_event_is_tables_too(story: Here) -> None:
    asked = ("replay", CASE, "--at", "20")
    found = json.loads(story(*asked, "--json").out)
    people = table(story, *asked, register="accountable")
    assert [(each["party"], each["accountable"]) for each in people] == [
        (each["party"], each["accountable"]) for each in found["accountability"]["people"]
    ]
    opened = table(story, *asked, register="open")
    assert [int(each["position"]) for each in opened] == [
        each["position"] for each in found["open"]
    ]
    grounds = table(story, *asked, register="grounds")
    assert {each["decision"] for each in grounds} == {"20"}
    said = story(*asked, "--format", "csv", "--register", "steps", code=2).err
    assert "there is no register 'steps'" in said


def test_stepping_takes_no_format(story: Here) -> None:
    said = story("replay", CASE, "--interactive", "--format", "csv", "--register", "steps", code=2)
    assert "--interactive and --format csv exclude" in said.err


def test_what_became_of_files_is_a_table_and_still_a_verdict(story: Here) -> None:
    (story.folder / "memo.txt").write_text("memo")
    story("evidence", "add", "memo.txt", "--case", CASE, "--root", ".")
    asked = ("evidence", "check", "--root", ".")
    for text, state, code in (("memo", "good", 0), ("oh no", "altered", 1)):
        (story.folder / "memo.txt").write_text(text)
        rows = table(story, *asked, code=code)
        told = [json.loads(line) for line in story(*asked, "--json", code=code).out.splitlines()]
        assert [(each["event_id"], each["state"]) for each in rows] == [
            (each["event_id"], each["state"]) for each in told
        ]
        assert rows[-1]["state"] == state
        assert (rows[-1]["digest"] == rows[-1]["digest_found"]) == (state == "good")
