"""Tell the format of a file by its ending, where none is asked for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".ics": "ics",
    ".sarif": "sarif",
}
"""Map the ending of a file to the format that it has."""

OF_OTHERS = frozenset(
    (
        *(".doc", ".docx", ".odt", ".rtf", ".tex", ".ods", ".xls", ".xlsb", ".xlsm", ".tsv"),
        *(".xml", ".yaml", ".yml", ".toml", ".jsonl", ".parquet", ".sqlite", ".db"),
        *(".png", ".jpg", ".jpeg", ".svg", ".zip", ".gz", ".xhtml", ".epub"),
    )
)
"""The endings of formats that nothing here writes: text in a file of that name is never meant."""


def format_by_ending(output: Path, usual: str, formats: Collection[str]) -> str:
    """Return the format that a file has by its ending; the usual one, where that tells none.

    Args:
        output: the file.
        usual: the format where the ending tells none, as that of `notes` or `acme.2026`.
        formats: the formats that can be written.

    Raises:
        UsageError: it is the ending of another format.
    """
    ending = output.suffix.lower()
    found = ENDINGS.get(ending, usual)
    if ending not in OF_OTHERS and found in formats:
        return found
    known = ", ".join(each for each, form in ENDINGS.items() if form in formats)
    raise click.UsageError(
        f"{output.name} is not written here: its ending, {ending}, is of no format of this answer. "
        f"There are {known}; or say by --format what it is to hold, whatever it is called."
    )
