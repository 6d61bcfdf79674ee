"""Remember what a command recorded: it is told whatever becomes of the output, and is no failure.

A script that runs a command again because its output failed would record twice. So from the moment
that something is on disk, no output can make the exit code another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from answerable.cli.shared.terminal.streams import let_nothing_break, why_lost, why_unwritable

_ADDED: list[range] = []


def acknowledge(positions: range) -> None:
    """Remember what was recorded; from now on no output can fail the command.

    Args:
        positions: where it is in the log; empty where all of it was on record already.
    """
    if positions:
        _ADDED.append(positions)
    let_nothing_break()


@contextmanager
def all_recorded() -> Iterator[None]:
    """Say of what cannot be read within the block that it is told of what is on record.

    A command puts there what it tells once all that it records is on record: a server that is lost
    then takes no event back, and so is no failure of the command.
    """
    from answerable.ledger.errors import NOTHING_WRITTEN, StorageFailed

    try:
        yield
    except StorageFailed as error:
        if not _ADDED:
            raise
        why = error.message.partition(NOTHING_WRITTEN)[0].rstrip(".")
        said = f"{what_is_on_disk()}: only what else there is to say of it cannot be read ({why})."
        click.echo(f"{said} Do not record it again.", err=True)


def what_is_on_disk() -> str:
    """Tell what this process recorded, in words."""
    if not _ADDED:
        return "What was acknowledged is on disk"
    first, last = _ADDED[0][0], _ADDED[-1][-1]
    return f"#{first} is on record" if first == last else f"#{first} to #{last} are on record"


def remark_lost_output() -> None:
    """Say on stderr what is on record, or that a verdict stands, where the output is lost.

    Whoever stops reading a verdict has seen enough.
    """
    why = why_lost() if _ADDED else why_unwritable()
    if why is not None and not _ADDED:
        said = f"Only the output failed ({why}): what it holds is not whole."
        click.echo(f"{said} The exit code is the verdict all the same.", err=True)
    elif why is not None:
        click.echo(
            f"{what_is_on_disk()}: only the output failed ({why}). Do not record it again.",
            err=True,
        )
    _ADDED.clear()
