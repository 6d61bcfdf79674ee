"""A ledger with one of everything that a file can hold, and the questions asked of it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from tests.support.clock import set_clock
from tests.support.server_site import ledgers_on_server

from answerable.cli.main import run
from answerable.domain.errors import AnswerableError
from answerable.domain.parsing import parse_line
from answerable.ledger.checkpoints.memory import memory_file
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.trust import Trust
from answerable.ledger.verify.ledger import verify_ledger
from answerable.projections.documents import VIEWS

CASE = "xiaomi-kol"
LATER = Path(__file__).parents[1] / "end_to_end" / "golden" / "later.jsonl"
EXAMPLE = Path(__file__).parents[2] / "examples" / f"{CASE}.jsonl"
KNOWN = ("--known-by", "2026-01-31")

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("status",),
    ("status", *KNOWN),
    ("status", "--person", "Xu Fei"),
    ("status", "--party", "the KOL"),
    ("why", "person-3"),
    ("why", "20"),
    ("timeline", CASE),
    ("bars",),
    ("replay", CASE),
    ("report", CASE, "--as-of", "2026-03-31", "--format", "json"),
    ("gaps",),
    ("metrics",),
    ("figures",),
    ("compare",),
    ("search", "failure OR talk*"),
    ("search", "reprimand OR contact", *KNOWN),
    ("evidence", "list"),
    ("log", "--last", "60"),
    ("show", "5"),
    ("show", "30"),
    ("cases",),
    ("cases", *KNOWN),
    ("export",),
    ("export", "--entries"),
)
"""A question for every kind of answer."""


NOW = re.compile(r'"verdicts_as_of":"[^"]*"')
"""Match the moment that verdicts are told for where none is asked about: that of the question."""


class House:
    """A ledger with its keys, as an attacker finds it, and what it answered."""

    def __init__(
        self, place: Path, keys: Path, older: Path, answers: dict[tuple[str, ...], tuple[int, str]]
    ) -> None:
        self.place = place
        self.keys = keys
        self.older = older
        self.answers = answers

    def copied(self, folder: Path) -> Path:
        """A copy of the file, for an attack."""
        place = folder / self.place.name
        for each in folder.iterdir():
            each.unlink()
        if ledgers_on_server.database_at(self.place) is not None:
            ledgers_on_server.forget()
        shutil.copy(self.place, place)
        return place


def ask(place: Path, question: tuple[str, ...]) -> tuple[int, str]:
    """The answer to a question: the exit code, and what is said; or that there is none."""
    said = TextIOWrapper(BytesIO(), "utf-8", write_through=True)
    plain = question[0] in ("export", "report")
    with redirect_stdout(said), redirect_stderr(StringIO()):
        try:
            code = run([*question, "--ledger", str(place), *([] if plain else ["--json"])])
        except Exception as error:
            return -1, repr(error)
    written = said.buffer
    assert isinstance(written, BytesIO)
    return code, NOW.sub("", written.getvalue().decode())


def named_by_verify(place: Path, keys: Path) -> list[str]:
    """What `verify` names as wrong."""
    try:
        with Ledger.open(place) as ledger:
            found = verify_ledger(ledger, Trust([]), memory=memory_file(keys), views=VIEWS)
    except AnswerableError as error:
        return [error.message]
    return [each.what for each in found.problems]


def _plainly(patch: pytest.MonkeyPatch) -> None:
    """Have nothing set for the program, but who records."""
    for name in [name for name in os.environ if name.startswith("ANSWERABLE_")]:
        patch.delenv(name)
    patch.setenv("ANSWERABLE_ACTOR", "recorder-1")


@pytest.fixture(autouse=True)
def _asked_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    _plainly(monkeypatch)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A ledger of the example and of what came later, signed, with everything that can be made."""
    return _house(tmp_path_factory.mktemp("tamper"))


@pytest.fixture(scope="session")
def _made_on_server(
    tmp_path_factory: pytest.TempPathFactory, kept_on_server: dict[str, str]
) -> House:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in kept_on_server.items():
            patch.setenv(name, value)
        return _house(tmp_path_factory.mktemp("tamper_on_server"))


@pytest.fixture
def house_on_server(
    _made_on_server: House, kept_on_server: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> House:
    """The same, on a server."""
    for name, value in kept_on_server.items():
        monkeypatch.setenv(name, value)
    return _made_on_server


def _house(folder: Path) -> House:
    place, keys = folder / "a.db", folder / "a.db.key"
    events = [
        parse_line(line) for file in (EXAMPLE, LATER) for line in file.read_bytes().splitlines()
    ]
    clock: Callable[[], datetime] = partial(datetime, 2026, 1, 5, 20, tzinfo=UTC)
    later: Callable[[], datetime] = partial(datetime, 2026, 11, 1, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        _plainly(patch)
        Ledger.create(place).close()
        with Ledger.open(place, clock=clock) as ledger:
            ledger.append_all(events[:28], recorded_by="recorder-1")
        for question in QUESTIONS[:3]:
            ask(place, question)
        older = Path(shutil.copy(place, folder / "older.db"))
        with Ledger.open(place, clock=later) as ledger:
            ledger.append_all(events[28:], recorded_by="recorder-1")
        told = ("--ledger", str(place))
        for command in (
            ("key", "create", "--origin", "example.com/log"),
            ("checkpoint",),
            ("append", "party-registered", "--case", "house", "--party", "person-7",
             "--type", "person", "--name", "Mary Poe"),
            ("checkpoint",),
        ):  # fmt: skip
            with (
                redirect_stdout(StringIO()),
                redirect_stderr(StringIO()),
                pytest.MonkeyPatch.context() as clocked,
            ):
                set_clock(clocked, later)
                assert run([*command, *told]) == 0, command
        answers = {question: ask(place, question) for question in QUESTIONS}
        return House(place, keys, older, answers)
