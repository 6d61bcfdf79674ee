"""`answerable due`: what falls due, when, in which case, and from whom; overdue first."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from tests.support.house_policy import HOUSE_POLICY
from tests.unit.cli.conftest import Here

from answerable.cli.judging.due_text import Counted, due_lines
from answerable.ledger.ledger import Ledger
from answerable.projections.accountability.obligations import obligations_of
from answerable.projections.facts.record_view import RecordView

CASE = "xiaomi-kol"
SPRING = ("--as-of", "2026-03-31")
PROMISE = (
    *("append", "commitment-made", "--case", CASE, "--by", "person-3", "--promise", "to resign"),
    *("--due", "2026-03", "--occurred", "2026-02-01"),
)


@pytest.fixture
def house(story: Here) -> Here:
    """The example, a promise that falls due in March, and a policy that wants a bar reviewed."""
    (story.folder / "house.toml").write_text(HOUSE_POLICY)
    story(*PROMISE)
    return story


def due(here: Here, *arguments: str) -> list[Any]:
    said = here("due", "--policy", "house.toml", "--json", *arguments).out
    return [json.loads(line) for line in said.splitlines()]


def test_both_a_rule_and_an_event_tell_what_falls_due(house: Here) -> None:
    found = {each["position"]: each for each in due(house, *SPRING)}
    assert {*found} == {12, 28}
    bar, promise = found[12], found[28]
    assert (bar["policy"], bar["rule"], bar["overdue"]) == ("house-rules", "reviewed", "no")
    assert (bar["earliest"], bar["latest"]) == ("2029-01-05", "2029-01-05")
    assert (promise["earliest"], promise["latest"]) == ("2026-03-01", "2026-03-31")
    assert (promise["policy"], promise["needed_from"]) == (None, "Xu Jieyun")
    assert promise["role"] == "promised it"
    assert promise["overdue"] == "unknown"  # any day of March may be meant


def test_what_is_overdue_comes_first_and_says_by_how_long(house: Here) -> None:
    asked = ("due", "--policy", "house.toml", "--as-of", "2026-04-02")
    lines = house(*asked).out.splitlines()
    assert lines[1] == "1 thing overdue; 1 due later."
    assert lines[3] == "Overdue"
    assert lines[4].startswith("  By a day from 2026-03-01 to 2026-03-31, 2 to 32 days overdue: ")
    assert lines[5].strip() == "Commitment to fulfil (#28)"
    assert lines[6].strip() == ("from Xu Jieyun, who promised it · Contact with a KOL (xiaomi-kol)")
    assert lines[8] == "Due"
    assert lines[9] == "  By 2029-01-05: The bar on the KOL (#12)"
    late = house("due", "--policy", "house.toml", "--as-of", "2029-01-07").out
    assert "  By 2029-01-05, 2 days overdue: The bar on the KOL (#12)" in late.splitlines()


def test_only_what_falls_due_within_a_time_is_listed_and_what_is_overdue(house: Here) -> None:
    early = ("--as-of", "2026-02-10", "--within")
    assert due(house, *early, "14d") == []
    for time in ("19d", "19", "3w", "20 days"):
        found = due(house, *early, time)
        assert [each["position"] for each in found] == [28], time
    late = due(house, "--as-of", "2026-05-01", "--within", "1d")
    assert [each["position"] for each in late] == [28]
    said = house("due", "--policy", "house.toml", "--within", "2w", "--as-of", "2026-02-10").out
    assert said.splitlines()[1] == "Nothing is overdue; nothing due within 14 days."


def test_csv_and_a_calendar_have_the_same_things(house: Here) -> None:
    asked = ("due", "--policy", "house.toml", *SPRING, "--format")
    rows = list(csv.DictReader(io.StringIO(house(*asked, "csv").out)))
    assert {(each["position"], each["earliest"]) for each in rows} == {
        ("12", "2029-01-05"),
        ("28", "2026-03-01"),
    }
    said = house(*asked, "ics").out
    assert said.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20260301" in said
    assert not [name for name in ("Xu Jieyun", "the KOL") if name in said]
    assert "person-3" in said


def test_nothing_that_is_owed_by_a_day_is_left_out(house: Here) -> None:
    with Ledger.open(house.folder / "answerable.db") as opened:
        view = RecordView(opened).case(CASE)
        dated = {each.event_id for each in obligations_of(view) if each.due is not None}
    assert dated
    for more in ((), ("--policy", "house.toml")):
        said = house("due", "--json", *more, *SPRING).out.splitlines()
        listed = [json.loads(line)["event_id"] for line in said]
        assert dated <= {*listed}
        promises = [each for each in listed if each in dated]
        assert len(promises) == len({*promises})


BAD: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no length": (("due", "--within", "soon"), 2, "is no length of time"),
    "a length below nothing": (("due", "--within", "-3d"), 2, "is no length of time"),
    "no such case": (("due", "nowhere"), 2, "nowhere"),
    "no policy": (("due", "--policy", "answerable.db"), 3, "is no policy"),
    "two formats": (("due", "--json", "--format", "ics"), 2, "exclude one another"),
    "no format": (("due", "--format", "xml"), 2, "text, markdown, json, csv, xlsx, html, pdf, ics"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said(house: Here, name: str) -> None:
    arguments, code, said = BAD[name]
    assert said in house(*arguments, code=code).err


def test_a_time_beyond_the_calendar_leaves_nothing_out(house: Here) -> None:
    assert len(due(house, "--as-of", "9990-01-01", "--within", "99999d")) == 2


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 0, 0), "Nothing is overdue; nothing due later."),
        ((0, 1, 2), "1 thing perhaps overdue; 2 due later."),
        ((0, 2, 0), "2 things perhaps overdue; nothing due later."),
        ((2, 1, 1), "2 things overdue, perhaps 1 more; 1 due later."),
        ((1, 0, 0), "1 thing overdue; nothing due later."),
    ],
)
def test_what_is_none_is_not_counted(numbers: tuple[int, int, int], said: str) -> None:
    counted = Counted([], dict(zip(("yes", "unknown", "no"), numbers, strict=True)))
    assert next(due_lines(counted, str, lambda _: None, None, {})).text == said
