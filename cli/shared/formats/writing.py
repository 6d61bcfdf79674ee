"""Write an answer where it is to go: in text to the standard output, or whole into a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click

from answerable.cli.shared.formats.form import Form

if TYPE_CHECKING:
    from typing import BinaryIO

    from answerable.domain.zone.day_end import Asked
    from answerable.ledger.ledger import Ledger
    from answerable.projections.conformance.in_force.versions import Versions
    from answerable.projections.output.register import About, Registers

AT_ONCE = 1 << 16
"""The number of characters from which on lines are handed to the output."""

IN_MEMORY = 1 << 23
"""The most bytes of a workbook that are kept in memory, until it is whole."""


@contextmanager
def writing_to(form: Form) -> Iterator[None]:
    """Have what is written to the standard output go where a form says, while the block runs.

    Raises:
        UsageError: it is binary, and would go to a terminal; or what writes it is not installed.
        FileRefused: the file cannot be written.
    """
    if form.name == "xlsx":
        check_xlsx(form)
    if form.name == "pdf":
        from answerable.cli.shared.formats.paper import check_pdf

        check_pdf(form.output)
    if form.output is None:
        yield
        return
    from answerable.ledger.system.atomic_file import new_file

    with new_file(form.output, force=form.force, private=True) as file:
        before = sys.stdout
        taking = io.TextIOWrapper(file, encoding="utf-8", errors=before.errors, newline="")
        sys.stdout = taking
        try:
            yield
            taking.flush()
        finally:
            sys.stdout = before
            taking.detach()


def check_xlsx(form: Form) -> None:
    """Check that a workbook can be written, and to where it goes.

    Raises:
        UsageError: it would go to a terminal.
        MissingExtra: what writes it is not installed.
    """
    from importlib.util import find_spec

    if find_spec("xlsxwriter") is None:
        from answerable.ledger.errors import MissingExtra

        raise MissingExtra(
            "what writes XLSX is not installed.",
            hint="pip install 'answerable[xlsx]'. CSV needs nothing: --format csv.",
        )
    if form.output is None and sys.stdout.isatty():
        raise click.UsageError(
            "XLSX is no text for a terminal: give --output FILE.xlsx, or send it on: > FILE.xlsx."
        )


def write_answer(
    opened: Ledger,
    form: Form,
    registers: Registers,
    as_of: Asked | None,
    known_by: Asked | None,
    *,
    case: str | None = None,
    versions: Versions | None = None,
) -> None:
    """Write an answer as registers, with what it holds for.

    Args:
        opened: the ledger.
        form: how.
        registers: the answer.
        as_of: the moment asked about.
        known_by: the moment by which the record was asked about.
        case: the one case asked about, whose days are meant; None: those of who asks.
        versions: the policies that judged; left out, those that the record tells of.
    """
    from answerable.cli.shared.formats.about import about_answer

    about = about_answer(opened, form, as_of, known_by, case=case, versions=versions)
    write_registers(form, registers, about)


def write_registers(form: Form, registers: Registers, about: About) -> None:
    """Write registers, and what they hold for.

    Args:
        form: how.
        registers: the answer.
        about: what it holds for.
    """
    chosen = registers if form.register is None else registers.only(form.register)
    if form.name == "xlsx":
        _write_xlsx(chosen, about)
    elif form.name in ("html", "pdf"):
        _write_document(chosen, about, form.name)
    elif form.name == "csv":
        from answerable.projections.output.register_csv import register_csv

        lines = register_csv(chosen, about)
        # What people told may move a cursor: a file keeps that, and on a terminal it is spelt out.
        _write_text(map(_shown, lines) if sys.stdout.isatty() else lines)
    else:
        from answerable.projections.output.register_markdown import register_markdown

        _write_text(f"{line}\n" for line in register_markdown(chosen, about))


def _shown(line: str) -> str:
    from answerable.cli.shared.output import visible

    return f"{visible(line.rstrip())}\n"


def _write_text(lines: Iterable[str]) -> None:
    """Write lines in UTF-8, whatever the locale: whoever opens a table later knows none."""
    buffer, kept = [], 0
    for line in lines:
        buffer.append(line)
        kept += len(line)
        if kept >= AT_ONCE:
            click.echo("".join(buffer).encode(), nl=False)
            buffer, kept = [], 0
    click.echo("".join(buffer).encode(), nl=False)


def _write_document(registers: Registers, about: About, form: str) -> None:
    from answerable.domain.language.saying import say, say_count
    from answerable.projections.pages.document import Document, document_page, document_paper
    from answerable.projections.registers.written import MOST_ON_PAPER, MOST_ROWS, document_of

    root = about.root.hex()
    head = say_count(
        "{number} entry, root {root}", "{number} entries, root {root}", about.size, root=root
    )
    question = f"answerable {about.question}"
    kind = say("Answer of {command}", command=question)
    written = document_of(registers, about, MOST_ON_PAPER if form == "pdf" else MOST_ROWS)
    document = Document(kind, written, about.version, head)
    if form == "pdf":
        from answerable.cli.shared.formats.paper import printed

        data = printed(document_paper(document))
    else:
        data = document_page(document).encode()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write_xlsx(registers: Registers, about: About) -> None:
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    from answerable.projections.output.register_xlsx import register_xlsx

    # A pipe cannot seek, and a workbook is written where one can: so that both get the same bytes.
    with SpooledTemporaryFile(IN_MEMORY) as file:
        register_xlsx(registers, about, cast("BinaryIO", file))
        file.seek(0)
        copyfileobj(file, sys.stdout.buffer)
    sys.stdout.buffer.flush()
