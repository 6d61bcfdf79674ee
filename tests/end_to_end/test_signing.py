"""Signing what one records: with a key in a file, in an agent, under a passphrase, elsewhere."""

import fcntl
import json
import os
import re
import select
import signal
import stat
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli, Unchanged
from tests.support.openssh import Key, OpenSsh, armored

from answerable.ledger.entry.disclosure import commitment, disclosure_text, open_disclosure
from answerable.ledger.entry.statement import statement

JANE = "Jane Doe <jane@example.com>"
CONTACT = ("contact", "--case", "acme", "--counterparty", "kol-1", "--as", JANE)
KEY = Key.generate("ssh-ed25519")
PASSPHRASE = "correct horse"


@pytest.fixture
def key(cli: Cli, openssh: OpenSsh) -> Path:
    return KEY.write(cli.folder / "key")


@pytest.fixture
def signing(kept: Cli, key: Path) -> Cli:
    """A ledger of two events, with a key and a file that allows it for Jane."""
    allow(kept, f'jane@example.com namespaces="answerable" {KEY.line}')
    return kept


def allow(cli: Cli, *lines: str) -> None:
    signers = cli.ledger.with_name(f"{cli.ledger.name}.signers")
    signers.write_text("\n".join(("# who may sign as whom", *lines, "")))


def test_an_event_signed_with_a_key_in_a_file(signing: Cli, openssh: OpenSsh) -> None:
    receipt = signing.append(*CONTACT, "--purpose", "talks", "--sign", "key")
    assert (receipt["position"], receipt["duplicate"]) == (2, False)
    shown = signing("show", "2")
    assert "good, and allowed for jane@example.com" in shown.out
    assert "BEGIN SSH" not in shown.out
    told = signing("show", "2", "--json").json
    assert told["signature"]["allowed"] is True
    verified = signing("verify", "--json").json
    assert (verified["verified"], verified["signatures"]["signed"]) == (True, 1)
    assert "Events: 1 signed by who recorded them, 2 not." in signing("verify").out


def test_what_is_stored_is_checked_by_ssh_keygen_alone(signing: Cli, openssh: OpenSsh) -> None:
    """A stranger cuts the statement out of the entry with nothing but text tools."""
    receipt = signing.append(*CONTACT, "--purpose", "talks", "--sign", "key")
    entry = signing("show", "2", "--raw").out
    made = signing("show", "2", "--json").json["sealed"]["signature"]
    commitments = json.loads(entry)["_sd"]
    signed = []
    for own in commitments:
        cut = re.sub(r'"version":\d+,', "", entry, count=1)
        cut = re.sub(r'"recorded_at":"[^"]*",(?="_sd":)', "", cut)
        cut = cut.replace(f'"{own}",', "").replace(f',"{own}"', "")
        signed.append(openssh.accepts(made, cut.encode(), f"jane {KEY.line}".encode()))
    assert signed.count(True) == 1
    assert receipt["leaf"]


def test_an_event_prepared_here_and_signed_elsewhere(signing: Cli) -> None:
    prepared = signing("append", *CONTACT, "--purpose", "talks", "--prepare", "event.json")
    assert "nothing is recorded yet" in prepared.out
    assert signing.state[0] == 2
    place = signing.folder / "event.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert b"talks" not in place.with_name("event.json.statement").read_bytes()

    missing = signing("record", "event.json", code=3)
    assert "event.json.statement.sig cannot be read" in missing.err
    assert "ssh-keygen -Y sign -n answerable" in missing.err

    command = re.search(r"Sign it:\s+(.*)", prepared.err)
    assert command is not None
    words = command[1].replace("KEY", "key").split()
    subprocess.run(words, cwd=signing.folder, check=True, capture_output=True)
    receipt = signing("record", "event.json", "--json").json
    assert (receipt["position"], receipt["version"]) == (2, 3)
    assert "On record already" in signing("record", "event.json").out
    assert "good, and allowed" in signing("show", "2").out
    assert signing("verify").code == 0


