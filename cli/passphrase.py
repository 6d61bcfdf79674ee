"""The passphrase of a file of private keys: from a file, from the environment, or asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from answerable.cli.base import EXISTING, Command

VARIABLE = "ANSWERABLE_PASSPHRASE"


def passphrase_option(command: Command) -> Command:
    """Add `--passphrase-file`."""
    option = click.option(
        "--passphrase-file",
        type=EXISTING,
        metavar="FILE",
        help=f"Its first line is the passphrase of the keys. [default: ${VARIABLE}, else you are "
        "asked, in a terminal]",
    )
    return option(command)


def key_file_option(command: Command) -> Command:
    """Add `--key-file`, which says where the private keys are."""
    option = click.option(
        "--key-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        envvar="ANSWERABLE_KEY_FILE",
        help="The private keys. [default: $ANSWERABLE_KEY_FILE, else beside the ledger, .key]",
    )
    return option(command)


def passphrase(keys: Path, given: Path | None) -> str | None:
    """The passphrase of a file of keys, where it is under one."""
    from answerable.ledger.keys import locked

    if not locked(keys):
        return None
    told = _told(given)
    if told is None and sys.stdin.isatty():
        told = click.prompt(f"Passphrase of {keys}", hide_input=True, err=True)
    return told


def new_passphrase(given: Path | None) -> str | None:
    """The passphrase to put new keys under; None for none. It is asked for only by an option."""
    return _told(given) or None


def _told(given: Path | None) -> str | None:
    if given is None:
        return os.environ.get(VARIABLE)
    lines = given.read_text(encoding="utf-8").splitlines()
    return lines[0] if lines else ""
