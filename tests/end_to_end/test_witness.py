"""A witness as its operator runs it: the command, and the server as a process of its own."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from tests.end_to_end.conftest import Cli
from tests.support.growing_log import NAME, Growing, leaves, publish
from tests.support.signed_ledger import ORIGIN

from answerable.cli.proving import cosigning
from answerable.cli.shared.signed.trust import read_keys
from answerable.ledger.errors import Forked, RolledBack
from answerable.ledger.ledger import Ledger
from answerable.ledger.tlog.checkpoint import Checkpoint
from answerable.ledger.tlog.note import Note, VerifierKey, parse_signature
from answerable.ledger.tlog.note_signatures import check_signature, open_note
from answerable.ledger.witness import client
from answerable.ledger.witness.witness import Witness, key_file

LATEST = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"


@pytest.fixture
def log() -> Growing:
    return Growing()


@pytest.fixture
def w1(cli: Cli, log: Growing) -> Path:
    """A witness that watches a log."""
    cli("witness", "init", "w1", "--name", NAME)
    cli("witness", "watch", "w1", "--key", *log.keys)
    return cli.folder / "w1"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Answered(NamedTuple):
    status: int
    content_type: str | None
    body: bytes


class Server:
    """A running `answerable witness serve`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str) -> None:
        self.process = process
        self.url = url
        self.address = url.removeprefix("http://")

    def ask(
        self, method: str, path: str, body: bytes | None = None, asker: str = "127.0.0.1"
    ) -> Answered:
        connection = HTTPConnection(self.address, timeout=30, source_address=(asker, 0))
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return Answered(answer.status, answer.getheader("Content-Type"), answer.read())
        finally:
            connection.close()

    def post(self, body: object) -> Answered:
        return self.ask("POST", "/add-checkpoint", bytes(body))  # type: ignore[call-overload]

    def end(self, how: int = signal.SIGTERM) -> str:
        """End it; gives what it said."""
        self.process.send_signal(how)
        _, said = self.process.communicate(timeout=30)
        return bytes(said).decode()


