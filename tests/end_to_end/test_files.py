"""Files that are none, are links, or open to others: named at once, and never waited for."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli

from answerable.cli.main import run
from answerable.ledger.errors import NotALedger
from answerable.ledger.ledger import Ledger
from answerable.ledger.store.log_keys import own_keys
from answerable.ledger.system.regular_file import open_regular


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signed ledger, its key given out, a proof, and a prepared event."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ANSWERABLE_ACTOR", "jane")
        for line in (
            "init --origin example.com/log",
            "append contact --case acme --counterparty org-7 --new-case",
            "checkpoint",
            "prove 0 --output proof --entry entry",
            "append contact --case acme --counterparty org-8 --prepare event",
        ):
            assert run(line.split()) == 0
    (folder / "answerable.db.signers").write_text("")
    with Ledger.open(folder / "answerable.db") as ledger:
        keys = own_keys(ledger)
    (folder / "log.vkey").write_text("".join(f"{each.key}\n" for each in keys))
    return folder


@pytest.fixture
def kept(cli: Cli, built: Path) -> Cli:
    """A copy of it."""
    shutil.copytree(built, cli.folder, dirs_exist_ok=True)
    return cli


COMMANDS = {
    "a ledger": ("status", "--ledger", "ODD"),
    "a bundle": ("verify", "ODD"),
    "a key": ("verify", "--key", "ODD"),
    "signers": ("verify", "--signers", "ODD"),
    "private keys": ("checkpoint", "--key-file", "ODD"),
    "a proof": ("verify", "--proof", "ODD", "--entry", "entry", "--key", "log.vkey"),
    "an entry": ("verify", "--proof", "proof", "--entry", "ODD", "--key", "log.vkey"),
    "a prepared event": ("record", "ODD"),
    "a signature": ("record", "event", "--signature", "ODD"),
}


@pytest.fixture(params=["pipe", "socket", "device", "folder"])
def odd(kept: Cli, request: pytest.FixtureRequest) -> Iterator[str]:
    """Something that is no file."""
    place = kept.folder / "odd"
    if request.param == "pipe":
        os.mkfifo(place, 0o600)
    if request.param == "folder":
        place.mkdir()
    if request.param == "device":
        place = Path("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        if request.param == "socket":
            folder = os.open(kept.folder, os.O_RDONLY)
            listening.bind(f"/proc/self/fd/{folder}/odd")
            os.close(folder)
            place.chmod(0o600)
        yield str(place)


@pytest.mark.parametrize("what", COMMANDS)
def test_what_is_no_file_is_refused_and_not_waited_for(kept: Cli, odd: str, what: str) -> None:
    asked = [odd if word == "ODD" else word for word in COMMANDS[what]]
    result = kept(*asked, code=None)
    assert result.code in (2, 3, 4)
    assert "Traceback" not in result.err
    assert any(word in result.err for word in ("is a pipe", "is a socket", "is a device", "folder",
                                               "directory", "Invalid value"))  # fmt: skip


@pytest.mark.parametrize(("name", "option"), [("log.vkey", "--key"), ("some", "--signers")])
def test_a_byte_order_mark_is_named(kept: Cli, name: str, option: str) -> None:
    place = kept.folder / name
    content = place.read_bytes() if place.exists() else b"jane ssh-ed25519 AAAA\n"
    place.write_bytes(b"\xef\xbb\xbf" + content)
    result = kept("verify", option, name, code=None)
    assert result.code in (2, 3, 4)
    assert "byte-order mark" in result.err


def test_a_nul_in_a_name_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="NUL"):
        Ledger.open(f"{tmp_path}/a\0b")
    with pytest.raises(OSError, match="can be called so"):
        open_regular(Path("a\0b"))


# Links.


def test_through_a_link_the_same_is_seen(kept: Cli) -> None:
    """A roll-back is found through a link to the ledger, as it is directly."""
    older = kept.folder / "older.db"
    shutil.copy(kept.folder / "answerable.db", older)
    kept("append", "contact", "--case", "acme", "--counterparty", "org-8")
    kept("checkpoint")
    elsewhere = kept.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link.db").symlink_to(kept.folder / "answerable.db")
    kept("verify", "--ledger", "elsewhere/link.db")
    kept("append", "contact", "--case", "acme", "--counterparty", "org-9",
         "--ledger", "elsewhere/link.db")  # fmt: skip
    kept("checkpoint", "--ledger", "elsewhere/link.db")
    for end in ("", "-wal", "-shm"):
        (kept.folder / f"answerable.db{end}").unlink(missing_ok=True)
    shutil.copy(older, kept.folder / "answerable.db")
    for ledger in ("answerable.db", "elsewhere/link.db"):
        assert "cut off" in kept("verify", "--ledger", ledger, code=4).err
        assert "RolledBack" in kept("checkpoint", "--ledger", ledger, code=4).err
    assert [each.name for each in elsewhere.iterdir()] == ["link.db"]


def test_a_rotation_keeps_the_link_to_the_keys(kept: Cli, store: str) -> None:
    safe = kept.folder / "safe"
    safe.mkdir()
    keys = kept.folder / "answerable.db.key"
    keys.rename(safe / "house.key")
    (kept.folder / "answerable.db.signed").rename(safe / "house.signed")
    keys.symlink_to(safe / "house.key")
    before = (safe / "house.key").read_bytes()
    kept("key", "rotate")
    assert keys.is_symlink()
    assert (safe / "house.key").read_bytes() != before
    kept("checkpoint")
    kept("verify")
    # Beside keys that sign on a server stands on which.
    on_server = ["house.server"] if store == "postgresql" else []
    beside = ["house.key", *on_server, "house.signed"]
    assert sorted(each.name for each in safe.iterdir()) == beside


# Modes.


def mode(place: Path) -> int:
    return stat.S_IMODE(place.stat().st_mode)


def test_what_holds_names_is_the_owners_alone(kept: Cli, store: str) -> None:
    kept("append", "contact", "--case", "acme", "--counterparty", "org-8", "--prepare", "event-2",
         "--purpose", "talks")  # fmt: skip
    kept("export", "--bundle", "acme.zip", "--case", "acme")
    kept("export", "--output", "events.jsonl")
    kept("report", "acme", "--output", "acme.md")
    for name in ("answerable.db", "answerable.db.key", "answerable.db.signed", "event-2",
                 "event-2.statement", "acme.zip", "events.jsonl", "acme.md"):  # fmt: skip
        assert mode(kept.folder / name) == 0o600, name
    with Ledger.open(kept.folder / "answerable.db") as ledger:
        ledger.append({"kind": "lesson-recorded", "case_id": "a", "lesson": "b"}, recorded_by="c")
        for end in ("-wal", "-shm") if store == "sqlite" else ():
            assert mode(kept.folder / f"answerable.db{end}") == 0o600
    assert "chmod" not in kept("verify").err


def test_a_looser_mode_is_named(kept: Cli) -> None:
    (kept.folder / "answerable.db").chmod(0o644)
    (kept.folder / "answerable.db.signed").chmod(0o640)
    said = kept("verify").err
    assert "answerable.db (mode 0644)" in said
    assert "answerable.db.signed (mode 0640)" in said
