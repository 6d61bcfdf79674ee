"""Bytes that are no text, where a command looks without being told to."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest
from tests.end_to_end.conftest import Cli, Unchanged

from answerable.cli.main import run
from answerable.cli.shared import options
from answerable.ledger.errors import NotALedger
from answerable.ledger.ledger import Ledger

CONTACT = ("append", "contact", "--case", "acme", "--counterparty", "kol-1")
LATIN = "caf\udce9"
"""What Python makes of the bytes of a text in Latin-1."""

VARIABLES = tuple(
    f"ANSWERABLE_{name}"
    for name in (
        "LEDGER",
        "ACTOR",
        "CASE",
        "KEY_FILE",
        "SIGNERS",
        "DURABILITY",
        "MAX_GAP",
        "PAGER",
        "ZONE",
        "LANGUAGE",
    )
)


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("arguments", [CONTACT, ("status",), ("verify", "--json"), ("init",)])
def test_a_variable_of_ours_that_is_no_text_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, LATIN)
    assert run([*arguments]) == 2
    out, err = capsys.readouterr()
    assert f"the environment's {variable} is no text in UTF-8" in err
    assert "caf" not in out + err
    assert list(tmp_path.iterdir()) == []


def test_every_variable_that_a_command_reads_is_tried_here() -> None:
    cli = Path(options.__file__).parents[1]
    read = {
        name
        for module in cli.rglob("*.py")
        for name in re.findall(r"(?<!_)ANSWERABLE_[A-Z_]+[A-Z]", module.read_text())
    }
    assert read - {"ANSWERABLE_PASSPHRASE"} == {*VARIABLES}


def test_bytes_elsewhere_in_the_environment_do_no_harm(kept: Cli) -> None:
    env = {"HOME": LATIN, "USER": LATIN, "LANG": LATIN, "XDG_CONFIG_HOME": LATIN}
    for arguments in (CONTACT, ("status",), ("verify",)):
        kept(*arguments, env=env)


def test_who_records_is_no_bytes(
    kept: Cli, unchanged: Unchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = {"ANSWERABLE_ACTOR": "", "GIT_CONFIG_GLOBAL": "gitconfig", "GIT_CONFIG_NOSYSTEM": "1"}
    config = kept.folder / "gitconfig"
    with unchanged(kept):
        config.write_bytes(b"[user]\n\tname = Ren\xe9\n")
        said = kept(*CONTACT, env=nobody, code=2).err
        assert "git's user is no text in UTF-8. Say who records with --as." in said
        config.write_bytes(b"")
        said = kept(*CONTACT, env={**nobody, "LOGNAME": LATIN}, code=2).err
        assert "the system's name for you is no text in UTF-8. Say who" in said
    kept(*CONTACT, "--as", "jane", env={**nobody, "LOGNAME": LATIN})
    kept(*CONTACT, "--again", env={**nobody, "LOGNAME": "jane"})


def test_a_system_without_a_name_for_who_records_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nobody)
    monkeypatch.setattr(options, "GIT_USER", ("false",))
    with pytest.raises(click.UsageError, match="the system has no name for you"):
        options.recorder(None)


def test_a_ledger_in_a_place_that_is_no_text_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / LATIN
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ANSWERABLE_ACTOR", "jane")
    for arguments in (["init"], ["status"], [*CONTACT]):
        assert run(arguments) == 2
        assert r"caf\xe9/answerable.db' is no text in UTF-8" in capsys.readouterr().err
    assert run(["status", "--ledger", LATIN, "--json"]) == 2
    assert os.listdir(folder) == []  # noqa: PTH208 - a name that is no text
    for way in (Ledger.open, Ledger.create):
        with pytest.raises(NotALedger, match="is no text in UTF-8, as a ledger's place has to be"):
            way(folder / "a.db")
