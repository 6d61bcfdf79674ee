"""Keys, checkpoints and proofs, through the command."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import stat
import termios
from contextlib import suppress
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Cli
from tests.support.oracles import raw

ORIGIN = "example.com/ledger"


@pytest.fixture
def signed(cli: Cli) -> Cli:
    """A ledger with keys, three entries, all of them signed; its public keys in `log.vkey`."""
    cli("init", "--origin", ORIGIN)
    record(cli, 3)
    cli("checkpoint")
    (cli.folder / "log.vkey").write_text(cli("key", "export").out)
    return cli


def record(cli: Cli, count: int) -> None:
    event = {"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1"}
    cli("import", "-", "--new-cases", "--again", stdin="\n".join([json.dumps(event)] * count))


def test_init_makes_keys_that_only_their_owner_can_read(cli: Cli) -> None:
    made = cli("init", "--origin", ORIGIN)
    assert "answerable.db.key" in made.out
    key_file = cli.folder / "answerable.db.key"
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    names = [key["algorithm"] for key in cli("key", "show", "--json").json["keys"]]
    assert names == ["Ed25519", "ML-DSA-44"]
    assert max(map(len, cli("key", "show").out.splitlines())) <= 80


def test_init_leaves_nothing_behind_where_there_are_keys_already(cli: Cli) -> None:
    (cli.folder / "answerable.db.key").write_text("precious")
    assert "not overwritten" in cli("init", "--origin", ORIGIN, code=3).err
    assert not cli.ledger.exists()
    assert (cli.folder / "answerable.db.key").read_text() == "precious"


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "a\tb"])
def test_init_refuses_what_cannot_be_an_origin(cli: Cli, origin: str) -> None:
    assert "cannot be a key's name" in cli("init", "--origin", origin, code=2).err
    assert not cli.ledger.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no passphrase"),
        (b"\nsecret\n", "no passphrase"),
        (b"\xff\n", "not UTF-8"),
        (b"p" * 1024, "at most 1,023 bytes"),
    ],
)
def test_a_passphrase_that_is_none_leaves_no_unlocked_keys(
    cli: Cli, content: bytes, said: str
) -> None:
    (cli.folder / "secret").write_bytes(content)
    given = ("--origin", ORIGIN, "--passphrase-file", "secret")
    assert said in cli("init", *given, code=3).err
    assert not cli.ledger.exists()
    cli("init")
    assert said in cli("key", "create", *given, code=3).err
    assert not (cli.folder / "answerable.db.key").exists()


def test_a_passphrase_in_the_environment_that_is_no_text_is_refused(cli: Cli) -> None:
    env = {"ANSWERABLE_PASSPHRASE": "\udcff"}
    assert "not UTF-8" in cli("init", "--origin", ORIGIN, env=env, code=3).err


def test_an_origin_that_could_never_be_signed_is_refused(kept: Cli) -> None:
    longest = "é" * 127
    for make in (("init", "--ledger", "b.db"), ("key", "create")):
        assert "255 bytes" in kept(*make, "--origin", f"{longest}ab", code=4).err
    assert not (kept.folder / "b.db").exists()
    kept("key", "create", "--origin", f"{longest}a")
    kept("checkpoint")


def test_a_ledger_without_keys_works_and_says_what_it_cannot_do(kept: Cli) -> None:
    assert "cannot sign" in kept("checkpoint", code=3).err
    assert "This ledger has no keys" in kept("key", "export", code=1).err
    assert "This ledger has no keys" in kept("key", "show").err
    assert "no checkpoint" in kept("prove", "0", code=3).err
    assert "for no checkpoint is signed" in kept("verify").out
    kept("key", "create", "--origin", ORIGIN)
    kept("checkpoint")
    assert "Signed: the first 2 entries" in kept("verify").out
    assert "already" in kept("key", "create", "--origin", ORIGIN, code=3).err


def test_a_checkpoint_is_a_signed_note(signed: Cli) -> None:
    note = signed("checkpoint", "--note").out
    origin, size, root, blank, *lines = note.splitlines()
    assert (origin, size, blank) == (ORIGIN, "3", "")
    assert [line.split()[:2] for line in lines] == [["—", ORIGIN]] * 2
    told = signed("checkpoint", "--json").json
    assert (told["size"], told["note"]) == (3, note)
    assert signed.state[1] == told["root"]
    assert root in note


def test_verify_finds_a_restored_backup_by_keys_that_are_elsewhere(cli: Cli) -> None:
    (cli.folder / "stick").mkdir()
    elsewhere = ("--key-file", "stick/example.com")
    cli("init", "--origin", ORIGIN, *elsewhere)
    record(cli, 2)
    cli("checkpoint", *elsewhere)
    with raw(cli.ledger) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    backup = shutil.copy(cli.ledger, cli.folder / "backup.db")
    record(cli, 1)
    cli("checkpoint", *elsewhere)
    cli("verify", *elsewhere)
    for name in ("answerable.db-wal", "answerable.db-shm"):
        (cli.folder / name).unlink(missing_ok=True)
    shutil.copy(backup, cli.ledger)
    assert "the end was cut off" in cli("verify", *elsewhere, code=4).err


def test_an_event_is_proved_to_someone_with_no_ledger(signed: Cli, tmp_path: Path) -> None:
    signed("prove", "1", "--output", "1.tlog-proof", "--entry", "1.json")
    assert (signed.folder / "1.json").read_text() == signed("show", "1", "--raw").out
    signed.ledger.unlink()
    shown = signed("verify", "--proof", "1.tlog-proof", "--entry", "1.json", "--key", "log.vkey")
    assert "position 1" in shown.out
    assert f"{ORIGIN}, 3 entries" in shown.out
    told = signed(
        "verify", "--proof", "1.tlog-proof", "--entry", "1.json", "--key", "log.vkey", "--json"
    ).json
    assert (told["verified"], told["position"], told["size"]) == (True, 1, 3)


def test_the_proof_is_data(signed: Cli) -> None:
    proof = signed("prove", "2").out
    assert proof.startswith("c2sp.org/tlog-proof@v1\nindex 2\n")
    assert proof.endswith(signed("checkpoint", "--note").out)
    assert signed("prove", "2", "--json").json["proof"] == proof


def test_growth_is_proved_from_an_older_checkpoint(signed: Cli) -> None:
    (signed.folder / "old").write_text(signed("checkpoint", "--note").out)
    record(signed, 4)
    signed("checkpoint")
    signed("prove", "--since", "3", "--output", "growth")
    checked = ("verify", "--proof", "growth", "--old", "old", "--key", "log.vkey")
    assert "those 3 entries, unchanged" in signed(*checked).out
    assert signed(*checked, "--json").json["old"] == 3
    (signed.folder / "old").write_text(signed("checkpoint", "--note").out)
    assert "starts at 3 entries, and the older checkpoint is of 7" in signed(*checked, code=4).err


def test_what_a_proof_needs_is_asked_for(signed: Cli) -> None:
    signed("prove", "1", "--output", "p", "--entry", "e")
    assert "--key" in signed("verify", "--proof", "p", "--entry", "e", code=2).err
    assert "--entry" in signed("verify", "--proof", "p", "--key", "log.vkey", code=2).err
    signed("prove", "--since", "1", "--output", "g")
    assert "--old" in signed("verify", "--proof", "g", "--key", "log.vkey", code=2).err
    assert "exclude" in signed("verify", "p", "--proof", "p", code=2).err
    for options, word in (
        (("--entry", "e"), "--entry goes with --proof"),
        (("--state", "s"), "--state goes with --from"),
        (("--proof", "p", "--entry", "e", "--signers", "e"), "--signers goes with BUNDLE or the"),
        (("--from", ".", "--old", "g"), "--old goes with --proof"),
        (("--proof", "g", "--old", "e", "--entry", "e"), "no --entry"),
        (("--proof", "p", "--old", "e", "--entry", "e"), "no --old"),
    ):
        asked = signed("verify", *options, "--key", "log.vkey", code=2)
        assert word in " ".join(asked.err.split())
    assert "same file" in signed("prove", "1", "--output", "z", "--entry", "z", code=2).err
    assert "no file" in signed("prove", "1", "--output", "/dev/null", "--force", code=3).err
    assert "Name an EVENT" in signed("prove", code=2).err
    assert "Name an EVENT" in signed("prove", "1", "--since", "1", code=2).err
    assert "not overwritten" in signed("prove", "1", "--output", "p", code=3).err
    assert "there is no position" in signed("prove", "9", code=2).err
    assert "beyond" not in signed("prove", "--since", "9", code=3).out


@pytest.mark.parametrize(
    ("file", "content", "named"),
    [
        ("e", b"", "ProofFails"),
        ("e", b"{}", "ProofFails"),
        ("p", b"", "MalformedNote"),
        ("p", b"\x00\xff" * 99, "MalformedNote"),
        ("p", b"c2sp.org/tlog-proof@v1\nindex 1\n\n", "MalformedNote"),
        ("p", b"old 1\n\n", "MalformedNote"),
    ],
)
def test_bad_files_are_named(signed: Cli, file: str, content: bytes, named: str) -> None:
    signed("prove", "1", "--output", "p", "--entry", "e")
    (signed.folder / "old").write_text(signed("checkpoint", "--note").out)
    (signed.folder / file).write_bytes(content)
    beside = ("--old", "old") if content.startswith(b"old ") else ("--entry", "e")
    said = signed("verify", "--proof", "p", *beside, "--key", "log.vkey", "--json", code=4)
    assert (said.error["error"], said.error["exit_code"]) == (named, 4)
    assert (said.json["verified"], said.json["error"]) == (False, named)
    told = signed("verify", "--proof", "p", *beside, "--key", "log.vkey", code=4).err
    assert told.startswith(f"NOT VERIFIED\nError: {named}: ")


def test_a_proof_against_another_key_fails(signed: Cli, tmp_path: Path) -> None:
    signed("prove", "1", "--output", "p", "--entry", "e")
    signed("init", "--ledger", "other.db", "--origin", ORIGIN)
    other = signed("key", "export", "--ledger", "other.db").out.splitlines()[0]
    error = signed("verify", "--proof", "p", "--entry", "e", "--key", other, "--json", code=4).error
    assert error["error"] == "UnknownSigner"
    (signed.folder / "bad.vkey").write_text("# a comment\n\nnonsense\n")
    bad = signed("verify", "--proof", "p", "--entry", "e", "--key", "bad.vkey", code=2)
    assert "not a key to verify with" in bad.err


def test_a_ledger_restored_from_its_entries_goes_on_under_its_keys(signed: Cli) -> None:
    early = (signed.folder / "answerable.db.key").read_bytes()
    signed("key", "rotate")
    record(signed, 2)
    signed("checkpoint")
    (signed.folder / "all").write_text(signed("export", "--entries").out)
    lines = (signed.folder / "all").read_text().splitlines(keepends=True)
    (signed.folder / "few").write_text("".join(lines[:5]))
    for name in ("all", "few"):
        there = ("--ledger", f"{name}.db")
        signed("init", *there)
        signed("import", name, *there)
        assert "no private keys" in signed("key", "adopt", *there, code=3).err
        for kind in ("key", "signed"):
            content = (signed.folder / f"answerable.db.{kind}").read_bytes()
            (signed.folder / f"{name}.db.{kind}").write_bytes(content)
        (signed.folder / f"{name}.db.key").chmod(0o600)
        (signed.folder / "early.key").write_bytes(early)
        (signed.folder / "early.key").chmod(0o600)
        wrong = signed("key", "adopt", *there, "--key-file", "early.key", code=3)
        assert "not those that this log was signed with last" in wrong.err
        signed("key", "adopt", *there)
        assert "already" in signed("key", "adopt", *there, code=3).err
    shown = signed("key", "show", "--json").json["keys"]
    assert [
        each["vkey"] for each in signed("key", "show", "--ledger", "all.db", "--json").json["keys"]
    ] == [each["vkey"] for each in shown]
    signed("checkpoint", "--ledger", "all.db")
    record(signed, 1)
    assert "Signed: the first 6 entries" in signed("verify", "--ledger", "all.db").out
    error = signed("checkpoint", "--ledger", "few.db", "--json", code=4).error
    assert error["error"] == "RolledBack"


def test_a_file_without_keys_is_not_as_if_none_were_asked_for(signed: Cli) -> None:
    for content in (b"", b"# nothing yet\n", b"\xff\xfe"):
        (signed.folder / "empty.vkey").write_bytes(content)
        assert "there is no key in" in signed("verify", "--key", "empty.vkey", code=2).err
    assert "neither a key nor a file" in signed("verify", "--key", "no.vkey", code=2).err
    assert "neither a key nor a file" in signed("verify", "--key", "x" * 5_000, code=2).err


def test_keys_are_rotated_on_the_record(signed: Cli) -> None:
    told = signed("key", "rotate", "--reason", "yearly").out
    assert "#3" in told
    old = (signed.folder / "log.vkey").read_text().splitlines()
    new = signed("key", "export").out.splitlines()
    assert not {*old} & {*new}
    assert signed("key", "export", "--all").out.splitlines() == [*old, *new]
    # The last checkpoint under the old keys commits to the event that names the new.
    signed("prove", "3", "--output", "p", "--entry", "e")
    entry = json.loads((signed.folder / "e").read_text())
    assert (entry["retired"], entry["adopted"]) == (old, new)
    signed("verify", "--proof", "p", "--entry", "e", "--key", "log.vkey")
    (line,) = signed("log", "--last", "1").out.splitlines()
    assert len(line) < 250
    record(signed, 1)
    signed("checkpoint")
    # That checkpoint is still there to be proved under, and the ledger is followed from it.
    signed("prove", "3", "--under", "4", "--output", "p", "--force")
    signed("verify", "--proof", "p", "--entry", "e", "--key", "log.vkey")
    signed("prove", "3", "--output", "p", "--force")
    signed("verify", "--proof", "p", "--entry", "e", "--key", "log.vkey", code=4)
    followed = signed("verify", "--key", "log.vkey")
    assert "Signed: the first 5 entries" in followed.out
    assert "was rotated since, on record" in followed.err
    assert "was rotated since" not in signed("verify", "--key", new[0]).err
    assert "no checkpoint of 4 entries" in signed("prove", "4", "--under", "4", code=3).err
    assert "no checkpoint of 2 entries" in signed("prove", "1", "--under", "2", code=3).err


def test_keys_under_a_passphrase(cli: Cli) -> None:
    (cli.folder / "secret").write_text("open sesame\n")
    cli("init", "--origin", ORIGIN, "--passphrase-file", "secret")
    record(cli, 1)
    assert "under a passphrase" in cli("checkpoint", code=3).err
    assert "do not open" in cli("checkpoint", env={"ANSWERABLE_PASSPHRASE": "wrong"}, code=3).err
    cli("checkpoint", "--passphrase-file", "secret")
    record(cli, 1)
    cli("checkpoint", env={"ANSWERABLE_PASSPHRASE": "open sesame"})
    cli("key", "rotate", "--passphrase-file", "secret")
    assert b"ENCRYPTED" in (cli.folder / "answerable.db.key").read_bytes()
    # What needs no private key needs no passphrase.
    cli("key", "show")
    cli("verify")


def test_a_folder_is_no_file_of_keys(signed: Cli) -> None:
    for command in ("checkpoint", "verify"):
        assert "is a directory" in signed(command, "--key-file", ".", code=2).err


def typed(cli: Cli, *arguments: str, words: list[str]) -> tuple[int, bytes]:
    """Run a command in a terminal, and type a line at each question; its code and what it said."""
    ours, theirs = os.openpty()

    def take_terminal() -> None:
        os.setsid()
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    process = cli.start(
        *arguments, stdin=theirs, stderr=theirs, stdout=theirs, preexec_fn=take_terminal
    )
    os.close(theirs)
    said = b""
    try:
        for word in words:
            asked = len(said)
            while not said[asked:].rstrip().endswith(b":"):
                assert select.select([ours], [], [], 60)[0], said
                said += os.read(ours, 1_000)
            os.write(ours, f"{word}\n".encode())
        with suppress(OSError):  # as a terminal ends whose other side is gone
            while select.select([ours], [], [], 60)[0] and (more := os.read(ours, 10_000)):
                said += more
        return process.wait(60), said
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_a_passphrase_is_asked_for_where_one_can_type_it(cli: Cli) -> None:
    made = ("init", "--origin", ORIGIN, "--passphrase-file", "-")
    code, said = typed(cli, *made, words=["open sesame", "open sesame"])
    assert code == 0, said
    assert b"open sesame" not in said
    assert b"ENCRYPTED" in (cli.folder / "answerable.db.key").read_bytes()
    record(cli, 1)
    assert typed(cli, "checkpoint", words=["open says me"])[0] == 3
    code, said = typed(cli, "checkpoint", words=["open sesame"])
    assert (code, b"Signed: 1 entry" in said) == (0, True)
    # Without a terminal nothing is asked: a dash is the standard input.
    record(cli, 1)
    assert "under a passphrase" in cli("checkpoint", code=3).err
    cli("checkpoint", "--passphrase-file", "-", stdin="open sesame\n")
    assert "first line is empty" in cli("checkpoint", "--passphrase-file", "-", code=3).err


def test_keys_can_be_kept_elsewhere(cli: Cli) -> None:
    (cli.folder / "safe").mkdir()
    cli("init", "--origin", ORIGIN, "--key-file", "safe/log.key")
    record(cli, 1)
    assert "no private keys" in cli("checkpoint", code=3).err
    cli("checkpoint", "--key-file", "safe/log.key")
    assert (cli.folder / "safe" / "log.signed").exists()
    record(cli, 1)
    cli("checkpoint", env={"ANSWERABLE_KEY_FILE": "safe/log.key"})


def test_a_restored_backup_is_not_signed_and_says_so_loudly(signed: Cli) -> None:
    backup = shutil.copy(signed.ledger, signed.folder / "backup.db")
    record(signed, 1)
    signed("checkpoint")
    shutil.copy(backup, signed.ledger)
    for companion in ("-wal", "-shm"):
        signed.folder.joinpath(f"answerable.db{companion}").unlink(missing_ok=True)
    error = signed("checkpoint", "--json", code=4).error
    assert error["error"] == "RolledBack"
    assert "one of 4 was signed before" in error["message"]
    assert "cut off" in signed("verify", code=4).err
    record(signed, 5)
    assert signed("checkpoint", "--json", code=4).error["error"] == "Forked"


def test_verify_names_a_checkpoint_that_does_not_fit(signed: Cli) -> None:
    with raw(signed.ledger, guarded=False) as connection:
        connection.execute("UPDATE checkpoints SET size = 2")
    shown = signed("verify", code=4)
    assert "the checkpoint of 2 entries is of 3" in shown.err
    told = signed("verify", "--json", code=4).json
    assert not told["verified"]
    assert told["problems"][0]["what"] == "the checkpoint of 2 entries is of 3"
