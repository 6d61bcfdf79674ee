"""Ask a streaming standby: every question is answered as elsewhere, and nothing is written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.end_to_end.test_golden import FAILING, GOLDEN, IDS, QUESTIONS, READ, hold, json_lines
from tests.support.clock import set_clock
from tests.support.golden_ledger import RECORDED, fill, told
from tests.support.postgresql import Server
from tests.support.screens import NOW
from tests.support.standbys import Standby, standby_of

from answerable.cli.main import run
from answerable.ledger.errors import StorageFailed
from answerable.ledger.ledger import Ledger

WRITES = frozenset({"views"})

OWN = frozenset({"verify", "search", "search-known"})
"""The questions whose answer tells of the store, and of its index of words."""

REFUSED: tuple[tuple[str, ...], ...] = (
    ("append", "case-opened", "--case", "other", "--title", "Another"),
    ("append", "personal-data-erased", "--case", "house", "--subject", "person-4",
     "--legal-basis", "a law"),
    ("import", "lines.jsonl"),
    ("views", "rebuild"),
    ("init",),
    ("key", "create", "--origin", "example.com/house", "--key-file", "house.key"),
)  # fmt: skip


class Both(NamedTuple):
    """A ledger on a server, and as its standby has it."""

    primary: str
    standby: str
    follower: Standby


@pytest.fixture(scope="module")
def both(postgresql: Server) -> Iterator[Both]:
    name = postgresql.database()
    fill(postgresql.address(name), told(), RECORDED)
    with standby_of(postgresql) as standby, pytest.MonkeyPatch.context() as patch:
        for variable in [each for each in os.environ if each.startswith("ANSWERABLE_")]:
            patch.delenv(variable)
        patch.setenv("ANSWERABLE_ACTOR", "recorder-1")
        set_clock(patch, NOW)
        yield Both(postgresql.address(name), standby.address(name), standby)
    postgresql.put_back(name)


@pytest.fixture
def on_standby(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWERABLE_LEDGER", both.standby)


@pytest.mark.parametrize("name", sorted({*QUESTIONS} - WRITES - OWN))
@pytest.mark.usefixtures("on_standby")
def test_a_standby_answers_what_a_file_does(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    # No view was made before the standby was: each answer is folded from the record.
    asked = QUESTIONS[name]
    plain = asked[0] in ("export", "report")
    assert run([*asked] if plain else [*asked, "--json"]) == FAILING.get(name, 0)
    form = asked[2] if asked[1:2] == ("--format",) else ""
    read: Callable[[str], Any] = READ.get(form, json_lines)
    hold(name, read(capsys.readouterr().out))


@pytest.mark.usefixtures("on_standby")
def test_a_standby_finds_what_a_file_does(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("search", "search-known"):
        assert run([*QUESTIONS[name], "--json"]) == 0
        here = json.loads(capsys.readouterr().out)
        [there] = json.loads((GOLDEN / f"{name}.json").read_text().replace("…", IDS))
        assert _unordered(here["results"]) == _unordered(there["results"])
        assert here["erased"] == there["erased"]


def _unordered(hits: list[object]) -> list[str]:
    return sorted(map(json.dumps, hits))


def test_a_standby_is_verified_and_backed_up_as_its_primary(
    both: Both, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = []
    for place in (both.primary, both.standby):
        assert run(["verify", "--json", "--ledger", place]) == 0
        found.append(json.loads(capsys.readouterr().out)["root"])
    assert found[0] == found[1]
    backup = tmp_path / "backup.db"
    assert run(["backup", str(backup), "--ledger", both.standby]) == 0
    assert run(["verify", "--ledger", str(backup)]) == 0


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
@pytest.mark.usefixtures("on_standby")
def test_what_would_write_is_told_to_go_to_the_primary(
    words: tuple[str, ...],
    postgresql: Server,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.jsonl").write_text(
        '{"kind": "case-opened", "case_id": "other", "title": "Another"}\n'
    )
    assert run([*words]) == 3
    said = capsys.readouterr().err
    assert f"is a standby of the server at {postgresql.folder}, port {postgresql.port}" in said
    assert "target_session_attrs=read-write" in said
    assert not (tmp_path / "house.key").exists()


def test_what_is_read_while_its_primary_overwrites_it_is_to_be_asked_again(
    both: Both, postgresql: Server
) -> None:
    both.follower.sql("ALTER SYSTEM SET max_standby_streaming_delay = 0")
    both.follower.sql("SELECT pg_reload_conf()")
    name = postgresql.database()
    with Ledger.create(postgresql.address(name)) as ledger:
        lesson = {"kind": "lesson-recorded", "case_id": "acme", "lesson": "a lesson"}
        ledger.append_all([{**lesson, "lesson": f"{each}"} for each in range(2_100)],
                          recorded_by="jane")  # fmt: skip
        person = {"kind": "party-registered", "case_id": "acme", "party": "p-1", "type": "person"}
        ledger.append({**person, "name": "Xu Fei"}, recorded_by="jane")
        both.follower.catch_up(postgresql)
        with Ledger.open(both.follower.address(name)) as reading:
            events = reading.events()
            assert next(events).position == 0
            erasure = {"kind": "personal-data-erased", "case_id": "acme", "subject": "p-1"}
            ledger.append({**erasure, "legal_basis": "a law"}, recorded_by="jane")
            both.follower.catch_up(postgresql)
            with pytest.raises(StorageFailed, match="ended what was being read") as caught:
                list(events)
            assert "Ask again" in str(caught.value)
            assert len(list(reading.events())) == 2_102
    postgresql.put_back(name)
