"""Write the section on how long the steps took, and how many things stand how."""

from __future__ import annotations

from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Row, Section, row, table
from answerable.projections.intervals import Range, in_words
from answerable.projections.metrics.metrics import Count, Length

STEPS = ("Days from", "to", "Known", "Unknown", "No end", "Median", "Shortest", "Longest")
COUNTS = ("What there is", "How many")


def steps(across: AcrossCases) -> Section:
    """Write the section; steps that no case took, and numbers that are none, are left out."""
    lengths = [
        each
        for each in across.metrics.lengths
        if each.known.most or each.unknown.most or each.not_reached.most
    ]
    counts = [each for each in across.metrics.counts if each.most]
    return Section(
        "steps",
        "How long it took, and how things stand",
        (
            table(STEPS, map(_length, lengths)),
            table(COUNTS, (row(each.name, _number(each)) for each in counts)),
        ),
    )


def _length(each: Length) -> Row:
    start, _, end = each.name.partition(" to ")
    counts = (each.known, each.unknown, each.not_reached)
    spans = (each.median, each.shortest, each.longest)
    return row(
        start, end, *map(_number, counts), *(in_words(span) if span else "" for span in spans)
    )


def _number(count: Count) -> str:
    return in_words(Range(count.least, count.most))
