"""The figures as rows: of each a row for all cases, for each year, for each organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.cli.shared.zone.asked import zone_asked
from answerable.domain.zone.day_end import moment_in

if TYPE_CHECKING:
    from answerable.projections.figures.figures import Figure, Figures, PartOf
    from answerable.projections.output.csv import Cell

TITLES = (
    "figure",
    "of",
    "year",
    "organisation",
    "title",
    "unit",
    "value_least",
    "value_most",
    "numerator_least",
    "numerator_most",
    "counted_least",
    "counted_most",
    "few",
    "as_of",
    "known_by",
    "tree_size",
    "root",
)
"""The columns of the table. A row with neither a year nor an organisation is of all cases."""


def rows(found: Figures) -> Iterator[list[Cell]]:
    """Yield the rows of the figures."""
    times = tuple(moment_in(each, zone_asked()) for each in (found.as_of, found.known_by))
    about: list[Cell] = [*times, found.size, found.root.hex()]
    for figure in found.figures:
        yield [*_row(figure, figure, None, None), "yes" if figure.few else "no", *about]
        for each in figure.years:
            yield [*_row(figure, each, each.part, None), None, *about]
        for each in figure.by_organisation:
            yield [*_row(figure, each, None, each.part), None, *about]


def _row(
    figure: Figure, told: Figure | PartOf, year: str | None, organisation: str | None
) -> list[Cell]:
    return [
        figure.name,
        figure.of,
        year,
        organisation,
        figure.title,
        figure.unit,
        *(told.value or (None, None)),
        *(told.numerator or (None, None)),
        *told.denominator,
    ]
