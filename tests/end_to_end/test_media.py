"""Ledgers on media that may only be read, are full or have no locks; of others, or held by them."""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.end_to_end.conftest import EXAMPLE, Cli
from tests.support.media import FCNTL, make_read_only, mounted, without_locks, without_privileges
from tests.support.oracles import sqlite_store

from answerable.cli.main import run
from answerable.cli.recording.importing.lookup import LedgerLookup
from answerable.ledger.errors import StorageFailed
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.sqlite import access
from answerable.ledger.transfer.batches import batches
from answerable.ledger.transfer.drafts import Drafting
from answerable.ledger.transfer.import_ import Import
from answerable.ledger.transfer.json_lines import lines
from answerable.ledger.verify.record import verify_record

pytestmark = pytest.mark.sqlite_file("media of a file; test_standby.py has one that only reads")

Unavailable = Callable[[str], NoReturn]

LATER = {
    "kind": "sanction-imposed", "case_id": "xiaomi-kol", "subject": "person-2",
    "measure": "fine",
}  # fmt: skip

QUESTIONS = (
    ("status",),
    ("status", "--person", "Xu Fei"),
    ("why", "person-2"),
    ("search", "KOL"),
    ("bars",),
    ("cases",),
    ("log",),
    ("report", "xiaomi-kol", "--format", "json"),
    ("gaps",),
    ("views", "check"),
    ("verify",),
)


def fill(place: Path) -> None:
    """Make a ledger of the example case."""
    with Ledger.create(place) as ledger:
        drafting = Drafting(LedgerLookup(ledger))
        for batch in batches(lines(io.BytesIO(EXAMPLE.read_bytes())), drafting):
            Import(ledger, "jane").record(batch)


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Ledgers of the same record, each a folder: how it was left by who used it last."""
    folders = {
        state: tmp_path_factory.mktemp("state") / "it"
        for state in ("never asked", "views behind", "log left", "index of the log left")
    }
    for state, folder in folders.items():
        working = folder.with_name("working")
        working.mkdir()
        fill(working / "answerable.db")
        if state == "views behind":
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(working)
                assert run(["status", "--person", "Xu Fei", "--json"]) == 0
                assert run(["search", "KOL", "--json"]) == 0
        with Ledger.open(working / "answerable.db") as ledger:
            ledger.append({**LATER, "event_id": "019b8c00-0000-7000-8000-0000000000ff"},
                          recorded_by="jane")  # fmt: skip
            if state.endswith("left"):
                shutil.copytree(working, folder)
        if state == "log left":
            (folder / "answerable.db-shm").unlink()
        if not folder.exists():
            shutil.copytree(working, folder)
    return folders


def asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[int, Any, str]]:
    """The exit code of each question, its answer, and what else is said."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        capsys.readouterr()
        for question in QUESTIONS:
            code = run([*question, *(() if "report" in question else ("--json",))])
            out, err = capsys.readouterr()
            found.append((code, _comparable(out), err))
    return found


def _comparable(out: str) -> Any:
    """An answer without its moment, and without whether an index was used, in a fixed order."""
    answers = [json.loads(line) for line in out.splitlines()]
    for answer in answers:
        for name in ("ranked", "entries", "verdicts_as_of"):
            answer.pop(name, None)
        if "results" in answer:
            answer["results"].sort(key=lambda each: each["position"])
    return answers


@pytest.mark.parametrize(
    "state", ["never asked", "views behind", "log left", "index of the log left"]
)
def test_a_ledger_on_a_medium_that_may_only_be_read_is_asked_and_verified(
    state: str,
    states: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    unavailable: Unavailable,
) -> None:
    usual = shutil.copytree(states[state], tmp_path / "usual")
    expected = asked(usual, capsys)
    with mounted(tmp_path / "medium", "8m", unavailable) as medium:
        shutil.copytree(states[state], medium, dirs_exist_ok=True)
        make_read_only(medium)
        before = sorted(medium.iterdir())
        found = asked(medium, capsys)
        for question, mine, its in zip(QUESTIONS, expected, found, strict=True):
            assert its[:2] == mine[:2], question
            assert mine[0] == 0, question
        said = {each for _, _, err in found for each in err.splitlines()}
        assert (
            "answerable.db is read as it lies, without locks, for its medium may only be read."
            in said
            or state == "index of the log left"
        )
        assert sorted(medium.iterdir()) == before
        with Ledger.open(medium / "answerable.db") as ledger:
            assert len(ledger) == 29
            with pytest.raises(StorageFailed, match="its medium may only be read; nothing was"):
                ledger.append(LATER, recorded_by="jane")


