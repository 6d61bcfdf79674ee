"""`answerable evidence`: the exhibits, who kept them, and whether they are what they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from answerable.cli.shared.answering.head import asked_line, head_line
from answerable.cli.shared.formats.form import Form
from answerable.cli.shared.formats.options import answer_formats
from answerable.cli.shared.once import Group
from answerable.cli.shared.options import Times, ledger_option, open_to_ask, times_options
from answerable.cli.shared.output import note, progress, tell, visible, write_json
from answerable.cli.shared.signed.verdict import Verdict
from answerable.cli.shared.zone.asked import zones_of
from answerable.cli.shared.zone.moments import asked_json, localised
from answerable.domain.zone.zone import Zone
from answerable.projections.wording.counts import capital, counted
from answerable.projections.wording.leading.case import case_words

if TYPE_CHECKING:
    from answerable.domain.record import TreeHead
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.evidence.files import FileCheck
    from answerable.ledger.ledger import Ledger
    from answerable.projections.evidence.exhibits import Exhibit

FAILED = ("altered", "missing")
"""The states of a file that make the check fail."""

REGISTERS = ("exhibits", "custody", "gaps")
"""The tables of exhibits."""

COMMANDS = {
    "add": "Register files as evidence, by their digests.",
    "list": "List the exhibits.",
    "check": "Hash the exhibits again, and find the altered and the missing.",
    "transfer": "Record that an exhibit passed to another keeper.",
    "custody": "Show who kept an exhibit, and where that chain has gaps.",
}

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The folder from which places are told: where the evidence is mounted here.",
)


class EvidenceGroup(Group):
    """A group that imports the commands that record, whose options come from models, when run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name."""
        if cmd_name not in ("add", "transfer"):
            return super().get_command(ctx, cmd_name)
        made: click.Command = import_module(f"answerable.cli.evidence.{cmd_name}").command
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without making them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group("evidence", cls=EvidenceGroup)
@ledger_option
@click.pass_context
def command(ctx: click.Context, ledger: str | None) -> None:
    """Take in exhibits by their digests, check them, and tell who kept them.

    The ledger holds no files. It holds what tells whether a file is still what was collected, who
    collected it, who has kept it since, and which findings rest on it.

    \b
    Example:
      answerable evidence add memo.pdf --case acme --collected-by p-7 --occurred 2026-01-05
      answerable evidence transfer 12 --to p-8 --occurred 2026-01-07
      answerable evidence check
    """
    if ledger is not None:
        ctx.find_root().obj["ledger"] = ledger


@command.command("list")
@click.option("--case", metavar="CASE", help="Only the exhibits of this case.")
@times_options
@ledger_option
@answer_formats(*REGISTERS, worded=False)
def list_(
    case: str | None,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """List the exhibits.

    Of each: its digest, size and media type, who collected it and when, who keeps it and where,
    the gaps in its custody, and the findings of its case that rest on it. With --json, a line each.

    \b
    Example:
      answerable evidence list
      answerable evidence list --case acme --as-of 2026-01-31
    """
    from answerable.cli.evidence.exhibit_text import digest_line, listed
    from answerable.projections.evidence.exhibits import exhibits, of_cases
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.titles import Titles

    digests: list[str] = []
    none = True
    with open_to_ask(ledger) as opened:
        _check_case(opened, case)
        called = names(opened, known_by=known_by).called
        head = opened.head()
        titles = Titles(opened, known_by)
        zone = None if case is None else zones_of(opened, known_by)(case)
        record = RecordView(opened, as_of, known_by, name_of=called)
        if form.tabular:
            every = (each for view in of_cases(record, case) for each in exhibits(opened, view))
            _write_tables(opened, form, every, Times(as_of, known_by), case)
            return
        as_json = form.name == "json"
        if not as_json and (asked := asked_line(as_of, known_by, zone)):
            tell(capital(asked))
        for view in of_cases(record, case):
            for exhibit in exhibits(opened, view):
                none = False
                if as_json:
                    write_json(_exhibit_json(exhibit, as_of, known_by, head, view.zone))
                    continue
                title = case_words(view.case_id, titles.of(view.case_id))
                for line in listed(exhibit, called, title, view.zone):
                    tell(visible(line))
                digests.append(digest_line(exhibit))
    if digests:
        _say_digests(digests, head)
    if none:
        note(
            "There is no evidence on record: `answerable evidence add FILE --case CASE` takes "
            "one in."
            if as_of is None and known_by is None
            else "There was no evidence on record by then, or none that had been collected."
        )


@command.command("custody")
@click.argument("evidence", metavar="EVIDENCE")
@times_options
@ledger_option
@answer_formats(*REGISTERS, worded=False)
def custody(
    evidence: str,
    as_of: Asked | None,
    known_by: Asked | None,
    ledger: str | None,
    form: Form,
) -> None:
    """Show who kept an exhibit, and where that chain has gaps.

    EVIDENCE is the event that registered it: its id, the beginning of it, or its position. The
    transfers stand in the order in which they happened, as far as their dates tell it.

    \b
    Example:
      answerable evidence custody 12
    """
    from answerable.cli.evidence.exhibit_text import chain, digest_line, listed
    from answerable.cli.shared.references import find_exhibit
    from answerable.projections.errors import NotFound
    from answerable.projections.evidence.exhibits import exhibits
    from answerable.projections.facts.names import names
    from answerable.projections.facts.record_view import RecordView
    from answerable.projections.titles import Titles

    with open_to_ask(ledger) as opened:
        event = find_exhibit(opened, evidence)
        called = names(opened, known_by=known_by).called
        view = RecordView(opened, as_of, known_by, name_of=called).case(event.case_id)
        found = exhibits(opened, view)
        exhibit = next((each for each in found if each.event_id == event.event_id), None)
        if exhibit is None:
            raise NotFound(f"the exhibit #{event.position} was not on record, or not collected.")
        head = opened.head()
        if form.tabular:
            _write_tables(opened, form, (exhibit,), Times(as_of, known_by), view.case_id)
            return
        if form.name == "json":
            write_json(_exhibit_json(exhibit, as_of, known_by, head, view.zone))
            return
        if asked := asked_line(as_of, known_by, view.zone):
            tell(capital(asked))
        title = case_words(event.case_id, Titles(opened, known_by).of(event.case_id))
        for line in (
            *listed(exhibit, called, title, view.zone),
            *chain(exhibit.custody, called, view.zone),
        ):
            tell(visible(line))
        _say_digests([digest_line(exhibit)], head)


def _write_tables(
    opened: Ledger, form: Form, found: Iterable[Exhibit], times: Times, case: str | None
) -> None:
    from answerable.cli.shared.formats.writing import write_answer
    from answerable.projections.facts.names import names
    from answerable.projections.registers.evidence.exhibits import exhibit_registers
    from answerable.projections.titles import Titles

    called = names(opened, known_by=times.known_by).called
    made = exhibit_registers(found, called, Titles(opened, times.known_by).of)
    write_answer(opened, form, made, *times, case=case)


def _say_digests(digests: Sequence[str], head: TreeHead) -> None:
    """Say what the files have to hash to, and which log that was read from: hashes come last."""
    tell("")
    for line in digests:
        tell(line)
    tell(head_line(head))


def _exhibit_json(
    exhibit: Exhibit, as_of: Asked | None, known_by: Asked | None, head: TreeHead, zone: Zone
) -> dict[str, Any]:
    from answerable.domain.answers import json_value

    asked = asked_json(as_of, known_by, None, zone)
    return {**asked, "log": json_value(head), **localised(json_value(exhibit), zone)}


@command.command("check", cls=Verdict)
@click.option("--case", metavar="CASE", help="Only the exhibits of this case.")
@root_option
@ledger_option
@answer_formats("files", worded=False)
def check(case: str | None, root: Path | None, ledger: str | None, form: Form) -> int:
    """Hash the exhibits again, and find the altered and the missing.

    Each is looked for where its last keeper of whom it is told keeps it. What is registered at a
    path below a folder is looked for below --root. Where the place is told in words, is withheld or
    was erased, the exhibit is not looked for: it is indeterminate whether it is what it was.

    Ends with 1 if one is altered or missing. With --json, a line each.

    \b
    Example:
      answerable evidence check
      answerable evidence check --case acme --root /mnt/evidence
    """
    tally: Counter[str] = Counter()
    with open_to_ask(ledger) as opened:
        _check_case(opened, case)
        _tell_checked(opened, _checked(opened, case, root, tally), case, form)
    said = ", ".join(f"{number:,} {state}" for state, number in sorted(tally.items()))
    note(f"{counted(tally.total(), 'exhibit', 'exhibits')}{': ' if said else ''}{said}.")
    return int(any(tally[state] for state in FAILED))


def _checked(
    opened: Ledger, case: str | None, root: Path | None, tally: Counter[str]
) -> Iterator[tuple[Exhibit, FileCheck]]:
    """Check the exhibits that were not retracted, one by one, and count their states."""
    from answerable.projections.evidence.exhibits import exhibits, of_cases
    from answerable.projections.facts.record_view import RecordView

    for view in of_cases(RecordView(opened), case):
        for exhibit in exhibits(opened, view):
            if exhibit.retracted_by is None:
                found = _check_exhibit(exhibit, root)
                tally[found.state] += 1
                yield exhibit, found


def _tell_checked(
    opened: Ledger, checked: Iterable[tuple[Exhibit, FileCheck]], case: str | None, form: Form
) -> None:
    from answerable.cli.evidence.exhibit_text import outcome

    if form.tabular:
        from answerable.cli.shared.formats.writing import write_answer
        from answerable.projections.registers.evidence.files import files_register
        from answerable.projections.titles import Titles

        made = files_register(checked, Titles(opened).of)
        write_answer(opened, form, made, None, None, case=case)
        return
    for exhibit, found in checked:
        if form.name == "json":
            write_json(_outcome_json(exhibit, found))
            continue
        for line in outcome(exhibit, found):
            tell(visible(line))


def _check_case(opened: Ledger, case: str | None) -> None:
    from answerable.cli.shared.references import check_case

    if case is not None:
        check_case(opened, case)


def _check_exhibit(exhibit: Exhibit, root: Path | None) -> FileCheck:
    """Hold an exhibit's file against the record, if it is told where the file is."""
    from answerable.ledger.evidence.files import FileCheck, check_file

    location = exhibit.place.text
    if location.state != "told":
        return FileCheck("indeterminate", f"its place is {location.state}")
    with progress(f"#{exhibit.position}", (exhibit.size or 0) // 1024) as advance:
        return check_file(
            location.value,
            exhibit.digest,
            exhibit.size,
            root=root,
            advance=lambda count: advance(count // 1024),
        )


def _outcome_json(exhibit: Exhibit, found: FileCheck) -> dict[str, Any]:
    return {
        "case_id": exhibit.case_id,
        "event_id": exhibit.event_id,
        "position": exhibit.position,
        "digest": exhibit.digest,
        "size": exhibit.size,
        "location": exhibit.place.text.value,
        "told_by": exhibit.place.told_by,
        "state": found.state,
        "why": found.why or None,
        "found": {"place": found.place, "digest": found.digest, "size": found.size},
    }
