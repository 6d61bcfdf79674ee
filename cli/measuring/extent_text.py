"""The lengths and the amounts of measures over many parties, in a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answerable.projections.intervals import Range
from answerable.projections.wording.counts import amount_words, in_letters, spelt
from answerable.projections.wording.measures import one_of, several

if TYPE_CHECKING:
    from answerable.projections.extents import MeasureExtent

PARTIES = {
    "people": ("person", "people"),
    "organisations": ("organisation", "organisations"),
    "bodies": ("body", "bodies"),
    "groups": ("group", "groups"),
    "assets": ("thing", "things"),
    "type_not_told": ("party", "parties"),
}
"""What to call parties of a type: one of them, and several."""


def extent_words(each: MeasureExtent) -> str:
    """Say what a measure comes to, and how much of it parties were given.

    For example "69,000,000 USD in two clawbacks of one person"; of several parties also "from 5
    to 30 days, median 10 days per person".
    """
    one, parties = PARTIES[each.of]
    number = _counted(each.number, one_of(each.measure), several(each.measure))
    said = f"{_sum(each.total, each.unit)} in {number} of {_counted(each.parties, one, parties)}"
    if each.parties.most == 1:
        return said
    least, median, most = (
        _sum(span, each.unit) for span in (each.smallest, each.median, each.largest)
    )
    return f"{said}; {_spread(least, median, most)} per {one}"


def _spread(least: str, median: str, most: str) -> str:
    return least if least == most else f"from {least} to {most}, median {median}"


def _counted(span: Range[int], one: str, others: str) -> str:
    least, most = span.least or 0, span.most or 0
    number = spelt(most, one, others)
    return number if least == most else f"{in_letters(least)} to {number}"


def _sum(span: Range[str], unit: str) -> str:
    """Say a length or an amount, or between which two it lies."""
    least, most = (_limit(each, unit) for each in span)
    return most if least == most else f"{least.rpartition(' ')[0]} to {most}"


def _limit(limit: str | None, unit: str) -> str:
    return amount_words(f"{limit or 0} {unit}")