@contextmanager
def serving(cli: Cli, folder: str = "w1", *how: str) -> Iterator[Server]:
    listen = () if "--listen" in how else ("--listen", "127.0.0.1:0")
    process = cli.start(
        *("witness", "serve", folder, *listen, "--json", *how),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()
        yield Server(process, json.loads(line)["listening"])
    finally:
        process.kill()
        process.communicate()


# The command


def test_a_log_is_watched_and_cosigned_by_files(cli: Cli, w1: Path, log: Growing) -> None:
    vkeys = [VerifierKey.parse(key) for key in cli("witness", "keys", "w1").out.splitlines()]
    for old, size in ((0, 3), (3, 9)):
        (cli.folder / "request.txt").write_bytes(bytes(log.proof(old, leaves(size))))
        said = cli("witness", "cosign", "w1", "request.txt")
        assert said.err == f"Cosigned: {size} entries of {ORIGIN}\n"
        made = [parse_signature(line) for line in said.out.splitlines()]
        text = Note.parse(log.note(leaves(size))).text
        for key, signature in zip(vkeys, made, strict=True):
            assert check_signature(key, text, signature)
    shown = cli("witness", "show", "w1").out
    assert shown.splitlines()[0] == ORIGIN
    assert "  cosigned  9 entries, 20" in shown
    assert max(map(len, shown.splitlines())) <= 80
    (told,) = cli("witness", "show", "w1", "--json").json["logs"]
    assert (told["origin"], told["size"], told["keys"]) == (ORIGIN, 9, log.keys)
    assert cli("witness", "keys", "w1", "--json").json["keys"] == [str(key) for key in vkeys]


def test_the_cosigned_checkpoint_whole(cli: Cli, w1: Path, log: Growing) -> None:
    body = bytes(log.proof(0, leaves(3)))
    whole = cli("witness", "cosign", "w1", "-", "--checkpoint", stdin=body).out
    vkeys = [*log.keys, *cli("witness", "keys", "w1").out.splitlines()]
    signers = [VerifierKey.parse(key) for key in vkeys]
    assert set(open_note(whole.encode(), signers).by) == set(signers)
    told = cli("witness", "cosign", "w1", "-", "--json", stdin=bytes(log.proof(3, leaves(3)))).json
    assert (told["origin"], told["size"], len(told["cosignatures"])) == (ORIGIN, 3, 2)


def test_a_published_log_is_cosigned_from_its_folder_and_from_its_url(
    cli: Cli, w1: Path, log: Growing
) -> None:
    source = publish(cli.folder / "public", log, 300)
    assert cli("witness", "cosign", "w1", source, "--json").json["size"] == 300
    publish(cli.folder / "public", log, 700)
    handler = partial(QuietHandler, directory=source)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            assert cli("witness", "cosign", "w1", url, "--json").json["size"] == 700
            publish(cli.folder / "public", log, 690)
            assert "fewer than the 700" in cli("witness", "cosign", "w1", url, code=4).err
            publish(cli.folder / "public", log, 800, "other")
            cli("witness", "cosign", "w1", url, code=4)
        finally:
            server.shutdown()
            thread.join()
    found = cli("witness", "evidence", "w1", "--json", code=1).json["evidence"]
    assert [each["kind"] for each in found] == ["shorter", "fork"]


def test_a_fork_is_refused_and_written_out(cli: Cli, w1: Path, log: Growing) -> None:
    assert cli("witness", "evidence", "w1").err == "Nothing is kept against any log.\n"
    cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(5))))
    fork = bytes(log.proof(5, leaves(9, "other")))
    for _ in range(2):
        said = cli("witness", "cosign", "w1", "-", stdin=fork, code=4)
        assert "history was rewritten" in said.err
        assert not said.out
    assert "evidence  1: fork, found 20" in cli("witness", "show", "w1").out
    said = cli("witness", "evidence", "w1", "--output", "out", code=1)
    assert said.out == "out/0001-fork\n"
    kept = cli.folder / "out" / "0001-fork"
    assert (kept / "proof.txt").read_bytes() == fork
    assert (kept / "refused.txt").read_bytes() == log.note(leaves(9, "other"))
    assert (kept / "cosigned.txt").read_bytes().startswith(log.note(leaves(5)))
    (told,) = cli("witness", "evidence", "w1", "--json", code=1).json["evidence"]
    assert (told["kind"], told["folder"]) == ("fork", "evidence/0001-fork")


def test_what_is_refused_and_how(cli: Cli, w1: Path, log: Growing) -> None:
    cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(5))))
    stale = cli(
        "witness", "cosign", "w1", "-", "--json", stdin=bytes(log.proof(2, leaves(9))), code=3
    )
    assert stale.error["error"] == "StaleSize"
    assert "--since 5" in stale.error["hint"]
    other = Growing("example.com/another").proof(0, leaves(3))
    assert "not watched" in cli("witness", "cosign", "w1", "-", stdin=bytes(other), code=3).err
    for given in (b"", b"x", b"old 5\n\n", b"\xff" * 5000, b"old 5\n\n" + b"x" * 3_000_000):
        cli("witness", "cosign", "w1", "-", stdin=given, code=4)
    cli("witness", "cosign", "w1", "nowhere", code=2)
    assert "goes with a URL" in cli("witness", "cosign", "w1", "-", "--follow", code=2).err
    cli("witness", "cosign", "w1", "ftp://example.com", code=2)
    cli("witness", "cosign", "nobody", "-", code=2)
    cli("witness", "show", "nobody", code=2)
    cli("witness", "watch", "w1", code=2)
    cli("witness", "watch", "w1", "--key", "nonsense", code=2)
    cli("witness", "watch", "w1", "--key", "a+b+c", code=2)
    cli("witness", "init", "w1", "--name", NAME, code=3)
    cli("witness", "serve", "w1", "--listen", "nonsense", code=2)
    cli("witness", "serve", "w1", "--listen", "127.0.0.1:99999", code=2)


