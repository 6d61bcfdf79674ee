"""The options of `answerable import` that are for sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])

FILE = click.Path(dir_okay=False, readable=True, path_type=Path)


class SheetAsked(NamedTuple):
    """The sheet that is asked for.

    Attributes:
        csv: a file of CSV, if one is.
        xlsx: a workbook, if one is.
        map: the map that says what its columns mean.
        sheet: the sheet of the workbook.
        encoding: how the characters of CSV are written.
        delimiter: what stands between its cells.
        misfits: where rows are written that do not fit.
        template: the kinds that a sheet is to be written for, to fill in.
    """

    csv: Path | None
    xlsx: Path | None
    map: Path | None
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    misfits: Path | None
    template: tuple[str, ...] = ()

    @property
    def place(self) -> Path | None:
        """Return the file of the sheet; None where none is asked for."""
        return self.csv or self.xlsx


def sheet_options(command: Wrapped) -> Wrapped:
    """Give a command the options of sheets, gathered in its argument `asked`."""
    options = (
        click.option("--csv", type=FILE, metavar="FILE", help="A sheet, as CSV, with --map."),
        click.option("--xlsx", type=FILE, metavar="FILE", help="A sheet, as XLSX, with --map."),
        click.option(
            "--map", "map_", type=FILE, metavar="MAP.toml", help="What the sheet's columns mean."
        ),
        click.option("--sheet", metavar="NAME", help="Which sheet of the workbook."),
        click.option(
            "--encoding",
            metavar="NAME",
            help="How the CSV's characters are written, as cp1252, where that is not UTF-8.",
        ),
        click.option(
            "--delimiter",
            metavar="SIGN",
            help="What stands between the CSV's cells (`tab` for a tab), where the headings do not "
            "tell.",
        ),
        click.option(
            "--misfits",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="FILE.csv",
            help="Record the rows of the sheet that fit, and write the others there, with why.",
        ),
    )
    template = click.option(
        "--template",
        multiple=True,
        metavar="KIND",
        help="Write a sheet to fill in for this kind of event, to --csv or --xlsx, and the map "
        "that belongs to it. May be given more than once: a row is then an event of each.",
    )
    for option in reversed((*options, template)):
        command = option(command)
    return command


def asked_of(params: dict[str, Any], file: Any, *, resume: bool) -> SheetAsked | None:
    """Take the options of sheets out of a command's; None where no sheet is asked for.

    Args:
        params: the options.
        file: the file of JSON lines, if one is given.
        resume: whether an import is to be gone on with.

    Raises:
        click.UsageError: they do not go together.
    """
    names = ("csv", "xlsx", "map_", "sheet", "encoding", "delimiter", "misfits")
    csv, xlsx, map_, sheet, encoding, delimiter, misfits = (params.pop(name) for name in names)
    template = params.pop("template")
    asked = SheetAsked(csv, xlsx, map_, sheet, encoding, delimiter, misfits, template)
    if asked.csv and asked.xlsx:
        raise click.UsageError("--csv and --xlsx are two sheets: give one.")
    if asked.template:
        return asked
    if asked.place is None:
        given = next((name for name, value in zip(names, asked, strict=False) if value), None)
        if given is not None:
            raise click.UsageError(
                f"--{given.strip('_')} is for a sheet: name it, with --csv or --xlsx."
            )
        return None
    if asked.map is None:
        raise click.UsageError(
            "Missing option '--map': it says what the columns mean. `answerable import --template "
            "finding-made --csv FILE` writes a sheet with its map."
        )
    for place in (asked.place, asked.map):
        if not place.is_file():
            why = " (a sheet is read more than once: not from a pipe)" if place.exists() else ""
            raise click.UsageError(f"there is no file {place}{why}.")
    if asked.misfits is not None and asked.misfits.exists():
        raise click.UsageError(
            f"there is something at {asked.misfits} already, and --misfits overwrites nothing."
        )
    if file is not None:
        raise click.UsageError(f"{file.name} is JSON lines, and --csv or --xlsx a sheet: give one.")
    if resume:
        raise click.UsageError(
            "--continue is for JSON lines. Give a sheet's command again as it is: what is on "
            "record is not recorded twice."
        )
    if asked.xlsx and (asked.encoding or asked.delimiter):
        raise click.UsageError("--encoding and --delimiter are for CSV.")
    if asked.csv and asked.sheet:
        raise click.UsageError("--sheet is for XLSX: a CSV file is one sheet.")
    return asked._replace(delimiter=_sign(asked.delimiter), encoding=_known(asked.encoding))


def _sign(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    sign = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    if len(sign) != 1 or sign in '"\r\n':
        raise click.UsageError(f"--delimiter {delimiter!r} is not one sign, nor `tab`.")
    return sign


def _known(encoding: str | None) -> str | None:
    import codecs

    try:
        return None if encoding is None else codecs.lookup(encoding).name
    except LookupError:
        raise click.UsageError(
            f"--encoding {encoding!r} is not known. Try utf-8, cp1252, latin-1, utf-16, gb18030."
        ) from None
