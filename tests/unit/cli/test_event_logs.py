"""`answerable export --format`: event logs for process mining."""

from __future__ import annotations

import json
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from tests.support.event_logs import hold_ocel, hold_xes, values, xes_schema
from tests.unit.cli.conftest import Here

CASE = "xiaomi-kol"


def test_ocel_of_the_whole_record_and_of_a_case(story: Here) -> None:
    whole = json.loads(story("export", "--format", "ocel").out)
    hold_ocel(whole)
    assert len(whole["events"]) == 28
    of_case = json.loads(story("export", "--format", "ocel", "--case", CASE).out)
    hold_ocel(of_case)
    assert len(of_case["events"]) == 22
    assert "Xu" not in json.dumps(whole)


def test_xes_goes_to_a_file(story: Here) -> None:
    place = story.folder / "log.xes"
    assert story("export", "--format", "xes", "--output", str(place)).out == ""
    xes_schema().validate(BytesIO(place.read_bytes()))
    log = ET.fromstring(place.read_bytes())
    hold_xes(log)
    assert [values(each)["concept:name"] for each in log.iter("trace")] == ["house", CASE]


def test_as_of_a_day_and_as_known_by_one(story: Here) -> None:
    told = story("export", "--format", "xes", "--as-of", "2026-01-04", "--known-by", "2026-01-31")
    found = [values(each)["concept:name"] for each in ET.fromstring(told.out).iter("event")]
    assert "apology-issued" not in found
    assert "contact-made" in found
    story("export", "--format", "ocel", "--case", CASE, "--known-by", "2020", code=2)


def test_what_was_retracted_is_counted(story: Here) -> None:
    story.append("retraction", "--case", CASE, "--target", "27", "--reason", "mistaken")
    said = story("export", "--format", "ocel")
    assert said.err == "Left out, because retracted: 1 event.\n"
    assert len(json.loads(said.out)["events"]) == 28


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "ocel", "--entries"),
        ("--format", "xes", "--case", CASE, "--bundle", "x.zip"),
        ("--as-of", "2026-01-05"),
        ("--known-by", "2026-01-05"),
        ("--format", "xml"),
    ],
)
def test_options_that_mean_nothing_together(story: Here, arguments: tuple[str, ...]) -> None:
    assert story("export", *arguments, code=2).out == ""
    assert not (story.folder / "x.zip").exists()
