"""Say what was recorded, or what would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.output import note, write_json
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import localised
from answerable.domain.record import TreeHead
from answerable.domain.zone.zone import UNTOLD

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.store.receipt import Receipt


def show_receipt(
    receipt: Receipt,
    party: str | None,
    as_json: bool,
    nobody: Sequence[str] = (),
    opened: Ledger | None = None,
) -> None:
    """Say what was recorded; of a party that was registered, its pseudonym.

    Args:
        receipt: the receipt.
        party: the party that was registered, if one was.
        as_json: whether to write JSON.
        nobody: the parties that it names and that nobody registered.
        opened: the ledger, for the zone of the case; without it, times are told in UTC alone.
    """
    if receipt.version == 1 and not receipt.duplicate:
        note(f"This is the first event of a new case: {receipt.case_id}")
    if as_json:
        zone = UNTOLD if opened is None else zones_of(opened)(receipt.case_id)
        told = {**localised(receipt.as_dict(), zone), "unregistered": [*nobody]}
        write_json(told, TreeHead(receipt.size, receipt.root))
        return
    done = "On record already" if receipt.duplicate else "Recorded"
    click.echo(f"{done}: {receipt.kind}, event {receipt.version} of {receipt.case_id}")
    if receipt.kind == "party-registered" and party is not None:
        click.echo(f"  party     {party}")
    click.echo(f"  position  {receipt.position}")
    click.echo(f"  event     {receipt.event_id}")
    click.echo(f"  leaf      {receipt.leaf.hex()}")
    click.echo(f"  size      {receipt.size}")
    click.echo(f"  root      {receipt.root.hex()}")


def preview_json(entry: bytes, receipt: Receipt) -> dict[str, Any]:
    """Return what would be recorded as JSON values."""
    return {"dry_run": True, "entry": entry.decode(), **receipt.as_dict()}


def show_preview(entry: bytes, receipt: Receipt, as_json: bool) -> None:
    """Say what would be recorded."""
    if as_json:
        write_json(preview_json(entry, receipt))
    elif receipt.duplicate:
        click.echo(f"On record already, at position {receipt.position}: nothing would be added.")
    else:
        click.echo(entry)
        click.echo(f"leaf  {receipt.leaf.hex()}")
        note("Nothing is recorded. The time and the salts will differ when it is.")