def test_keys_under_a_passphrase(cli: Cli, log: Growing) -> None:
    (cli.folder / "secret").write_text("open sesame\n")
    cli("witness", "init", "w1", "--name", NAME, "--passphrase-file", "secret")
    cli("witness", "watch", "w1", "--key", *log.keys)
    body = bytes(log.proof(0, leaves(3)))
    assert "passphrase" in cli("witness", "cosign", "w1", "-", stdin=body, code=3).err
    given = {"ANSWERABLE_PASSPHRASE": "open sesame"}
    assert cli("witness", "cosign", "w1", "-", stdin=body, env=given).out
    assert cli("witness", "keys", "w1").out


def test_a_key_file_that_others_can_read_is_not_used(cli: Cli, w1: Path, log: Growing) -> None:
    key_file(w1).chmod(0o644)
    said = cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(3))), code=3)
    assert "chmod 600" in said.err


@pytest.mark.parametrize("name", ["init", "watch", "cosign", "show", "keys", "evidence", "serve"])
def test_each_has_help_with_an_example(cli: Cli, name: str) -> None:
    shown = cli("witness", name, "--help").out
    assert f"answerable witness {name}" in shown
    assert "--json" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_server_says_what_it_needs(cli: Cli, w1: Path) -> None:
    (cli.folder / "waitress").mkdir()
    (cli.folder / "waitress" / "__init__.py").write_text("raise ImportError")
    said = cli("witness", "serve", "w1", env={"PYTHONPATH": str(cli.folder)}, code=3)
    assert "pip install 'answerable[witness]'" in said.err


# The server


def test_the_protocol_over_http(cli: Cli, w1: Path, log: Growing) -> None:
    with serving(cli) as server:
        assert server.ask("GET", LATEST).status == 404
        added = server.post(log.proof(0, leaves(5)))
        assert (added.status, added.content_type) == (200, "text/plain; charset=utf-8")
        cosigned = server.ask("GET", LATEST)
        assert cosigned.body == log.note(leaves(5)) + added.body
        stale = server.post(log.proof(3, leaves(9)))
        assert stale == (409, "text/x.tlog.size", b"5\n")
        for body, status in (
            (b"", 400),
            (b"old 9\n\n" + log.note(leaves(5)), 400),
            (Growing().proof(5, leaves(9)), 403),
            (Growing("example.com/x").proof(5, leaves(9)), 404),
            (log.proof(5, leaves(9))._replace(hashes=()), 422),
            (log.proof(5, leaves(5, "other")), 422),
            (b"x" * 300_000, 413),
        ):
            assert server.post(body).status == status
        assert server.ask("GET", "/add-checkpoint").status == 405
        assert server.ask("GET", "/").status == 404
        assert server.ask("GET", LATEST).body == cosigned.body
        said = server.end()
    assert server.process.returncode == 0
    assert "Traceback" not in said
    lines = said.splitlines()
    assert lines[0].endswith(f"Z 127.0.0.1 GET {LATEST} 404")
    assert lines[1].endswith(f"Z 127.0.0.1 POST /add-checkpoint 200: {ORIGIN} 5")


def test_a_connection_can_be_kept(cli: Cli, w1: Path, log: Growing) -> None:
    with serving(cli) as server:
        connection = HTTPConnection(server.address, timeout=30)
        connection.connect()
        sock = connection.sock
        for size in (1, 2, 3):
            connection.request("POST", "/add-checkpoint", bytes(log.proof(size - 1, leaves(size))))
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
            assert connection.sock is sock
        connection.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_told_to(cli: Cli, w1: Path, how: int) -> None:
    with serving(cli) as server:
        assert server.end(how) == ""
    assert server.process.returncode == 0


def test_a_port_that_is_taken(cli: Cli, w1: Path) -> None:
    with serving(cli) as server:
        said = cli("witness", "serve", "w1", "--listen", server.address, code=2)
    assert "in use" in said.err