def test_prepared_files_are_not_overwritten(signing: Cli) -> None:
    for name in ("event.json", "event.json.statement"):
        (signing.folder / name).write_text("mine")
        result = signing("append", *CONTACT, "--prepare", "event.json", code=3)
        assert "is not overwritten" in result.err
        (signing.folder / name).unlink()
        assert not list(signing.folder.glob("event.json*"))
    told = signing("append", *CONTACT, "--prepare", "event.json", "--json").json
    assert set(told) == {"prepared", "statement", "event_id"}


@pytest.mark.parametrize(
    ("who", "line", "why"),
    [
        ("bob@example.com", "", "may not sign for bob@example.com: no line allows it"),
        (JANE, 'jane@example.com valid-before="20200101Z" {key}', "no longer valid"),
    ],
)
def test_a_key_that_may_not_sign_is_refused(
    signing: Cli, unchanged: Unchanged, who: str, line: str, why: str
) -> None:
    allow(signing, line.format(key=KEY.line))
    with unchanged(signing):
        result = signing("append", *CONTACT[:-2], "--as", who, "--sign", "key", code=3)
        assert why in " ".join(result.err.split())
        assert "Nothing is recorded" in result.err


def test_without_allowed_signers_nothing_is_signed(signing: Cli, unchanged: Unchanged) -> None:
    signing.ledger.with_name("answerable.db.signers").rename(signing.folder / "others")
    with unchanged(signing):
        result = signing("append", *CONTACT, "--sign", "key", "--json", code=3)
        assert result.error["error"] == "NoSigners"
    signing("append", *CONTACT, "--sign", "key", "--signers", "others")
    verified = signing("verify")
    assert "whether the keys that signed 1 of the events may do so" in verified.out
    for told in (
        signing("verify", "--signers", "others", "--json"),
        signing("verify", "--json", env={"ANSWERABLE_SIGNERS": "others"}),
    ):
        assert told.json["signatures"]["unchecked"] == 0
    assert "nothing says whether it may sign" in signing("show", "2").out


def test_a_key_that_has_gone_bad_is_named_by_verify(signing: Cli) -> None:
    signing.append(*CONTACT, "--sign", "key")
    allow(signing, f"bob@example.com {KEY.line}")
    result = signing("verify", code=4)
    assert "Position 2 is signed by a key that may not" in result.err
    assert "NOT GOOD" in signing("show", "2").out
    told = signing("verify", "--json", code=4).json
    assert [problem["position"] for problem in told["problems"]] == [2]


def test_remarks_on_the_file_of_signers_are_told(signing: Cli) -> None:
    allow(signing, "nonsense", f'jane@example.com valid-after="20200101" {KEY.line}')
    result = signing("append", *CONTACT, "--sign", "key")
    assert "answerable.db.signers, line 2 is passed over" in result.err
    assert "line 3: a time without a zone" in result.err


def test_bad_input_is_refused(signing: Cli, unchanged: Unchanged) -> None:
    with unchanged(signing):
        assert "did not sign" in signing("append", *CONTACT, "--sign", "none", code=3).err
        (signing.folder / "bad").write_bytes(os.urandom(400))
        assert "Error" in signing("record", "bad", code=3).err
        signing("record", "nowhere", code=2)
        signing("append", *CONTACT, "--prepare", "event.json")
        for data in (os.urandom(2_000_000), armored(bytes(200)).encode()):
            (signing.folder / "event.json.statement.sig").write_bytes(data)
            result = signing("record", "event.json", "--json", code=3)
            assert result.error["error"] == "SignatureRefused"
        result = signing("append", *CONTACT, "--sign", "key", "--dry-run", code=2)
        assert "exclude each other" in result.err


def test_without_ssh_keygen_it_says_so(signing: Cli, unchanged: Unchanged) -> None:
    with unchanged(signing):
        result = signing(
            "append", *CONTACT, "--sign", "key", env={"PATH": str(signing.folder)}, code=3
        )
        assert "ssh-keygen cannot be run" in result.err


