"""`answerable init`."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option, ledger_option, ledger_place
from answerable.cli.shared.output import note, write_json
from answerable.cli.shared.signed.keys import (
    key_file_option,
    key_place,
    key_place_known,
    say_created,
)
from answerable.cli.shared.signed.passphrase import new_passphrase, passphrase_option


@click.command("init", cls=Command)
@click.option(
    "--origin",
    metavar="NAME",
    help="What the log is called, as example.com/ledger: makes the keys that it signs with.",
)
@key_file_option
@passphrase_option
@ledger_option
@json_option
def command(
    origin: str | None,
    key_file: Path | None,
    passphrase_file: Path | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Make an empty ledger.

    It is one file, and with --origin another of private keys beside it; or a schema of its own on a
    PostgreSQL server, with the keys at --key-file. What is there already is never overwritten.
    Without keys a ledger works, but cannot sign: checkpoints, proofs for strangers and publishing
    need them.

    \b
    Example:
      answerable init --origin example.com/ledger
      answerable init --ledger incidents.db
      answerable init --ledger postgresql://records.example/house
    """
    from answerable.ledger.checkpoints.rotation import create_keys
    from answerable.ledger.errors import FileRefused
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.tlog.checkpoint import Checkpoint
    from answerable.ledger.tlog.note_signatures import check_signer_name

    place = ledger_place(ledger)
    keys, secret = key_place_known(key_file, ledger), None
    if origin is not None:
        keys = key_place(key_file, ledger)
        check_signer_name(origin)
        if keys.exists():
            raise FileRefused(f"there are keys at {keys} already, and they are not overwritten.")
        secret = new_passphrase(passphrase_file)
    with Ledger.create(place) as made:
        head = made.head()
        signers = [] if origin is None or keys is None else create_keys(made, origin, keys, secret)
        name = made.name
    if as_json:
        said = {"ledger": name, "size": head.size, "root": head.root.hex()}
        known = head if origin is None else Checkpoint(origin, *head)
        write_json(said | {"keys": [str(signer.key) for signer in signers]}, known)
        return
    click.echo(f"Made an empty ledger: {name}")
    if origin is not None and keys is not None:
        say_created(origin, keys)
    else:
        make = "`answerable key create --origin example.com/ledger`"
        note(f"It has no keys, so it cannot sign. {make} makes them at any time.")