@pytest.fixture
def house(cli: Cli) -> Cli:
    """A ledger that signs, with one event, and a witness that watches it."""
    cli("init", "--origin", ORIGIN)
    record(cli)
    (cli.folder / "log.vkey").write_text(cli("key", "export").out)
    cli("witness", "init", "w1", "--name", NAME)
    cli("witness", "watch", "w1", "--key", "log.vkey")
    (cli.folder / "w1.vkey").write_text(cli("witness", "keys", "w1").out)
    return cli


def record(cli: Cli) -> None:
    """Record an event, and sign the head."""
    cli.append("contact", "--case", "acme", "--counterparty", "k", "--new-case", "--again")
    cli("checkpoint")


def test_a_proof_of_growth_is_what_a_witness_takes(house: Cli) -> None:
    for size in (1, 2):
        growth = house("prove", "--since", str(size - 1)).out
        (house.folder / "lines").write_text(house("witness", "cosign", "w1", "-", stdin=growth).out)
        with Ledger.open(house.ledger) as ledger:
            keys = read_keys((str(house.folder / "w1.vkey"),))
            kept = cosigning.cosign(ledger, (), (house.folder / "lines",), keys)
        assert kept is not None
        assert kept.checkpoint.size == size
        record(house)


def test_a_ledger_gets_its_checkpoint_cosigned(house: Cli) -> None:
    vkeys = read_keys((str(house.folder / "w1.vkey"),))
    with Ledger.open(house.ledger) as ledger, serving(house) as server:
        for _ in range(3):
            kept = client.submit(ledger, server.url, vkeys)
            assert set(open_note(kept.note, vkeys).by) == set(vkeys)
            assert server.ask("GET", LATEST).body == kept.note
            record(house)
        said = server.end()
    assert said.count(" 200: ") == 3
    assert " 409" not in said, "it knew what the witness had seen"
    (told,) = house("witness", "show", "w1", "--json").json["logs"]
    assert told["size"] == 3


def test_a_ledger_restored_from_a_backup_is_found_out_by_the_witness(house: Cli) -> None:
    memory = house.ledger.with_name("answerable.db.signed")
    backup = {place: place.with_name(f"kept.{place.name}") for place in (house.ledger, memory)}
    for place, kept in backup.items():
        shutil.copy(place, kept)
    vkeys = read_keys((str(house.folder / "w1.vkey"),))
    record(house)
    with Ledger.open(house.ledger) as ledger, serving(house) as server:
        client.submit(ledger, server.url, vkeys)
    # The file that remembers what was signed was restored with it: the ledger cannot tell.
    for place, kept in backup.items():
        shutil.copy(kept, place)
    with Ledger.open(house.ledger) as ledger, serving(house) as server:
        with pytest.raises(RolledBack, match="has seen 2 entries"):
            client.submit(ledger, server.url, vkeys)
        house.append("contact", "--case", "acme", "--counterparty", "another")
        house("checkpoint")
        with pytest.raises(Forked):
            client.submit(ledger, server.url, vkeys)
    assert "evidence  1: fork" in house("witness", "show", "w1").out


# Those who keep it waiting


def test_200_slow_clients_keep_nobody_out(cli: Cli, w1: Path, log: Growing) -> None:
    begun = (
        b"",
        b"G",
        b"POST /add-checkpoint HTTP/1.1\r\nX: ",
        b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 5000\r\n\r\nold ",
    )
    with serving(cli) as server, ExitStack() as open_ones:
        host, _, port = server.address.partition(":")
        slow = [socket.create_connection((host, int(port)), 30) for _ in range(200)]
        for at, each in enumerate(slow):
            open_ones.enter_context(each)
            with suppress(ConnectionError):  # it may have had to make room
                each.sendall(begun[at % len(begun)])
        for size, asker in enumerate(("127.0.0.2", "127.0.0.1", "127.0.0.2"), 1):
            body = bytes(log.proof(size - 1, leaves(size)))
            assert server.ask("POST", "/add-checkpoint", body, asker).status == 200
        assert sum(not _is_closed(each) for each in slow) <= 16
        said = server.end()
    assert "Traceback" not in said
    assert "- closed without a whole request: 1" in said


