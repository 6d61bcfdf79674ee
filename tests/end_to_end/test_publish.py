"""`answerable publish` and `verify --from` as processes; kill -9 at each step of publishing."""

import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli
from tests.support.bulk_ledger import Log, new_log
from tests.support.signed_ledger import ORIGIN
from tests.support.web_servers import answering, response, served

from answerable.ledger.publish.reader import published_in

CHILD = """
import os, sys
from answerable.ledger.ledger import Ledger
from answerable.ledger.publish.writer import publish
from pathlib import Path

place, folder = Path(sys.argv[1]), Path(sys.argv[2])
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}

def publish_until(step):
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = 0
    def strike(event, arguments):
        nonlocal steps
        if event in STEPS and str(folder) in str(arguments[0]) and arguments[1] != "r":
            steps += 1
            if steps == step:
                os.kill(os.getpid(), 9)
    sys.addaudithook(strike)
    with Ledger.open(place) as ledger:
        publish(ledger, folder)
    os._exit(0)

print("ready", flush=True)
for line in sys.stdin:
    print(publish_until(int(line)), flush=True)
"""


@pytest.fixture
def log(cli: Cli) -> Iterator[Log]:
    made = new_log(cli.ledger, 300)
    with made.ledger:
        made.sign()
        yield made


def test_published_and_audited(cli: Cli, log: Log) -> None:
    out = cli("publish", "public").out
    assert out.startswith(f"Published 300 new entries of {ORIGIN} in public: 300 in all.\n")
    told = cli("verify", "--from", "public", "--key", log.vkey)
    assert told.out.startswith(f"Verified: 300 entries of {ORIGIN}.\n")
    assert told.out.splitlines()[-1].startswith("Root: ")
    assert told.out.count("Signed by: ") == 1
    assert "No witness" in told.err
    assert cli("publish", "public").out.startswith("Nothing new to publish of ")
    log.grow(310)
    again = cli("publish", "public", "--json")
    assert (again.json["before"], again.json["pages"], again.json["beyond"]) == (300, 0, 10)
    assert "not published: 10." in again.err
    log.sign()
    cli("publish", "public")
    found = cli("verify", "--from", "public", "--key", log.vkey, "--state", "seen", "--json").json
    assert (found["verified"], found["size"], found["since"]) == (True, 310, 0)
    assert found["signed_by"] == [log.vkey]
    assert cli(
        "verify", "--from", "public", "--key", log.vkey, "--state", "seen", "--json"
    ).json["since"] == 310  # fmt: skip


def test_over_http(cli: Cli, log: Log) -> None:
    cli("publish", "public")
    (cli.folder / "key").write_text(f"# the ledger's\n{log.vkey}\n")
    with served(cli.folder / "public") as url:
        direct = {"no_proxy": "*"}
        assert "300 entries" in cli("verify", "--from", url, "--key", "key", env=direct).out
        (cli.folder / "public/tile/entries/000").unlink()
        gone = cli("verify", "--from", url, "--key", "key", "--json", env=direct, code=4).error
        assert (gone["error"], gone["exit_code"]) == ("PageMissing", 4)
        assert "entries 0 to 255" in gone["message"]


def test_a_log_at_another_origin_is_audited_if_that_is_allowed(cli: Cli, log: Log) -> None:
    cli("publish", "public")
    direct = {"no_proxy": "*"}
    with served(cli.folder / "public") as there:

        def answer(path: str, connection: socket.socket) -> None:
            moved = response(b"", f"Location: {there}{path}", status="301 Moved")
            connection.sendall(moved)

        with answering(answer) as here:
            audit = ("verify", "--from", here, "--key", log.vkey)
            said = cli(*audit, "--json", env=direct, code=3).error
            assert said["error"] == "RedirectRefused"
            assert f"{here} redirects to {there}, " in said["message"]
            assert "--follow" in said["hint"]
            assert "300 entries" in cli(*audit, "--follow", "--max-time", "5m", env=direct).out


def test_how_far_to_go_is_for_a_url(cli: Cli, log: Log) -> None:
    cli("publish", "public")
    audit = ("verify", "--from", "public", "--key", log.vkey)
    assert "--follow goes with a URL" in cli(*audit, "--follow", code=2).err
    assert "--max-time goes with a URL" in cli(*audit, "--max-time", "1h", code=2).err
    assert "--max-time goes with --from" in cli("verify", "--max-time", "1h", code=2).err
    for wrong in ("0s", "nan", "5", "-5m", "1d", "9999999h"):
        assert "is no time" in cli(*audit, "--max-time", wrong, code=2).err


def test_an_audit_without_a_key_is_none(cli: Cli, log: Log) -> None:
    cli("publish", "public")
    told = cli("verify", "--from", "public", code=2)
    assert "--from needs --key" in told.err
    assert "Verified" not in told.out


def test_what_is_wrong_is_said(cli: Cli, log: Log, tmp_path: Path) -> None:
    key = ("--key", log.vkey)
    assert "no folder" in cli("verify", "--from", "public", *key, code=2).err
    cli("publish", "public")
    page = cli.folder / "public/tile/entries/001.p/44"
    page.write_bytes(page.read_bytes().replace(b"kol-299", b"kol-666"))
    told = cli("verify", "--from", "public", *key, code=4)
    assert "position 299" in told.err
    assert told.out == ""
    other = new_log(tmp_path / "other.db")
    with other.ledger:
        assert "signed this" in cli("verify", "--from", "public", "--key", other.vkey, code=4).err
    assert cli("publish", code=2).err
    assert "cannot be written" in cli("publish", str(page), code=3).err


def test_a_ledger_that_signed_nothing(cli: Cli) -> None:
    cli("init")
    told = cli("publish", "public", "--json", code=3).error
    assert told["error"] == "NoKeys"
    assert "answerable key create" in told["hint"]


def test_killed_at_every_step_it_leaves_what_can_be_read_and_published(cli: Cli, log: Log) -> None:
    from answerable.ledger.publish.audit import verify_published

    base, public = cli.folder / "base", cli.folder / "public"
    cli("publish", str(base))
    log.grow(520)
    log.sign()
    log.ledger.close()
    cli("publish", "whole")
    whole = _files(cli.folder / "whole")

    def size() -> int:
        return verify_published(published_in(public), log.trust).checkpoint.size

    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(cli.ledger), str(public)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdout.readline()

        def published(step: int) -> int:
            assert child.stdin is not None
            assert child.stdout is not None
            print(step, file=child.stdin, flush=True)
            return int(child.stdout.readline())

        sizes, step, ended = [], 0, -signal.SIGKILL
        while ended == -signal.SIGKILL:
            step += 1
            shutil.rmtree(public, ignore_errors=True)
            shutil.copytree(base, public)
            ended = published(step)
            sizes.append(size())
            assert published(0) == 0
            assert size() == 520
            # Partial tiles that the base needed may stay, and nothing half written does.
            assert _files(public).items() - whole.items() <= _files(base).items()
            assert whole.items() <= _files(public).items()
            assert not (public / "tile/0/001.p").exists()
        child.stdin.close()
    assert ended == 0
    assert step > 20
    assert sizes == sorted(sizes)
    assert {*sizes} == {300, 520}
    assert sizes.count(520) > 3  # killed while removing what full tiles took the place of, too


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