def test_another_users_ledger_is_asked_and_nothing_is_left_beside_it(
    cli: Cli, states: dict[str, Path], unavailable: Unavailable
) -> None:
    if os.geteuid() != 0:
        unavailable("a file can be given to another user by root alone")
    shutil.copytree(states["never asked"], cli.folder, dirs_exist_ok=True)
    (cli.folder / "answerable.db.signed").write_bytes(b"for the owner's eyes")
    for place in cli.folder.iterdir():
        os.chown(place, 65_534, 65_534)
    cli.ledger.chmod(0o644)
    (cli.folder / "answerable.db.signed").chmod(0o600)
    # Files made here by who only reads would keep the owner from writing.
    cli.folder.chmod(0o777)
    verified = cli("verify", "--json", before=without_privileges)
    assert verified.json["verified"]
    assert "answerable.db.signed cannot be read: Permission denied" in str(
        verified.json["unchecked"]
    )
    told = cli("status", "--person", "Xu Fei", "--json", before=without_privileges)
    assert (told.json["party"], len(told.json["cases"][0]["sanctions"])) == ("person-2", 4)
    log = cli.folder / "answerable.db-wal"
    log.write_bytes(b"what only the owner can read")
    log.chmod(0o600)
    os.chown(log, 65_534, 65_534)
    kept = cli("verify", before=without_privileges, code=3).err
    assert "answerable.db-wal, which cannot be read. Have its owner let you read it" in kept
    log.unlink()
    refused = cli("views", "rebuild", before=without_privileges, code=3)
    assert "cannot be written: the file may only be read; nothing was written" in refused.err
    assert {each.name for each in cli.folder.iterdir()} == {
        "answerable.db", "answerable.db.signed",
    }  # fmt: skip


