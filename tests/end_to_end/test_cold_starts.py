"""Commands in an interpreter of their own, as they are installed: warm ones answer the same.

The other tests run the command in forks of a process that has imported it
(tests/support/warm_command.py). Here every command starts as it does for whoever installed it, so
that an import that is missing, or a circle of imports, shows; `make soak` starts all of them so.
"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from tests.end_to_end.conftest import COMMAND, SCRIPT, Cli, Result
from tests.support.lengths import SOAK
from tests.support.screen_catalogue import CASE, SCREENS
from tests.support.warm_command import warm

from answerable.cli.main import COMMANDS

VARYING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w+/=]{24,}|\d+")
"""Finds what differs from one run to the next: ids, hashes, keys, times of the clock."""

ASKED = {
    **{asked.arguments[0]: asked.arguments for asked in SCREENS.values()},
    "browse": ("browse", "--port", "none"),
    "checkpoint": ("checkpoint",),
    "completion": ("completion", "bash"),
    "key": ("key", "create", "--origin", "example.com/log"),
    "new": ("new", "contact", "--case", CASE),
    "publish": ("publish", "public"),
    "record": ("record", "nothing.json"),
    "what-if": ("what-if", "--policy", "generic"),
}
"""Try each command out: the last of its screens, or what needs no set-up."""


def cold(cli: Cli, arguments: tuple[str, ...]) -> Result:
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=cli.folder,
        env=cli.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return Result(done.returncode, done.stdout, done.stderr)


def alike(answer: Result) -> Result:
    return Result(answer.code, VARYING.sub("#", answer.out), VARYING.sub("#", answer.err))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_answers_in_an_interpreter_of_its_own_as_in_a_fork(name: str, story: Cli) -> None:
    other = Cli(story.folder / "other")
    other.folder.mkdir()
    shutil.copy(story.ledger, other.ledger)
    assert alike(cold(story, ASKED[name])) == alike(other(*ASKED[name], code=None))


def test_what_an_interpreter_reads_when_it_starts_is_asked_of_a_new_one(cli: Cli) -> None:
    def started(**more: str) -> bool:
        return warm(SCRIPT).run(cli.folder, ["-h"], cli.environment(**more), b"") is not None

    assert started() != SOAK
    assert not any((started(LC_ALL="C"), started(PYTHONUTF8="0"), started(TZ="Asia/Tokyo")))
