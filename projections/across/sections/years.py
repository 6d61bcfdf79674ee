"""Write the section of the figures by year, where there are several years."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Row, Section, row, table
from answerable.projections.figures.figures import Figure
from answerable.projections.figures.wording import title_words, value_words

TRENDS = ("reports-received", "substantiation-rate", "report-to-close")
"""The figures that are told by year."""


def trending(across: AcrossCases) -> list[Figure]:
    """List the figures that are told by year, where there are several years."""
    return [each for each in across.figures.figures if each.name in TRENDS and len(each.years) > 1]


def years(across: AcrossCases) -> Section | None:
    """Write the section, where there is more than one year to tell of."""
    told = trending(across)
    every = sorted({part.part for figure in told for part in figure.years})
    if not every:
        return None
    rows = (_row(figure, every) for figure in told)
    return Section("years", say("Year by year"), (table((say("Figure"), *every), rows),))


def _row(figure: Figure, years: list[str]) -> Row:
    parts = {part.part: part for part in figure.years}
    values = (value_words(figure, parts[year]) if year in parts else "" for year in years)
    return row(title_words(figure), *values)
