"""`answerable import --template`: a sheet to fill in, and the map that belongs to it."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from answerable.cli.shared.output import note, write_json
from answerable.domain.errors import AnswerableError
from answerable.domain.kinds import kind_named

if TYPE_CHECKING:
    from answerable.cli.recording.importing.sheet_options import SheetAsked
    from answerable.ledger.transfer.sheet.template import Template

WIDTH = 24
"""The width of a column in a workbook, in characters."""


class TemplateExists(AnswerableError):
    """There is a file already where a template was to be written. It is left as it is."""


def write_template(asked: SheetAsked, *, as_json: bool) -> int:
    """Write a sheet to fill in, and beside it its map; without a file, the sheet to stdout.

    Raises:
        InvalidEvent: there is no such kind, or none that comes from a sheet.
        TemplateExists: there is such a file already.
    """
    from answerable.ledger.transfer.sheet.template import template_of

    template = template_of([kind_named(kind) for kind in asked.template])
    place = asked.place
    map_ = asked.map or (place.with_suffix(".toml") if place else None)
    for each in (place, map_):
        if each is not None and each.exists():
            raise TemplateExists(
                f"there is something at {each} already, and it is not overwritten.",
                hint="Choose another name.",
            )
    if place is None:
        text = StringIO()
        _write_csv(template, text)
        click.echo(text.getvalue(), nl=False)
    elif asked.xlsx:
        _write_xlsx(template, place)
    else:
        # With the mark by which spreadsheet programs know UTF-8.
        with place.open("w", encoding="utf-8-sig", newline="") as file:
            _write_csv(template, file)
    if map_ is not None:
        map_.write_text(template.map, encoding="utf-8")
    if place is None:
        note("Give --csv FILE or --xlsx FILE to have its map written beside it.")
    elif as_json:
        write_json({"sheet": str(place), "map": str(map_), "columns": [*next(template.rows())]})
    else:
        click.echo(f"Written: {place}, with {len(template.columns)} columns, and its map, {map_}")
        if asked.xlsx:
            note(f"Fill it in, then: `answerable import --xlsx {place} --map {map_} --dry-run`")
        else:
            note(f"Fill it in, then: `answerable import --csv {place} --map {map_} --dry-run`")
    return 0


def _write_csv(template: Template, file: TextIO) -> None:
    csv.writer(file, lineterminator="\n").writerows(template.rows())


def _write_xlsx(template: Template, place: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    for number, row in enumerate(template.rows(), 1):
        for at, text in enumerate(row, 1):
            cell = sheet.cell(number, at, text)
            cell.font = Font(bold=number == 1, italic=number > 1)
            cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
            sheet.column_dimensions[get_column_letter(at)].width = WIDTH
    sheet.freeze_panes = "A3"
    book.save(place)
