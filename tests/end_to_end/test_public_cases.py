"""Hold four public cases to answers written by hand: every question, at every turn for time.

Each has its events in examples/cases/NAME.jsonl, and in NAME.toml what is true of it from which day
on. A turn is a day at which a date of the case begins or ends, or an answer changes, and the day
before it.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from answerable.cli.main import run
from answerable.domain import edtf
from answerable.domain.parsing import parse_line
from answerable.ledger.ledger import Ledger

CASES = Path(__file__).parents[2] / "examples" / "cases"
NAMES = ("andersen", "snc-lavalin", "tailwind", "tesco")
MARKS = {"yes": "", "unknown": "?"}

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("status", "--case", "{case}"),
    ("status", "--person", "{person}"),
    ("status", "--party", "{party}"),
    ("timeline", "{case}"),
    ("bars",),
    ("report", "{case}"),
    ("why", "{person}"),
    ("gaps",),
    ("metrics",),
    ("compare",),
    ("evidence", "list"),
)
"""Each question that may be asked as of a day, in words and for programs."""


class PublicCase:
    """A case on record, and what is true of it by day."""

    def __init__(self, name: str, place: Path) -> None:
        self.name = name
        lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        self.events = [json.loads(line) for line in lines]
        registered = [each for each in self.events if each["kind"] == "party-registered"]
        self.names = {each["party"]: each["name"] for each in registered}
        text = (CASES / f"{name}.toml").read_text(encoding="utf-8")
        written = tomllib.loads(text)
        self.checks: dict[str, str] = written.pop("checks")
        self.open: dict[str, Any] = written.pop("open")
        self.answers: dict[str, dict[str, list[str]]] = written
        with Ledger.create(place) as ledger:
            ledger.append_all([parse_line(line) for line in lines], recorded_by="recorder-1")

    def turns(self) -> list[date]:
        """Return every day on which something may change, and the days before these."""
        told = [
            value
            for each in self.events
            for key, value in each.items()
            if key in ("occurred", "from", "until", "due", "effective")
        ]
        days = set(_ends(told)) | {
            date.fromisoformat(day)
            for answer in self.answers.values()
            for day in answer
            if day != "start"
        }
        return sorted(days | {day - timedelta(days=1) for day in days})

    def true_on(self, what: str, day: date) -> list[str]:
        """Return what was written by hand for a day."""
        answer = self.answers[what]
        begun = [each for each in answer if each != "start" and each <= day.isoformat()]
        return answer[max(begun, default="start")]


def _ends(told: list[str]) -> Iterator[date]:
    for each in told:
        span = edtf.parse(each)
        yield from (day for day in (span.first_day, span.last_day) if day is not None)


@pytest.fixture(scope="module", params=NAMES)
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PublicCase]:
    """A ledger of one of the cases, which the questions are asked of."""
    place = tmp_path_factory.mktemp("public") / "ledger.db"
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ANSWERABLE_")]:
            patch.delenv(name)
        patch.setenv("ANSWERABLE_LEDGER", str(place))
        yield PublicCase(request.param, place)


def asked(capsysbinary: pytest.CaptureFixture[bytes], *question: str) -> Any:
    """Ask a question, and return the answer as JSON has it."""
    assert run([*question, "--json"]) == 0
    return json.loads(capsysbinary.readouterr().out)


def told_of(case: PublicCase, status: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what `status` tells of a case, as it is written by hand."""
    people = [*status["people"], *status["others"]]
    names = case.names
    return {
        "accountable": [
            names[each["party"]] + MARKS[each["accountable"]]
            for each in status["people"]
            if each["accountable"] != "no"
        ],
        "sanctions": [
            f"{names[each['party']]}: {sanction['measure']}: {state_of(sanction)}"
            for each in people
            for sanction in each["sanctions"]
        ],
        "interim": [
            f"{names[each['party']]}: {interim['measure']}: {interim['state']}"
            for each in people
            for interim in each["interim"]
        ],
        "agreements": [f"{each['type']}: {state_of(each)}" for each in status["agreements"]],
        "proceedings": [
            f"{names[each['party']]}: {outcome_of(proceeding)}"
            for each in people
            for proceeding in each["proceedings"]
        ],
        "bars": [names[each["counterparty"]] + MARKS[each["in_force"]] for each in status["bars"]],
    }


def state_of(item: Mapping[str, Any]) -> str:
    """Return the state of something, or the states that it may be in."""
    return " or ".join(item["may_be"]) or str(item["state"])


def outcome_of(proceeding: Mapping[str, Any]) -> str:
    """Return what became of a proceeding, and whether that is under appeal."""
    states = proceeding["may_be"] or [proceeding["state"]]
    told = proceeding["outcome"] or " or ".join(states)
    if "under appeal" in states:
        told += ", under appeal" if len(states) == 1 else ", perhaps under appeal"
    return told + MARKS[proceeding["as_of"]]


def test_what_is_true_on_each_day_is_what_was_written_by_hand(
    case: PublicCase, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    wrong = []
    for day in case.turns():
        status = asked(capsysbinary, "status", "--case", case.name, "--as-of", day.isoformat())
        for what, told in told_of(case, status).items():
            right = case.true_on(what, day)
            if sorted(told) != sorted(right):
                wrong.append(f"{day} {what}: {sorted(told)} for {sorted(right)}")
    assert not wrong, "\n".join(wrong)


def test_what_the_checks_say_and_what_is_open_is_what_was_written_by_hand(
    case: PublicCase, tmp_path: Path
) -> None:
    file = tmp_path / "report.json"
    question = ("report", case.name, "--format", "json", "--output", str(file))
    day = case.checks.pop("on")
    assert run([*question, "--as-of", day]) == 0
    report = json.loads(file.read_text(encoding="utf-8"))
    generic = (each for each in report["checks"] if each["policy"] == "generic")
    told = {each["rule"]: each["verdict"] for each in generic}
    assert {rule: told[rule] for rule in case.checks} == case.checks
    assert sorted(each["what"] for each in report["open"]) == case.open["left"]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_on_each_day(
    case: PublicCase, question: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    named = {
        "case": case.name,
        "person": next(each for each in case.names if each.startswith("person")),
        "party": next(each for each in case.names if each.startswith("org")),
    }
    for day in case.turns():
        code = run([*(part.format(**named) for part in question), "--as-of", day.isoformat()])
        told = capsysbinary.readouterr()
        assert code == 0, (day, told.err)
        assert told.out.strip(), day
