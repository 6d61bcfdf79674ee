"""Write the section on how long the steps took, and how many things stand how."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.across.across import AcrossCases
from answerable.projections.blocks.blocks import Row, Section, row, table
from answerable.projections.intervals import Range, in_words
from answerable.projections.metrics.metrics import Count, Length
from answerable.projections.metrics.wording import number_words
from answerable.projections.timeline.steps import step_words


def steps(across: AcrossCases) -> Section:
    """Write the section; steps that no case took, and numbers that are none, are left out."""
    lengths = [
        each
        for each in across.metrics.lengths
        if each.known.most or each.unknown.most or each.not_reached.most
    ]
    counts = [each for each in across.metrics.counts if each.most]
    heads = (
        *(say("Days from … to …"), say("Known"), say("Unknown")),
        *(say("No end"), say("Median"), say("Shortest"), say("Longest")),
    )
    numbers = (row(number_words(each.name), _number(each)) for each in counts)
    return Section(
        "steps",
        say("How long it took, and how things stand"),
        (
            table(heads, map(_length, lengths)),
            table((say("What there is"), say("How many")), numbers),
        ),
    )


def _length(each: Length) -> Row:
    counts = (each.known, each.unknown, each.not_reached)
    spans = (each.median, each.shortest, each.longest)
    return row(
        step_words(each.name),
        *map(_number, counts),
        *(in_words(span) if span else "" for span in spans),
    )


def _number(count: Count) -> str:
    return in_words(Range(count.least, count.most))
