"""The section of a report on what was decided, by whom, and what that carries."""

from __future__ import annotations

from answerable.domain.language.saying import say
from answerable.projections.blocks.blocks import Row, Section, cell, row, table
from answerable.projections.blocks.spans import Words, say_line
from answerable.projections.report.lookup import Lookup, day, text_words, value
from answerable.projections.report.report import Decision
from answerable.projections.wording.answers import alleged_mark, appeal_mark, withdrawal_mark
from answerable.projections.wording.vocabulary import as_term, not_told


def decisions(lookup: Lookup) -> Section | None:
    """Write the section, where anything was decided."""
    taken = lookup.report.decisions
    if not taken:
        return None
    heads = (
        *("#", say("What"), say("When"), say("Who decided")),
        *(say("Clause"), say("Rests on"), say("Carries")),
    )
    told = table(heads, [_decision(lookup, each) for each in taken])
    return Section("decisions", say("Decisions"), (told,))


def _decision(lookup: Lookup, decision: Decision) -> Row:
    what: Words = as_term(decision.outcome)
    question = lookup.text(decision.event_id, "question")
    if question.state != "not told":
        what = say_line("{outcome}: {question}", outcome=what, question=text_words(question))
    marks = (
        alleged_mark(decision.standing),
        appeal_mark(decision.appeal),
        withdrawal_mark(decision.withdrawn, decision.withdrawn_from),
    )
    return row(
        lookup.cite(decision.event_id),
        cell(what, *filter(None, marks)),
        day(decision.occurred),
        lookup.parties(decision.deciders),
        value(decision.clause),
        lookup.cite(*decision.basis) or not_told(),
        lookup.cite(*decision.carries) or say("nothing"),
        position=decision.position,
    )
