"""A sheet of 509 past cases, from the public record of Congress, imported and counted again.

What is expected is counted in the source here, by plain PyYAML. The source is no part of this
repository (see test_congress.py): where it is not at hand, these tests are skipped.
"""

import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
import yaml
from tests.end_to_end.conftest import Cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
MAP = EXAMPLES / "congress_sheet.toml"
MOST_LINES = 40

MEASURES = {
    "fined": "fine", "reprimand": "formal-reprimand", "censure": "censure",
    "expulsion": "expulsion", "exclusion": "exclusion",
}  # fmt: skip
"""The measures that the source's tags name; its others name none."""

Json = dict[str, Any]


class Sheet(NamedTuple):
    """The source, and what came of it by way of a sheet."""

    entries: list[Json]
    consequences: list[Json]
    cli: Cli
    events: list[Json]

    def of(self, *kinds: str) -> list[Json]:
        return [event for event in self.events if event["kind"] in kinds]

    def tags(self) -> Counter[str]:
        return Counter(tag for each in self.consequences for tag in each.get("tags", "").split())


@pytest.fixture(scope="module")
def source(unavailable: Callable[[str], NoReturn]) -> Path:
    """Where misconduct.yaml is: beside the repository, or where ANSWERABLE_MISCONDUCT says."""
    named = os.environ.get("ANSWERABLE_MISCONDUCT")
    found = Path(named) if named else ROOT.parent / "shared" / "data" / "misconduct.yaml"
    if not found.is_file():
        if named:
            unavailable(f"ANSWERABLE_MISCONDUCT names {named}, which is not there")
        pytest.skip("misconduct.yaml is not beside the repository; ANSWERABLE_MISCONDUCT names it")
    return found


def written(source: Path, place: Path) -> Path:
    program = str(EXAMPLES / "congress_sheet.py")
    subprocess.run([sys.executable, program, str(source), str(place)], check=True, timeout=60)
    return place


@pytest.fixture(scope="module")
def sheet(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """The sheet as CSV, imported."""
    cli = Cli(tmp_path_factory.mktemp("sheet"))
    cli("init")
    written(source, cli.folder / "congress.csv")
    cli("import", "--csv", "congress.csv", "--map", str(MAP))
    entries = yaml.safe_load(source.read_text(encoding="utf-8"))
    consequences = [each for entry in entries for each in entry["consequences"]]
    return Sheet(entries, consequences, cli, cli("export").lines)


def test_the_map_is_short() -> None:
    assert len(MAP.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_every_case_and_every_person_of_the_source_is_on_record_once(sheet: Sheet) -> None:
    assert len(sheet.of("case-opened")) == len(sheet.entries)
    assert len({event["case_id"] for event in sheet.of("case-opened")}) == len(sheet.entries)
    people = {event["party"] for event in sheet.of("party-registered") if event["type"] == "person"}
    assert people == {f"person-{entry['person']}" for entry in sheet.entries}
    accused = Counter(event["subject"] for event in sheet.of("allegation-made"))
    assert accused == Counter(f"person-{entry['person']}" for entry in sheet.entries)
    closed = sum("resolved" in entry["tags"].split() for entry in sheet.entries)
    assert len(sheet.of("case-closed")) == closed


def test_every_name_of_a_person_is_kept_and_every_body_registered_once(sheet: Sheet) -> None:
    names: dict[str, set[str]] = {}
    for entry in sheet.entries:
        names.setdefault(f"person-{entry['person']}", set()).add(" ".join(entry["name"].split()))
    told = {
        event["party"]: {event["name"], *event.get("aliases", ())}
        for event in sheet.of("party-registered")
    }
    assert {party: told[party] for party in names} == names
    bodies = {
        " ".join(each["body"].split()).casefold() for each in sheet.consequences if each.get("body")
    }
    registered = [e["name"] for e in sheet.of("party-registered") if e["type"] == "body"]
    assert sorted(name.casefold() for name in registered) == sorted(bodies)


def test_sanctions_are_counted_by_kind_as_in_the_source(sheet: Sheet) -> None:
    told = Counter(event["measure"] for event in sheet.of("sanction-imposed"))
    assert told == {MEASURES[tag]: n for tag, n in sheet.tags().items() if tag in MEASURES}
    steps = Counter(event["term"] for event in sheet.of("step-taken"))
    untagged = sum(not each.get("tags") for each in sheet.consequences)
    others = {tag: n for tag, n in sheet.tags().items() if tag not in MEASURES}
    assert steps == {**others, "step": untagged}


def test_dates_are_as_precise_as_in_the_source(sheet: Sheet) -> None:
    told = Counter(event["occurred"] for event in sheet.of("sanction-imposed", "step-taken"))
    expected: Counter[str] = Counter()
    for each in sheet.consequences:
        expected[str(each["date"])] += max(1, len(each.get("tags", "").split()))
    assert told == expected


def test_everything_fits_and_what_is_left_out_on_purpose_is_the_maps_to_say(sheet: Sheet) -> None:
    tried = sheet.cli("import", "--csv", "congress.csv", "--map", str(MAP), "--dry-run", "--json")
    assert tried.json["rows"] == len(sheet.consequences)
    for name in ("misfits", "rows_without_events", "columns_not_mapped", "guessed", "hidden"):
        assert tried.json[name] == [], name
    assert tried.json["recorded"] == 0, "it is all on record"


def test_what_does_not_fit_is_counted_with_the_rows_that_it_is_in(sheet: Sheet) -> None:
    place = sheet.cli.folder / "narrow.toml"
    text = MAP.read_text(encoding="utf-8")
    place.write_text(
        text.replace('censure = "censure", ', "").replace('"MM/YYYY"', '"YYYY"'), "utf-8"
    )
    asked = ("import", "--csv", "congress.csv", "--map", "narrow.toml", "--dry-run", "--json")
    tried = sheet.cli(*asked, code=3).json
    with (sheet.cli.folder / "congress.csv").open(encoding="utf-8", newline="") as file:
        rows = [*enumerate(csv.DictReader(file), 2)]
    censured = [number for number, row in rows if "censure" in row["Outcome"]]
    months = [number for number, row in rows if row["Date"].count("/") == 1]
    assert (len(censured), len(months)) == (sheet.tags()["censure"], 8)
    assert tried["rows_that_do_not_fit"] == sorted({*censured, *months})
    assert tried["misfit_count"] >= len(censured) + len(months)


def test_a_workbook_of_the_same_gives_the_same_events(source: Path, sheet: Sheet) -> None:
    written(source, sheet.cli.folder / "congress.xlsx")
    other = {"ANSWERABLE_LEDGER": "workbook.db"}
    sheet.cli("init", env=other)
    sheet.cli("import", "--xlsx", "congress.xlsx", "--map", str(MAP), env=other)
    events = sheet.cli("export", env=other).lines
    drawn = {
        event["party"]: event["name"]
        for events_ in (events, sheet.events)
        for event in events_
        if event["kind"] == "party-registered"
    }

    def known(event: Json) -> Json:
        """An event with the names of bodies, whose pseudonyms are drawn."""
        if event["kind"] == "party-registered":
            return {**event, "event_id": "", "party": drawn[event["party"]]}
        named = (
            {"imposed_by": drawn.get(event.get("imposed_by", ""))} if "imposed_by" in event else {}
        )
        who = {"who": [drawn[each] for each in event["who"]]} if "who" in event else {}
        return {**event, **named, **who}

    assert [*map(known, events)] == [*map(known, sheet.events)]
