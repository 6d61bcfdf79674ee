"""`answerable report --all`: the report on all cases, in each of its formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import click

from answerable.cli.reporting.formats import as_registers, as_text, on_terminal, write_out
from answerable.cli.shared.options import read_file
from answerable.cli.suggestions import suggested
from answerable.domain.language.saying import say, say_count, to_say

if TYPE_CHECKING:
    from pathlib import Path

    from answerable.ledger.ledger import Ledger
    from answerable.projections.across.across import AcrossCases
    from answerable.projections.figures.benchmark import Benchmark
    from answerable.projections.pages.document import Document

REGISTERS = (
    *("figures", "parts", "left_out", "against", "metrics"),
    *("accountable", "findings", "sanctions", "interim", "proceedings", "amounts"),
    *("groups", "lost", "outliers", "bars", "contacts", "beyond"),
)
"""The registers, as `projections.across.tables` has them; that need not be loaded."""

KIND = to_say("Report on all cases")


class MadeOfAll(NamedTuple):
    """Hold the report on all cases, and what it was made of.

    Attributes:
        ledger: open.
        register: the one register that is written, of registers; None: all.
    """

    across: AcrossCases
    ledger: Ledger
    register: str | None = None


def content(made: MadeOfAll, form: str) -> bytes:
    """Write the report in a format, as the bytes of a file."""
    return FORMATS[form](made)


def show(made: MadeOfAll, form: str) -> None:
    """Write the report on the standard output."""
    if form == "text" and sys.stdout.isatty():
        from answerable.projections.across.written import written_briefly

        on_terminal(written_briefly(made.across))
        return
    write_out(content(made, form), form)


def check_whom(
    audience: str | None, subject: str | None, recorded_as: str | None, legal_basis: str | None
) -> None:
    """Check that a report on all cases is asked for whom there is one.

    Raises:
        UsageError: it is for a person concerned, or is to be recorded as given away.
    """
    if subject is not None or audience == "subject":
        raise click.UsageError(
            "--for subject is about one case: name it. Figures of a house tell nobody what is said "
            "of them; `answerable status --person PARTY` lists the cases that name somebody."
        )
    if recorded_as is not None or legal_basis is not None:
        to, basis = recorded_as or "TO", legal_basis or "BASIS"
        told = suggested(
            *("append", "disclosure-made", "--case", "CASE", "--recipient", to),
            *("--legal-basis", basis),
        )
        raise click.UsageError(
            "--recorded-as and --legal-basis are about one case: a disclosure is recorded in the "
            "case that it tells of, and --all tells of every case. To have on record that it was "
            f"given away, record that once, in the case of your house's registers: {told}"
        )


def narrowed(across: AcrossCases, audience: str | None) -> AcrossCases:
    """Leave of the report what those may see whom it is for.

    It tells of no recorder, no signature and no place: so a board is shown what an auditor is.
    """
    from answerable.projections.across.for_the_public import for_the_public
    from answerable.projections.report.audience.audiences import AUDIENCES

    if audience is None:
        return across
    told = across._replace(made_for=AUDIENCES[audience])  # type: ignore[index]
    return for_the_public(told) if audience == "public" else told


def benchmark(against: Path | None) -> Benchmark | None:
    """Read the figures of others that a file holds; None where none is given."""
    from answerable.projections.figures.benchmark import LARGEST, read_benchmark

    if against is None:
        return None
    return read_benchmark(read_file(against, LARGEST), against.name)


def _text(made: MadeOfAll) -> bytes:
    from answerable.projections.across.written import written_briefly

    return as_text(written_briefly(made.across))


def _markdown(made: MadeOfAll) -> bytes:
    from answerable.projections.across.written import written
    from answerable.projections.blocks.markdown import markdown

    return markdown(written(made.across)).encode()


def _html(made: MadeOfAll) -> bytes:
    from answerable.projections.pages.document import document_page

    return document_page(document(made.across)).encode()


def _pdf(made: MadeOfAll) -> bytes:
    from answerable.cli.shared.formats.paper import printed
    from answerable.projections.pages.document import document_paper

    return printed(document_paper(document(made.across)))


def document(across: AcrossCases) -> Document:
    """Put together what the report shows as a page, or on paper."""
    from answerable.projections.across.written import written
    from answerable.projections.pages.document import Document
    from answerable.projections.pages.drawing.across import charts

    head = say_count(
        "{number} entry, root {root}",
        "{number} entries, root {root}",
        across.size,
        root=across.root.hex(),
    )
    # A drawing tells of each case, or of each year.
    drawn = charts(across) if across.in_steps is None else {}
    return Document(say(KIND), written(across), across.version, head, drawn)


def _json(made: MadeOfAll) -> bytes:
    from pydantic_core import to_json

    from answerable.cli.shared.envelope import enveloped
    from answerable.cli.shared.zone.moments import asked_json
    from answerable.domain.record import TreeHead

    across = made.across
    head = TreeHead(across.size, across.root)
    asked = asked_json(across.as_of, across.known_by, head, across.zone)
    return to_json(enveloped({**across.as_dict(), **asked}, zone=across.zone)) + b"\n"


def _csv(made: MadeOfAll) -> bytes:
    return _tables(made, "csv")


def _xlsx(made: MadeOfAll) -> bytes:
    return _tables(made, "xlsx")


def _tables(made: MadeOfAll, form: str) -> bytes:
    from answerable.cli.shared.formats.about import about_answer
    from answerable.cli.shared.formats.form import Form
    from answerable.projections.across.tables import across_registers
    from answerable.projections.facts.names import names
    from answerable.projections.registers.asking.said import Naming
    from answerable.projections.titles import Titles

    across, ledger = made.across, made.ledger
    known = names(ledger, known_by=across.known_by)
    every = across_registers(across, Naming(known, Titles(ledger, across.known_by).of))
    chosen = every if made.register is None else every.only(made.register)
    about = about_answer(ledger, Form(form), across.as_of, across.known_by)
    return as_registers(chosen, about, form)


FORMATS: Mapping[str, Callable[[MadeOfAll], bytes]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "pdf": _pdf,
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
}
"""Make the bytes of the report, by format."""
