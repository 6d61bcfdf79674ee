"""`answerable import --csv` and `--xlsx`: a sheet, looked over as a whole, then recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from answerable.cli.recording.importing.refreshed_text import refreshed_values, say_refreshed
from answerable.cli.recording.importing.refreshing import Refreshing, drafts_file
from answerable.cli.recording.importing.sheet_text import (
    misfit_words,
    remarks_on,
    show_recorded,
    show_trial,
    survey_json,
)
from answerable.cli.shared.open_names import (
    parties_named,
    remark_open_names,
    remark_unregistered,
    without_registration,
)
from answerable.cli.shared.output import note, write_json
from answerable.domain.errors import AnswerableError

if TYPE_CHECKING:
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.cli.recording.importing.sheet_options import SheetAsked
    from answerable.ledger.ledger import Ledger
    from answerable.ledger.transfer.batches import Batch
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.import_ import Import, ImportTally
    from answerable.ledger.transfer.sheet.files.cells import Sheet
    from answerable.ledger.transfer.sheet.maps.model import SheetMap
    from answerable.ledger.transfer.sheet.rows import SheetRow
    from answerable.ledger.transfer.sheet.survey import Check, Survey, Work

INTERRUPTED = 130

MOST_KNOWN = 100_000
"""The parties of which it is kept whether they are registered."""


class RowsDoNotFit(AnswerableError):
    """Rows of a sheet do not fit its map, or what they are mapped to. Nothing was recorded."""


def work_on(asked: SheetAsked, opened: Ledger, lookup: LedgerLookup, source: str | None) -> Work:
    """Read a map and the headings of its sheet.

    Raises:
        MapInvalid: the map is none, or not of this sheet.
        SheetUnreadable: the sheet is none.
    """
    from answerable.ledger.transfer.drafts import Drafting
    from answerable.ledger.transfer.sheet.maps.columns import check_columns
    from answerable.ledger.transfer.sheet.survey import Work

    of = _map(asked)
    sheet = _sheet(asked, of)
    check_columns(of, sheet.columns)
    name = _source(asked, of, source)
    return Work(sheet, of, _on_record(opened, lookup), lambda: Drafting(lookup, name))


def _source(asked: SheetAsked, of: SheetMap, told: str | None) -> str:
    """Return what the keys of a sheet are keys of."""
    return told or of.source or (asked.place.stem if asked.place else "")


def _check_keys(of: SheetMap) -> None:
    """Check that each event of a map has a key, by which it is found on record again.

    Raises:
        UsageError: one has none.
    """
    if of.key is None and any(event.key is None for event in of.events):
        raise click.UsageError(
            "--refresh compares by keys: say in the map what a row is known by, as "
            'key = "{Number}".'
        )


def _map(asked: SheetAsked) -> SheetMap:
    from answerable.ledger.transfer.sheet.errors import MapInvalid, MapProblem
    from answerable.ledger.transfer.sheet.maps.reading import read_map

    place = asked.map or Path()
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MapInvalid(place.name, [MapProblem(1, "encoding", "a map is UTF-8")]) from None
    return read_map(text, place.name)


def _sheet(asked: SheetAsked, of: SheetMap) -> Sheet:
    from answerable.ledger.transfer.sheet.files.cells import Sheet

    if asked.xlsx is not None:
        from answerable.ledger.transfer.sheet.files.xlsx_file import XlsxFile

        book = XlsxFile(asked.xlsx, asked.sheet)
        return Sheet(book.lines, heading=of.heading, remarks=book.remarks, comment=of.comment)
    from answerable.ledger.transfer.sheet.files.csv_file import csv_lines

    place = asked.csv or Path()
    return Sheet(
        lambda: csv_lines(place, encoding=asked.encoding, delimiter=asked.delimiter),
        heading=of.heading,
        comment=of.comment,
    )


def _on_record(opened: Ledger, lookup: LedgerLookup) -> Any:
    from answerable.cli.recording.append import pseudonym
    from answerable.ledger.transfer.sheet.parties import OnRecord
    from answerable.projections.facts.names import names

    known = names(opened)

    @lru_cache(maxsize=MOST_KNOWN)
    def registered(party: str) -> bool:
        """Tell whether a party was registered before the import."""
        return known.of(party).state != "unregistered"

    @lru_cache(maxsize=MOST_KNOWN)
    def named(party: str) -> str | None:
        """Return the name of a party; None where it has none, or none any more."""
        return known.of(party).name or None

    return OnRecord(lookup.parties, registered, pseudonym, named)


def look_over(work: Work, check: Check, asked: SheetAsked, as_json: bool) -> tuple[Survey, Survey]:
    """Look a sheet over. Where rows do not fit, they are written to where --misfits says.

    Args:
        work: the sheet.
        check: tries to record its rows.
        asked: what is asked for.
        as_json: whether the answer is JSON.

    Returns:
        What the sheet is as a whole, and what of it is to be recorded.

    Raises:
        RowsDoNotFit: rows do not fit, and --misfits does not say where to write them.
    """
    from answerable.ledger.transfer.sheet.survey import survey, survey_what_fits

    if asked.misfits is None:
        found = survey(work, check)
        if found.misfits:
            raise RowsDoNotFit(
                f"{misfit_words(found)}\n",
                cli_hint="Nothing was recorded. Mend the sheet or the map; `--dry-run` shows what "
                "they come to, and `--misfits FILE.csv` records the rows that fit and writes the "
                "others there.",
            )
        return found, found
    whole, rest = survey_what_fits(work, check)
    if whole.unfit:
        _write_misfits(work.sheet, whole, asked.misfits)
        if not as_json:
            note(misfit_words(whole))
            note(f"The rows that do not fit are written to {asked.misfits}.")
    return whole, rest


def _write_misfits(sheet: Sheet, found: Survey, place: Path) -> None:
    """Write the rows that do not fit, with why, so that they can be mended and imported."""
    import csv

    why: dict[int, list[str]] = {}
    for misfit in found.misfits:
        why.setdefault(misfit.row, []).append(str(misfit))
    with place.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*sheet.columns, "row", "does not fit"])
        for row in sheet.rows():
            if row.number in found.unfit:
                cells = [row.get(column) for column in sheet.columns]
                told = "\n".join(why.get(row.number, ()))
                writer.writerow([*cells, str(row.number), told])


def remark_survey(found: Survey, work: Work) -> None:
    """Say what of a sheet is not recorded though it fits: each sort once."""
    for remark in remarks_on(found, work.sheet.remarks):
        note(remark)


def import_sheet(
    asked: SheetAsked,
    opened: Ledger,
    who: str,
    *,
    source: str | None,
    most: int,
    dry_run: bool,
    as_json: bool,
    refresh: bool = False,
    corrections: Path | None = None,
) -> int:
    """Import a sheet: all of it, or what of it fits where --misfits says so; or try that.

    Args:
        asked: the sheet.
        opened: the ledger.
        who: who records.
        source: what the keys are keys of, if that is told.
        most: how many events are recorded together.
        dry_run: whether to show what it comes to, and record nothing.
        as_json: whether to write JSON.
        refresh: whether to compare with the record what is on record.
        corrections: where to draft what corrects it, if anywhere.

    Returns:
        The exit code.

    Raises:
        AnswerableError: rows do not fit, or the ledger refuses one. `place` names the row.
    """
    from answerable.cli.recording.importing.lookup import LedgerLookup
    from answerable.ledger.transfer.error_list import ErrorList
    from answerable.ledger.transfer.import_ import Import

    run = Import(opened, who)
    lookup = LedgerLookup(opened)
    work = work_on(asked, opened, lookup, source)
    tallies: list[ImportTally] = []
    name = _source(asked, work.map, source)
    if refresh:
        _check_keys(work.map)
    compared: list[Refreshing] = []

    def fresh(events: Iterator[Batch], drafts: BinaryIO | None = None) -> Iterator[Batch]:
        if not refresh:
            return events
        compared.append(Refreshing(opened, name, drafts, unit="row"))
        return compared[-1].new(events)

    def check(rows: Iterable[SheetRow]) -> list[AnswerableError]:
        errors = ErrorList()
        drafting = work.drafting()
        events = _batched(opened, run, rows, drafting, most)
        tallies.append(run.check(fresh(events), drafting, errors))
        return errors.kept

    if dry_run:
        return _try(work, opened, check, tallies, as_json, compared)
    whole, rest = look_over(work, check, asked, as_json)
    events = _batched(opened, run, work.rows(whole.unfit), work.drafting(), most)
    with drafts_file(corrections) as file:
        new = fresh(events, file)
        found = compared[-1] if refresh else None
        return _record(opened, run, new, rest, work, as_json, found, corrections, not whole.unfit)


def _batched(
    opened: Ledger, run: Import, rows: Iterable[SheetRow], drafting: Drafting, most: int
) -> Iterator[Batch]:
    from answerable.ledger.transfer.batches import batches
    from answerable.ledger.transfer.opened_cases import LookAhead, StartedCases

    ahead = LookAhead(rows)
    if opened.intent.new_cases is not None:
        run.started = StartedCases(opened, ahead)
    return batches(ahead, drafting, most)


def _try(
    work: Work,
    opened: Ledger,
    check: Check,
    tallies: list[ImportTally],
    as_json: bool,
    compared: list[Refreshing],
) -> int:
    """Show what a sheet comes to, and record nothing; return 0 where all of it fits."""
    from answerable.ledger.transfer.sheet.survey import survey
    from answerable.projections.facts.names import names

    found = survey(work, check)
    tally = None if found.misfits else tallies[-1]
    against = compared[-1] if compared else None
    if against is not None and not found.misfits:
        against.find_gone()
    if as_json:
        told = survey_json(found, work.sheet.remarks) | refreshed_values(against)
        counts = None if tally is None else {"recorded": tally.recorded, "known": tally.known}
        write_json({"dry_run": True, **(counts or {"recorded": None, "known": None}), **told})
    else:
        known = names(opened)
        show_trial(found, tally, lambda party: found.names.get(party) or known.called(party))
        if against is not None:
            say_refreshed(against, None)
        remark_survey(found, work)
    return RowsDoNotFit.exit_code if found.misfits else 0


def _record(
    opened: Ledger,
    run: Import,
    events: Iterator[Batch],
    found: Survey,
    work: Work,
    as_json: bool,
    compared: Refreshing | None,
    corrections: Path | None,
    whole: bool,
) -> int:
    first = len(opened)
    named: dict[str, None] = {}
    try:
        for batch in events:
            run.record(batch)
            named |= dict.fromkeys(parties_named(opened, batch.events))
    except (KeyboardInterrupt, click.Abort):
        note("\nInterrupted. Give the same command again: what is on record is not recorded twice.")
        return INTERRUPTED
    tally = run.tally
    if compared is not None:
        if whole:
            compared.find_gone()
        known = tally.known + compared.known + compared.changed_count + compared.retracted_count
        tally = tally._replace(known=known)
    nobody = without_registration(opened, named)
    if as_json:
        head = opened.head()
        told = survey_json(found, work.sheet.remarks) | refreshed_values(compared)
        counts = {"recorded": tally.recorded, "known": tally.known}
        size = {"size": head.size, "root": head.root.hex()}
        write_json({"dry_run": False, **counts, **size, **told, "unregistered": [*nobody]}, head)
    else:
        show_recorded(found, tally, opened.head())
        if compared is not None:
            say_refreshed(compared, corrections)
        remark_survey(found, work)
    remark_unregistered(opened, nobody)
    remark_open_names(opened, first)
    return 0
