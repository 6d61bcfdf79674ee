"""The passphrase of a file of private keys: from a file, from the environment, or asked for."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from answerable.cli.shared.options import Command

VARIABLE = "ANSWERABLE_PASSPHRASE"

FILE = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
"""A file with a passphrase, or - for standard input."""


def passphrase_option(command: Command) -> Command:
    """Add `--passphrase-file`."""
    option = click.option(
        "--passphrase-file",
        type=FILE,
        metavar="FILE|-",
        help=f"Its first line is the passphrase of the keys; - asks you for it. [default: "
        f"${VARIABLE}; else you are asked, in a terminal, for that of keys that are there]",
    )
    return option(command)


def passphrase(keys: Path, given: Path | None) -> str | None:
    """Return the passphrase of a file of keys, where it is under one."""
    from answerable.ledger.tlog.private_keys import are_locked

    if not are_locked(keys):
        return None
    if sys.stdin.isatty() and (_is_dash(given) or (given is None and VARIABLE not in os.environ)):
        asked: str = click.prompt(f"Passphrase of {keys}", hide_input=True, err=True)
        return asked
    return _read(given)


def new_passphrase(given: Path | None) -> str | None:
    """Return the passphrase to put new keys under; None for none. Only an option asks for it.

    Raises:
        KeysUnusable: keys cannot be put under it.
    """
    from answerable.ledger.tlog.private_keys import check_passphrase

    if _is_dash(given) and sys.stdin.isatty():
        chosen: str | None = click.prompt(
            "Passphrase for the new keys", hide_input=True, confirmation_prompt=True, err=True
        )
    else:
        chosen = _read(given) or None
    if chosen is not None:
        check_passphrase(chosen)
    return chosen


def _is_dash(given: Path | None) -> bool:
    return given is not None and str(given) == "-"


def _read(given: Path | None) -> str | None:
    """Return the passphrase that a file or the environment holds.

    Raises:
        KeysUnusable: the file holds none, or one that is not UTF-8.
    """
    from answerable.ledger.errors import KeysUnusable

    where = f"${VARIABLE}" if given is None else str(given)
    try:
        if given is None:
            value = os.environ.get(VARIABLE)
            return None if value is None else os.fsencode(value).decode()
        source = sys.stdin.buffer.read() if _is_dash(given) else given.read_bytes()
        lines = source.decode().splitlines()
    except UnicodeDecodeError:
        raise KeysUnusable(f"the passphrase in {where} is not UTF-8.") from None
    if not lines or not lines[0]:
        raise KeysUnusable(
            f"there is no passphrase in {where}: its first line is empty.",
            hint="Leave the option out to have none.",
        )
    return lines[0]