def _is_closed(made: socket.socket) -> bool:
    made.setblocking(False)
    try:
        return made.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def test_others_can_reach_it_only_through_a_proxy(cli: Cli, w1: Path) -> None:
    said = cli("witness", "serve", "w1", "--listen", "0.0.0.0:0", "--json", code=3).error
    assert said["error"] == "OpenToAll"
    assert "--behind-proxy" in said["hint"]
    with serving(cli, "w1", "--listen", "0.0.0.0:0", "--behind-proxy") as server:
        assert server.ask("GET", "/", asker="127.0.0.2").status == 404


# Several at once, and killed


def test_two_servers_and_many_clients_make_one_line_of_growing_trees(
    cli: Cli, w1: Path, log: Growing
) -> None:
    sizes = range(1, 49)
    trees = {size: leaves(size) for size in sizes}

    def submit(server: Server, mine: range) -> list[tuple[int, int]]:
        """Submit trees of these sizes in turn, from whatever size the witness then knows."""
        done = []
        known = 0
        for size in mine:
            while known < size:
                answer = server.post(log.proof(known, trees[size]))
                if answer.status == 200:
                    done.append((known, size))
                    known = size
                else:
                    assert answer.status == 409, answer
                    known = int(answer.body)
        return done

    with serving(cli) as one, serving(cli) as two, ThreadPoolExecutor(4) as pool:
        parts = [sizes[offset::4] for offset in range(4)]
        servers = (one, two, one, two)
        steps = [step for part in pool.map(submit, servers, parts) for step in part]
        last = Note.parse(two.ask("GET", LATEST).body)
    steps.sort(key=lambda step: step[1])
    # Each was cosigned upon the one before it: none was passed by, none rolled back.
    assert [old for old, _ in steps] == [0, *(size for _, size in steps[:-1])]
    assert Checkpoint.parse(last.text).size == steps[-1][1] == 48
    assert len(steps) > 1


KILLED = """
import os, signal, sys
from pathlib import Path
from answerable.ledger.tlog.consistency import ConsistencyProof
from answerable.ledger.witness.decision import AddCheckpointRequest
from answerable.ledger.tlog.note_signatures import Signer
from answerable.ledger.witness.witness import Witness

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

witness = Witness(Path(sys.argv[1]))
witness.unlock()
if sys.argv[2] == "before":
    # In the midst of the transaction: decided, not yet remembered.
    Signer.sign = die
witness.cosign(AddCheckpointRequest.of(ConsistencyProof.parse(sys.stdin.buffer.read())))
# Remembered, and nothing given out.
die()
"""


@pytest.mark.parametrize(("when", "known"), [("before", 3), ("after", 9)])
def test_killed_between_deciding_and_answering(
    cli: Cli, w1: Path, log: Growing, when: str, known: int
) -> None:
    cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(3))))
    asked = bytes(log.proof(3, leaves(9)))
    program = [sys.executable, "-c", KILLED, str(w1), when]
    assert subprocess.run(program, input=asked, check=False).returncode == -signal.SIGKILL
    witness = Witness(w1)
    (seen,) = witness.logs()
    assert seen.head.size == known
    # Whatever it came to, the log can go on, and only the same one.
    cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(known, leaves(9, "o"))), code=4)
    assert cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(known, leaves(9)))).out


def test_a_server_that_was_killed_goes_on_from_where_it_was(
    cli: Cli, w1: Path, log: Growing
) -> None:
    with serving(cli) as server:
        assert server.post(log.proof(0, leaves(5))).status == 200
        server.end(signal.SIGKILL)
    with serving(cli) as server:
        assert server.post(log.proof(0, leaves(3))) == (409, "text/x.tlog.size", b"5\n")
        assert server.post(log.proof(5, leaves(5, "other"))).status == 422
        assert server.post(log.proof(5, leaves(6))).status == 200


