"""A sanction in a line of the report: the measure, what became of it, its events."""

from __future__ import annotations

from answerable.projections.accountability.said.sanction import Sanction
from answerable.projections.blocks.spans import Line, say_line
from answerable.projections.report.lookup import Lookup
from answerable.projections.wording.measures import own_words, worded
from answerable.projections.wording.sanction import sanction_marks, sanction_words


def sanction_line(lookup: Lookup, sanction: Sanction) -> Line:
    """Say a sanction and what became of it: "bonus cancellation, 2025 (executed) #23"."""
    said = sanction_words(measure_words(lookup, sanction), state_marks(lookup, sanction))
    cited = lookup.cite(sanction.event_id, sanction.ended_by)
    return say_line("{what} {cited}", what=lookup.said(said), cited=cited)


def measure_words(lookup: Lookup, sanction: Sanction) -> str:
    """Say the measure of a sanction, by its own words where these can be read."""
    return worded(sanction, own_words(sanction, lookup.text))


def state_marks(lookup: Lookup, sanction: Sanction) -> list[str]:
    """Say what became of a sanction; that it is to be carried out is said of all at once."""
    return sanction_marks(sanction, lookup.called)
