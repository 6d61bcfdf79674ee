"""An answer is of one moment of the record, whatever others record while it is worked out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from tests.support.clock import set_clock
from tests.support.golden_ledger import RECORDED, fill, sign, told
from tests.support.screen_catalogue import CASE, SCREENS, SPRING
from tests.support.screens import NOW

from answerable.cli.main import run
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.opened import OpenLedger

pytestmark = pytest.mark.sqlite_file

ASKING = frozenset(
    {"status", "why", "timeline", "bars", "report", "cases", "log", "show", "audit", "next", "gaps"}
    | {"replay", "metrics", "figures", "compare", "check", "due", "search", "changes", "evidence"}
)
RECORDING = ("evidence-add", "evidence-transfer")

ASKED: dict[str, tuple[str, ...]] = {
    name: asked.arguments
    for name, asked in SCREENS.items()
    if asked.arguments[0] in ASKING and not asked.before and name not in RECORDING
} | {
    "report-html": ("report", CASE, "--format", "html"),
    "report-board": ("report", CASE, "--for", "board", "--format", "html"),
    "report-subject": ("report", CASE, "--for", "subject", "--subject", "Xu Fei"),
    "report-csv": ("report", CASE, "--format", "csv", "--register", "timeline"),
    "report-json": ("report", CASE, "--format", "json"),
    "report-all": ("report", "--all", *SPRING),
    "export-xes": ("export", "--format", "xes"),
}
"""What is asked, by a name."""

MOST = 24
"""The most events that are recorded while one answer is worked out."""


def meanwhile(number: int) -> dict[str, Any]:
    """An event that many answers tell of."""
    contact = {"kind": "contact-made", "case_id": CASE, "counterparty": "person-1"}
    return [
        {**contact, "occurred": f"2026-02-0{number % 8 + 1}"},
        {"kind": "party-registered", "case_id": CASE, "party": f"p-{number}", "type": "body"},
        {"kind": "case-opened", "case_id": f"case-{number}", "title": f"Matter {number}"},
    ][number % 3]


class Intruder:
    """Records an event before each question that another asks of a ledger."""

    def __init__(self, ledger: Ledger, kept: Path) -> None:
        self.ledger, self.kept = ledger, kept
        self.files: list[Path] = []

    def keep(self) -> None:
        """Keep the ledger as it is now."""
        file = self.kept / f"{len(self.files)}.db"
        with (
            closing(sqlite3.connect(self.ledger.path)) as there,
            closing(sqlite3.connect(file)) as here,
        ):
            there.backup(here)
        self.files.append(file)

    def record(self, asker: object) -> None:
        if asker is not self.ledger and len(self.files) <= MOST:
            self.ledger.append(meanwhile(len(self.files)), recorded_by="jane")
            self.keep()


@contextmanager
def disturbed(intruder: Intruder) -> Iterator[None]:
    """Have the intruder record before each question."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_reading", "_scan"):
            patch.setattr(OpenLedger, name, _after(intruder, getattr(OpenLedger, name)))
        yield


def _after(intruder: Intruder, asked: Callable[..., Any]) -> Callable[..., Any]:
    def ask(self: OpenLedger, *arguments: Any, **named: Any) -> Any:
        intruder.record(self)
        return asked(self, *arguments, **named)

    return ask


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example")
    fill(folder / "a.db", told(), RECORDED)
    sign(folder / "a.db", NOW)
    with Ledger.open(folder / "a.db") as ledger, closing(sqlite3.connect(ledger.path)) as there:
        there.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_is_of_one_moment(
    name: str,
    example: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Hold an answer against those of the ledger as it was whenever something was recorded."""
    place, kept = tmp_path / "a.db", tmp_path / "kept"
    kept.mkdir()
    for file in example.iterdir():
        copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANSWERABLE_LEDGER", str(place))
    monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")
    set_clock(monkeypatch, NOW)

    def answer() -> bytes:
        assert run([*ASKED[name]]) in (0, 1)
        return capfdbinary.readouterr().out

    with Ledger.open(place, clock=NOW) as ledger:
        intruder = Intruder(ledger, kept)
        intruder.keep()
        with disturbed(intruder):
            answered = answer()
    assert len(intruder.files) > 2

    def answered_then(file: Path) -> bytes:
        for old in tmp_path.glob("a.db-*"):
            old.unlink()
        copy(file, place)
        return answer()

    assert any(answered_then(file) == answered for file in intruder.files)
