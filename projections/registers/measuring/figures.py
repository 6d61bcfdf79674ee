"""Make registers of the figures: of all cases, their parts, what they leave out, and of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.output.register import Cell, Column, Register, Registers, Row
from answerable.projections.registers.columns import called, limits, party

if TYPE_CHECKING:
    from answerable.projections.facts.names import NameOf
    from answerable.projections.figures.benchmark import Compared, Mark
    from answerable.projections.figures.figures import Figure, Figures, PartOf

FIGURE, FIGURE_TITLE, OF = (
    Column("figure", "Figure id", "id"),
    Column("figure_title", "Figure", "word"),
    Column("of", "Of", "word"),
)
UNIT = Column("unit", "Unit", "word")
VALUE = (
    *limits("value", "Value", "decimal"),
    *limits("numerator", "It holds of"),
    *limits("counted", "Counted"),
)

FIGURES = Register(
    "figures",
    "Figures over all cases",
    (
        *(FIGURE, FIGURE_TITLE, OF, UNIT),
        *VALUE,
        Column("few", "Rests on few", "truth"),
        *limits("median", "Median over organisations", "decimal"),
        *limits("organisations", "Over organisations"),
        Column("organisations_left_out", "Organisations left out", "whole"),
        Column("dated_by", "Dated by", "word"),
        Column("definition", "Definition", "word"),
        Column("source", "Source", "word"),
    ),
)

PARTS = Register(
    "parts",
    "Figures by year and by organisation",
    (
        *(FIGURE, FIGURE_TITLE, OF, UNIT),
        Column("year", "Year"),
        party("organisation", "Organisation"),
        *VALUE,
    ),
)

LEFT_OUT = Register(
    "left_out",
    "What is not counted, and why",
    (
        *(FIGURE, FIGURE_TITLE),
        Column("why", "Why", "word"),
        Column("number", "Number of cases", "whole"),
        Column("cases", "Cases", many=True),
    ),
)

AGAINST = Register(
    "against",
    "Figures of others",
    (
        *(FIGURE, FIGURE_TITLE, OF, UNIT),
        Column("place", "Where ours lies", "word"),
        *limits("value", "Ours", "decimal"),
        Column("low", "Low", "decimal"),
        Column("median", "Value or median", "decimal"),
        Column("high", "High", "decimal"),
        Column("year", "Year"),
        Column("source", "Source"),
        Column("population", "Population"),
    ),
)


OF_FIGURES = (FIGURES, PARTS, LEFT_OUT, AGAINST)
"""The registers of figures."""


def figures_registers(found: Figures, name_of: NameOf) -> Registers:
    """Make registers of the figures: a row a figure, a part, a reason, a figure of others."""
    return Registers(OF_FIGURES, _rows(found, name_of))


def _rows(found: Figures, name_of: NameOf) -> Iterator[Row]:
    left_out: set[str] = set()
    for each in found.figures:
        yield Row(FIGURES.name, [*_head(each), *_value(each), each.few, *_over(each), *_said(each)])
        for part in each.years:
            yield Row(PARTS.name, [*_head(each), part.part, None, *_value(part)])
        for part in each.by_organisation:
            whose = called(part.part, name_of)
            yield Row(PARTS.name, [*_head(each), None, whose, *_value(part)])
        if each.name not in left_out:  # it is the same for each class
            left_out.add(each.name)
            for why, cases in each.left_out:
                yield Row(LEFT_OUT.name, [each.name, each.title, why, len(cases), cases])
        for compared in each.against:
            yield Row(AGAINST.name, [*_head(each), *_compared(each, compared)])
    for mark in found.unmatched:
        title = BY_NAME[mark.figure].title
        head = (mark.figure, title, mark.of, None, "nothing to compare", None, None)
        yield Row(AGAINST.name, [*head, *_mark(mark)])


def _head(figure: Figure) -> tuple[Cell, ...]:
    return (figure.name, figure.title, figure.of, figure.unit)


def _value(told: Figure | PartOf) -> tuple[Cell, ...]:
    return (
        *(told.value or (None, None)),
        *(told.numerator or (None, None)),
        *told.denominator,
    )


def _over(figure: Figure) -> tuple[Cell, ...]:
    over = figure.over_organisations
    if over is None:
        return (None,) * 5
    return (*(over.median or (None, None)), *over.organisations, over.fewer)


def _said(figure: Figure) -> tuple[Cell, ...]:
    return (figure.dated_by, figure.definition, figure.source)


def _compared(figure: Figure, compared: Compared) -> tuple[Cell, ...]:
    return (compared.place, *(figure.value or (None, None)), *_mark(compared.mark))


def _mark(mark: Mark) -> tuple[Cell, ...]:
    year = None if mark.year is None else str(mark.year)
    return (mark.low, mark.median, mark.high, year, mark.source, mark.population)
