"""`why --graph`, `timeline`, `bars`, and the two times of `log`, `show` and `cases`."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli, Filled
from tests.support.deep_case import SIX_LEVELS
from tests.support.dot_reader import read


@pytest.fixture
def deep(cli: Cli, filled: Filled) -> Cli:
    """A ledger of a case in which a sanction's chain is six levels deep."""
    return filled(cli, "\n".join(map(json.dumps, SIX_LEVELS)))


def in_a_terminal(cli: Cli, *arguments: str) -> str:
    """What a command writes to a terminal, without its colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", cli.terminal(*arguments))


def test_why_tells_every_part_of_the_chain_in_80_columns(deep: Cli) -> None:
    out = in_a_terminal(deep, "why", "p-1")
    assert max(map(len, out.splitlines())) <= 80
    joined = re.sub(r"[\s│├└─]+", " ", out)
    for part in (
        "Decision: sanction by board",
        "authority #1: held by one who decided, in force then",
        "authority #1: covers the measure",
        "authority: Authority granted to board for fine (from 2025)",
        "mitigating: “mild a text",
        "aggravating: “grave a text",
        "under code-of-conduct 4.2",
        "disputed by Li Na Long",
        "2026-01-08, #8: “it was not so”",
        "case deep (#2, above)",
        "owner: p-9",
        "Not on record: 1.",
    ):
        assert part in joined
    assert (
        "is on record #5 How like findings were answered: `answerable compare --like 5` "
    ) in joined
    assert "\n                    └── case deep" in out, "below five levels"


def test_why_is_led_by_the_answer_and_says_once_what_holds_of_several(story: Cli) -> None:
    lines = story("why", "21").out.splitlines()
    assert lines[0].startswith("Sanction against Xu Fei: formal reprimand (announced by ")
    assert lines[1] == (
        "It rests on: Decision: sanction by the company #19; "
        "Finding about Xu Fei: substantiated, managerial responsibility #16."
    )
    assert lines[2:4] == ["Not on record: 10.", "Case: Contact with a KOL (xiaomi-kol)"]
    assert lines[-1].startswith("28 entries, root ")
    out = story("why", "Xu Fei").out
    assert out.startswith("Xu Fei (person-2): 3 sanctions and 1 finding\nNot on record: 10.\n")
    assert out.count("public statement by the company spokesperson") == 1
    assert out.count("announced by the spokesperson account") == 0
    assert "Announced by the spokesperson account on 2026-01-06: #21 to #23.\n" in out
    assert "  which clause was breached is not told #15 to #17\n" in out
    assert out.count("answerable compare --like") == 1


def test_a_graph_is_written_in_both_languages(story: Cli) -> None:
    from prov.model import ProvDocument

    text = story("why", "Xu Fei", "--graph", "prov").out
    assert "Xu Fei" not in text
    assert "management failure" not in text
    document = ProvDocument.deserialize(content=text, format="json")
    nodes = story("why", "Xu Fei", "--json").json["nodes"]
    assert {f"event:{each}" for each in nodes} <= {
        str(each.identifier) for each in document.records
    }
    drawn = read(story("why", "Xu Fei", "--graph", "dot").out)
    assert set(drawn.boxes) == set(nodes)
    named = read(story("why", "Xu Fei", "--graph", "dot", "--names").out)
    assert any("Xu Fei" in box["label"] for box in named.boxes.values())


def test_a_graph_goes_to_a_file_whole_or_not_at_all(story: Cli) -> None:
    place = story.folder / "why.json"
    written = story("why", "21", "--graph", "prov", "--output", str(place))
    assert (written.out, json.loads(place.read_text())["prefix"]["event"]) == ("", "urn:uuid:")
    before = place.read_bytes()
    story("why", "21", "--graph", "dot", "--output", str(place), code=3)
    assert place.read_bytes() == before
    story("why", "21", "--graph", "dot", "--output", str(place), "--force")
    assert place.read_text().startswith("digraph")


def test_graphviz_takes_it(story: Cli, unavailable: Callable[[str], NoReturn]) -> None:
    if shutil.which("dot") is None:
        unavailable("Graphviz is not installed")
    drawing = story("why", "Xu Fei", "--graph", "dot", "--names").out
    done = subprocess.run(
        ["dot", "-Tsvg"], input=drawing.encode(), capture_output=True, check=True, timeout=60
    )
    assert "Sanction against Xu Fei" in done.stdout.decode().replace("&#160;", " ")


def test_the_timeline_tells_both_times_and_keeps_what_was_corrected(story: Cli) -> None:
    contact = story("log", "--kind", "contact", "--json").lines[0]
    target = ("--case", "xiaomi-kol", "--target", contact["event_id"])
    story.append(
        "correction", *target, "--set", "occurred=2026-01-03", "--set", "stage=negotiation"
    )
    wrong = story.append("contact", "--case", "xiaomi-kol", "--counterparty", "org-1")
    story.append("retraction", "--case", "xiaomi-kol", "--target", wrong["event_id"])
    story.append("dispute", *target, "--by", "person-1")
    short = in_a_terminal(story, "timeline", "xiaomi-kol")
    out = in_a_terminal(story, "timeline", "xiaomi-kol", "-v")
    for told in (short, out):
        assert max(map(len, told.splitlines())) <= 80
        assert "stage was contact, is now negotiation" in told
    assert "at first: Contact with the KOL (stage: contact)" in out
    assert "occurred was on or before 2026-01-05, is now 2026-01-03" in out
    assert "corrected by #28" in out
    assert "retracted by #30" in out
    said = " ".join(out.split())
    assert "Retraction of the contact with the company #30 it stands here" in said
    assert "upon #29 recorded " in said
    assert "disputed by #31" in out
    assert " days later" in out
    assert "When it happened is not told: 1." in short
    assert re.search(r"^date not told +Case opened \(organisation: the company\) #8$", short, re.M)
    told = story("timeline", "xiaomi-kol", "--json").json
    assert told["entries"][0]["event_id"] == contact["event_id"], "it is the earliest now"
    recorded = story("timeline", "xiaomi-kol", "--by", "recorded", "--json").json
    positions = [each["position"] for each in recorded["entries"]]
    assert positions == sorted(positions)
    assert {gap["told"] for gap in told["gaps"]} == {"nothing", "only the latest"}


def test_the_bars_flag_contacts_since(story: Cli) -> None:
    out = in_a_terminal(story, "bars")
    assert max(map(len, out.splitlines())) <= 80
    assert "the KOL (person-1): barred from 2026-01-05 (end not stated), in force" in out
    assert "scope: “any cooperation, in any form”" in out
    assert "rests on: Decision: terminate #10" in out
    assert "indeterminate whether inside the bar" in out
    assert "Contacts inside a bar: 0; indeterminate: 1." in out
    story("bars", "--check")
    story.append("contact", "--case", "next", "--counterparty", "person-1", "--occurred", "2026-03",
                 "--new-case")  # fmt: skip
    assert "contact 2026-03, INSIDE THE BAR #28, next" in story("bars", "--check", code=1).out
    assert "contact 2026-03, INSIDE THE BAR #28, next" in story("bars").out
    before = story("bars", "--check", "--as-of", "2026-02-01").out
    assert "INSIDE" not in before
    (bar,) = story("bars", "--party", "the KOL", "--json", "--check", code=1).json["bars"]
    assert bar["breached"]
    assert {each["inside"] for each in bar["contacts"]} == {"yes", "unknown"}
    assert bar["scope"] == {"value": "any cooperation, in any form", "state": "told"}
    assert (bar["party"]["name"], bar["until"]) == ("the KOL", None)


def test_a_pseudonym_may_look_like_the_beginning_of_an_id(story: Cli) -> None:
    story.append("party-registered", "--party", "deadbeef01", "--type", "person", "--name", "Ann")
    told = ("--outcome", "substantiated", "--responsibility", "direct")
    story.append("finding-made", "--case", "next", "--subject", "deadbeef01", *told, "--new-case")
    assert story("why", "deadbeef01", "--json").json["about"] == "deadbeef01"
    assert "no event deadbeef02" in story("why", "deadbeef02", code=2).err
