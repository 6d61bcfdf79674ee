"""The exit code of a check is its verdict, whether or not anybody reads what it says."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.support.attacker import in_hand
from tests.support.house_policy import HOUSE_POLICY

from answerable.cli.main import COMMANDS, cli, run
from answerable.cli.shared.signed.verdict import Verdict

COMMAND = Path(sys.executable).with_name("answerable")
CLOSED = (">&-", "> /dev/full", "| true", "2> /dev/full > /dev/full", "2>&- >&-")

CHECKS: dict[str, tuple[str, int]] = {
    "verify": ("verify", 4),
    "verify --json": ("verify", 4),
    "views check": ("views check", 1),
    "views check --json": ("views check", 1),
    "report acme --as-of 2026-03-31 --check": ("report", 1),
    "policy validate memo.txt": ("policy validate", 1),
    "check --policy house.toml": ("check", 1),
    "check --policy house.toml --json": ("check", 1),
    "check --policy house.toml --format sarif": ("check", 1),
    "audit --check": ("audit", 1),
    "audit --check --json": ("audit", 1),
    "bars --check": ("bars", 1),
    "bars --check --json": ("bars", 1),
    "gaps --as-of 2027-01-01 --check": ("gaps", 1),
    "gaps --as-of 2027-01-01 --check --json": ("gaps", 1),
    "evidence check --root .": ("evidence check", 1),
    "timestamp verify": ("timestamp verify", 4),
    "witness evidence w": ("witness evidence", 0),
}
"""Checks of a house in which much is wrong, the command of each, and its verdict."""


def commands(group: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, by its whole name."""
    yield name, group
    if isinstance(group, click.Group):
        for each in [*COMMANDS] if not name else [*group.commands]:
            found = group.get_command(click.Context(group), each)
            assert found is not None
            yield from commands(found, f"{name} {each}".strip())


def test_each_command_that_gives_a_verdict_is_tried() -> None:
    verdicts = {name for name, command in commands(cli) if isinstance(command, Verdict)}
    assert verdicts == {name for name, _ in CHECKS.values()}
    for name, command in commands(cli):
        options = {option for each in command.params for option in each.opts}
        if "--check" in options or name.endswith(("verify", "check")):
            assert name in verdicts


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger in which much is wrong."""
    folder = tmp_path_factory.mktemp("wrong")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ANSWERABLE_ACTOR", "jane")
        (folder / "memo.txt").write_text("as it was")
        (folder / "house.toml").write_text(HOUSE_POLICY)
        for line in (
            "init --origin example.com/log",
            "append counterparty-barred --case acme --counterparty org-7 --from 2026-01-01 "
            "--new-case",
            "append contact --case acme --counterparty org-7 --occurred 2026-02-01",
            "append commitment-made --case acme --by p-1 --promise care --due 2026-02-01",
            "append finding-made --case acme --subject p-1 --outcome substantiated "
            "--responsibility direct --occurred 2026-02-02",
            "evidence add memo.txt --case acme",
            "checkpoint",
            "status --party org-7",
            "witness init w --name w.example",
        ):
            assert run(shlex.split(line)) == 0, line
        (folder / "memo.txt").write_text("as it is")
    return folder


@pytest.fixture(scope="module")
def altered(wrong: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and the ledger was altered, too."""
    folder = tmp_path_factory.mktemp("altered") / "house"
    shutil.copytree(wrong, folder)
    with in_hand(folder / "answerable.db") as connection:
        connection.execute("UPDATE documents SET body = x'5b5d'")
        (note,) = connection.execute("SELECT note FROM checkpoints").fetchone()
        connection.execute("INSERT INTO timestamps VALUES (x'00', 6, ?)", (note,))
    return folder


@pytest.mark.parametrize("closed", ["", *CLOSED])
@pytest.mark.parametrize("check", CHECKS)
def test_the_code_is_the_verdict(wrong: Path, altered: Path, check: str, closed: str) -> None:
    _, code = CHECKS[check]
    of_file = check.startswith(("verify", "views", "timestamp"))
    folder = altered if of_file else wrong
    script = f"set -o pipefail; {COMMAND} {check} {closed}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, check=False, text=True
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", CLOSED)
def test_what_holds_ends_with_0(wrong: Path, closed: str) -> None:
    script = f"set -o pipefail; {COMMAND} verify --json {closed}"
    assert subprocess.run(["bash", "-c", script], cwd=wrong, check=False).returncode == 0
