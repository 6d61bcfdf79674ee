"""`answerable export`."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from answerable.cli.base import ledger_option, new_file, note, open_ledger, progress

if TYPE_CHECKING:
    from answerable.ledger.ledger import Ledger

Lines = Generator[bytes, None, None]


@click.command("export")
@click.option("--case", metavar="CASE", help="Only the events of this case.")
@click.option("--entries", is_flag=True, help="The entries as they are, to be restored elsewhere.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to, whole or not at all. [default: stdout]",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@ledger_option
def command(
    case: str | None, entries: bool, output: Path | None, force: bool, ledger: str | None
) -> None:
    """Write the events out as JSON lines.

    Each line is an event as it was told, sealed texts included; `answerable import` takes them.
    What was erased or withheld is left out and counted.

    With --entries, each line is an entry of the log with the texts behind its commitments.
    Imported into an empty ledger they make the same log, with the same positions, times and root.

    \b
    Example:
      answerable export --case acme --output acme.jsonl
      answerable export --entries | zstd > backup.jsonl.zst
    """
    if case is not None and entries:
        raise click.UsageError(
            "--entries is for the whole log: a case's entries prove nothing alone."
        )
    with open_ledger(ledger) as opened, progress("Exporting", len(opened)) as advance:
        if case is not None:
            _check_case(opened, case)
        lines = _entries(opened) if entries else _told(opened, case)
        with closing(lines), _target(output, force) as file:
            for line in lines:
                file.write(line + b"\n")
                advance(1)


@contextmanager
def _target(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    with new_file(output, force=force) as file:
        yield file


def _check_case(opened: Ledger, case: str) -> None:
    from answerable.projections.errors import NotFound

    if next(opened.events(case=case), None) is None:
        raise NotFound(f"there is no case {case!r}.", hint="`answerable cases` lists them.")


def _entries(opened: Ledger) -> Lines:
    from answerable.ledger.exporting import entries

    yield from entries(opened)


def _told(opened: Ledger, case: str | None) -> Lines:
    """The events as told; at the end, a note of what is left out."""
    from answerable.ledger.exporting import told

    erased = withheld = broken = 0
    for event in told(opened, case=case):
        erased += event.erased
        withheld += event.withheld
        broken += not event.whole
        yield event.line
    for count, why in ((erased, "erased"), (withheld, "withheld")):
        if count:
            note(f"Left out, because {why}: {count:,} {'field' if count == 1 else 'fields'}.")
    if broken:
        note(
            f"{broken:,} of the events cannot be imported without them; `export --entries` writes "
            "what can be restored."
        )
