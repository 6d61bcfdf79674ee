"""`answerable migrate`."""

from __future__ import annotations

import click

from answerable.cli.moving.saying import signed_line, told, what_came
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import checked_address as checked
from answerable.cli.shared.options import json_option
from answerable.cli.shared.output import note, progress, tell, write_json


@click.command("migrate", cls=Command)
@click.argument("source", metavar="SOURCE")
@click.argument("dest", metavar="DEST")
@json_option
def command(source: str, dest: str, as_json: bool) -> None:
    """Carry the ledger over into another place, the same to the byte.

    What is at DEST afterwards is the same ledger: entries, positions, times, sealed texts, root,
    keys, signatures and time stamps; what was erased is erased there. The tree
    is grown again from the bytes that come, both are compared row by row, and the copy is verified.
    SOURCE is only read. If it is broken off, the same command goes on; given again later, it brings
    what was recorded since.

    \b
    Example:
      answerable migrate answerable.db /srv/ledgers/house.db
      answerable migrate answerable.db postgresql://records.example/house
    """
    from answerable.domain.record import TreeHead
    from answerable.ledger.moving.moves import migrate, open_or_make, open_there
    from answerable.projections.documents import VIEWS

    with open_there(checked(source)) as read, open_or_make(checked(dest)) as made:
        moved = migrate(read, made, views=VIEWS, progress=progress)
        named, on_server = made.name, made.place is None
    carried = moved.carried
    if as_json:
        write_json({"ledger": named, **told(moved)}, TreeHead(carried.size, carried.root))
        return
    tell(f"Carried over: {what_came(moved)}: {named}")
    if carried.added < carried.size:
        tell(f"Of these, {carried.size - carried.added:,} had come before.")
    if (line := signed_line(moved)) is not None:
        tell(line)
    note(
        f"From now on record in one of them alone: two that go on under one key are two logs. "
        f"`export ANSWERABLE_LEDGER={named}` has every command use the new one."
    )
    if moved.report.signed.last is not None:
        where = "give --key-file" if on_server else "give --key-file, or put them beside it"
        note(f"The private keys did not move: {where}.")
    tell(f"Root: {carried.root.hex()}")
