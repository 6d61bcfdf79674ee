"""The matrix of `answerable audit` as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from answerable.cli.auditing.marks import told
from answerable.projections.auditing.audit import COLUMNS
from answerable.projections.output.csv import Cell, csv_lines

if TYPE_CHECKING:
    from answerable.projections.auditing.audit import CaseAudit
    from answerable.projections.facts.case_view import CaseView
    from answerable.projections.facts.names import NameOf

TITLES = (
    *("case", "position", "event", "kind", "against", "what", "backed", "another house's"),
    *COLUMNS,
    "problems",
)


def csv(found: Iterable[tuple[CaseView, CaseAudit]], name_of: NameOf) -> Iterator[str]:
    """Write a line for each consequence, and the titles before them."""
    yield from csv_lines(TITLES, _rows(found, name_of))


def _rows(found: Iterable[tuple[CaseView, CaseAudit]], name_of: NameOf) -> Iterator[list[Cell]]:
    for _, audited in found:
        for row in audited.rows:
            texts = [text for cell in row.cells.values() for text in cell.problems]
            yield [
                *(row.case_id, row.position, row.event_id, row.kind),
                None if row.about is None else name_of(row.about),
                row.gist,
                row.backed,
                "yes" if row.other_house else "no",
                *(told(row.cells[column]) for column in COLUMNS),
                "; ".join(dict.fromkeys(texts)),
            ]
