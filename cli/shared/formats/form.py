"""The form in which an answer is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

TABLES = ("markdown", "csv", "xlsx", "html", "pdf")
"""The formats in which an answer is written as registers."""


class Form(NamedTuple):
    """Hold how an answer is to be written, and where.

    Attributes:
        name: the format: text, markdown, json, csv, xlsx, or one of the command's own.
        register: the one register to write; None: all that there are.
        output: the file to write; None: the standard output.
        force: whether a file that is there is overwritten.
        asked: whether the format was asked for: the ending of a file asks for none.
    """

    name: str = "text"
    register: str | None = None
    output: Path | None = None
    force: bool = False
    asked: bool = False

    def also(self, name: str, flag: str) -> Form:
        """Return what it comes to with a flag that is short for a format.

        Raises:
            UsageError: another format is asked for.
        """
        if self.asked and self.name != name:
            raise click.UsageError(f"{flag} and --format {self.name} exclude one another.")
        return self._replace(name=name)

    @property
    def tabular(self) -> bool:
        """Tell whether the answer is written as registers."""
        return self.name in TABLES
