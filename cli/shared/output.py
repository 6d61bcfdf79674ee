"""The look of output: data on stdout, everything else on stderr, folded where there is a terminal.

`--json` gives one JSON value, or one a line where the answer is a stream.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TextIO
from unicodedata import category

import click

from answerable.cli.shared.terminal.screen import NARROWEST
from answerable.cli.shared.terminal.streams import holds_all
from answerable.cli.suggestions import upon_the_ledger
from answerable.projections.output.folding import cut as cut
from answerable.projections.output.folding import fold

if TYPE_CHECKING:
    from rich.console import Console

    from answerable.domain.record import TreeHead
    from answerable.ledger.tlog.checkpoint import Checkpoint

LONG_WORK = 20_000
"""The number of events from which on a command shows how far it is."""


def write_json(value: Mapping[str, Any], head: TreeHead | Checkpoint | None = None) -> None:
    """Write an answer in JSON, in its envelope, on a line of its own.

    Args:
        value: the answer.
        head: the head of the log that it holds for, where that is not the one it was asked at.
    """
    from answerable.cli.shared.envelope import enveloped

    write_line(enveloped(value, head))


def write_line(value: Any) -> None:
    """Write one JSON value of a stream, bare, on a line of its own.

    It is in ASCII where the output is not in UTF-8.
    """
    from pydantic_core import to_json

    click.echo(to_json(value, ensure_ascii=not holds_all(sys.stdout.encoding)))


def head_json(head: Checkpoint) -> dict[str, Any]:
    """Return the signed head of a log as JSON values."""
    return {"origin": head.origin, "size": head.size, "root": head.root.hex()}


def console() -> Console:
    """Return the console for tables and trees. Colour only in a terminal, never with NO_COLOR."""
    from rich.console import Console

    # With NO_COLOR alone, rich leaves out the colours and keeps bold and dim.
    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(
        highlight=False, soft_wrap=False, emoji=False, markup=False, color_system=colours
    )


def line_writer() -> Callable[[str, str | None], None]:
    """Return a writer of lines in a style; where there is no terminal, plain and far faster."""
    # rich, which takes a fifth of the time of an answer to import, writes to pipes when so told.
    styled = sys.stdout.isatty() or any(map(os.environ.get, ("FORCE_COLOR", "TTY_COMPATIBLE")))
    if not styled or not (out := console()).is_terminal:
        return lambda text, _: click.echo(text)
    return lambda text, style: out.print(folded(text, sys.stdout), style=style, soft_wrap=True)


def note(message: str) -> None:
    """Say something beside the data, folded to the width of a terminal."""
    click.echo(folded(upon_the_ledger(message), sys.stderr), err=True)


def tell(message: str) -> None:
    """Say something in words, folded to the width of a terminal."""
    click.echo(folded(upon_the_ledger(message), sys.stdout))


def folded(text: str, where: TextIO | None) -> str:
    """Fold a text for a terminal, so that no line is wider; elsewhere leave it as it is."""
    if where is None or not where.isatty():
        return text
    width = max(NARROWEST, shutil.get_terminal_size().columns)
    return "\n".join(each for line in text.split("\n") for each in fold(line, width))


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr, if that is a terminal and the work long; yield what advances it."""
    if length < LONG_WORK or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def visible(text: str) -> str:
    """Write out the signs of a text that would move a terminal's cursor or turn its writing."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or category(sign) == "Zs" else f"\\u{ord(sign):04x}"
        for sign in text
    )
