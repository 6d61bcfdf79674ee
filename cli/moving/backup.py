"""`answerable backup`."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.moving.saying import signed_line, told, what_came
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import json_option, ledger_option, open_ledger
from answerable.cli.shared.output import note, progress, tell, write_json


@click.command("backup", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@ledger_option
@json_option
def command(file: Path, ledger: str | None, as_json: bool) -> None:
    """Write a backup of the ledger, verified.

    FILE is a ledger itself: whatever reads one reads it, with --ledger. It is of what was on record
    when the command began, and others may go on recording. It appears whole, or not at all; what
    was broken off is gone on with. Private keys are not in it.

    \b
    Example:
      answerable backup house-2026-11-30.db
    """
    from answerable.domain.record import TreeHead
    from answerable.ledger.moving.moves import back_up

    with open_ledger(ledger) as opened:
        moved = back_up(opened, file, progress=progress)
    carried = moved.carried
    if as_json:
        write_json({"backup": str(file), **told(moved)}, TreeHead(carried.size, carried.root))
        return
    tell(f"Backed up: {what_came(moved)}: {file}")
    if (line := signed_line(moved)) is not None:
        tell(line)
    note(
        "It holds every name and text that is open now, and no later erasure reaches it: keep it "
        "as safe as the ledger, and no longer than you need it."
    )
    tell(f"Root: {carried.root.hex()}")
