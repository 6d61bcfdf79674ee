"""The file of private keys that a ledger signs with: where it is, and what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from answerable.cli.shared.options import Command, ledger_place
from answerable.cli.shared.output import note
from answerable.cli.shared.signed.passphrase import passphrase

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.note_signatures import Signer


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


def unreplicated_option(command: Command) -> Command:
    """Add `--sign-unreplicated`, by which the operator takes upon them what a standby may lack."""
    option = click.option(
        "--sign-unreplicated",
        is_flag=True,
        help="Sign though a standby of the ledger's server may lack it, and take over without it.",
    )
    return option(command)


def key_place(given: Path | None, ledger: str | None) -> Path:
    """Return where the private keys are: as given, else beside the ledger.

    Raises:
        click.UsageError: the ledger is on a server, and nothing says where they are.
    """
    place = key_place_known(given, ledger)
    if place is None:
        raise click.UsageError(
            "the ledger is on a server, and no keys lie beside it: name their file by --key-file, "
            "or in ANSWERABLE_KEY_FILE."
        )
    return place


def key_place_known(given: Path | None, ledger: str | None) -> Path | None:
    """Return where the private keys are; None of a ledger on a server, where nothing says so."""
    if given is not None:
        return given
    from answerable.ledger.checkpoints.signing import key_file

    place = ledger_place(ledger)
    return key_file(place) if isinstance(place, Path) else None


def say_created(origin: str, place: Path) -> None:
    """Say which keys were made, and what to do with them."""
    click.echo(f"Made the keys of {origin}: {place}")
    note("Keep a copy of that file in a safe place, and give out `answerable key export`.")


def read_signers(
    opened: Ledger, key_file: Path | None, passphrase_file: Path | None
) -> tuple[list[Signer], Path]:
    """Read the keys that a ledger signs with; name the file that remembers what they signed."""
    from answerable.ledger.checkpoints.memory import memory_file
    from answerable.ledger.checkpoints.rotation import open_keys
    from answerable.ledger.checkpoints.signing import key_file as beside

    place = key_file or beside(opened.path)
    secret = passphrase(place, passphrase_file) if place.exists() else None
    return open_keys(opened, place, secret), memory_file(place)
