"""Read CSV (RFC 4180) as spreadsheets write it: with other delimiters, in other encodings.

A row is numbered as a spreadsheet shows it: a quoted cell may go over several lines, and blank
lines count.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Generator, Iterator
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from answerable.ledger.transfer.sheet.errors import SheetUnreadable
from answerable.ledger.transfer.sheet.files.cells import Line

DELIMITERS = ",;\t|"
"""The delimiters that are looked for in the heading, likeliest first."""

LONGEST_CELL = 2_000_000
"""The most characters of a cell: twice a narrative's."""

LONGEST_LINE = 16 * 1024 * 1024
"""The most characters of a line."""

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The encodings that a file tells by its first bytes."""


def csv_lines(
    place: Path, *, encoding: str | None = None, delimiter: str | None = None
) -> Generator[Line, None, None]:
    """Yield the rows of a CSV file.

    Args:
        place: the file.
        encoding: how its characters are written; None: UTF-8, unless its first bytes say another.
        delimiter: what stands between cells; None: what the heading has most of.

    Raises:
        SheetUnreadable: its characters, or its quotes, are none.
    """
    with place.open("rb") as file:
        encoding = encoding or _encoding(file)
        # The csv module's limit is the process's; it is only ever raised.
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
        with TextIOWrapper(file, encoding, newline="") as text:
            yield from _lines(text, encoding, delimiter)


def _encoding(file: BinaryIO) -> str:
    start = file.read(4)
    file.seek(0)
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "utf-8")


def _lines(file: TextIOWrapper, encoding: str, delimiter: str | None) -> Iterator[Line]:
    number = 0
    try:
        first = file.readline(LONGEST_LINE)
        told = first.rstrip("\r\n")
        if told.lower().startswith("sep=") and len(told) == len("sep=") + 1:
            # Excel's own word for the delimiter, which it does not show as a row.
            delimiter, first = delimiter or told[-1], file.readline(LONGEST_LINE)
        source = chain([first], _bounded(file)) if first else iter(())
        for cells in csv.reader(source, delimiter=delimiter or sniffed(first), strict=True):
            number += 1
            yield Line(number, cells)
    except UnicodeDecodeError as error:
        raise SheetUnreadable(
            f"{_where(Path(file.name), encoding)} has bytes that are not {encoding}: "
            f"{error.reason}.",
            hint="Name the encoding that it was saved in. Of Excel on Windows that is often "
            "cp1252.",
            cli_hint="Name the encoding that it was saved in, as --encoding cp1252, which Excel "
            "on Windows often writes.",
        ) from None
    except csv.Error as error:
        raise SheetUnreadable(
            f"row {number + 1:,} is not CSV: {error}.",
            hint="A cell with a quotation mark in it is quoted, and the mark doubled.",
        ) from None


def _where(place: Path, encoding: str) -> str:
    """Return the first line of a file that is not in its encoding: text is decoded ahead."""
    with place.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return f"line {number:,} of the file"
    return "the file"


def _bounded(file: TextIOWrapper) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) >= LONGEST_LINE:
            raise csv.Error(f"a line has more than {LONGEST_LINE:,} characters")
        yield line


def sniffed(heading: str) -> str:
    """Return the delimiter that a heading has most of, outside quotation marks."""
    bare = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=bare.count)
