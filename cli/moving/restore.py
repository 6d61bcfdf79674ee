"""`answerable restore`."""

from __future__ import annotations

from pathlib import Path

import click

from answerable.cli.moving.saying import signed_line, told, what_came
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import checked_address, json_option, ledger_option, ledger_place
from answerable.cli.shared.output import note, progress, tell, write_json
from answerable.cli.shared.signed.keys import key_file_option, key_place_known
from answerable.projections.wording.counts import counted

UNKNOWN = (
    "What was recorded since is not in it, and neither is what was erased since: such texts are "
    "readable again. If the ledger as it was later can still be read, name it with --then, in an "
    "empty place; else record those erasures again."
)


@click.command("restore", cls=Command)
@click.argument("backup", metavar="BACKUP")
@click.option(
    "--then",
    "later",
    metavar="LEDGER",
    help="The ledger as it was later: what it recorded since is taken from it, erasures too.",
)
@key_file_option
@ledger_option
@json_option
def command(
    backup: str, later: str | None, key_file: Path | None, ledger: str | None, as_json: bool
) -> None:
    """Restore a backup into an empty ledger, verified.

    The ledger is made where --ledger says. A text that was erased after the backup was made stays
    erased where --then names the ledger as it was later; it may be damaged in what the backup has.
    Without it, it is said what cannot be known.

    \b
    Example:
      answerable restore house-2026-11-30.db --ledger restored.db
      answerable restore house-2026-11-30.db --then damaged.db --ledger restored.db
    """
    from answerable.domain.record import TreeHead
    from answerable.ledger.moving.moves import (
        open_or_make,
        open_there,
        opened_or_none,
        restore_backup,
    )

    with (
        open_there(checked_address(backup)) as kept,
        opened_or_none(later and checked_address(later)) as after,
        open_or_make(ledger_place(ledger)) as made,
    ):
        restored = restore_backup(kept, made, after, progress=progress)
        place = made.name
    moved, carried = restored.moved, restored.moved.carried
    missing = _signed_since(key_place_known(key_file, ledger), carried.size)
    if as_json:
        said = {"ledger": place, **told(moved), "from_backup": restored.from_backup}
        said |= {"backed_up_until": restored.until, "signed_and_missing": missing}
        write_json(said, TreeHead(carried.size, carried.root))
        return
    tell(f"Restored: {what_came(moved)}: {place}")
    if restored.until is not None:
        tell(f"The backup is of {restored.from_backup:,}, the last recorded at {restored.until}.")
    if carried.size > restored.from_backup:
        tell(f"Recorded since, and taken over: {carried.size - restored.from_backup:,}.")
    if (line := signed_line(moved)) is not None:
        tell(line)
    if missing:
        more = counted(missing, "entry", "entries")
        note(
            f"The keys signed {more} more than there are, which may have recorded erasures. They "
            "refuse to sign this ledger, which lacks what they signed."
        )
    if later is None:
        note(UNKNOWN)
    tell(f"Root: {carried.root.hex()}")


def _signed_since(keys: Path | None, size: int) -> int:
    """Return how many entries the private keys of a ledger signed beyond those there are."""
    from answerable.domain.errors import AnswerableError
    from answerable.ledger.checkpoints.memory import memory_file, read_memory
    from answerable.ledger.tlog.checkpoint import SignedCheckpoint

    if keys is None:
        return 0
    try:
        remembered = read_memory(memory_file(keys))
        if remembered is None:
            return 0
        return max(0, SignedCheckpoint.parse(remembered).checkpoint.size - size)
    except AnswerableError:
        return 0
