"""The formats of a report: which one is meant, and how each is written.

A new format is a function that makes its bytes, and its line in `FORMATS`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from answerable.cli.reporting.made import Made
    from answerable.projections.blocks.blocks import Written
    from answerable.projections.output.register import About, Registers

STYLES = {"title": "bold", "heading": "bold"}
"""The style of a line of text on a terminal, by what the line is; the others have none."""

TABLES = ("csv", "xlsx")
"""The formats in which a report is written as registers."""

REGISTERS = (
    *("accountable", "findings", "sanctions", "interim", "proceedings", "amounts"),
    *("timeline", "date_gaps", "decisions", "open", "problems", "barred", "contacts"),
    *("allegations", "agreements", "terms", "promises", "durations", "verdicts", "audit"),
    *("changes", "fields", "exhibits", "custody", "gaps", "withheld"),
)
"""The registers, as `projections.report.tables` has them; that need not be loaded."""

FOLDED = 80
"""The columns of a text that goes to no terminal, where COLUMNS does not say otherwise."""


def format_meant(given: str | None, output: Path | None) -> str:
    """Tell in which format a report is to be written.

    Args:
        given: the format asked for; None: none was.
        output: the file that it is written to, whose ending may tell; None: the standard output.

    Raises:
        UsageError: the ending is of a format that no report has.
    """
    if given is not None:
        return given
    if output is not None:
        from answerable.cli.shared.formats.endings import format_by_ending

        return format_by_ending(output, "markdown", FORMATS)
    return "text" if sys.stdout.isatty() else "markdown"


def check_form(
    form: str, register: str | None, output: Path | None, registers: Sequence[str]
) -> None:
    """Check which register of a report is asked for, and whether its format goes where it is to.

    Args:
        form: the format.
        register: the register that is asked for, if any.
        output: the file that it is written to; None: the standard output.
        registers: those that the report has.

    Raises:
        UsageError: no register is named for CSV, or one for a format that has none, or one that is
            another report's; or a workbook or a PDF would go to a terminal.
        MissingExtra: what writes a workbook is not installed.
    """
    from answerable.cli.shared.formats.form import Form
    from answerable.cli.shared.formats.options import check_register, which_register

    check_register(form, register, TABLES)
    if register is not None and register not in registers:
        raise click.UsageError(
            f"This report has no register {register}: it has {', '.join(registers)}."
        )
    if form == "csv" and register is None:
        raise which_register(registers)
    if form == "pdf":
        from answerable.cli.shared.formats.paper import check_pdf

        check_pdf(output)
    if form == "xlsx":
        from answerable.cli.shared.formats.writing import check_xlsx

        check_xlsx(Form(form, register, output))


def form_of_template(given: str | None, output: Path | None) -> str:
    """Tell in which format a report by a house's own template is written: a page, or a PDF of it.

    Raises:
        UsageError: another was asked for, or the file's name says another.
    """
    from answerable.cli.shared.formats.endings import format_by_ending

    meant = given or ("html" if output is None else format_by_ending(output, "html", FORMATS))
    if meant not in ("html", "pdf"):
        raise click.UsageError(
            f"--template writes a page, or prints one, and {meant} has no frame to lay out: give "
            "--format html or pdf, or a FILE.html or FILE.pdf; or leave --template out."
        )
    return meant


def content(made: Made, form: str) -> bytes:
    """Write a report in a format, as the bytes of a file."""
    return FORMATS[form](made)


def show(made: Made, form: str, data: bytes) -> None:
    """Write a report on the standard output: its bytes, or, on a terminal, what fits that."""
    if for_terminal(form):
        from answerable.projections.report.written import written

        on_terminal(written(made.report))
        return
    write_out(data, form)


def for_terminal(form: str) -> bool:
    """Tell whether a report in this format, on the standard output, is fitted to a terminal."""
    return form == "text" and sys.stdout.isatty()


def on_terminal(written: Written) -> None:
    """Write a report as a terminal shows it, in what that understands."""
    from answerable.cli.shared.output import line_writer
    from answerable.cli.shared.terminal.screen import NARROWEST, screen_width
    from answerable.projections.blocks.text import text_lines

    write = line_writer()
    for line in text_lines(written, screen_width() or NARROWEST):
        write(line.text, STYLES.get(line.part))


def write_out(data: bytes, form: str) -> None:
    """Write a report in a format to the standard output, in UTF-8 where it is text."""
    if form == "csv" and sys.stdout.isatty():
        from answerable.cli.shared.output import visible

        # What people told may move a cursor: on a terminal it is spelt out.
        for line in data.decode().splitlines():
            click.echo(visible(line))
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def as_text(written: Written) -> bytes:
    """Write a report as text that goes to no terminal, in so many columns as COLUMNS says."""
    from answerable.projections.blocks.text import text

    columns = max(20, shutil.get_terminal_size((FOLDED, 24)).columns)
    return text(written, columns).encode()


def as_registers(registers: Registers, about: About, form: str) -> bytes:
    """Write registers as CSV, of which there must be one, or as a workbook."""
    if form == "csv":
        from answerable.projections.output.register_csv import register_csv

        return "".join(register_csv(registers, about)).encode()
    from io import BytesIO

    from answerable.projections.output.register_xlsx import register_xlsx

    file = BytesIO()
    register_xlsx(registers, about, file)
    return file.getvalue()


def _text(made: Made) -> bytes:
    from answerable.projections.report.written import written

    return as_text(written(made.report))


def _markdown(made: Made) -> bytes:
    from answerable.projections.blocks.markdown import markdown
    from answerable.projections.report.written import written

    return markdown(written(made.report)).encode()


def _html(made: Made) -> bytes:
    from answerable.cli.reporting.html import html

    return html(made)


def _pdf(made: Made) -> bytes:
    from answerable.cli.reporting.pdf import pdf

    return pdf(made)


def _json(made: Made) -> bytes:
    from pydantic_core import to_json

    from answerable.cli.shared.envelope import enveloped
    from answerable.cli.shared.zone.moments import localised
    from answerable.domain.answers import json_value

    zone = made.report.header.zone
    return to_json(enveloped(localised(json_value(made.report), zone), zone=zone)) + b"\n"


def _csv(made: Made) -> bytes:
    return as_registers(_registers(made), _about(made), "csv")


def _xlsx(made: Made) -> bytes:
    return as_registers(_registers(made), _about(made), "xlsx")


def _registers(made: Made) -> Registers:
    from answerable.projections.report.tables import report_registers

    every = report_registers(made.report)
    return every if made.register is None else every.only(made.register)


def _about(made: Made) -> About:
    """Tell what the registers hold for; of the question, nothing that names who asks."""
    from answerable.cli.shared.formats.about import last_recorded
    from answerable.projections.output.register import About

    header = made.report.header
    whom = "" if header.made_for is None else f", for {header.made_for}"
    return About(
        f"report {header.case_id}{whom}",
        header.as_of,
        header.known_by,
        header.tree_size,
        bytes.fromhex(header.root),
        last_recorded(made.ledger, header.tree_size),
        header.version,
        header.policies,
    )


FORMATS: Mapping[str, Callable[[Made], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "pdf": _pdf,
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Make a report's bytes, by format."""
