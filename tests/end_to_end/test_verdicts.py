"""A verdict is the exit code, whether or not anybody reads what is said with it."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import click
import pytest
from tests.end_to_end.conftest import EXAMPLE, Cli
from tests.support.growing_log import NAME, Growing, leaves
from tests.support.oracles import raw

from answerable.cli.main import FLOWING, cli

AS_OF = "2026-03"

ENDINGS = {
    "append": [("append contact --case xiaomi-kol --counterparty org-1 --expect-version 999", 3)],
    "bars": [("bars --check", 1), ("bars --check --json", 1)],
    "evidence check": [("evidence check", 1), ("evidence check --json", 1)],
    "gaps": [
        (f"gaps --check --as-of {AS_OF}", 1),
        (f"gaps --check --as-of {AS_OF} --json", 1),
    ],
    "import": [("import bad.jsonl", 3), ("import bad.jsonl --json", 3)],
    "key export": [("key export --ledger bare.db", 1)],
    "report": [
        ("report xiaomi-kol --check", 1),
        ("report xiaomi-kol --check --format json", 1),
    ],
    "timestamp verify": [("timestamp verify", 4), ("timestamp verify --json", 4)],
    "verify": [
        ("verify", 4),
        ("verify --json", 4),
        ("verify bad.zip", 4),
        ("verify bad.zip --json", 4),
        ("verify --from bad --key key", 4),
        ("verify --from bad --key key --json", 4),
        ("verify --proof 0.proof --entry 1.json --key key", 4),
        ("verify --proof 0.proof --entry 1.json --key key --json", 4),
    ],
    "views check": [("views check", 1), ("views check --json", 1)],
    "witness evidence": [("witness evidence w1", 1), ("witness evidence w1 --json", 1)],
}
"""For each command that gives a verdict by its exit code, runs of it that end with another than 0,
and with which."""


WORSE = (
    {
        "kind": "contact-made",
        "case_id": "next",
        "counterparty": "person-1",
        "occurred": "2026-03",
    },
    {
        "kind": "correction",
        "case_id": "xiaomi-kol",
        "target": "019b8c00-0000-7000-8000-000000000021",
        "fields": {"due": "2026-01-31"},
    },
)
"""Events after which a bar is broken, and a sanction is overdue."""


def leaves_of(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from leaves_of(below, click.Context(below, parent=context, info_name=name))
    else:
        yield context


def test_each_command_with_a_verdict_is_here() -> None:
    found = set()
    for context in leaves_of(cli, click.Context(cli, info_name="answerable")):
        callback = context.command.callback
        assert callback is not None
        returned = callback.__annotations__["return"]
        assert returned in ("int", "None")
        assert returned == "None" or context.command_path not in FLOWING
        if returned == "int":
            path = context.command_path.removeprefix("answerable ")
            found.add("append" if path.startswith("append ") else path)
    assert found == {*ENDINGS}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A folder where nothing is as it should be."""
    run = Cli(tmp_path_factory.mktemp("bad"))
    run("init", "--origin", "example.com/ledger")
    run("import", "-", stdin=EXAMPLE.read_text() + "\n".join(map(json.dumps, WORSE)))
    (run.folder / "memo").write_text("true")
    run("evidence", "add", "memo", "--case", "xiaomi-kol")
    (run.folder / "memo").write_text("false")
    run("checkpoint")
    (run.folder / "key").write_text(run("key", "export").out)
    run("prove", "0", "--output", "0.proof", "--entry", "0.json")
    run("prove", "1", "--entry", "1.json")
    run("export", "--case", "xiaomi-kol", "--bundle", "bad.zip")
    packed = bytearray((run.folder / "bad.zip").read_bytes())
    packed[len(packed) // 2] ^= 1
    (run.folder / "bad.zip").write_bytes(packed)
    run("publish", "bad")
    tile = run.folder / "bad" / "tile" / "0"
    (entries,) = tile.glob("000.p/*")
    entries.chmod(0o644)
    entries.write_bytes(bytes(entries.stat().st_size))
    (run.folder / "bad.jsonl").write_text(json.dumps({"kind": "none"}))
    run("init", "--ledger", "bare.db")
    run("witness", "init", "w1", "--name", NAME)
    log = Growing()
    run("witness", "watch", "w1", "--key", *log.keys)
    run("witness", "cosign", "w1", "-", stdin=bytes(log.proof(0, leaves(5))))
    run("witness", "cosign", "w1", "-", stdin=bytes(log.proof(5, leaves(9, "other"))), code=4)
    run("views", "rebuild")
    with raw(run.ledger, guarded=False) as connection:
        connection.execute("DELETE FROM documents WHERE view = 'person'")
        connection.execute("INSERT INTO timestamps SELECT x'00', size, note FROM checkpoints")
    return run


@contextmanager
def full() -> Iterator[int]:
    with Path("/dev/full").open("wb") as output:
        yield output.fileno()


@contextmanager
def unread() -> Iterator[int]:
    """A pipe that nobody reads."""
    near, far = os.pipe()
    os.close(near)
    try:
        yield far
    finally:
        os.close(far)


@contextmanager
def taken() -> Iterator[int]:
    yield subprocess.DEVNULL


def closed(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


OUTPUTS = {
    "taken": (taken, taken, ()),
    "unread": (unread, taken, ()),
    "full": (full, taken, ()),
    "closed": (taken, taken, (1,)),
    "both unread": (unread, unread, ()),
    "both full": (full, full, ()),
    "both closed": (taken, taken, (1, 2)),
    "errors closed": (taken, taken, (2,)),
    "errors full": (taken, full, ()),
}
"""What becomes of what is said, on stdout and on stderr, and which of them the shell closed."""


def ending(run: Cli, arguments: str, outputs: str) -> int:
    out, err, shut = OUTPUTS[outputs]
    with ExitStack() as stack:
        process = run.start(
            *arguments.split(),
            stdin=subprocess.DEVNULL,
            stdout=stack.enter_context(out()),
            stderr=stack.enter_context(err()),
            preexec_fn=closed(*shut),
        )
        return process.wait(60)


@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("name", ENDINGS)
def test_the_code_is_the_verdict_though_nobody_reads(bad: Cli, name: str, outputs: str) -> None:
    for number, (arguments, code) in enumerate(ENDINGS[name]):
        # JSON or text: a way to fail that both have is tried with the first of them alone.
        if number == 0 or outputs in ("taken", "unread", "full"):
            assert ending(bad, arguments, outputs) == code, arguments


@pytest.mark.parametrize("name", ["log", "export", "verify --ledger bare.db", "cases"])
def test_a_good_end_that_cannot_be_told_is_none(bad: Cli, name: str) -> None:
    assert ending(bad, name, "full") == 3
    assert ending(bad, name, "unread") == 0
    assert ending(bad, name, "errors full") == 0


@pytest.mark.parametrize("name", FLOWING)
def test_what_flows_stops_when_nobody_reads_on(bad: Cli, name: str) -> None:
    with unread() as nowhere, closing(os.fdopen(os.dup(nowhere), "wb")) as out:
        process = bad.start(*name.split()[1:], stdout=out, stderr=subprocess.PIPE)
        assert process.communicate()[1] == b""
        assert process.returncode == 0
