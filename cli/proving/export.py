"""`answerable export`."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from answerable.cli.shared.clock import clock_option
from answerable.cli.shared.mistyped.choice import Choice
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    OutputFile,
    Times,
    actor_option,
    allow_name_option,
    json_option,
    ledger_option,
    open_to_ask,
    times_options,
)
from answerable.cli.shared.output import note, progress
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger

Lines = Generator[bytes, None, None]

LINES = "jsonl"
"""The form in which events can be imported again."""


@click.command("export", cls=Command)
@click.option("--case", metavar="CASE", help="Only the events of this case.")
@click.option("--entries", is_flag=True, help="The entries as they are, to be restored elsewhere.")
@click.option(
    "--format",
    "form",
    type=Choice((LINES, "ocel", "xes")),
    default=LINES,
    show_default=True,
    help="JSON lines; or an event log for process mining, OCEL 2.0 or XES.",
)
@click.option(
    "--output",
    type=OutputFile(),
    metavar="FILE",
    help="Where to, whole or not at all. [default: stdout]",
)
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the evidence bundle of the case, which proves itself, to this zip.",
)
@click.option(
    "--withhold",
    "fields",
    multiple=True,
    metavar="FIELD",
    help="Leave out of the bundle what is sealed in fields of this name. Repeatable.",
)
@click.option(
    "--withhold-party",
    "parties",
    multiple=True,
    metavar="PARTY",
    help="Leave out of it what is sealed about this party. Repeatable.",
)
@click.option("--sealed", is_flag=True, help="Leave out of it everything that is sealed.")
@click.option(
    "--disclose",
    "disclosed",
    multiple=True,
    metavar="FIELD",
    help="Put in it what it leaves out by default: location, recorded_by, signature. Repeatable.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what the bundle would disclose; write and record nothing."
)
@click.option("--to", metavar="PARTY|WORDS", help="To whom it is given, to be recorded.")
@click.option("--legal-basis", metavar="CLAUSE", help="On which basis, to be recorded.")
@times_options
@allow_name_option
@clock_option
@actor_option
@ledger_option
@json_option
def command(
    case: str | None,
    entries: bool,
    form: str,
    output: Path | None,
    force: bool,
    bundle: Path | None,
    fields: tuple[str, ...],
    parties: tuple[str, ...],
    sealed: bool,
    disclosed: tuple[str, ...],
    dry_run: bool,
    to: str | None,
    legal_basis: str | None,
    as_of: Asked | None,
    known_by: Asked | None,
    accept_clock: bool,
    actor: str | None,
    ledger: str | None,
    as_json: bool,
) -> None:
    """Write the events out as JSON lines.

    Each line is an event as it was told, sealed texts included; `answerable import` takes them.
    What was erased or withheld is left out and counted.

    With --entries, each line is an entry of the log with the texts behind its commitments.
    Imported into an empty ledger they make the same log, with the same positions, times and root.

    With --bundle, FILE becomes a zip of the case that anyone can check offline: its entries with
    their proofs, the texts behind their commitments, and the last signed checkpoint. Who recorded
    what, with their signatures, and where exhibits are kept is left out unless --disclose names it.

    With --format ocel or xes, the events as they stand become a log that process mining reads, as
    of a day and as known by one. It has pseudonyms for names, and no sealed text.

    \b
    Example:
      answerable export --case acme --output acme.jsonl
      answerable export --entries | zstd > backup.jsonl.zst
      answerable export --case acme --bundle acme.zip --withhold name --dry-run
      answerable export --case acme --bundle acme.zip --withhold name \\
        --to "the labour court" --legal-basis "gdpr art. 6(1)(c)"
      answerable export --format ocel --output acme.json --as-of 2026-03-31
    """
    times = Times(as_of, known_by)
    _check(form, times, entries=entries, bundle=bundle)
    if bundle is not None:
        from answerable.cli.proving.bundles.export import export_bundle
        from answerable.cli.shared.given_away import DisclosedTo

        if case is None or entries or output is not None:
            raise click.UsageError("--bundle is of a --case, and excludes --entries and --output.")
        if (to is None) != (legal_basis is None):
            raise click.UsageError("--to and --legal-basis go together.")
        export_bundle(
            bundle,
            case,
            ledger=ledger,
            actor=actor,
            fields=fields,
            parties=parties,
            everything=sealed,
            disclosed=disclosed,
            dry_run=dry_run,
            disclosure=DisclosedTo(to, legal_basis) if to and legal_basis else None,
            force=force,
            accept_clock=accept_clock,
            as_json=as_json,
        )
        return
    if any((fields, parties, sealed, disclosed, dry_run, to, legal_basis, accept_clock)):
        raise click.UsageError(
            "--withhold, --withhold-party, --sealed, --disclose, --dry-run, --to, --legal-basis "
            "and --accept-clock are for --bundle."
        )
    if case is not None and entries:
        raise click.UsageError(
            "--entries is for the whole log: a case's entries prove nothing alone."
        )
    with open_to_ask(ledger) as opened, progress("Exporting", len(opened)) as advance:
        if case is not None:
            from answerable.cli.shared.references import check_case

            check_case(opened, case)
        if form != LINES:
            from answerable.cli.proving.event_log import event_log

            pieces = event_log(opened, form, case=case, times=times, wrote=lambda: advance(1))
            with closing(pieces), _target(output, force) as file:
                file.writelines(pieces)
            return
        lines = _entries(opened) if entries else _events(opened, case)
        with closing(lines), _target(output, force) as file:
            for line in lines:
                file.write(line + b"\n")
                advance(1)


def _check(form: str, times: Times, *, entries: bool, bundle: Path | None) -> None:
    """Check that an event log is of no entries and no bundle, and that times are asked of one.

    Raises:
        UsageError: they go otherwise.
    """
    if form != LINES and (entries or bundle is not None):
        raise click.UsageError(f"--format {form} excludes --entries and --bundle.")
    if form == LINES and times != (None, None):
        raise click.UsageError(
            "--as-of and --known-by are for --format ocel and xes: JSON lines hold the record as "
            "it is."
        )


@contextmanager
def _target(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    from answerable.ledger.system.atomic_file import new_file

    if output is None:
        yield sys.stdout.buffer
        return
    with new_file(output, force=force, private=True) as file:
        yield file


def _entries(opened: Ledger) -> Lines:
    from answerable.ledger.transfer.export import exported_entries

    yield from exported_entries(opened)


def _events(opened: Ledger, case: str | None) -> Lines:
    """Yield the events as their producers gave them; at the end, note what is left out."""
    from answerable.ledger.transfer.export import exported_events

    erased = withheld = broken = 0
    for event in exported_events(opened, case=case):
        erased += event.erased
        withheld += event.withheld
        broken += not event.whole
        yield event.line
    for count, why in ((erased, "erased"), (withheld, "withheld")):
        if count:
            note(f"Left out, because {why}: {counted(count, 'field', 'fields')}.")
    if broken:
        note(
            f"{broken:,} of the events cannot be imported without them; `export --entries` writes "
            "what can be restored."
        )
