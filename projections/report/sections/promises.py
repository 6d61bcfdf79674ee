"""The section of a report on what was promised, and whether it was kept."""

from __future__ import annotations

from answerable.domain.language.saying import punctuation, say, say_as
from answerable.projections.accountability.outside.commitments import Commitment
from answerable.projections.blocks.blocks import Row, Section, row, table
from answerable.projections.report.lookup import Lookup, day, text_words
from answerable.projections.wording.counts import amount_words
from answerable.projections.wording.obligation import OVERDUE
from answerable.projections.wording.outside.agreement import promise_state
from answerable.projections.wording.vocabulary import not_told


def promises(lookup: Lookup) -> Section | None:
    """Write the section, where something was promised outside of agreements."""
    made = lookup.report.promises
    if not made:
        return None
    heads = (
        *(say_as("promise", "Of"), say("What"), say("Amount")),
        *(say("Due"), say("State"), say("Events")),
    )
    told = table(heads, [promise_row(lookup, each) for each in made])
    return Section("promises", say("Promises"), (told,))


def promise_row(lookup: Lookup, promise: Commitment) -> Row:
    """Say a promise in the cells of a row: whose, what, how much, by when, and how it stands."""
    late = (say(OVERDUE),) if promise.overdue == "yes" else ()
    return row(
        lookup.party(promise.by),
        text_words(lookup.text(promise.event_id, "promise")),
        not_told() if promise.amount is None else amount_words(promise.amount),
        day(promise.due),
        punctuation(", ").join((promise_state(promise), *late)),
        lookup.cite(promise.event_id, promise.ended_by),
        position=promise.position,
    )
