"""Write the sections of the figures that programmes publish, and of what each of them is."""

from __future__ import annotations

from itertools import groupby

from answerable.domain.language.saying import in_letters, say, say_as
from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import (
    Block,
    Row,
    Section,
    bullets,
    cell,
    paragraph,
    row,
    table,
)
from answerable.projections.blocks.spans import Line, recorded, say_line, strong
from answerable.projections.figures.catalogue import BY_NAME
from answerable.projections.figures.definition import Definition
from answerable.projections.figures.figures import Figure
from answerable.projections.figures.wording import (
    against_words,
    counted_words,
    over_cell,
    over_several,
    title_words,
    value_words,
)
from answerable.projections.intervals import Range, in_words


def figures(across: AcrossCases) -> Section:
    """Write the section; figures of which there is nothing to count are left out."""
    told = _told(across)
    fewest = across.figures.fewest
    blocks: list[Block] = []
    for chapter, figures_told in groupby(told, key=lambda each: BY_NAME[each.name].chapter):
        own = list(figures_told)
        heads = [say(chapter), say("Counted"), say_as("value", "Figure")]
        rows = [_row(each) for each in own]
        numbers = {over.organisations for each in own if (over := over_several(each))}
        if numbers:
            heads.append(_over_head(numbers))
            medians = (over_cell(each, fewest) for each in own)
            rows = [_beside(each, median) for each, median in zip(rows, medians, strict=True)]
        blocks.append(table(heads, rows))
    if any(each.few for each in told):
        few = in_letters(fewest)
        said = say("* rests on fewer than {number}: read the counts, not the figure.", number=few)
        blocks.append(paragraph(said))
    return Section("figures", say("Figures"), tuple(blocks))


def definitions(across: AcrossCases) -> Section:
    """Write what each of the figures told is, and who publishes or asks for it so."""
    names = dict.fromkeys(each.name for each in _told(across))
    said = map(_definition, map(BY_NAME.__getitem__, names))
    return Section("definitions", say("What the figures are"), (bullets(said),))


def _definition(each: Definition) -> Line:
    title = say("{title}:", title=say(each.title))
    return say_line(
        "{title} {definition} Source: {source}.",
        title=strong(title),
        definition=say(each.definition),
        source=say_as("source", each.source),
    )


def _told(across: AcrossCases) -> list[Figure]:
    return [each for each in across.figures.figures if each.value is not None]


def _row(figure: Figure) -> Row:
    value = value_words(figure) + (" *" if figure.few else "")
    compared = [against_words(figure, each) for each in figure.against]
    return row(
        recorded(title_words(figure)) if figure.of else title_words(figure),
        counted_words(figure),
        cell(value, *compared) if compared else value,
    )


def _beside(of: Row, median: str) -> Row:
    return of._replace(cells=(*of.cells, cell(median)))


def _over_head(numbers: set[Range[int]]) -> str:
    """Head the medians over organisations; of how many, where that is the same for each figure."""
    if len(numbers) > 1:
        return say("Median of organisations")
    (number,) = numbers
    return say("Median of {number} organisations", number=in_words(number))
