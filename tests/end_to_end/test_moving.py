"""Ledgers carried over by the command, and one whose carrier is killed on the way."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.end_to_end.conftest import EXAMPLE, Cli
from tests.support.dumped import dumped
from tests.support.lengths import sample

from answerable.ledger.ledger import Ledger
from answerable.ledger.moving import carrying

CHILD = """
import os, sys
from answerable.ledger.ledger import Ledger
from answerable.ledger.moving import carrying

carrying.AT_A_TIME = int(sys.argv[3])
with Ledger.open(sys.argv[1]) as source, Ledger.open(sys.argv[2]) as dest:
    carrying.carry(source, dest, lambda count: os.write(1, f"{count}\\n".encode()))
"""

ERASE = ("append", "personal-data-erased", "--case", "house", "--subject", "person-1")
ERASE_NOW = (*ERASE, "--legal-basis", "gdpr 17", "--others", "keep")


@pytest.mark.parametrize("parts", sample(range(1, 14), 3))
def test_a_carrier_that_is_killed_is_gone_on_with(story: Cli, parts: int) -> None:
    dest = story.folder / "b.db"
    Ledger.create(dest).close()
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(story.ledger), str(dest), "2"], stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        for _ in range(parts):
            child.stdout.readline()
        child.kill()
    with Ledger.open(story.ledger) as source, Ledger.open(dest) as begun:
        assert len(begun) >= 2 * parts
        assert carrying.carry(source, begun).size == len(source)
    assert dumped(dest) == dumped(story.ledger)


def test_a_ledger_is_backed_up_and_restored(story: Cli) -> None:
    assert "Backed up: 28 entries" in story("backup", "kept.db").out
    story(*ERASE_NOW)
    restored = story("restore", "kept.db", "--ledger", "old.db")
    assert "Restored: 28 entries" in restored.out
    assert "readable again" in restored.err
    whole = story("restore", "kept.db", "--then", "answerable.db", "--ledger", "new.db")
    assert "Recorded since, and taken over: 1." in whole.out
    assert "readable again" not in whole.err
    assert dumped(story.folder / "new.db") == dumped(story.ledger)
    asked = ("status", "--json")
    assert story(*asked, "--ledger", "new.db").json == story(*asked).json


def test_what_was_signed_and_is_lost_is_said(cli: Cli) -> None:
    cli("init", "--origin", "example.com/ledger")
    cli("import", str(EXAMPLE))
    cli("backup", "kept.db")
    cli.append("contact", "--case", "xiaomi-kol", "--counterparty", "org-1")
    cli("checkpoint")
    keys = ("--key-file", "answerable.db.key")
    restored = cli("restore", "kept.db", "--ledger", "old.db", *keys)
    assert "signed 1 entry more" in restored.err
    again = cli("restore", "kept.db", "--ledger", "old.db", *keys, "--json").json
    assert again["signed_and_missing"] == 1
    cli("checkpoint", "--ledger", "old.db", *keys, code=4)


def test_a_ledger_is_migrated_and_goes_on(story: Cli, tmp_path: Path) -> None:
    first = story("migrate", "answerable.db", "moved.db", "--json").json
    assert (first["size"], first["added"]) == (28, 28)
    again = story("migrate", "answerable.db", "moved.db").out
    assert "Of these, 28 had come before." in again
    contact = ("contact", "--case", "xiaomi-kol", "--counterparty", "org-1")
    story.append(*contact, "--ledger", "moved.db")
    refused = story("migrate", "answerable.db", "moved.db", code=3)
    assert "more than there are to come" in refused.err
    assert "no ledger" in story("migrate", "none.db", "other.db", code=2).err
    assert not (tmp_path / "other.db").exists()
