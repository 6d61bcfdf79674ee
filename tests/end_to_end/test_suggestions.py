"""Every command that an output suggests runs, as it stands and where it was suggested.

Outputs are those of all questions about the example, about the history of Congress where that is
at hand, and about a small ledger with gaps of every sort; on both outputs, errors' hints too. What
is a template (a word in capitals, an ellipsis) is held against the command line instead
(`tests.support.suggestions`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from tests.end_to_end.conftest import EXAMPLE
from tests.support.clock import set_clock
from tests.support.lengths import SOAK, sample
from tests.support.suggestions import Suggested, fault, suggestions

from answerable.cli.main import cli, run
from answerable.cli.shared.signed.verdict import Verdict
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.ledger import Ledger

ROOT = Path(__file__).parents[2]
MISCONDUCT = ROOT.parent / "shared" / "data" / "misconduct.yaml"
LATER = datetime(2026, 11, 1, tzinfo=UTC)
DIGEST = f"sha256:{0:064x}"

TIMES: tuple[tuple[str, ...], ...] = (
    (),
    ("--as-of", "2026-01-05", "--zone", "Asia/Shanghai"),
    ("--as-of", "2026-01-06"),
    ("--as-of", "2026-01-06T12:00:00Z", "--known-by", "2026-12-31"),
)


def event_id(number: int) -> str:
    return f"019b8c11-0000-7000-8000-{number:012x}"


BLAMES: dict[str, Any] = {
    "kind": "finding-made",
    "outcome": "substantiated",
    "responsibility": "direct",
    "occurred": "2026-01-05",
}
EXONERATES = BLAMES | {"outcome": "exonerated", "responsibility": "none"}

GAPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("house", {"kind": "party-registered", "party": "p-1", "type": "person", "name": "Ann Doe"}),
    ("house", {"kind": "role-assigned", "party": "p-8", "role": "head", "reports_to": "p-1"}),
    ("house", {"kind": "authority-granted", "party": "p-8", "measures": ["demotion"]}),
    ("c", {"kind": "case-opened", "title": "A case", "owner": "o-1"}),
    ("c", {"kind": "report-received", "reporter": "p-9"}),
    ("c", {"kind": "allegation-made", "subject": "p-1", "conduct": "x"}),
    ("c", {"kind": "evidence-registered", "digest": DIGEST}),
    ("c", {"kind": "investigation-opened", "lead": "p-8"}),
    ("c", BLAMES | {"subject": "p-1", "basis": [6]}),
    ("c", EXONERATES | {"subject": "p-2"}),
    ("c", BLAMES | {"subject": "p-3"}),
    ("c", {"kind": "retraction", "target": 10, "reason": "in error"}),
    ("c", BLAMES | {"subject": "p-4"}),
    ("c", {"kind": "appeal-lodged", "against": 12}),
    ("c", {"kind": "appeal-decided", "appeal": 13, "outcome": "allowed"}),
    ("c", BLAMES | {"subject": "p-5"}),
    ("c", EXONERATES | {"subject": "p-5", "basis": [15]}),
    ("c", BLAMES | {"subject": "p-6", "occurred": "../2026-02-01"}),
    ("c", {"kind": "decision-taken", "outcome": "sanction", "basis": [8]}),
    (
        "c",
        {
            "kind": "decision-taken",
            "outcome": "sanction",
            "deciders": ["p-8"],
            "authority": 2,
            "basis": [10, 12, 15, 17],
        },
    ),
    (
        "c",
        {
            "kind": "sanction-imposed",
            "subject": "p-1",
            "measure": "fine",
            "due": "2026-01-10",
            "basis": [18],
        },
    ),
    ("c", {"kind": "sanction-executed", "sanction": 20, "occurred": "2026-01-20"}),
    ("c", {"kind": "sanction-imposed", "subject": "p-3", "measure": "fine", "basis": [19]}),
    ("c", {"kind": "sanction-imposed", "subject": "p-6", "measure": "dismissal"}),
    ("c", {"kind": "sanction-suspended", "sanction": 23}),
    ("c", {"kind": "counterparty-barred", "counterparty": "org-1", "from": "2026-01-05"}),
    ("c", {"kind": "contact-made", "counterparty": "org-1", "occurred": "2026-02"}),
    ("c", {"kind": "commitment-made", "by": "p-1", "promise": "x", "due": "2026-01-31"}),
    ("c", {"kind": "remediation-opened", "owner": "r-1"}),
    ("c", {"kind": "dispute", "target": 8, "by": "p-1"}),
    ("c", {"kind": "correction", "target": 23, "fields": {"due": "2026-02"}, "reason": "x"}),
    ("c", {"kind": "interim-measure-taken", "subject": "p-1", "measure": "leave"}),
    *(
        ("deep", {"kind": "decision-taken", "outcome": "go on", "basis": [each] if each else []})
        for each in (0, *range(32, 48))
    ),
    ("other", {"kind": "case-opened", "title": "Another"}),
    ("other", {"kind": "sanction-imposed", "subject": "p-1", "measure": "fine", "basis": [48]}),
    ("other", {"kind": "case-closed", "disposition": "other"}),
)
"""Events of a ledger with gaps of every sort: the case of each, and its fields, numbers for ids."""

REFERRING = ("target", "against", "appeal", "authority", "sanction")


def gaps() -> Iterator[dict[str, Any]]:
    for number, (case_id, fields) in enumerate(GAPS):
        told = {"case_id": case_id, "event_id": event_id(number), **fields}
        for name in told.keys() & {*REFERRING}:
            told[name] = event_id(told[name])
        if "basis" in told:
            told["basis"] = [event_id(each) for each in told["basis"]]
        yield told


def record(folder: Path, events: Iterable[Any], name: str = "answerable.db") -> None:
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    with Ledger.create(place, clock=lambda: datetime(2026, 2, 20, tzinfo=UTC)) as ledger:
        ledger.append_all(list(events), recorded_by="test")


def positions(folder: Path, name: str, most: int) -> tuple[list[str], list[str]]:
    """The cases of a ledger, and the positions of its events, some of each."""
    with Ledger.open(folder / name) as ledger:
        cases = [each.case_id for each in ledger.cases()]
        size = len(ledger)
    step = max(1, size // most)
    return cases[:: max(1, len(cases) * 4 // most)], [str(each) for each in range(0, size, step)]


BEGINNING = 1_000
"""The number of events of the history of Congress that are asked about, but in a soak."""

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("audit",),
    ("changes",),
    ("gaps",),
    ("gaps", "--consistency"),
    ("bars",),
    ("compare",),
    ("metrics",),
    ("cases",),
    ("log",),
    ("search", "x"),
    ("evidence", "list"),
    *(("status", "--person", f"p-{number}") for number in range(1, 8)),
    ("status", "--person", "Xu Fei"),
    ("why", "p-1"),
)

OF_A_CASE = (
    ("report",),
    ("timeline",),
    ("replay",),
    ("status", "--case"),
    ("gaps", "--case"),
)

OF_AN_EVENT = (("why",), ("show",), ("compare", "--like"), ("evidence", "custody"))

WRONG: tuple[tuple[str, ...], ...] = (
    ("status", "--case", "nowhere"),
    ("status", "--person", "Nobody"),
    ("report", "nowhere"),
    ("why", "999"),
    ("why", "nobody-at-all"),
    ("why", "020b8c00"),
    ("show", "999"),
    ("show", "020b8c00"),
    ("search", "*"),
    ("search", "NOT x"),
    ("compare", "--like", "0"),
    ("new",),
    ("next", "nowhere"),
    ("append", "contcat", "--case", "c"),
    ("append", "zzzzzz", "--case", "c"),
    ("append", "contact", "--case", "c", "--counterparty", "Jane Roe"),
    ("append", "contact", "--case", "other", "--counterparty", "org-1"),
    ("append", "contact", "--case", "c", "--counterparty", "org-1", "--basis", event_id(999)),
    ("append", "sanction-executed", "--case", "c", "--sanction", event_id(999)),
    ("append", "sanction-executed", "--case", "c", "--sanction", "20"),
    ("append", "custody-transferred", "--case", "c", "--evidence", "0", "--to", "p-1"),
    ("replay", "c", "--at", "0"),
    ("replay", "c", "--until", "0"),
    ("replay", "nowhere"),
    ("timeline", "nowhere"),
    ("evidence", "custody", "0"),
    ("evidence", "check"),
    ("checkpoint",),
    ("checkpoint", "--note"),
    ("prove", "0"),
    ("prove", "--since", "1"),
    ("publish", "tiles"),
    ("key", "show"),
    ("key", "export"),
    ("key", "rotate"),
    ("timestamp", "list"),
    ("timestamp", "verify"),
    ("timestamp", "export", "."),
    ("timestamp", "request"),
    ("export", "--case", "c", "--bundle", "c.zip"),
    ("export", "--case", "nowhere"),
    ("verify",),
    ("verify", "c.zip"),
    ("verify", "answerable.db"),
    ("verify", "--proof", "no.proof", "--entry", "no.json", "--key", "no.vkey"),
    ("views", "check"),
    ("init",),
    ("import", "no.jsonl"),
    ("record", "no.json"),
    ("witness", "init", "w1", "--name", "witness.example/w1"),
    ("witness", "show", "w1"),
    ("witness", "show", "."),
)
"""What is wrong, or comes too early, or changes something: each is asked of a copy of its own."""


def asked(place: Path, name: str, most: int, few: int) -> Iterator[tuple[str, ...]]:
    """Ask everything, as of each time; of so many events in the suite, and of more in a soak."""
    cases, events = positions(place, name, most)
    for number, times in enumerate(TIMES):
        yield from ((*each, *times) for each in QUESTIONS)
        yield from ((*each, case, *times) for each in OF_A_CASE for case in sample(cases, few))
        # Each time asks of other events.
        of = sample(events[number:] + events[:number], few if number else 2 * few)
        yield from ((*each, event, *times) for each in OF_AN_EVENT for event in of)


class Asker:
    """Asks in a folder, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[bytes], patch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._patch = patch

    def __call__(self, place: Path, *arguments: str) -> tuple[int, str]:
        """Ask; gives the exit code, and what was said on both outputs."""
        self._patch.chdir(place)
        self._capsys.readouterr()
        code = run(list(arguments))
        said = self._capsys.readouterr()
        told = f"{said.out.decode(errors='replace')}\n{said.err.decode()}"
        assert "Traceback" not in told
        return code, told

    def run_all(self, told: Iterable[Suggested], place: Path, copies: Path) -> None:
        """Run each command in a copy of the folder in which it was suggested."""
        for number, each in enumerate(dict.fromkeys(told)):
            assert fault(each) is None, each
            if not each.template:
                copy = copies / f"{number}"
                shutil.copytree(place, copy)
                code, said = self(copy, *each.words)
                assert code in verdicts(each.words), (str(each), code, said)
                shutil.rmtree(copy)


