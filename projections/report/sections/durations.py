"""The section of a report on how long each step took."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import Section, row, table
from answerable.projections.blocks.spans import line
from answerable.projections.report.lookup import Lookup
from answerable.projections.timeline.steps import step_words


def durations(lookup: Lookup) -> Section | None:
    """Write the section, where a step has a beginning on record."""
    known = lookup.report.durations
    if not known:
        return None
    rows = [
        row(
            step_words(each.name),
            each.words if each.to_events else say("not on record"),
            line(lookup.cite(*each.from_events), " → ", lookup.cite(*each.to_events) or "–"),
        )
        for each in known
    ]
    told = table((say("From … to"), say("Calendar days"), say("Events")), rows)
    return Section("durations", say("How long it took"), (told,))
