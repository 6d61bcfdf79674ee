"""`answerable import`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from answerable.cli.recording.importing.sheet_options import asked_of, sheet_options
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.once import Command
from answerable.cli.shared.options import (
    actor_option,
    again_option,
    allow_name_option,
    json_option,
    ledger_option,
    new_case_option,
    planned_option,
    recorder,
)
from answerable.cli.shared.output import note, progress, write_json
from answerable.cli.shared.recorded import acknowledge
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.batches import Batch
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.import_ import Import
    from answerable.ledger.transfer.json_lines import JsonLine
    from answerable.ledger.transfer.mark import Mark


def _source_named(_: click.Context, __: click.Parameter, name: str | None) -> str | None:
    """Take the name of a source, which is not blank."""
    if name is not None and not name.strip():
        raise click.UsageError("--source is blank: name the source, the same at each import of it.")
    return name


@click.command("import", cls=Command)
@click.argument("file", type=click.File("rb"), metavar="FILE|-", required=False)
@sheet_options
@click.option(
    "--batch",
    "most",
    type=click.IntRange(1, 100_000),
    default=1_000,
    show_default=True,
    metavar="NUMBER",
    help="How many events are recorded together, or not at all.",
)
@click.option(
    "--continue", "resume", is_flag=True, help="Go on after the part that is on record already."
)
@click.option(
    "--source",
    callback=_source_named,
    metavar="NAME",
    help="What the keys of the lines are keys of: the same name whenever this source is imported.",
)
@click.option(
    "--refresh",
    is_flag=True,
    help="Compare the lines on record with how they stand there; record those that are new.",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --refresh: draft the corrections in FILE, which `answerable import` takes.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Check every line against the ledger and the lines before it; record nothing. Keeps "
    "other writers waiting.",
)
@allow_name_option
@clock_option
@new_case_option(
    "--new-cases", "Start cases that the file does not open: that no line of it is case-opened of."
)
@planned_option
@again_option(
    "Record lines though an earlier import did, for all of it happened again; and let them give "
    "registered pseudonyms other names."
)
@ledger_option
@actor_option
@json_option
def command(
    file: BinaryIO | None,
    most: int,
    resume: bool,
    source: str | None,
    refresh: bool,
    corrections: Path | None,
    dry_run: bool,
    accept_clock: bool,
    ledger: str | None,
    actor: str | None,
    as_json: bool,
    **sheet: Any,
) -> int:
    """Record the events in a file of JSON lines, or in a sheet.

    Each line is an event, as `answerable export` writes it; parties may be given by name, and
    events by number. A line with "ref": "d1" is what later ones call "$d1". An event that is on
    record under its id is not recorded twice; its id is made of its "key", where it has one, and
    of --source.

    Events are recorded in batches, each whole or not at all. A line with an error ends it: what
    follows is checked, and all errors are listed with line and field. Mend them, and go on with
    --continue.

    A source that changed since is read again with --refresh: new lines are recorded, and of the
    others it is said what they tell otherwise, with the corrections, and which are gone.

    What an erasure in it destroys is as it says. If it leaves texts with a name of the person in
    them, that is said, with the events that they belong to.

    A file that `export --entries` wrote is restored as it was, into an empty ledger, whole or not
    at all.

    A sheet is read by a map, which says in TOML what its columns mean. It is looked over as a
    whole before anything is recorded, and all that does not fit is told (docs/sheets.md).

    \b
    Example:
      answerable import examples/xiaomi-kol.jsonl
      answerable import --csv cases.csv --map cases.toml --dry-run
      answerable import --template finding-made --template sanction --csv past.csv
      zcat events.jsonl.gz | answerable import -
      answerable import --source hr --refresh --corrections changes.jsonl hr.jsonl
    """
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.cli.recording.importing.refreshing import Refreshing, drafts_file
    from answerable.cli.recording.importing.running import Importing
    from answerable.ledger.transfer.batches import batches
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.import_ import Import
    from answerable.ledger.transfer.json_lines import lines
    from answerable.ledger.transfer.opened_cases import LookAhead, StartedCases
    from answerable.ledger.transfer.restore import is_entry

    _check_refresh(refresh, corrections, resume)
    asked = asked_of(sheet, file, resume=resume)
    if asked is not None and asked.template:
        from answerable.cli.recording.importing.template import write_template

        return write_template(asked, as_json=as_json)
    if asked is not None:
        from answerable.cli.recording.importing.sheets import import_sheet

        with open_to_record(ledger, accept_clock=accept_clock) as opened:
            return import_sheet(
                asked,
                opened,
                recorder(actor),
                source=source,
                most=most,
                dry_run=dry_run,
                as_json=as_json,
                refresh=refresh,
                corrections=corrections,
            )
    if file is None:
        raise click.UsageError("Missing argument 'FILE|-', or --csv or --xlsx for a sheet.")
    if refresh and source is None:
        raise click.UsageError("--refresh compares by keys: name their source with --source NAME.")
    with (
        open_to_record(ledger, accept_clock=accept_clock) as opened,
        progress("Importing", _kibibytes(file)) as advance,
    ):
        run = Import(opened, recorder(actor))
        if not resume and file.seekable():
            run.look_back(file)
        after = _resumed(run, file, as_json) if resume else None
        lookup = LedgerLookup(opened)
        drafting = Drafting(lookup, source, identified=refresh)
        ahead = LookAhead(lines(file))
        parts = iter(ahead) if after is None else _after(after, ahead, drafting)
        passed: list[JsonLine] = []
        for part in parts:
            passed.append(part)
            if not part.blank:
                break
        parts = chain(passed, parts)
        if passed and is_entry(passed[-1]):
            return _restore(opened, parts, dry_run, as_json)
        if opened.intent.new_cases is not None:
            run.started = StartedCases(opened, ahead)
        events = _advancing(batches(parts, drafting, most), advance, lookup)
        with drafts_file(corrections) as drafted:
            found = Refreshing(opened, source, drafted) if refresh and source else None
            importing = Importing(
                opened, run, drafting, file, most,
                as_json=as_json, refreshing=found, drafts=corrections,
            )  # fmt: skip
            new = events if found is None else found.new(events)
            return importing.rehearse(new) if dry_run else importing.record(new)


def _check_refresh(refresh: bool, corrections: Path | None, resume: bool) -> None:
    """Check what goes together with --refresh.

    Raises:
        UsageError: something does not.
    """
    if refresh and resume:
        raise click.UsageError(
            "--refresh reads the whole source and --continue leaves out its beginning: give one of "
            "them. What was recorded before is known by its keys."
        )
    if corrections is not None and not refresh:
        raise click.UsageError("--corrections drafts what --refresh finds: give both.")


def _kibibytes(file: BinaryIO) -> int:
    """Return how long a file is, in KiB; 0 for what cannot tell."""
    try:
        return os.fstat(file.fileno()).st_size // 1024
    except OSError:
        return 0


def _after(mark: Mark, parts: Iterator[JsonLine], drafting: Drafting) -> Iterator[JsonLine]:
    """Yield the lines after a mark. Of those before it, note what later ones may refer to."""
    for part in parts:
        if part.mark.lines > mark.lines:
            yield part
        else:
            drafting.pass_over(part)


def _advancing(source: Iterator[Batch], advance: Any, lookup: LedgerLookup) -> Iterator[Batch]:
    for batch in source:
        yield batch
        lookup.forget()
        advance(-(-batch.length // 1024))


def _resumed(run: Import, file: BinaryIO, as_json: bool) -> Mark:
    if not file.seekable():
        raise click.UsageError(
            "--continue reads the file twice, and what comes through a pipe can be read only once: "
            "name the file."
        )
    found = run.resume(file)
    if not as_json:
        note(
            f"Going on after line {found.lines:,}."
            if found.lines
            else "No beginning of this file is on record, so it is imported from the start."
        )
    return found


def _restore(opened: Ledger, source: Iterator[JsonLine], dry_run: bool, as_json: bool) -> int:
    from answerable.ledger.transfer.restore import restore

    if dry_run:
        raise click.UsageError("--dry-run is for events; entries are restored whole or not at all.")
    head = restore(opened, source)
    acknowledge(range(head.size))
    if as_json:
        write_json({"restored": head.size, "size": head.size, "root": head.root.hex()}, head)
    else:
        click.echo(f"Restored: {counted(head.size, 'entry', 'entries')}")
        click.echo(f"  root  {head.root.hex()}")
        note("Compare the root with that of the ledger they come from.")
    return 0
