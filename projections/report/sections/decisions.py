"""The section of a report on what was decided, by whom, and what that carries."""

from __future__ import annotations

from answerable.projections.blocks.blocks import Row, Section, cell, row, table
from answerable.projections.blocks.spans import line
from answerable.projections.report.lookup import Lookup, day, text_words, value
from answerable.projections.report.report import Decision
from answerable.projections.wording.answers import alleged_mark, appeal_mark, withdrawal_mark
from answerable.projections.wording.vocabulary import NOT_TOLD


def decisions(lookup: Lookup) -> Section | None:
    """Write the section, where anything was decided."""
    taken = lookup.report.decisions
    if not taken:
        return None
    heads = ("#", "What", "When", "Who decided", "Clause", "Rests on", "Carries")
    told = table(heads, [_decision(lookup, each) for each in taken])
    return Section("decisions", "Decisions", (told,))


def _decision(lookup: Lookup, decision: Decision) -> Row:
    question = lookup.text(decision.event_id, "question")
    marks = (
        alleged_mark(decision.standing),
        appeal_mark(decision.appeal),
        withdrawal_mark(decision.withdrawn, decision.withdrawn_from),
    )
    return row(
        lookup.cite(decision.event_id),
        cell(line(decision.outcome, ": ", text_words(question)), *filter(None, marks)),
        day(decision.occurred),
        lookup.parties(decision.deciders),
        value(decision.clause),
        lookup.cite(*decision.basis) or NOT_TOLD,
        lookup.cite(*decision.carries) or "nothing",
        position=decision.position,
    )
