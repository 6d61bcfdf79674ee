"""The command line, run in this process upon ledgers made once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Result
from tests.support.clock import Steps, set_clock
from tests.support.deep_case import SIX_LEVELS

from answerable.cli.main import run
from answerable.domain.parsing import parse, parse_line
from answerable.ledger.ledger import Ledger

EXAMPLE = Path(__file__).parents[3] / "examples" / "xiaomi-kol.jsonl"

EARLY = 20
"""The number of events of the example recorded on 20 January; the others are on 10 February."""

LATER = datetime(2026, 11, 1, tzinfo=UTC)
"""When the tests add to it."""


class Here:
    """The command line, run in this process upon a ledger of the test's own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Result:
        self._capsys.readouterr()
        ended = run(list(arguments))
        told = self._capsys.readouterr()
        assert ended == code, told
        return Result(ended, told.out, told.err)

    def append(self, *arguments: str) -> None:
        self("append", *arguments)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of the example, recorded on two days, and one of a deep chain."""
    folder = tmp_path_factory.mktemp("made")
    example = [parse_line(line) for line in EXAMPLE.read_bytes().splitlines()]
    days = Steps((datetime(2026, 1, 20, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)))
    with Ledger.create(folder / "story.db", clock=days) as ledger:
        days.go_on()
        ledger.append_all(example[:EARLY], recorded_by="test")
        days.go_on()
        ledger.append_all(example[EARLY:], recorded_by="test")
    with Ledger.create(folder / "deep.db") as ledger:
        ledger.append_all([parse(each) for each in SIX_LEVELS], recorded_by="test")
    return folder


@pytest.fixture
def here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Here:
    for name in ("ANSWERABLE_LEDGER", "ANSWERABLE_SIGNERS", "ANSWERABLE_ZONE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ANSWERABLE_ACTOR", "recorder-1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return Here(tmp_path, capsys)


@pytest.fixture
def story(here: Here, made: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    shutil.copy(made / "story.db", here.folder / "answerable.db")
    set_clock(monkeypatch, lambda: LATER)
    return here


@pytest.fixture
def deep(here: Here, made: Path) -> Here:
    shutil.copy(made / "deep.db", here.folder / "answerable.db")
    return here