def verdicts(words: tuple[str, ...]) -> tuple[int, ...]:
    """The exit codes with which a command has run: one that judges says so by its code."""
    command: Any = cli
    for word in words:
        if isinstance(command, click.Group) and word in command.list_commands(click.Context(cli)):
            command = command.get_command(click.Context(cli), word)
    return (0, 1, 4) if isinstance(command, Verdict) else (0,)


@pytest.fixture
def ask(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Asker:
    for name in [name for name in os.environ if name.startswith("ANSWERABLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ANSWERABLE_ACTOR", "recorder-1")
    # Wide enough for the path of any test.
    monkeypatch.setenv("COLUMNS", "1000")
    set_clock(monkeypatch, lambda: LATER)
    return Asker(capsysbinary, monkeypatch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    found = tmp_path / "here"
    found.mkdir()
    return found


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    found = tmp_path / "copies"
    found.mkdir()
    return found


def suggested_by(ask: Asker, place: Path, questions: Iterable[tuple[str, ...]]) -> set[Suggested]:
    return {each for question in questions for each in suggestions(ask(place, *question)[1])}


def test_what_answers_about_the_example_suggest_runs(ask: Asker, place: Path, copies: Path) -> None:
    record(place, map(parse_line, EXAMPLE.read_bytes().splitlines()))
    told = suggested_by(ask, place, asked(place, "answerable.db", 100, 12))
    assert any(each.words[0] == "compare" for each in told)
    ask.run_all(told, place, copies)


def test_what_answers_about_gaps_of_every_sort_suggest_runs(
    ask: Asker, place: Path, copies: Path
) -> None:
    record(place, map(parse, gaps()))
    told = suggested_by(ask, place, asked(place, "answerable.db", 100, 12))
    assert {each.words[0] for each in told} >= {"compare", "why"}
    ask.run_all(told, place, copies)


def test_what_is_suggested_of_a_ledger_that_was_named_names_it(
    ask: Asker, place: Path, copies: Path
) -> None:
    name = "a place/of its own.db"
    record(place, map(parse, gaps()), name)
    told = {
        each
        for question in (*asked(place, name, 30, 8), *WRONG)
        if question[0] not in ("witness", "verify", "init")
        for each in suggestions(ask(place, *question, "--ledger", name)[1])
    }
    naming = [each for each in told if each.words[-2:] == ("--ledger", name)]
    assert any(each.words[0] == "compare" for each in naming)
    ask.run_all(naming, place, copies)
    # Help asks no ledger.
    rest = [each for each in told if not {"--ledger", "--help"}.intersection(each.words)]
    assert not [each for each in rest if not each.template]


@pytest.mark.parametrize("there", ["nothing", "an empty ledger", "a ledger", "a signed ledger"])
def test_what_errors_and_notes_suggest_runs(
    ask: Asker, place: Path, copies: Path, there: str
) -> None:
    if there != "nothing":
        record(place, () if there == "an empty ledger" else map(parse, gaps()))
    if there == "a signed ledger":
        assert ask(place, "key", "create", "--origin", "example.com/ledger")[0] == 0
        assert ask(place, "checkpoint")[0] == 0
        assert ask(place, "append", "lesson-recorded", "--case", "c", "--lesson", "x")[0] == 0
    for number, wrong in enumerate(WRONG):
        here = copies / f"wrong-{number}"
        shutil.copytree(place, here)
        told = list(suggestions(ask(here, *wrong)[1]))
        (copies / "after").mkdir()
        ask.run_all(told, here, copies / "after")
        shutil.rmtree(here)
        shutil.rmtree(copies / "after")


def test_what_answers_about_the_history_of_congress_suggest_runs(
    ask: Asker, place: Path, copies: Path
) -> None:
    named = os.environ.get("ANSWERABLE_MISCONDUCT")
    source = Path(named) if named else MISCONDUCT
    if not source.is_file():
        pytest.skip("misconduct.yaml is not beside the repository; ANSWERABLE_MISCONDUCT names it")
    program = ROOT / "examples" / "congress.py"
    mapped = subprocess.run(
        [sys.executable, str(program), str(source), "--output", "congress.jsonl"],
        cwd=place,
        check=True,
        capture_output=True,
    )
    assert mapped.returncode == 0
    if not SOAK:
        # What is suggested depends on what there is, and not on how often.
        begins = (place / "congress.jsonl").read_bytes().splitlines(keepends=True)[:BEGINNING]
        (place / "congress.jsonl").write_bytes(b"".join(begins))
    assert ask(place, "init")[0] == 0
    assert ask(place, "import", "congress.jsonl")[0] == 0
    told = suggested_by(ask, place, asked(place, "answerable.db", 30, 5))
    assert told
    ask.run_all(told, place, copies)
