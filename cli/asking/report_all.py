"""`answerable report --all`: the report on all cases, in each of its formats."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

from answerable.cli.asking.report_formats import FOLDED, STYLES
from answerable.cli.shared.options import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.projections.across.across import AcrossCases
    from answerable.projections.figures.benchmark import Benchmark


def content(across: AcrossCases, form: str) -> bytes:
    """Write the report in a format, as the bytes of a file."""
    return FORMATS[form](across)


def show(across: AcrossCases, form: str) -> None:
    """Write the report on the standard output: text as a terminal shows it."""
    if form == "text" and sys.stdout.isatty():
        from answerable.cli.shared.answering.screen import NARROWEST, screen_width
        from answerable.cli.shared.output import line_writer
        from answerable.projections.across.written import written
        from answerable.projections.blocks.text import text_lines

        write = line_writer()
        for line in text_lines(written(across), screen_width() or NARROWEST):
            write(line.text, STYLES.get(line.part))
        return
    sys.stdout.buffer.write(content(across, form))
    sys.stdout.buffer.flush()


def benchmark(against: Path | None) -> Benchmark | None:
    """Read the figures of others that a file holds; None where none is given."""
    from answerable.projections.figures.benchmark import LARGEST, read_benchmark

    if against is None:
        return None
    return read_benchmark(read_file(against, LARGEST), against.name)


def check_form(form: str) -> None:
    """Check that the report on all cases is written in a format.

    Raises:
        UsageError: it is not.
    """
    if form not in FORMATS:
        raise click.UsageError(
            f"The report on all cases is written as {', '.join(FORMATS)}, and not as {form}."
        )


def _text(across: AcrossCases) -> bytes:
    from answerable.projections.across.written import written
    from answerable.projections.blocks.text import text

    columns = max(20, shutil.get_terminal_size((FOLDED, 24)).columns)
    return text(written(across), columns).encode()


def _markdown(across: AcrossCases) -> bytes:
    from answerable.projections.across.written import written
    from answerable.projections.blocks.markdown import markdown

    return markdown(written(across)).encode()


def _html(across: AcrossCases) -> bytes:
    from answerable.projections.pages.across_page import across_page

    return across_page(across).encode()


def _json(across: AcrossCases) -> bytes:
    from pydantic_core import to_json

    from answerable.cli.shared.answering.envelope import enveloped
    from answerable.cli.shared.zone.moments import asked_json
    from answerable.domain.record import TreeHead

    head = TreeHead(across.size, across.root)
    asked = asked_json(across.as_of, across.known_by, head, across.zone)
    return to_json(enveloped({**across.as_dict(), **asked}, zone=across.zone)) + b"\n"


FORMATS: Mapping[str, Callable[[AcrossCases], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "json": _json,
}
"""Make the bytes of the report, by format."""
