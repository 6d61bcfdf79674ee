"""Each line of a timeline, a log and a replay is understood alone, and stands where it belongs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.end_to_end.conftest import Cli, Filled

IDS = [f"019b8c00-0000-7000-8000-{number:012x}" for number in range(9)]
LINES: list[dict[str, Any]] = [
    {"kind": "party-registered", "case_id": "house", "party": "p-1", "type": "person",
     "name": "Xu Fei"},
    {"kind": "case-opened", "case_id": "acme", "title": "Gifts"},
    {"kind": "statement-published", "case_id": "acme", "acts": ["deny"], "occurred": "2026-03-01"},
    {"kind": "role-assigned", "case_id": "acme", "party": "p-1", "role": "head of public relations",
     "area": "public relations", "occurred": "2025-01-01", "event_id": IDS[1]},
    {"kind": "sanction-imposed", "case_id": "acme", "subject": "p-1", "measure": "fine",
     "occurred": "2026-01-05", "event_id": IDS[0]},
    {"kind": "role-ended", "case_id": "acme", "assignment": IDS[1], "manner": "resigned"},
    {"kind": "sanction-executed", "case_id": "acme", "sanction": IDS[0]},
]  # fmt: skip
ENDED = "The role of Xu Fei in public relations ended (resigned)"
EXECUTED = "The fine of Xu Fei was executed"


@pytest.fixture
def told(cli: Cli, filled: Filled) -> Cli:
    return filled(cli, "\n".join(map(json.dumps, LINES)))


def test_a_line_says_whose_and_which(told: Cli) -> None:
    for command in (("timeline", "acme"), ("log",), ("replay", "acme")):
        said = " ".join(told(*command).out.split())
        assert ENDED in said, command
        assert EXECUTED in said, command


def test_a_timeline_says_which_role_where_its_text_is_open(told: Cli) -> None:
    said = " ".join(told("timeline", "acme").out.split())
    assert said.count("role: “head of public relations”") == 2
    assert told("timeline", "acme", "--json").json["roles"] == {IDS[1]: "head of public relations"}


def test_what_has_no_date_stands_where_it_belongs_and_says_so(told: Cli) -> None:
    answer = told("timeline", "acme", "--json").json
    order = [each["position"] for each in answer["entries"]]
    assert order.index(3) < order.index(5) < order.index(4) < order.index(6) < order.index(2)
    assert set(answer["placed"].values()) == {"rests on", "recorded"}
    said = " ".join(told("timeline", "acme", "-v").out.split())
    assert "#6 it stands here by what it rests on" in said
    assert "it stands here as it was recorded" in said
    assert told("timeline", "acme", "--by", "recorded", "--json").json["placed"] == {}


def test_every_date_is_told_is_not_said_of_what_has_none(told: Cli) -> None:
    for position in ("1", "6"):
        told("append", "correction", "--case", "acme", "--target", position, "--set",
             "occurred=2026-01-06")  # fmt: skip
    said = " ".join(told("timeline", "acme").out.split())
    assert "Every date is told, and bounded, but of 3 events marked below." in said