@pytest.fixture
def lying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A ledger that this process may only read, while another writes it."""
    place = tmp_path / "answerable.db"
    fill(place)
    with monkeypatch.context() as patch:
        patch.setattr(access, "_may_write", lambda _: False)
        yield place


def write_meanwhile(place: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "_may_write", lambda _: True)
        with Ledger.open(place) as ledger:
            ledger.append(LATER, recorded_by="jim")


def test_what_is_written_while_a_file_is_read_without_locks_is_noticed(lying: Path) -> None:
    with Ledger.open(lying) as ledger:
        assert ledger.reading_as_it_lies == "the file may only be read"
        assert len(ledger) == 28
        events = ledger.events()
        next(events)
        write_meanwhile(lying)
        with pytest.raises(StorageFailed, match="was written to by another process"):
            list(events)
        with pytest.raises(StorageFailed, match="neither the old state nor the new"):
            ledger.head()
    with Ledger.open(lying) as ledger:
        assert len(ledger) == 29


def test_no_verdict_is_given_of_a_file_that_changes_under_the_check(lying: Path) -> None:
    with Ledger.open(lying) as ledger, pytest.raises(StorageFailed, match="was written to"):
        verify_record(ledger, progress=lambda _: write_meanwhile(lying))


def test_beside_a_writer_one_reads_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "answerable.db")
    with Ledger.open(tmp_path / "answerable.db") as writer:
        writer.append(LATER, recorded_by="jane")
        monkeypatch.setattr(access, "_may_write", lambda _: False)
        with Ledger.open(writer.path) as reader:
            assert reader.reading_as_it_lies == ""
            assert len(reader) == 29
            writer.append(LATER, recorded_by="jane")
            assert len(reader) == 30
            with pytest.raises(StorageFailed, match="the file may only be read"):
                reader.append(LATER, recorded_by="jim")


def contacts(number: int) -> str:
    return "".join(
        json.dumps({"kind": "contact-made", "case_id": "acme", "counterparty": "org-7",
                    "purpose": f"{each:01000}"}) + "\n"
        for each in range(number)
    )  # fmt: skip


def purposes(place: Path) -> list[int]:
    with Ledger.open(place) as ledger:
        texts = ledger.opened(range(len(ledger)))
        return [int(texts[position].fields["purpose"]) for position in range(len(ledger))]


def test_a_batch_that_the_disk_does_not_take_tells_which_lines_are_on_record(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    unavailable: Unavailable,
) -> None:
    source = tmp_path / "lines"
    source.write_text(contacts(300))
    with mounted(tmp_path / "small", "700k", unavailable) as small:
        monkeypatch.chdir(small)
        monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")
        Ledger.create("answerable.db").close()
        (small / "ballast").write_bytes(bytes(100_000))
        assert run(["import", "--new-cases", "--batch", "10", str(source)]) == 3
        err = capsys.readouterr().err
        recorded = purposes(Path("answerable.db"))
        assert recorded == list(range(len(recorded)))
        assert 0 < len(recorded) < 300
        assert err.splitlines() == [
            f"Lines 1 to {len(recorded):,} are on record, and nothing after them was recorded. "
            f"Go on with `answerable import --continue {source}`.",
            "Error: the disk would not take it (database or disk is full). Free some space, then "
            "try again.",
        ]
        assert (
            run(["import", "--new-cases", "--batch", "10", "--continue", "--json", str(source)])
            == 3
        )
        out, err = capsys.readouterr()
        assert json.loads(out)["lines"] == json.loads(out)["size"] == len(recorded)
        assert "nothing was written" not in err
        # What was recorded when the disk was full is asked and verified there.
        assert run(["verify", "--json"]) == run(["cases", "--json"]) == 0
        (small / "ballast").unlink()
        assert (
            run(["import", "--new-cases", "--batch", "10", "--continue", "--json", str(source)])
            == 3
        )
        assert purposes(Path("answerable.db")) == list(range(len(purposes(Path("answerable.db")))))
        assert len(purposes(Path("answerable.db"))) > len(recorded)


def fill_up(disk: Path) -> None:
    with (disk / "filler").open("wb", 0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(4096))


@pytest.mark.parametrize("state", ["never asked", "views behind", "log left"])
def test_a_ledger_on_a_full_disk_is_asked_and_verified(
    state: str,
    states: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    unavailable: Unavailable,
) -> None:
    expected = asked(shutil.copytree(states[state], tmp_path / "usual"), capsys)
    with mounted(tmp_path / "full", "1m", unavailable) as full:
        shutil.copytree(states[state], full, dirs_exist_ok=True)
        fill_up(full)
        for mine, its in zip(expected, asked(full, capsys), strict=True):
            assert its[:2] == mine[:2]
            assert "without locks, for no file can be made beside it" in its[2]
        with (
            Ledger.open(full / "answerable.db") as ledger,
            pytest.raises(StorageFailed, match=r"nothing was written\. Free some space"),
        ):
            ledger.append(LATER, recorded_by="jane")
        (full / "filler").unlink()
        with Ledger.open(full / "answerable.db") as ledger:
            assert ledger.append(LATER, recorded_by="jane").position == 29


def test_a_ledger_that_cannot_even_be_read_does_not_say_which_lines_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "lines").write_text(contacts(20))
    monkeypatch.chdir(tmp_path)
    Ledger.create("answerable.db").close()
    recording = Ledger.append_all

    def failing(self: Ledger, *given: Any, **named: Any) -> Any:
        if len(self):
            sqlite_store(self)._datastore.pool.close()
        return recording(self, *given, **named)

    monkeypatch.setattr(Ledger, "append_all", failing)
    assert run(["import", "--new-cases", "--batch", "10", "lines"]) == 3
    assert "cannot be read just now; `answerable import --continue lines` finds out" in (
        capsys.readouterr().err
    )
    assert purposes(Path("answerable.db")) == list(range(10))


CONTACT = ("append", "contact", "--case", "acme", "--counterparty", "org-7", "--new-case")


def test_a_file_system_without_locks_is_named_at_once(
    cli: Cli, states: dict[str, Path], unavailable: Unavailable
) -> None:
    if platform.machine() not in FCNTL:
        unavailable("no system call can be filtered on this machine")
    shutil.copytree(states["views behind"], cli.folder, dirs_exist_ok=True)
    before = sorted(cli.folder.iterdir())
    for question in (CONTACT, ("status",), ("verify",)):
        process = cli.start(*question, stderr=subprocess.PIPE, preexec_fn=without_locks)
        # A writer who is held by another process waits for a minute.
        _, err = process.communicate(timeout=30)
        assert process.returncode == 3
        assert b"gives no locks (No locks available)" in err
        assert b"held by another" not in err
        assert b"Keep it on a local disk" in err
    assert sorted(cli.folder.iterdir()) == before


def test_a_command_says_on_whom_it_waits(cli: Cli, states: dict[str, Path]) -> None:
    shutil.copytree(states["never asked"], cli.folder, dirs_exist_ok=True)
    with closing(sqlite3.connect(cli.ledger, isolation_level=None)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        with cli.start(*CONTACT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            assert process.stderr is not None
            said = process.stderr.readline().decode()
            assert said.startswith(f"Waiting for another process, {os.getpid()} (")
            assert said.endswith("), which holds answerable.db.\n")
            holding.execute("ROLLBACK")
            assert process.wait(60) == 0
