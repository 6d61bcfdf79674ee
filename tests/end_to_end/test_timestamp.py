"""Time stamps by a real authority, which openssl runs, over files and over HTTP."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli
from tests.support.signed_ledger import House, first_keys
from tests.support.time_stamp_authority import STAMPING, OpenSSL, issue, reply, token
from tests.support.web_servers import posted, response

from answerable.ledger.ledger import Ledger
from answerable.ledger.system import http as web
from answerable.ledger.timestamp.client import ask
from answerable.ledger.timestamp.errors import AuthorityUnreachable
from answerable.ledger.tlog.note_signatures import Signer

REPLY = "application/timestamp-reply"


@pytest.fixture(scope="module")
def tsa(
    tmp_path_factory: pytest.TempPathFactory, unavailable: Callable[[str], NoReturn]
) -> OpenSSL:
    """An authority."""
    if shutil.which("openssl") is None:
        unavailable("there is no openssl")
    return OpenSSL(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy this machine has, the authority is on it."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def desk(tsa: OpenSSL) -> Iterator[str]:
    """Where the authority takes requests. What comes back depends on the door."""
    requests: list[bytes] = []

    def answer(door: str, headers: Message, request: bytes) -> bytes:
        assert headers["Content-Type"] == "application/timestamp-query"
        requests.append(request)
        stamp = f"Content-Type: {REPLY}"
        match door:
            case "/tsa":
                return response(tsa.reply(request), stamp)
            case "/stale":
                return response(tsa.reply(requests[0]), stamp)
            case "/html":
                return response(b"<html>", "Content-Type: text/html")
            case "/moved":
                return response(b"", stamp, "Location: /tsa", status="302 Found")
            case "/broken":
                return response(b"", stamp, status="503 Service Unavailable")
            case "/huge":
                return response(bytes(300_000), stamp)
            case "/cut":
                return response(tsa.reply(request)[:-40], stamp)
        return b"hello\r\n\r\n"

    with posted(answer) as url:
        yield url


@pytest.fixture
def signers(cli: Cli) -> list[Signer]:
    """The keys of the ledger in the folder: it has three entries, and its head is signed."""
    with Ledger.create(cli.ledger) as ledger:
        made = House(ledger, first_keys(ledger))
        made.record(3)
        made.sign()
    return made.signers


def sign_more(cli: Cli, signers: list[Signer]) -> None:
    with Ledger.open(cli.ledger) as ledger:
        made = House(ledger, signers)
        made.record(1)
        made.sign()


@pytest.mark.usefixtures("signers")
class TestByHand:
    """Request, carry it, attach, verify, export."""

    def test_from_end_to_end(self, cli: Cli, tsa: OpenSSL) -> None:
        said = cli("timestamp", "request", "--output", "stamp.tsq").out
        assert said == "Wrote a request over the checkpoint of 3 entries: stamp.tsq\n"
        asked = (cli.folder / "stamp.tsq").read_bytes()
        read = tsa.run("ts", "-query", "-in", str(cli.folder / "stamp.tsq"), "-text").decode()
        assert "Hash Algorithm: sha256" in read
        assert "Certificate required: yes" in read
        assert re.search(r"Nonce: 0x[0-9A-F]+", read)

        (cli.folder / "stamp.tsr").write_bytes(tsa.reply(asked))
        kept = cli(
            "timestamp", "attach", "stamp.tsr", "--request", "stamp.tsq", "--ca", str(tsa.root)
        )
        assert re.fullmatch(
            r"Kept: the checkpoint of 3 entries existed by \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC "
            r"\(give or take 1.5 s\).\nCN=tsa, serial [0-9a-f]+, SHA-256, policy 1.2.3.4.1\n",
            kept.out,
        )
        assert kept.err == ""

        checked = cli("timestamp", "verify", "--ca", str(tsa.root))
        assert checked.out.startswith("1. the checkpoint of 3 entries existed by ")
        told = cli("timestamp", "verify", "--ca", str(tsa.root), "--json").json
        assert told["verified"]
        assert told["authorities_checked"]
        (stamp,) = told["timestamps"]
        assert stamp["good"]
        assert stamp["size"] == 3
        assert stamp["accuracy"] == 1.5
        assert stamp["authority"] == "CN=tsa"
        assert stamp["hash"] == "SHA-256"

    def test_a_request_goes_to_stdout_but_never_to_a_terminal(self, cli: Cli, tsa: OpenSSL) -> None:
        process = cli.start("timestamp", "request", stdout=subprocess.PIPE)
        asked, _ = process.communicate(timeout=60)
        (cli.folder / "stamp.tsr").write_bytes(tsa.reply(asked))
        cli("timestamp", "attach", "stamp.tsr", "--ca", str(tsa.root))
        assert "name a file" in cli("timestamp", "request", "--json", code=2).err
        master, slave = os.openpty()
        shown = cli.start("timestamp", "request", stdout=slave, stderr=subprocess.PIPE)
        assert b"name a file with --output" in shown.communicate(timeout=60)[1]
        assert shown.returncode == 2
        os.close(slave)
        os.close(master)

    def test_what_is_not_given_is_not_checked_and_said(self, cli: Cli, tsa: OpenSSL) -> None:
        cli("timestamp", "request", "--output", "stamp.tsq")
        (cli.folder / "stamp.tsr").write_bytes(tsa.reply((cli.folder / "stamp.tsq").read_bytes()))
        # What is kept stays for good, so who made it is never left unchecked.
        assert "--ca" in cli("timestamp", "attach", "stamp.tsr", code=2).err
        kept = cli("timestamp", "attach", "stamp.tsr", "--ca", str(tsa.root))
        assert "NOT CHECKED: the nonce" in kept.err
        assert "NOT CHECKED: who made" not in kept.err
        checked = cli("timestamp", "verify")
        assert "NOT CHECKED: who made" in checked.err
        assert "is said to have existed by" in checked.out
        assert not cli("timestamp", "verify", "--json").json["authorities_checked"]

    def test_older_and_longer_hashes(self, cli: Cli, tsa: OpenSSL) -> None:
        cli("timestamp", "request", "--output", "stamp.tsq")
        asked = (cli.folder / "stamp.tsq").read_bytes()
        (cli.folder / "stamp.tsr").write_bytes(tsa.reply(asked, "older"))
        cli("timestamp", "attach", "stamp.tsr", "--request", "stamp.tsq", "--ca", str(tsa.root))
        cli("timestamp", "export", ".")
        query = tsa.run("ts", "-query", "-data", str(cli.folder / "checkpoint"), "-sha512", "-cert")
        (cli.folder / "long.tsr").write_bytes(tsa.reply(query))
        told = cli("timestamp", "attach", "long.tsr", "--ca", str(tsa.root), "--json").json
        assert told["hash"] == "SHA-512"
        refused = cli(
            "timestamp", "attach", "long.tsr", "--request", "stamp.tsq", "--ca", str(tsa.root),
            "--json", code=4,
        )  # fmt: skip
        assert refused.error["error"] == "StampOfOther"

    def test_the_certificates_can_come_beside_the_token(self, cli: Cli, tsa: OpenSSL) -> None:
        cli("timestamp", "export", ".", code=2)
        cli("timestamp", "request", "--output", "stamp.tsq")
        asked = (cli.folder / "stamp.tsq").read_bytes()
        # certReq, the last field, is taken away: 01 01 FF.
        without = bytes([asked[0], asked[1] - 3]) + asked[2:-3]
        assert asked.endswith(b"\x01\x01\xff")
        (cli.folder / "stamp.tsr").write_bytes(tsa.reply(without))
        arguments = ("timestamp", "attach", "stamp.tsr", "--ca", str(tsa.root))
        assert "--chain" in cli(*arguments, code=4).err
        chain = ("--chain", str(tsa.folder / "tsa.pem"), "--chain", str(tsa.folder / "middle.pem"))
        cli(*arguments, *chain)
        cli("timestamp", "verify", "--ca", str(tsa.root), *chain)
        assert "does not come with" in cli("timestamp", "verify", "--ca", str(tsa.root), code=4).out

    def test_what_an_authority_refuses(self, cli: Cli, tsa: OpenSSL) -> None:
        (cli.folder / "other").write_bytes(b"other")
        query = tsa.run("ts", "-query", "-data", str(cli.folder / "other"), "-sha384")
        (cli.folder / "no.tsr").write_bytes(tsa.reply(query))
        arguments = ("timestamp", "attach", "no.tsr", "--ca", str(tsa.root))
        said = cli(*arguments, "--json", code=3).error
        assert said["error"] == "StampRefused"
        assert "it does not take this hash algorithm" in said["message"]

    @pytest.mark.parametrize("data", [b"", b"x" * 300_000, b"\x30\x80\x00\x00", b"no stamp"])
    def test_what_is_no_reply(self, cli: Cli, tsa: OpenSSL, data: bytes) -> None:
        (cli.folder / "bad.tsr").write_bytes(data)
        ca = ("--ca", str(tsa.root))
        said = cli("timestamp", "attach", "bad.tsr", *ca, "--json", code=4).error
        assert said["error"] == "MalformedStamp"
        assert "does not exist" in cli("timestamp", "attach", "none.tsr", *ca, code=2).err

    def test_options_that_say_nothing(self, cli: Cli, tsa: OpenSSL) -> None:
        assert "--ca" in cli("timestamp", "verify", "--policy", "1.2.3", code=2).err
        ca = ("--ca", str(tsa.root))
        assert "identifier" in cli("timestamp", "verify", *ca, "--policy", "1.x", code=2).err
        (cli.folder / "empty.pem").touch()
        assert "no certificate" in cli("timestamp", "verify", "--ca", "empty.pem", code=3).err


@pytest.mark.usefixtures("signers")
class TestOverHttp:
    """`timestamp get`."""

    def test_it_asks_checks_and_keeps(self, cli: Cli, tsa: OpenSSL, desk: str) -> None:
        said = cli("timestamp", "get", f"{desk}/tsa", "--ca", str(tsa.root))
        assert said.out.startswith("Kept: the checkpoint of 3 entries existed by ")
        told = cli("timestamp", "get", f"{desk}/tsa", "--ca", str(tsa.root), "--json").json
        assert told["authority_checked"]
        assert len(cli("timestamp", "list", "--json").lines) == 2

    def test_an_authority_that_one_does_not_trust(self, cli: Cli, tsa: OpenSSL, desk: str) -> None:
        said = cli(
            "timestamp", "get", f"{desk}/tsa", "--ca", str(tsa.stranger), "--json", code=4
        ).error
        assert said["error"] == "UnknownAuthority"
        both = ("--ca", str(tsa.stranger), "--ca", str(tsa.root))
        wrong = cli("timestamp", "get", f"{desk}/tsa", *both, "--policy", "1.2.9", code=4)
        assert "under the policy 1.2.3.4.1, and 1.2.9 was asked for" in wrong.err
        assert "no time stamps" in cli("timestamp", "list").err
        cli("timestamp", "get", f"{desk}/tsa", *both, "--policy", "1.2.3.4.1")
        failed = cli("timestamp", "verify", "--ca", str(tsa.stranger), code=4)
        assert "1. NOT GOOD, of the checkpoint of 3 entries:" in failed.out
        assert "leads to no root that you trust" in failed.out
        told = cli("timestamp", "verify", "--ca", str(tsa.stranger), "--json", code=4).json
        assert told["timestamps"][0]["error"] == "UnknownAuthority"

    def test_an_old_answer_that_is_sent_again(self, cli: Cli, tsa: OpenSSL, desk: str) -> None:
        cli("timestamp", "get", f"{desk}/stale", "--ca", str(tsa.root))
        again = cli(
            "timestamp", "get", f"{desk}/stale", "--ca", str(tsa.root), "--json", code=4
        ).error
        assert again["error"] == "StampOfOther"
        assert "nonce" in again["message"]

    @pytest.mark.parametrize(
        ("door", "code", "said"),
        [
            ("/html", 3, "answered with text/html"),
            ("/moved", 3, "It points to '/tsa'"),
            ("/broken", 3, "answered 503"),
            ("/huge", 3, "more than 262,144 bytes"),
            ("/cut", 4, "ends within an element"),
            ("/nonsense", 3, "did not answer"),
        ],
    )
    def test_what_is_no_answer(
        self, cli: Cli, tsa: OpenSSL, desk: str, door: str, code: int, said: str
    ) -> None:
        assert said in cli("timestamp", "get", desk + door, "--ca", str(tsa.root), code=code).err
        assert not cli("timestamp", "list", "--json").lines

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1:1/", "ftp://127.0.0.1/", "file:///etc/passwd", "tsa", "http://[/"]
    )
    def test_where_nobody_is(self, cli: Cli, tsa: OpenSSL, url: str) -> None:
        said = cli("timestamp", "get", url, "--ca", str(tsa.root), "--json", code=3).error
        assert said["error"] == "AuthorityUnreachable"


def test_an_authority_that_keeps_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SILENCE", 0.05)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(AuthorityUnreachable, match=r"no answer in 0\.05 seconds"):
            ask(url, b"request")


def test_a_stranger_checks_with_openssl(
    cli: Cli, signers: list[Signer], tsa: OpenSSL, desk: str
) -> None:
    ca = str(tsa.root)
    cli("timestamp", "get", f"{desk}/tsa", "--ca", ca)
    sign_more(cli, signers)
    cli("timestamp", "get", f"{desk}/tsa", "--ca", ca)
    (cli.folder / "ca.pem").write_bytes(tsa.root.read_bytes())
    (cli.folder / "first").mkdir()
    assert cli("timestamp", "export", "first", "--number", "1").out == (
        "Wrote first/checkpoint\nWrote first/token.tsr\n"
    )
    told = cli("timestamp", "export", ".", "--json").json
    assert told == {"size": 4, "files": ["checkpoint", "token.tsr"]}
    assert "already" in cli("timestamp", "export", ".", code=3).err
    cli("timestamp", "export", ".", "--force")
    documented = "openssl ts -verify -data checkpoint -in token.tsr -CAfile ca.pem"
    page = (Path(__file__).parents[2] / "docs/timestamps.md").read_text(encoding="utf-8")
    assert f"    {documented}\n" in page
    done = subprocess.run(shlex.split(documented), cwd=cli.folder, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "Verification: OK\n")
    assert (cli.folder / "checkpoint").read_bytes().startswith(b"example.com/ledger\n4\n")
    other = documented.replace("-data checkpoint", "-data first/checkpoint")
    assert subprocess.run(shlex.split(other), cwd=cli.folder, capture_output=True).returncode == 1


def test_openssl_takes_an_old_stamp_at_its_time(tmp_path: Path, tsa: OpenSSL) -> None:
    at, end = datetime(2014, 6, 1, tzinfo=UTC), datetime(2015, 1, 1, tzinfo=UTC)
    root = issue("Old Root", ca=True, until=end)
    signer = issue("Old TSA", root, usage=STAMPING, until=end)
    (tmp_path / "ca.pem").write_bytes(root.pem)
    (tmp_path / "checkpoint").write_bytes(b"data")
    (tmp_path / "token.tsr").write_bytes(reply(token(b"data", signer, signer, at=at)))
    names = {"-data": "checkpoint", "-in": "token.tsr", "-CAfile": "ca.pem"}
    files = [word for name, file in names.items() for word in (name, str(tmp_path / file))]
    with pytest.raises(subprocess.CalledProcessError):
        tsa.run("ts", "-verify", *files)
    tsa.run("ts", "-verify", *files, "-attime", str(int(at.timestamp())))


def test_there_is_nothing_to_stamp_in_a_ledger_without_keys(kept: Cli) -> None:
    assert "answerable key create" in kept("timestamp", "request", "--output", "a", code=3).err
    assert not (kept.folder / "a").exists()
    assert kept("timestamp", "verify", "--json").json == {
        "verified": True,
        "authorities_checked": False,
        "timestamps": [],
    }
    assert "no time stamps" in kept("timestamp", "verify").err


def test_a_ledger_without_stamps_does_not_load_the_library(kept: Cli) -> None:
    program = (
        "import sys; from answerable.ledger.ledger import Ledger; "
        "from answerable.ledger.timestamp.stamps import timestamp_problems; "
        f"ledger = Ledger.open({str(kept.ledger)!r}); "
        "assert timestamp_problems(ledger) == (0, []); ledger.close(); "
        "assert not {'rfc3161_client', 'cryptography'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_command_of_the_group_has_an_example(cli: Cli) -> None:
    for name in ("request", "attach", "get", "verify", "list", "export"):
        shown = cli("timestamp", name, "--help").out
        words = shown.split()
        assert words[words.index("Example:") + 1 :][:3] == ["answerable", "timestamp", name]
        assert max(map(len, shown.splitlines())) <= 90
