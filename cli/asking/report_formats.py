"""The formats of a report: which one is meant, and how each is written.

A new format is a function that makes its bytes, and its line in `FORMATS`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from answerable.domain.reader import Reader
    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.report.report import Report

ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".json": "json",
}
"""The format that a file's name asks for by its ending."""

STYLES = {"title": "bold", "heading": "bold"}
"""The style of a line of text on a terminal, by what the line is; the others have none."""

FOLDED = 80
"""The columns of a text that goes to no terminal, where COLUMNS does not say otherwise."""


class Made(NamedTuple):
    """Hold a report, and what it was made of: a page shows more of that.

    Attributes:
        ledger: open.
        reader: the record as those read it whom the report is for; the ledger, where that is whole.
        as_of: the moment that the report was asked as of.
        known_by: the moment that it was asked as known by.
        withheld: the sealed fields that are not for those whom it is for, in any event.
    """

    report: Report
    ledger: Ledger
    reader: Reader
    as_of: Asked | None
    known_by: Asked | None
    withheld: Collection[str] = ()


def format_meant(given: str | None, output: Path | None) -> str:
    """Tell in which format a report is to be written.

    Args:
        given: the format asked for; None: none was.
        output: the file that it is written to, whose ending may tell; None: the standard output.
    """
    if given is not None:
        return given
    if output is not None:
        return ENDINGS.get(output.suffix.lower(), "markdown")
    return "text" if sys.stdout.isatty() else "markdown"


def content(made: Made, form: str) -> bytes:
    """Write a report in a format, as the bytes of a file."""
    return FORMATS[form](made)


def show(made: Made, form: str) -> None:
    """Write a report on the standard output: text as a terminal shows it, anything else as it is.

    It is in UTF-8, but for text on a terminal, which is in what that understands.
    """
    if form == "text" and sys.stdout.isatty():
        _on_terminal(made)
        return
    if form == "pdf" and sys.stdout.isatty():
        raise click.UsageError("A PDF is no text to be shown in a terminal. Give --output FILE.")
    sys.stdout.buffer.write(content(made, form))
    sys.stdout.buffer.flush()


def _on_terminal(made: Made) -> None:
    from answerable.cli.shared.answering.screen import NARROWEST, screen_width
    from answerable.cli.shared.output import line_writer
    from answerable.projections.blocks.text import text_lines
    from answerable.projections.report.written import written

    write = line_writer()
    for line in text_lines(written(made.report), screen_width() or NARROWEST):
        write(line.text, STYLES.get(line.part))


def _text(made: Made) -> bytes:
    from answerable.projections.blocks.text import text
    from answerable.projections.report.written import written

    columns = max(20, shutil.get_terminal_size((FOLDED, 24)).columns)
    return text(written(made.report), columns).encode()


def _markdown(made: Made) -> bytes:
    from answerable.projections.blocks.markdown import markdown
    from answerable.projections.report.written import written

    return markdown(written(made.report)).encode()


def _html(made: Made) -> bytes:
    from answerable.cli.asking.report_html import html

    return html(made)


def _pdf(made: Made) -> bytes:
    from answerable.cli.asking.report_pdf import pdf

    return pdf(made)


def _json(made: Made) -> bytes:
    from pydantic_core import to_json

    from answerable.cli.shared.answering.envelope import enveloped
    from answerable.cli.shared.zone.moments import localised
    from answerable.domain.answers import json_value

    zone = made.report.header.zone
    return to_json(enveloped(localised(json_value(made.report), zone), zone=zone)) + b"\n"


FORMATS: Mapping[str, Callable[[Made], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "pdf": _pdf,
    "json": _json,
}
"""Make a report's bytes, by format."""
