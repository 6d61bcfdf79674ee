"""Make a register of how long each step took, and how many things stand how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from answerable.domain.language.saying import punctuation, say
from answerable.projections.metrics.wording import number_words
from answerable.projections.output.cell_words import cell_words
from answerable.projections.output.register import Cell, Column, Register, Registers, Row
from answerable.projections.registers.columns import limits
from answerable.projections.timeline.steps import step_words
from answerable.projections.wording.vocabulary import label, words

if TYPE_CHECKING:
    from answerable.projections.extents import MeasureExtent
    from answerable.projections.intervals import Range
    from answerable.projections.metrics.metrics import Count, Length, Metrics

METRICS = Register(
    "metrics",
    "How long each step took, and how many things stand how",
    (
        Column("measure", "Measure", "word"),
        Column("unit", "Unit", "word"),
        Column("least", "Number or sum, at least", "decimal"),
        Column("most", "Number or sum, at most", "decimal"),
        *limits("cases_known", "Cases of which it is known"),
        *limits("cases_unknown", "Cases of which it is unknown"),
        *limits("cases_not_reached", "Cases that have no end on record"),
        *limits("median", "Median", "decimal"),
        *limits("shortest", "Shortest, or smallest", "decimal"),
        *limits("longest", "Longest, or largest", "decimal"),
    ),
)
"""A number has `least` and `most`, an amount has its sum there, and a length has the others."""

NO_SPAN = (None,) * 6


def metrics_register(found: Metrics) -> Registers:
    """Make a register of metrics: a row a number, a length or an amount."""
    return Registers((METRICS,), _rows(found))


def _rows(found: Metrics) -> Iterator[Row]:
    for count in (found.cases, *found.counts):
        yield Row(METRICS.name, _count(count))
    for length in found.lengths:
        yield Row(METRICS.name, _length(length))
    for amount in found.amounts:
        yield Row(METRICS.name, _amount(amount))


def _count(each: Count) -> tuple[Cell, ...]:
    return (number_words(each.name), "number", each.least, each.most, *NO_SPAN, *NO_SPAN)


def _length(each: Length) -> tuple[Cell, ...]:
    cases = (each.known, each.unknown, each.not_reached)
    return (
        *(say("days from {step}", step=step_words(each.name)), "days", None, None),
        *(limit for count in cases for limit in (count.least, count.most)),
        *_limits(each.median, each.shortest, each.longest),
    )


def _amount(each: MeasureExtent) -> tuple[Cell, ...]:
    kept = punctuation(", ").join((words(each.measure), each.unit, cell_words(label(each.of))))
    name = say("amounts: {what}", what=kept)
    spans = _limits(each.median, each.smallest, each.largest)
    return (name, each.unit, *each.total, *NO_SPAN, *spans)


def _limits(*spans: Range[float] | Range[str] | None) -> Iterator[Cell]:
    for span in spans:
        yield from span or (None, None)
