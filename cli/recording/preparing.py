"""Writing prepared events into files, to be signed here or on another machine."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.output import note
from answerable.cli.suggestions import suggested
from answerable.ledger.actors.prepared import statement_file
from answerable.ledger.system.atomic_file import new_file

if TYPE_CHECKING:
    from answerable.ledger.actors.prepared import Prepared


def write_prepared(*files: tuple[Prepared, Path]) -> None:
    """Write prepared events into files, beside each its statement to be signed: all or none."""
    with ExitStack() as written:
        for prepared, place in files:
            # They hold in clear what the ledger seals.
            for file, content in (
                (place, bytes(prepared)),
                (statement_file(place), prepared.statement),
            ):
                written.enter_context(new_file(file, force=False, private=True)).write(content)


def prepared_json(prepared: Prepared, place: Path) -> dict[str, Any]:
    """Return where a prepared event was written as JSON values."""
    statement = str(statement_file(place))
    return {"prepared": str(place), "statement": statement, "event_id": prepared.event.event_id}


def show_prepared(prepared: Prepared, place: Path) -> None:
    """Say where a prepared event was written, and what to do with it."""
    event, statement = prepared.event, statement_file(place)
    click.echo(f"Prepared: {event.kind} of {event.case_id}; nothing is recorded yet.")
    click.echo(f"  event      {event.event_id}")
    click.echo(f"  statement  {statement}")
    note(f"Sign it:    ssh-keygen -Y sign -n answerable -f KEY {statement}")
    note(f"Record it:  {suggested('record', place)}")
