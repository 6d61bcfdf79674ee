"""What is malformed, impossible or in the way: a message, a code, and nothing half written."""

import json
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.end_to_end.conftest import Cli, Unchanged
from tests.support.media import mounted, without_privileges

OF_A_FILE = pytest.mark.sqlite_file(
    "the disk and the modes of a file; tests/faults fills a server's, test_roles.py has its rights"
)

CONTACT = ("append", "contact", "--case", "acme", "--counterparty", "kol-1")
SANCTION = ("append", "sanction", "--case", "acme", "--subject", "p-1")
NOWHERE = "019b8a5e-7c00-7000-8000-00000000dead"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["append"], 2, "Usage: answerable append"),
        (["append", "contcat", "--case", "acme"], 2, "Did you mean contact or contact-made?"),
        (["append", "zzz"], 2, "there is no kind 'zzz'"),
        (["append", "contact", "--case", "acme"], 2, "Missing option '--counterparty'"),
        ([*CONTACT, "--colour", "red"], 2, "No such option '--colour'"),
        ([*CONTACT, "--occured", "2026"], 2, "Did you mean --occurred"),
        ([*CONTACT, "--occurred", "2026-02-30"], 3, "occurred: '2026-02-30' is not a date"),
        ([*CONTACT, "--occurred", "yesterday"], 3, "occurred: 'yesterday' is not a date"),
        ([*CONTACT, "--stage", "marriage"], 2, "is not one of contact, negotiation, contract"),
        ([*CONTACT, "--purpose", " "], 3, "purpose: ' ' must not be blank"),
        ([*CONTACT, "--channel", "Radio"], 3, "channel: 'Radio' must be a term"),
        ([*CONTACT, "--event-id", "1"], 3, "event_id: '1' must be a UUID of version 7"),
        ([*CONTACT, "--source", "{"], 2, "is not JSON"),
        ([*CONTACT, "--source", '{"link": "x"}'], 3, "sources.0.link"),
        ([*CONTACT, "--basis", NOWHERE], 3, f"basis: there is no event {NOWHERE}"),
        ([*CONTACT, "--basis", "99"], 2, "basis: there is no position 99"),
        ([*CONTACT, "--basis", "019b8a5e"], 2, "basis: there is no event 019b8a5e"),
        ([*CONTACT, "--standing", "sure"], 2, "one of asserted, alleged, verified, disputed"),
        (
            ["append", "contact", "--case", "ACME Inc.", "--counterparty", "kol-1"],
            3,
            "case_id: 'ACME Inc.' must be a slug",
        ),
        ([*SANCTION, "--measure", "other"], 3, "measure `other` needs measure_text"),
        ([*SANCTION, "--measure", "fine", "--amount", "1e3 CNY"], 3, "amount: '1e3 CNY' must be"),
        ([*SANCTION, "--measure", "suspension", "--days", "two"], 2, "'two' is not a valid int"),
        ([*SANCTION, "--measure", "suspension", "--days", "0"], 3, "days: "),
        (
            ["append", "sanction-executed", "--case", "acme", "--sanction", "1"],
            3,
            "is a contact-made, not sanction-imposed",
        ),
        (
            ["append", "case-opened", "--case", "acme", "--title", "Again"],
            3,
            "the case 'acme' was opened before",
        ),
        (
            ["append", "case-closed", "--case", "acne", "--disposition", "other"],
            3,
            "there is no case 'acne', and only case-opened starts one. Did you mean acme",
        ),
        (
            ["append", "correction", "--case", "acme", "--target", "1"],
            3,
            "fields: the correction corrects nothing",
        ),
        (
            ["append", "correction", "--case", "acme", "--target", "1", "--set", "stage"],
            2,
            "'stage' is not FIELD=VALUE",
        ),
        (
            ["append", "correction", "--case", "acme", "--target", "1", "--set", "colour=red"],
            3,
            "fields.colour: a contact-made has no field 'colour'",
        ),
        (
            [
                *("append", "party-registered", "--type", "person"),
                *("--party", "xu-fei", "--name", "Xu Fei"),
            ],
            3,
            "the pseudonym 'xu-fei' tells part of the name",
        ),
        (["import", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["import", "."], 2, "directory"),
        (["log", "--since", "tomorrow"], 2, "'tomorrow' is not a date"),
        (["log", "--since", "9" * 5_000], 2, "999999999999999… is beyond any position"),
        (["log", "--since", f"#{2**63}"], 2, "is beyond any position"),
        (["timeline", "\udcff"], 2, r"b'\xff' is no text in UTF-8"),
        (["status", "--person", "Xu \udcff"], 2, "is no text in UTF-8"),
        (["bars", "--party", "\udcff", "--json"], 2, "is no text in UTF-8"),
        (["export", "--case", "acme", "--entries"], 2, "--entries is for the whole log"),
        (["frobnicate"], 2, "No such command 'frobnicate'"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_recorded(
    kept: Cli, unchanged: Unchanged, arguments: list[str], code: int, said: str
) -> None:
    with unchanged(kept):
        result = kept(*arguments, code=code)
        assert said in " ".join(result.err.split())
        assert result.out == ""
        if arguments[0] in ("append", "log", "import") and len(arguments) > 1:
            error = kept(*arguments, "--json", code=code).error
            assert error["exit_code"] == code
            assert error["message"]


def test_an_entry_that_is_too_large(kept: Cli, unchanged: Unchanged) -> None:
    told = json.loads(kept.told[0])
    basis = [told["event_id"]] * 3_000
    line = {"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1", "basis": basis}
    with unchanged(kept):
        result = kept("import", "-", stdin=json.dumps(line), code=3)
        assert "line 1: basis: the event's public part is" in result.err
        assert "an entry holds 65,535" in result.err


def test_an_id_that_is_taken(kept: Cli, unchanged: Unchanged) -> None:
    event_id = json.loads(kept.told[1])["event_id"]
    with unchanged(kept):
        result = kept(*CONTACT, "--event-id", event_id, "--stage", "contract", code=3)
        assert f"the id {event_id} is taken by an event that says something else" in result.err
        assert "occurred, stage" in result.err


def test_an_event_on_a_closed_case(kept: Cli, unchanged: Unchanged) -> None:
    kept.append("case-closed", "--case", "acme", "--disposition", "settled")
    with unchanged(kept):
        assert "Record case-reopened first" in kept(*CONTACT, code=3).err


COMMANDS = (CONTACT, ("log",), ("cases",), ("show", "0"), ("export",), ("import", "-"), ("verify",))


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_there_is_no_ledger(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli(*arguments, code=2)
    assert "there is no ledger at" in result.err
    assert "answerable init" in result.err
    assert list(cli.folder.iterdir()) == []


def not_ledgers(folder: Path) -> Iterator[tuple[Path, str]]:
    (folder / "text").write_text("This is no ledger.\n" * 20)
    yield folder / "text", "is not a ledger"
    (folder / "empty").touch()
    yield folder / "empty", "is not a ledger"
    (folder / "folder").mkdir()
    yield folder / "folder", "is not a ledger: it is a folder"
    with sqlite3.connect(folder / "other") as connection:
        connection.execute("CREATE TABLE stored_events (x)")
    connection.close()
    yield folder / "other", "is a database, but not a ledger"


@pytest.mark.parametrize("arguments", COMMANDS[:3], ids=" ".join)
def test_what_is_not_a_ledger_is_not_touched(cli: Cli, arguments: tuple[str, ...]) -> None:
    for place, said in not_ledgers(cli.folder):
        before = place.read_bytes() if place.is_file() else None
        result = cli(*arguments, "--ledger", place.name, code=2)
        assert said in result.err
        assert (place.read_bytes() if place.is_file() else None) == before
        refused = cli("init", "--ledger", place.name, code=3)
        assert "it is not overwritten" in refused.err
    assert {each.name for each in cli.folder.iterdir()} == {"text", "empty", "folder", "other"}


def test_a_ledger_is_not_made_where_there_is_no_folder(cli: Cli) -> None:
    result = cli("init", "--ledger", "nowhere/answerable.db", code=3)
    assert "no ledger can be made" in result.err or "cannot be written" in result.err


def full_disk(limit: int) -> Callable[[], None]:
    """The kernel takes no more than so many bytes in one file, as on a disk that is full."""

    def set_limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return set_limit


@OF_A_FILE
def test_a_full_disk_takes_nothing(kept: Cli, unchanged: Unchanged) -> None:
    lines = [
        {"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1", "purpose": "x" * 1_000}
        for _ in range(500)
    ]
    with unchanged(kept):
        result = kept(
            "import",
            "-",
            stdin="\n".join(map(json.dumps, lines)),
            before=full_disk(200_000),
            code=3,
        )
        assert "the disk would not take it" in result.err
        assert "No line of it was recorded" in result.err
    assert kept("import", "-", "--json", stdin="\n".join(map(json.dumps, lines))).json["recorded"]


@OF_A_FILE
def test_a_full_disk_under_one_append(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        size = kept.ledger.stat().st_size
        result = kept(*CONTACT, "--purpose", "x" * 100_000, before=full_disk(size // 2), code=3)
        assert "disk" in result.err or "cannot be written" in result.err


@OF_A_FILE
def test_a_disk_that_fills_up(
    cli: Cli, unchanged: Unchanged, unavailable: Callable[[str], NoReturn]
) -> None:
    with mounted(cli.folder / "small", "512k", unavailable) as small:
        cli.ledger = small / "answerable.db"
        cli("init", "--ledger", "small/answerable.db")
        on_it = ("--ledger", "small/answerable.db")
        result, size = None, 0
        while result is None or result.code == 0:
            size = cli.state[0]
            purpose = f"{size}" + "x" * 50_000
            result = cli(*CONTACT, "--new-case", "--purpose", purpose, *on_it, code=None)
        assert result.code == 3
        assert "the disk would not take it" in result.err
        assert cli.state[0] == size > 0
        exported = cli("export", *on_it, "--output", "small/events.jsonl", code=3)
        assert "cannot be written: No space left on device" in exported.err
        assert not list(small.glob("*events*"))


def test_an_output_that_takes_nothing(kept: Cli, unchanged: Unchanged) -> None:
    with unchanged(kept):
        for arguments in (("export",), ("log",), ("log", "--json"), ("cases",), ("show", "0")):
            with Path("/dev/full").open("w") as full:
                process = kept.start(*arguments, stdout=full, stderr=subprocess.PIPE)
                _, err = process.communicate()
            assert process.returncode == 3
            assert err.startswith(b"Error: the output failed: No space left on device. ")


@pytest.mark.parametrize(
    "arguments", [("export",), ("export", "--entries"), ("log",), ("log", "--json")], ids=" ".join
)
def test_a_reader_who_has_seen_enough(cli: Cli, arguments: tuple[str, ...]) -> None:
    cli("init")
    line = json.dumps({"kind": "contact-made", "case_id": "acme", "counterparty": "kol-1"})
    cli("import", "-", "--new-cases", stdin=f"{line}\n" * 2_000)
    process = cli.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
    process.stderr.close()


@pytest.fixture
def obeying(kept: Cli, unavailable: Callable[[str], NoReturn]) -> Iterator[Cli]:
    """A folder with a ledger, where commands can be run that permissions hold for."""
    probe = kept.folder / "probe"
    probe.touch(mode=0o444)
    tried = ["sh", "-c", f"echo > '{probe}'"]
    if not subprocess.run(tried, preexec_fn=without_privileges, capture_output=True).returncode:
        unavailable("permissions do not hold for whom the tests run as")
    probe.unlink()
    yield kept
    kept.folder.chmod(0o755)
    kept.ledger.chmod(0o644)


@OF_A_FILE
def test_a_ledger_that_may_only_be_read(obeying: Cli, unchanged: Unchanged) -> None:
    with unchanged(obeying):
        obeying.ledger.chmod(0o444)
        obeying.folder.chmod(0o555)
        result = obeying(*CONTACT, before=without_privileges, code=3)
        assert "cannot be written" in result.err
        assert "Check the permissions" in result.err
        obeying.ledger.chmod(0o000)
        result = obeying(*CONTACT, before=without_privileges, code=3)
        assert "cannot be read: Permission denied" in result.err
        obeying.ledger.chmod(0o644)
        obeying.folder.chmod(0o755)


@OF_A_FILE
def test_a_folder_that_may_only_be_read(obeying: Cli) -> None:
    obeying.folder.chmod(0o555)
    for arguments in (("init", "--ledger", "other.db"), ("export", "--output", "events.jsonl")):
        result = obeying(*arguments, before=without_privileges, code=3)
        assert "cannot be" in result.err or "can be made" in result.err
    obeying.folder.chmod(0o755)
    assert [each.name for each in obeying.folder.iterdir()] == ["answerable.db"]
