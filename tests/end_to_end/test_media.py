"""Files, disks and outputs that are not as they should be, met by real processes."""

import os

import pytest
from tests.end_to_end.conftest import Cli

WITH_A_PIPE = (
    ("--ledger", "pipe", "status"),
    ("verify", "pipe"),
    ("verify", "--key", "pipe"),
    ("verify", "--proof", "pipe", "--key", "pipe"),
    ("verify", "--signers", "pipe"),
    ("record", "pipe"),
    ("checkpoint", "--key-file", "pipe"),
    ("checkpoint", "--attach", "pipe"),
    ("key", "rotate", "--key-file", "pipe"),
    ("timestamp", "attach", "pipe"),
    ("timestamp", "verify", "--ca", "pipe"),
    ("append", "contact", "--case", "acme", "--counterparty", "kol-1", "--sign", "pipe"),
    ("evidence", "add", "pipe", "--case", "acme"),
)


@pytest.mark.parametrize("arguments", WITH_A_PIPE, ids=" ".join)
def test_a_named_pipe_is_not_waited_for(kept: Cli, arguments: tuple[str, ...]) -> None:
    os.mkfifo(kept.folder / "pipe")
    kept("key", "create", "--origin", "example.com/ledger")
    kept.ledger.with_name("answerable.db.signers").touch()
    result = kept(*arguments, code=None)
    assert result.code in (2, 3)
    assert "pipe" in result.err
    assert "named pipe" in result.err


@pytest.mark.parametrize("name", ["key", "signed", "signers"])
def test_a_named_pipe_beside_the_ledger_is_not_waited_for(kept: Cli, name: str) -> None:
    kept("key", "create", "--origin", "example.com/ledger")
    kept("checkpoint")
    place = kept.ledger.with_name(f"answerable.db.{name}")
    place.unlink(missing_ok=True)
    os.mkfifo(place)
    for command in ("checkpoint", "verify"):
        result = kept(command, code=None)
        assert (result.code == 0) == (
            (name, command) in {("key", "verify"), ("signers", "checkpoint")}
        )
        assert result.code == 0 or "named pipe" in result.err
