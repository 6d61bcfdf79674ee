"""`answerable init`."""

from __future__ import annotations

import click

from answerable.cli.base import json_option, ledger_option, ledger_place, write_json


@click.command("init")
@ledger_option
@json_option
def command(ledger: str | None, as_json: bool) -> None:
    """Make an empty ledger.

    It is one file. What is there already is never overwritten.

    \b
    Example:
      answerable init
      answerable init --ledger incidents.db
    """
    from answerable.ledger.ledger import Ledger

    place = ledger_place(ledger)
    with Ledger.create(place) as made:
        head = made.head()
    if as_json:
        write_json({"ledger": str(place), "size": head.size, "root": head.root.hex()})
    else:
        click.echo(f"Made an empty ledger: {place}")
