"""`answerable import`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import click

from answerable.cli.recording.append import ERASURE
from answerable.cli.shared.clock import clock_option, open_to_record
from answerable.cli.shared.once import Command
from answerable.cli.shared.open_names import (
    parties_named,
    remark_open_names,
    remark_unregistered,
    without_registration,
)
from answerable.cli.shared.options import (
    actor_option,
    allow_name_option,
    json_option,
    ledger_option,
    new_case_option,
    planned_option,
    recorder,
)
from answerable.cli.shared.output import note, progress, write_json
from answerable.projections.wording.counts import counted

if TYPE_CHECKING:
    from answerable.cli.recording.erasing import Found
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.domain.event import Event
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.import_ import Batch, Import, ImportTally
    from answerable.ledger.transfer.json_lines import JsonLine
    from answerable.ledger.transfer.mark import Mark

INTERRUPTED = 130


class Left(NamedTuple):
    """The texts that an erasure left though they name its subject, and the line that it is in."""

    line: int
    subject: str
    texts: list[Found]


@click.command("import", cls=Command)
@click.argument("file", type=click.File("rb"), metavar="FILE|-")
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
    metavar="NAME",
    help="What the keys of the lines are keys of: the same name whenever this source is imported.",
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
@ledger_option
@actor_option
@json_option
def command(
    file: BinaryIO,
    most: int,
    resume: bool,
    source: str | None,
    dry_run: bool,
    accept_clock: bool,
    ledger: str | None,
    actor: str | None,
    as_json: bool,
) -> int:
    """Record the events in a file of JSON lines.

    Each line is an event, as `answerable export` writes it. Events are recorded in batches, each
    whole or not at all. What an import was stopped by is told with its line and field; mend it,
    and go on with --continue. An event that is on record under its id is not recorded twice.

    What an erasure in it destroys is as it says. If it leaves texts with a name of the person in
    them, that is said, with the events that they belong to.

    A file that `export --entries` wrote is restored as it was, into an empty ledger, whole or not
    at all.

    \b
    Example:
      answerable import examples/xiaomi-kol.jsonl
      zcat events.jsonl.gz | answerable import -
    """
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.json_lines import lines
    from answerable.ledger.transfer.opened_cases import LookAhead, StartedCases
    from answerable.ledger.transfer.restore import is_entry

    with (
        open_to_record(ledger, accept_clock=accept_clock) as opened,
        progress("Importing", _kibibytes(file)) as advance,
    ):
        from answerable.ledger.transfer.import_ import Import, batches

        run = Import(opened, recorder(actor))
        after = _resumed(run, file, as_json) if resume else None
        lookup = LedgerLookup(opened)
        drafting = Drafting(lookup, source)
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
        if dry_run:
            return _rehearse(opened, run, events, as_json)
        return _record(opened, run, events, file, as_json)


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


def _record(opened: Ledger, run: Import, events: Iterator[Batch], file: Any, as_json: bool) -> int:
    from answerable.domain.errors import AnswerableError

    first = len(opened)
    left: list[Left] = []
    named: dict[str, None] = {}
    try:
        for batch in events:
            left += _record_batch(opened, run, batch)
            named |= dict.fromkeys(parties_named(opened, batch.events))
    except AnswerableError:
        _say_how_far(opened, run, file, as_json, left)
        _remark_names_so_far(opened, first)
        raise
    except (KeyboardInterrupt, click.Abort):
        if not as_json:
            note("\nInterrupted.")
        _say_how_far(opened, run, file, as_json, left)
        _remark_names_so_far(opened, first)
        return INTERRUPTED
    finally:
        _remark_left(left, as_json)
    nobody = without_registration(opened, named)
    _summarise(opened, run.tally, "Recorded", as_json, left=left, nobody=nobody)
    remark_unregistered(opened, nobody)
    remark_open_names(opened, first)
    return 0


def _remark_names_so_far(opened: Ledger, first: int) -> None:
    """Note the names in the open after an import that stopped, unless the record cannot be read."""
    from contextlib import suppress

    from answerable.domain.errors import AnswerableError

    with suppress(AnswerableError):
        remark_open_names(opened, first)


def _record_batch(opened: Ledger, run: Import, batch: Batch) -> Iterator[Left]:
    """Record a batch; yield the texts that an erasure leaves, though they name the person.

    They are looked for before, since no name is left after it.
    """
    from answerable.ledger.errors import BytesRemain

    stay: list[Found] = []
    erases = len(batch.events) == 1 and batch.events[0].kind == ERASURE
    if erases and not _is_on_record(opened, batch.events[0]):
        from answerable.cli.recording.erasing import look_for_others

        stay = look_for_others(opened, batch.events[0]).texts
    try:
        run.record(batch)
    except BytesRemain:
        if stay:
            yield Left(batch.numbers[0], batch.events[0].__dict__["subject"], stay)
        raise
    if stay:
        yield Left(batch.numbers[0], batch.events[0].__dict__["subject"], stay)


def _is_on_record(opened: Ledger, event: Event) -> bool:
    return event.event_id is not None and opened.event(event.event_id) is not None


def _remark_left(left: list[Left], as_json: bool) -> None:
    if as_json or not left:
        return
    from answerable.cli.recording.erasing import remark_others

    for line, subject, texts in left:
        note(f"After the erasure in line {line:,}:")
        remark_others(texts, subject)


def _say_how_far(
    opened: Ledger, run: Import, file: Any, as_json: bool, left: Sequence[Left]
) -> None:
    """Say which lines are on record, by the record itself."""
    from answerable.domain.errors import AnswerableError

    name = "FILE" if file.name == "<stdin>" else file.name
    going_on = f"`answerable import --continue {name}`"
    try:
        tally = run.tally
        if as_json:
            _summarise(opened, tally, "", as_json, complete=False, left=left)
            return
    except AnswerableError:
        note(f"Which lines are on record cannot be read just now; {going_on} finds out.")
        return
    note(
        f"Lines 1 to {tally.mark.lines:,} are on record, and nothing after them was recorded. "
        f"Go on with {going_on}."
        if tally.mark.lines
        else "No line of it was recorded."
    )


def _rehearse(opened: Ledger, run: Import, events: Iterator[Batch], as_json: bool) -> int:
    tally = run.rehearse(events)
    _summarise(opened, tally, "Nothing is recorded; it would be", as_json, dry_run=True)
    return 0


def _restore(opened: Ledger, source: Iterator[JsonLine], dry_run: bool, as_json: bool) -> int:
    from answerable.ledger.transfer.restore import restore

    if dry_run:
        raise click.UsageError("--dry-run is for events; entries are restored whole or not at all.")
    head = restore(opened, source)
    if as_json:
        write_json({"restored": head.size, "size": head.size, "root": head.root.hex()}, head)
    else:
        click.echo(f"Restored: {counted(head.size, 'entry', 'entries')}")
        click.echo(f"  root  {head.root.hex()}")
        note("Compare the root with that of the ledger they come from.")
    return 0


def _summarise(
    opened: Ledger,
    tally: ImportTally,
    what: str,
    as_json: bool,
    *,
    complete: bool = True,
    dry_run: bool = False,
    left: Sequence[Left] = (),
    nobody: Sequence[str] = (),
) -> None:
    head = opened.head()
    if as_json:
        write_json(
            {
                "complete": complete,
                "dry_run": dry_run,
                "lines": tally.mark.lines,
                "recorded": tally.recorded,
                "known": tally.known,
                "size": head.size,
                "root": head.root.hex(),
                "remaining": [_left_json(each) for each in left],
                "unregistered": [*nobody],
            },
            head,
        )
        return
    click.echo(
        f"{what}: {counted(tally.recorded, 'event', 'events')}; on record already: {tally.known:,}"
    )
    click.echo(f"  size  {head.size}")
    click.echo(f"  root  {head.root.hex()}")


def _left_json(left: Left) -> dict[str, Any]:
    return {**left._asdict(), "texts": [each._asdict() for each in left.texts]}
