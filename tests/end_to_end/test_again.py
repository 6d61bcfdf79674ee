"""Hold that what was recorded is not recorded twice by a command that is run again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
from tests.end_to_end.conftest import Cli, Unchanged

GIFT = ("contact", "--case", "acme", "--counterparty", "kol-2", "--purpose", "a gift of 酒")


def test_the_same_again_is_refused_with_its_number(kept: Cli, unchanged: Unchanged) -> None:
    kept("append", *GIFT)
    with unchanged(kept):
        said = kept("append", *GIFT, code=3).err
        assert "the same is on record already: #2, contact-made of acme, recorded by you at" in said
        assert "Nothing was recorded now. If it happened again, say so with --again" in said
        error = kept("append", *GIFT, "--json", code=3).error
        assert error["error"] == "Repeated"
        assert error["position"] == 2
        assert "#2" in error["message"]
        kept("append", *GIFT, "--dry-run", code=3)


def test_what_happened_again_is_recorded_again(kept: Cli) -> None:
    kept("append", *GIFT)
    assert kept.append(*GIFT, "--again")["position"] == 3
    # The id tells one event from another, and a script may try again with it.
    other = "0190163d-8694-739b-aea5-966c26f8ad91"
    assert not kept.append(*GIFT, "--event-id", other)["duplicate"]
    assert kept.append(*GIFT, "--event-id", other)["duplicate"]
    assert kept.state[0] == 5


def test_what_was_retracted_is_no_twin(kept: Cli) -> None:
    kept("append", *GIFT)
    kept("append", "retraction", "--case", "acme", "--target", "2", "--reason", "a slip")
    assert kept.append(*GIFT)["position"] == 4
    assert "#4" in kept("append", *GIFT, code=3).err


def test_another_recorder_case_or_word_is_another_event(kept: Cli) -> None:
    kept("append", *GIFT)
    kept("append", *GIFT, "--as", "somebody else")
    kept("append", *GIFT, "--occurred", "2026-01-05")
    kept("append", "contact", "--case", "other", "--new-case", *GIFT[3:])
    kept("append", *GIFT[:-1], "another gift")
    assert kept.state[0] == 7


def test_a_drawn_pseudonym_is_no_other_person(kept: Cli) -> None:
    register = ("party-registered", "--type", "person", "--name", "徐飞")
    first = kept.append(*register)
    said = kept("append", *register, code=3).err
    assert f"#{first['position']}, party-registered of house" in said
    kept("append", *register, "--party", "p-9")
    assert kept.append(*register, "--again")["version"] == 3


LINES = [
    {"kind": "contact-made", "case_id": "acme", "counterparty": f"kol-{number}"}
    for number in (2, 2, 3)
]


def jsonl(lines: list[dict[str, str]]) -> str:
    return "".join(f"{json.dumps(each)}\n" for each in lines)


@pytest.mark.parametrize("batch", ["1", "1000"])
def test_an_import_run_again_says_which_lines_are_on_record(kept: Cli, batch: str) -> None:
    (kept.folder / "a.jsonl").write_text(jsonl(LINES))
    arguments = ("import", "a.jsonl", "--batch", batch)
    kept(*arguments)
    assert kept.state[0] == 5
    for more in ((), ("--dry-run",)):
        said = kept(*arguments, *more, code=3).err
        assert "lines 1 to 3 are on record, by an earlier import." in said
        assert "--continue" in said
    (kept.folder / "a.jsonl").write_text(jsonl([*LINES, LINES[0]]))
    kept(*arguments, code=3)
    kept(*arguments, "--continue")
    assert kept.state[0] == 6
    kept(*arguments, "--again")
    assert kept.state[0] == 10


def test_lines_that_have_ids_may_be_imported_as_often_as_one_likes(kept: Cli) -> None:
    exported = kept("export").out
    assert kept("import", "-", "--json", stdin=exported).json["known"] == 2
    kept("import", "-", "--json", stdin=jsonl(LINES))
    assert "lines 1 to 3 are on record" in kept("import", "-", stdin=jsonl(LINES), code=3).err


def test_a_command_that_is_killed_once_it_recorded_is_run_again(kept: Cli) -> None:
    long = ("--purpose", "x" * 3_000)
    script = f"""
import os, signal, sys
from answerable.cli.shared import acknowledged
acknowledged.acknowledge = lambda _: os.kill(os.getpid(), signal.SIGKILL)
from answerable.cli.main import run
run({["append", *GIFT[:-2], *long]!r})
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=kept.folder, env=kept.environment(), check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert "is on record already: #2" in kept("append", *GIFT[:-2], *long, code=3).err
    assert kept.state[0] == 3