def test_a_policy_can_demand_it(signing: Cli) -> None:
    signing.append(
        "policy-adopted", "--policy", "signing", "--policy-version", "1", "--requires", "signature"
    )
    result = signing("append", *CONTACT)
    assert "The policy signing 1 demands a signature" in result.err
    signed = signing("append", *CONTACT, "--sign", "key", "--again")
    assert "demands" not in signed.err
    result = signing("verify", code=1)
    assert (
        "1 event recorded while policy signing 1 demanded a signature has none: at position 3"
        in result.out
    )
    told = signing("verify", "--json", code=1).json
    assert (told["verified"], told["signatures"]["unmet"][0]["positions"]) == (True, [3])
    report = signing("report", "acme").out
    assert "| Every event is signed where a policy demanded it | **fail** |" in report
    assert "BEGIN SSH" not in report
    for command in (("replay", "acme"), ("why", "4"), ("log",)):
        assert "BEGIN SSH" not in signing(*command, code=None).out


def test_exports_and_what_restores_from_them(signing: Cli) -> None:
    signing.append(*CONTACT, "--sign", "key")
    assert "signature" not in signing("export").out
    entries = signing("export", "--entries").out
    signing("init", "--ledger", "b.db")
    signing("import", "-", "--ledger", "b.db", stdin=entries)
    signers = "answerable.db.signers"
    told = signing("verify", "--ledger", "b.db", "--signers", signers, "--json").json
    assert (told["signatures"]["signed"], told["root"]) == (1, signing.state[1])


