"""Write the section of the figures that programmes publish, with their definitions beside them."""

from __future__ import annotations

from itertools import groupby

from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Block, Row, Section, cell, paragraph, row, table
from answerable.projections.blocks.spans import recorded
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.figures import Figure
from answerable.projections.figures.wording import (
    against_words,
    count_words,
    over_words,
    title_words,
    value_words,
)
from answerable.projections.wording.counts import in_letters

HEADS = ("Figure", "Counted", "Value", "Definition")


def figures(across: AcrossCases) -> Section:
    """Write the section; figures of which there is nothing to count are left out."""
    told = [each for each in across.figures.figures if each.value is not None]
    fewest = across.figures.fewest
    blocks: list[Block] = []
    for chapter, own in groupby(told, key=lambda each: BY_NAME[each.name].chapter):
        rows = []
        for _, same in groupby(own, key=lambda each: each.name):
            rows += [_row(each, fewest, first=not at) for at, each in enumerate(same)]
        blocks.append(table(HEADS, rows, chapter))
    if any(each.few for each in told):
        few = in_letters(fewest)
        blocks.append(paragraph(f"* rests on fewer than {few}: read the counts, not the figure."))
    return Section("figures", "Figures", tuple(blocks))


def _row(figure: Figure, fewest: int, *, first: bool) -> Row:
    beside = [over_words(figure, fewest), *(against_words(figure, each) for each in figure.against)]
    value = value_words(figure) + (" *" if figure.few else "")
    said = f"{figure.definition} Source: {figure.source}." if first else ""
    return row(
        recorded(title_words(figure)) if figure.of else title_words(figure),
        count_words(figure),
        cell(value, *filter(None, beside)),
        said,
    )
