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
        type=click.Path(path_type=Path, dir_okay=False),
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
    """The passphrase to put new keys under; None for none. It is asked for only by an option.

    Raises:
        KeysUnusable: keys cannot be put under it.
    """
    from answerable.ledger.keys import check_passphrase

    told = _told(given) or None
    if told is not None:
        check_passphrase(told)
    return told


def _told(given: Path | None) -> str | None:
    """The passphrase that a file or the environment tells.

    Raises:
        KeysUnusable: the file tells none, or what is told is not UTF-8.
    """
    from answerable.ledger.errors import KeysUnusable

    where = f"${VARIABLE}" if given is None else str(given)
    try:
        if given is None:
            told = os.environ.get(VARIABLE)
            return None if told is None else os.fsencode(told).decode()
        lines = given.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise KeysUnusable(f"the passphrase in {where} is not UTF-8.") from None
    if not lines or not lines[0]:
        raise KeysUnusable(
            f"there is no passphrase in {where}: its first line is empty.",
            hint="Leave the option out to have none.",
        )
    return lines[0]