@pytest.fixture
def agent(signing: Cli, unavailable: Callable[[str], NoReturn]) -> Iterator[dict[str, str]]:
    """An ssh-agent of the test's own: the environment that leads to it."""
    socket = signing.folder / "agent"
    try:
        process = subprocess.Popen(
            ["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.PIPE, text=True
        )
    except FileNotFoundError:
        unavailable("ssh-agent is not installed")
    assert process.stdout is not None
    try:
        # It says where it listens once it does.
        assert "SSH_AUTH_SOCK" in process.stdout.readline()
        yield {"SSH_AUTH_SOCK": str(socket)}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


def test_a_key_under_a_passphrase_that_an_agent_holds(signing: Cli, agent: dict[str, str]) -> None:
    locked = KEY.write(signing.folder / "locked", PASSPHRASE)
    asked = signing.folder / "askpass"
    asked.write_text(f"#!/bin/sh\necho '{PASSPHRASE}'\n")
    asked.chmod(0o700)
    alone = signing("append", *CONTACT, "--sign", "locked", code=3)
    assert "needs a terminal, or an ssh-agent" in alone.err
    added = subprocess.run(
        ["ssh-add", "-q", str(locked)],
        env={**os.environ, **agent, "SSH_ASKPASS": str(asked), "SSH_ASKPASS_REQUIRE": "force"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert added.returncode == 0, added.stderr
    locked.unlink()
    signing("append", *CONTACT, "--sign", "locked.pub", env=agent)
    assert signing("verify", "--json").json["signatures"]["signed"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_a_passphrase_is_asked_for_in_a_terminal(signing: Cli) -> None:
    KEY.write(signing.folder / "locked", PASSPHRASE)
    ours, theirs = os.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    try:
        process = signing.start(
            "append", *CONTACT, "--sign", "locked", "--json",
            stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, preexec_fn=take_terminal,
        )  # fmt: skip
        said = b""
        while b"passphrase" not in said:
            assert select.select([ours], [], [], 60)[0], said
            said += os.read(ours, 1_000)
        os.write(ours, f"{PASSPHRASE}\n".encode())
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0, os.read(ours, 10_000)
        assert json.loads(out)["position"] == 2
    finally:
        os.close(ours)
        os.close(theirs)


def test_the_statement_of_an_entry_is_its_own_bytes(signing: Cli) -> None:
    signing("append", *CONTACT, "--prepare", "event.json")
    said = (signing.folder / "event.json.statement").read_bytes()
    signature = KEY.sign(said)
    (signing.folder / "sig").write_text(signature)
    signing("record", "event.json", "--signature", "sig")
    line = json.loads(signing("export", "--entries").out.splitlines()[2])
    texts = [text.encode() for text in line["disclosures"]]
    (own,) = (text for text in texts if open_disclosure(text)[0] == "signature")
    assert statement(line["entry"].encode(), commitment(own)) == said


def test_a_bundle_tells_who_signed_its_events_and_who_may(signing: Cli) -> None:
    signing.append(*CONTACT, "--purpose", "talks", "--sign", "key")
    signing("key", "create", "--origin", "example.com/ledger")
    signing("checkpoint")
    (signing.folder / "log.vkey").write_text(signing("key", "export").out)
    given = ("--disclose", "signature")
    signing(
        *("export", "--case", "acme", "--bundle", "case.zip", *given, "--disclose", "recorded_by")
    )
    asked = ("verify", "case.zip", "--key", "log.vkey")
    assert "the keys that signed 1 event may sign for who recorded" in signing(*asked).err
    allowed = ("--signers", "answerable.db.signers")
    assert "may sign for who recorded" not in signing(*asked, *allowed).err
    other = Key.generate("ssh-ed25519")
    (signing.folder / "others").write_text(f"jane@example.com {other.line}\n")
    told = signing(*asked, "--signers", "others", "--json", code=4).json
    assert [(each["position"], each["error"]) for each in told["problems"]] == [
        (2, "SignedByAnother")
    ]
    # Who recorded is left out by default: then only the key can be told.
    signing("export", "--case", "acme", "--bundle", "w.zip", *given)
    shown = signing("verify", "w.zip", "--key", "log.vkey", *allowed)
    assert "may sign for who recorded" in shown.err
    # So is the signature, which holds the recorder's key: then its commitment is checked.
    signing("export", "--case", "acme", "--bundle", "none.zip")
    shown = signing("verify", "none.zip", "--key", "log.vkey", *allowed, "--json")
    assert (shown.json["verified"], shown.json["signatures"]) == (True, [])
    assert any("withheld or erased" in each for each in shown.json["unchecked"])


def test_a_forged_signature_is_found_and_makes_no_bundle(signing: Cli) -> None:
    """The event bears a signature of another statement, committed to as if it were its own."""
    forged = Key.generate("ssh-ed25519").sign(b"something else")
    signing.append(*CONTACT, "--purpose", "talks", "--sign", "key")
    lines = signing("export", "--entries").out.splitlines()
    told = json.loads(lines[2])
    for number, text in enumerate(told["disclosures"]):
        field, _ = open_disclosure(text.encode())
        if field == "signature":
            fresh = disclosure_text(b"x" * 22, "signature", json.dumps(forged).encode())
            before = commitment(text.encode()).decode()
            told["entry"] = told["entry"].replace(before, commitment(fresh).decode())
            told["disclosures"][number] = fresh.decode()
    entry = json.loads(told["entry"])
    ordered = sorted(zip(entry["_sd"], told["disclosures"], told["about"], strict=True))
    told["entry"] = told["entry"].replace(
        '","'.join(entry["_sd"]), '","'.join(each for each, _, _ in ordered)
    )
    told["disclosures"] = [text for _, text, _ in ordered]
    told["about"] = [about for _, _, about in ordered]
    made = "\n".join((*lines[:2], json.dumps(told)))
    signing("init", "--ledger", "forged.db", "--origin", "example.com/ledger")
    there = ("--ledger", "forged.db")
    signing("import", "-", *there, stdin=made)
    signing("checkpoint", *there)
    asked = ("export", "--case", "acme", "--bundle", "forged.zip", *there)
    refused = signing(*asked, "--disclose", "signature", code=4)
    assert "has a bad signature" in refused.err
    assert not (signing.folder / "forged.zip").exists()
    (problem,) = signing("verify", *there, "--json", code=4).json["problems"]
    assert problem["position"] == 2