def test_an_ed25519_cosignature_by_openssl(
    cli: Cli, w1: Path, log: Growing, unavailable: Callable[[str], None]
) -> None:
    found = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=False)
    if not found.stdout.startswith("OpenSSL 3"):
        unavailable("openssl 3 is not on this machine")
    line = cli("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(3)))).out
    made = parse_signature(line.splitlines()[0]).made
    (vkey, _) = cli("witness", "keys", "w1").out.splitlines()
    # RFC 8410: what stands before an Ed25519 key in a SubjectPublicKeyInfo.
    der = bytes.fromhex("302a300506032b6570032100") + VerifierKey.parse(vkey).public
    text = Note.parse(log.note(leaves(3))).text
    message = f"cosignature/v1\ntime {int.from_bytes(made[:8], 'big')}\n{text}"
    for name, data in (("key", der), ("message", message.encode()), ("signature", made[8:])):
        (cli.folder / name).write_bytes(data)
    verify = "pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in message -sigfile signature"
    subprocess.run(
        ["openssl", *verify.split()],
        cwd=cli.folder,
        check=True,
        capture_output=True,
    )


def test_a_ledger_is_cosigned_over_http_and_whoever_verifies_can_ask_for_it(
    cli: Cli, tmp_path: Path
) -> None:
    cli("init", "--origin", ORIGIN)
    cli("append", "contact", "--case", "acme", "--counterparty", "kol-1", "--new-case")
    for name, command in (("log.vkey", ("key", "export")), ("w1.vkey", ("witness", "keys", "w1"))):
        if name == "w1.vkey":
            cli("witness", "init", "w1", "--name", NAME)
        (cli.folder / name).write_text(cli(*command).out)
    cli("witness", "watch", "w1", "--key", "log.vkey")
    asked = ("--witness", "w1.vkey")
    cli("checkpoint")
    cli("prove", "0", "--output", "before", "--entry", "entry")
    proved = ("--entry", "entry", "--key", "log.vkey", *asked)
    error = cli("verify", "--proof", "before", *proved, "--json", code=4).error
    assert error["error"] == "TooFewWitnesses"
    with serving(cli) as server:
        told = cli("checkpoint", "--submit", server.url, *asked)
        assert told.out.count(NAME) == 2
        cli("append", "contact", "--case", "acme", "--counterparty", "kol-2")
        cli("checkpoint", "--submit", server.url, *asked)
    cli("prove", "0", "--output", "after")
    shown = cli("verify", "--proof", "after", *proved)
    assert f"witness  {NAME}" in shown.out
    assert f"Witnessed: by {NAME}" in cli("verify", "--key", "log.vkey", *asked).out
    # Nobody answers there any more, and that is said; what was signed is signed.
    cli("append", "contact", "--case", "acme", "--counterparty", "kol-3")
    assert "did not answer" in cli("checkpoint", "--submit", server.url, *asked, code=3).err
    assert "Signed: the first 3 entries" in cli("verify", "--key", "log.vkey").out
    # The same by files.
    cli("prove", "--since", "2", "--output", "request")
    (cli.folder / "lines").write_text(cli("witness", "cosign", "w1", "request").out)
    cli("checkpoint", "--attach", "lines", *asked)
    assert f"Witnessed: by {NAME}" in cli("verify", "--key", "log.vkey", *asked).out
    for options in (asked, ("--submit", server.url), ("--attach", "lines")):
        assert "--witness" in cli("checkpoint", *options, code=2).err


def test_nothing_is_signed_where_the_witness_has_no_key(house: Cli) -> None:
    record(house)
    before = house("verify", "--json").json["signed"]
    (house.folder / "empty").write_text("")
    for keys in ("empty", "missing"):
        asked = ("--attach", "w1.vkey", "--witness", keys)
        house("checkpoint", *asked, code=2)
    assert house("verify", "--json").json["signed"] == before
